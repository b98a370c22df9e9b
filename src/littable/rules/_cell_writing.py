"""Writing into a cell that says nothing, or nothing that is to stay."""

from __future__ import annotations

from littable.document.listing import Cell
from littable.text import Edit, Span


def write_cell(cell: Cell, text: str) -> Edit:
    """Put ``text``, Markdown for a cell, in the place of all that the cell says.

    An empty cell keeps a blank at either side if it has room for one.
    """
    if not cell.empty:
        return Edit(cell.span, text)
    room = cell.outer.end - cell.outer.start
    if room == 0:
        return Edit(cell.outer, text)
    if room == 1:
        return Edit(Span(cell.outer.end, cell.outer.end), f"{text} ")
    return Edit(Span(cell.outer.start + 1, cell.outer.end - 1), text)
