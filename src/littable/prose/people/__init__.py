"""Names as people write them, beside names as arXiv has them."""
