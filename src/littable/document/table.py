"""Tables, rows and cells as spans of the source.

They hold no text of their own but cut it from the source when asked, so a file of 12 MB is held once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from littable.document.cells import cell_spans
from littable.document.outline import Block
from littable.roles import Role
from littable.text import Span


@dataclass(slots=True, eq=False)
class Cell:
    """A cell: its trimmed text lies from ``start`` to ``end``, its pipes stand at ``outer_start - 1`` and
    ``outer_end``. Plain numbers and not frozen, because there are as many as a file has cells.
    """

    source: str
    start: int
    end: int
    outer_start: int
    outer_end: int

    @property
    def span(self) -> Span:
        """The trimmed text."""
        return Span(self.start, self.end)

    @property
    def outer(self) -> Span:
        """All that stands between the cell's pipes."""
        return Span(self.outer_start, self.outer_end)

    @property
    def text(self) -> str:
        """The trimmed Markdown of the cell, with its escapes."""
        return self.source[self.start : self.end]

    @property
    def empty(self) -> bool:
        """Whether nothing but blanks stands in it."""
        return self.start == self.end


class Row:
    """A line of a table, from its first non-blank to the end of the line."""

    __slots__ = ("_cells", "source", "span")

    def __init__(self, source: str, span: Span) -> None:
        self.source = source
        self.span = span
        self._cells: tuple[Cell, ...] | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells as written, more or fewer than the header has where the row is wrong."""
        if self._cells is None:
            source = self.source
            spans = cell_spans(source, self.span.start, self.span.end)
            self._cells = tuple([Cell(source, *bounds) for bounds in spans])
        return self._cells

    @property
    def text(self) -> str:
        """The line as written."""
        return self.span.of(self.source)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header in plain words, and the role that header and content give it."""

    header: str
    role: Role


class Table:
    """A pipe table.

    ``definitions`` are the link references of the document, by normalised label: URL and its span.

    ``literature`` tells whether its rows are papers. ``editable`` is False where a cell cannot be located
    with certainty; such a table is checked and never written to.
    """

    def __init__(
        self,
        source: str,
        block: Block,
        header: Row,
        delimiter: Row,
        rows: tuple[Row, ...],
        definitions: Mapping[str, tuple[str, Span]] | None = None,
    ) -> None:
        self.source = source
        self.block = block
        self.header = header
        self.delimiter = delimiter
        self.rows = rows
        self.definitions = definitions or {}
        self.columns: tuple[Column, ...] = ()
        self.literature = False
        self.editable = True
        self._having: dict[tuple[Role, ...], list[int]] = {}

    @property
    def span(self) -> Span:
        """From the header's first non-blank to the end of the last row."""
        return Span(self.header.span.start, (self.rows[-1] if self.rows else self.delimiter).span.end)

    @cached_property
    def width(self) -> int:
        """How many columns the header has; GFM drops what a row has beyond them and pads what it lacks."""
        return len(self.header.cells)

    @cached_property
    def linking_columns(self) -> list[tuple[int, Role]]:
        """The columns whose links belong to the entry: all but those with abstracts and comments."""
        without = (Role.ABSTRACT, Role.COMMENT)
        return [
            (index, column.role) for index, column in enumerate(self.columns) if column.role not in without
        ]

    @cached_property
    def names_authors_below_title(self) -> bool:
        """Whether its title cells hold the authors too, on a line of their own ("Title & Authors")."""
        return any(
            column.role is Role.TITLE and "author" in column.header.casefold() for column in self.columns
        )

    def repeats_header(self, row: Row) -> bool:
        """Whether a row says what the header says, emphasis and case set aside."""
        cells, header = row.cells, self._header_words
        if len(cells) != len(header) or _bare(cells[0]) != header[0] or not any(header):
            return False
        return all(_bare(cell) == words for cell, words in zip(cells, header, strict=True))

    @cached_property
    def _header_words(self) -> list[str]:
        return [_bare(cell) for cell in self.header.cells]

    def having(self, *roles: Role) -> list[int]:
        """The indices of the columns that have one of the roles, in their order."""
        found = self._having.get(roles)
        if found is None:
            found = [index for index, column in enumerate(self.columns) if column.role in roles]
            self._having[roles] = found
        return found


def _bare(cell: Cell) -> str:
    return cell.text.strip("*_~ ").casefold()
