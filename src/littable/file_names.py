"""What the name of a file says about how to read it."""

from __future__ import annotations

NOTEBOOK = ".ipynb"
#: What GitHub shows as Markdown under any name, by suffix in lower case.
MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn")
MDX = ".mdx"
#: Quarto and R Markdown, which Pandoc reads.
PANDOC = (".qmd", ".rmd")
#: Every suffix of a file that holds Markdown.
ALL = (*MARKDOWN, MDX, *PANDOC, NOTEBOOK)


def is_notebook(name: str) -> bool:
    """Whether a file of this name is a Jupyter notebook."""
    return name.lower().endswith(NOTEBOOK)
