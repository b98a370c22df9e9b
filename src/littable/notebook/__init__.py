"""Jupyter notebooks: the Markdown in their JSON, and edits that leave every other byte as it is."""
