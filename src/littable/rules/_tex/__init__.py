"""TeX in running text, and how Markdown says the same."""
