"""Pipe tables, their lines and cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from littable.document.cells import cell_count, cell_spans
from littable.document.listing import Cell, Listing, Row
from littable.document.outline import Block
from littable.shapes import Shape
from littable.text import Edit, Span, apply_edits


class TableRow(Row):
    """A line of a table, from its first non-blank to the end of the line.

    Its cells are those that are written, more or fewer than the header has where the row is wrong.
    """

    __slots__ = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells as written."""
        if self._cells is None:
            source = self.source
            spans = cell_spans(source, self.span.start, self.span.end)
            self._cells = tuple([Cell(source, *bounds) for bounds in spans])
        return self._cells

    def written(self, markdown: str) -> str:
        """Markdown for a table cell is what it needs."""
        return markdown

    def keeps_cells(self, edits: Iterable[Edit]) -> bool:
        """Whether the line has as many cells after the edits as before them."""
        start = self.span.start
        moved = [Edit(Span(edit.span.start - start, edit.span.end - start), edit.text) for edit in edits]
        text = apply_edits(self.text, moved)
        return cell_count(text, 0, len(text)) == len(self.cells)


class Table(Listing):
    """A pipe table of the block that is given; ``columns`` and ``literature`` are decided when it is read."""

    rows: tuple[TableRow, ...]

    def __init__(
        self,
        source: str,
        block: Block,
        header: TableRow,
        delimiter: TableRow,
        rows: tuple[TableRow, ...],
        definitions: Mapping[str, tuple[str, Span]] | None = None,
    ) -> None:
        super().__init__(source, Shape.TABLE, rows, (), definitions, literature=False)
        self.block = block
        self.header = header
        self.delimiter = delimiter

    @property
    def span(self) -> Span:
        """From the header's first non-blank to the end of the last row."""
        return Span(self.header.span.start, (self.rows[-1] if self.rows else self.delimiter).span.end)

    @property
    def fillable(self) -> bool:
        """An empty cell can be written into."""
        return True

    @cached_property
    def width(self) -> int:
        """How many columns the header has; GFM drops what a row has beyond them and pads what it lacks."""
        return len(self.header.cells)

    def repeats_header(self, row: Row) -> bool:
        """Whether a row says what the header says, emphasis and case set aside."""
        cells, header = row.cells, self._header_words
        if len(cells) != len(header) or _bare(cells[0]) != header[0] or not any(header):
            return False
        return all(_bare(cell) == words for cell, words in zip(cells, header, strict=True))

    @cached_property
    def _header_words(self) -> list[str]:
        return [_bare(cell) for cell in self.header.cells]


def _bare(cell: Cell) -> str:
    return cell.text.strip("*_~ ").casefold()
