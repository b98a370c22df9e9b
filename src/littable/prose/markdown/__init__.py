"""How a record's text is written so that GitHub shows it as arXiv does."""
