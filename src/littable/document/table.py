"""Pipe tables, their lines and cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from littable.document.cells import cell_count, cell_spans
from littable.document.columns import normalise_header, sample_rows
from littable.document.header_names import plain_role
from littable.document.listing import Cell, Column, Listing, Row
from littable.document.outline import Block
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role
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

    def says(self, text: str, markdown: str) -> bool:
        """Whether a text of this row is ``markdown``."""
        return text == markdown

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

    @cached_property
    def names_authors_below_title(self) -> bool:
        """Whether its title cells hold the authors too, on a line of their own: its header says so, or most
        of them do.
        """
        if any(column.role is Role.TITLE and "author" in column.header.casefold() for column in self.columns):
            return True
        if self.having(Role.AUTHORS) or not self.having(Role.TITLE):
            return False
        column = self.having(Role.TITLE)[0]
        rows = sample_rows(self)
        lines = [_lines_below(row.cells[column].text) for row in rows if column < len(row.cells)]
        return sum(any(map(_are_names, below)) for below in lines) * 2 > len(rows)

    def repeats_header(self, row: Row) -> bool:
        """Whether a row says what the header says, markup and case set aside."""
        cells, header = row.cells, self._header_words
        if len(cells) != len(header) or _bare(cells[0]) != header[0] or not any(header):
            return False
        named = zip(cells, header, self.columns or (None,) * len(header), strict=True)
        return all(_says(cell, words, column) for cell, words, column in named)

    @cached_property
    def _header_words(self) -> list[str]:
        return [_bare(cell) for cell in self.header.cells]


def _lines_below(text: str) -> list[str]:
    """The lines of a title cell below the first."""
    return _BREAK.split(text)[1:] if "<br" in text or "<BR" in text else []


def _are_names(line: str) -> bool:
    from littable.document.headed.people import names_in  # late: few title cells have two lines

    return bool(names_in(line))


def _says(cell: Cell, words: str, column: Column | None) -> bool:
    """Whether a cell says what a header says: its words, twice where they are folded in, or others for it."""
    if _bare(cell) == words:
        return True
    if column is None or column.role is Role.OTHER or len(cell.text) > _LONGEST_HEADER:
        return False
    said = plain(cell.text)
    if cell.text[:1] in _MARKUP and set(said.casefold().split()) == set(words.split()):
        return True
    return plain_role(normalise_header(said)) is column.role


_LONGEST_HEADER = 120
_BREAK = lazy(r"<br\s{0,3}/?>|</br>", re.IGNORECASE)
_MARKUP = frozenset("<[`*_~")


def _bare(cell: Cell) -> str:
    return cell.text.strip("*_~ ").casefold()
