"""Places as people name them: line and column of a text, in a notebook those of a cell."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from littable.file_names import is_notebook
from littable.text import LineIndex


@dataclass(frozen=True, slots=True)
class Place:
    """Row and column, 1-based; ``cell`` counts all cells of a notebook from 1 and is None elsewhere."""

    row: int
    column: int
    cell: int | None = None

    def __str__(self) -> str:
        """``12:5``, ``cell 3:2:5``."""
        return f"{self.line}:{self.column}"

    @property
    def line(self) -> str:
        """``12``, ``cell 3:2``."""
        return f"{self.row}" if self.cell is None else f"cell {self.cell}:{self.row}"

    @property
    def line_in_words(self) -> str:
        """``line 12``, ``line 2 of cell 3``."""
        return f"line {self.row}" if self.cell is None else f"line {self.row} of cell {self.cell}"


class Places:
    """Turns offsets of the text of a file into places; ``path`` tells whether it is a notebook."""

    def __init__(self, path: str, lines: LineIndex) -> None:
        self._lines = lines
        self._cells = _cell_starts(lines.text) if is_notebook(path) else None

    def at(self, offset: int) -> Place:
        """The place of an offset."""
        position = self._lines.position(offset)
        if self._cells is None:
            return Place(position.row, position.column)
        cell = bisect_right(self._cells, offset)
        before = self._lines.row(self._cells[cell - 1]) - 1
        return Place(position.row - before, position.column, cell)


def _cell_starts(text: str) -> list[int]:
    from littable.notebook.cells import cell_spans

    return [span.start for span in cell_spans(text)]
