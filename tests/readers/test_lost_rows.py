"""Rows that a table has lost are LT108's, and no list of papers."""

from __future__ import annotations

import pytest

from littable.document.reading import read_document

_ROWS = """\
| Attention Is All You Need | A. Vaswani, N. Shazeer | 2017 | https://arxiv.org/abs/1706.03762 |
| Pre-training of Deep Bidirectional Transformers | J. Devlin | 2018 | https://arxiv.org/abs/1810.04805 |
| Language Models are Few-Shot Learners | T. Brown | 2020 | https://arxiv.org/abs/2005.14165 |
"""


@pytest.mark.parametrize("indent", ["", "  ", "> "])
def test_rows_behind_a_blank_line_are_no_paragraph_of_papers(indent: str) -> None:
    lines = ["| Title | Authors | Year | Link |", "|---|---|---|---|", "", *_ROWS.splitlines()]
    assert read_document("a.md", "".join(f"{indent}{line}\n" for line in lines)).entries == ()
