"""What a paper's record becomes in a cell, and what it can tell of a row."""
