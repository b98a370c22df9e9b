"""arXiv's query API: what is asked in one request, and what comes of it."""
