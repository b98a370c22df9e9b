"""Notebooks made by hand, in the forms in which programs write them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

TABLE = [
    "| Title | Year | Link |\n",
    "|---|---|---|\n",
    "| Attention Is All You Need | 2017 | http://arxiv.org/abs/1706.03762 |\n",
    "| Über die Aufmerksamkeit | 2018 | https://example.org/a |",
]


def markdown(source: str | Sequence[str]) -> dict[str, Any]:
    """A Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(*source: str) -> dict[str, Any]:
    """A code cell with an output."""
    output = {"data": {"text/plain": ["| a | b |\n", "|---|---|"]}, "output_type": "display_data"}
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [output], "source": source}


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    """A notebook of format 4."""
    return {"cells": list(cells), "metadata": {"name": "é"}, "nbformat": 4, "nbformat_minor": 5}


def old_notebook(*sheets: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A notebook of format 3."""
    worksheets = [{"cells": list(cells), "metadata": {}} for cells in sheets]
    return {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": worksheets}


def written(data: dict[str, Any], **options: Any) -> bytes:
    """As Jupyter writes a notebook, but for what the options of ``json.dumps`` say."""
    options = {"indent": 1, "ensure_ascii": False, **options}
    return (json.dumps(data, **options) + "\n").encode()


PAPER = written(notebook(markdown(["# Papers\n", "```\n", "an open fence"]), code("x = 1"), markdown(TABLE)))
