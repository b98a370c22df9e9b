"""arXiv's public snapshot, and papers files of its form."""
