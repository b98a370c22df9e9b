"""The text of a notebook: the texts of all its cells, parted by a line that no cell can hold.

Cells of code and raw cells have a text of nothing, so that the breaks before a place count its cell.
"""

from __future__ import annotations

from collections.abc import Iterable

from littable.text import Span

#: U+001E, the record separator, alone on a line.
CELL_MARK = "\x1e"
CELL_BREAK = f"\n{CELL_MARK}\n"


def join_cells(texts: Iterable[str]) -> str:
    """The text of a notebook with these cells."""
    return CELL_BREAK.join(texts)


def split_cells(text: str) -> list[str]:
    """The texts of the cells of a notebook's text."""
    return text.split(CELL_BREAK)


def cell_spans(text: str) -> list[Span]:
    """Where each cell stands in a notebook's text, without the breaks."""
    spans, start = [], 0
    for cell in split_cells(text):
        spans.append(Span(start, start + len(cell)))
        start += len(cell) + len(CELL_BREAK)
    return spans
