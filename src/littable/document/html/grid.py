"""Which column each cell of an HTML table stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from littable.document.html.tree import HtmlCell, HtmlTable, HtmlTableRow

_WIDEST = 64


@dataclass(slots=True, eq=False)
class GridRow:
    """A row with its own cells by column; ``covered`` are the columns that cells of rows above reach into."""

    row: HtmlTableRow
    cells: dict[int, HtmlCell] = field(default_factory=dict)
    covered: dict[int, HtmlCell] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Grid:
    """The rows of a table that have a cell, and how many columns they have."""

    rows: Sequence[GridRow]
    width: int


def lay_out(table: HtmlTable) -> Grid:
    """The cells of a table in their columns, as browsers place them."""
    rows: list[GridRow] = []
    reaching: dict[int, tuple[int, HtmlCell]] = {}
    width = 0
    for row in table.rows:
        if not row.cells:
            continue
        placed = GridRow(row, {}, {column: cell for column, (_, cell) in reaching.items()})
        below = {column: (left - 1, cell) for column, (left, cell) in reaching.items() if left > 1}
        column = 0
        for cell in row.cells:
            while column in placed.covered:
                column += 1
            if column >= _WIDEST:
                break
            placed.cells[column] = cell
            stop = min(column + cell.columns, _WIDEST)
            if cell.rows > 1:
                below |= dict.fromkeys(range(column, stop), (cell.rows - 1, cell))
            column = stop
        width = max(width, column, *(at + 1 for at in placed.covered), 0)
        reaching = below
        rows.append(placed)
    return Grid(rows, width)
