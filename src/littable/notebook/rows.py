"""On which line of a notebook's file something stands, for programs that show that file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

from littable.notebook.cells import cell_spans
from littable.notebook.scan import Cell
from littable.text import LineIndex


class FileRows:
    """Turns offsets of a notebook's text into lines of its JSON."""

    def __init__(self, text: str, json: str, cells: Sequence[Cell | None]) -> None:
        self._text = text
        self._lines = LineIndex(json)
        self._cells = cells
        self._ends = lru_cache(maxsize=16)(self._ends_in)

    def __call__(self, offset: int) -> int:
        """The 1-based line of the string that holds an offset; 1 where it is in no Markdown cell."""
        number = bisect_right(self._starts, offset) - 1
        cell = self._cells[number] if self._cells else None
        if cell is None or not cell.strings:
            return self._lines.row(cell.span.start) if cell else 1
        string = bisect_right(self._ends(number), offset - self._starts[number])
        return self._lines.row(cell.strings[min(string, len(cell.strings) - 1)].start)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in cell_spans(self._text)]

    def _ends_in(self, number: int) -> list[int]:
        """Where each string of a cell ends in its text."""
        cell = self._cells[number]
        return list(accumulate(len(value) + len(cell.glue) for value in cell.values)) if cell else []
