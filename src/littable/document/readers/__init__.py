"""One module per shape in which papers are kept; each yields entries."""
