"""The blocks of a document as plain spans: what the parsers hand to the readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from littable.document.cells import cell_count
from littable.document.starts import REFERENCE_DEFINITION
from littable.text import Span

_MAX_COLUMNS = 0xFFFF
_MAX_PADDED_CELLS = 0x80000


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CODE = "code"
    HTML = "html"
    RULE = "rule"
    TABLE = "table"
    QUOTE = "quote"
    ITEM = "item"
    FOOTNOTE = "footnote"
    FRONT_MATTER = "front-matter"


class Container(NamedTuple):
    """A block quote, list item or footnote that blocks stand in; ``start`` is where its mark stands."""

    kind: Kind
    start: int


@dataclass(slots=True)
class TableLines:
    """A table as lines: each span runs from a row's first non-blank to the end of its line.

    ``take`` is how cmark-gfm goes on with an open table; the two limits are its own (``table.c``).
    """

    header: Span
    delimiter: Span
    columns: int
    rows: list[Span] = field(default_factory=list)
    _padded: int = 0

    def take(self, text: str, start: int, end: int) -> bool:
        """Add the line as a row; False when it is no row, which ends the table."""
        count = cell_count(text, start, end)
        if not 0 < count <= _MAX_COLUMNS or self._padded > _MAX_PADDED_CELLS:
            return False
        self._padded += max(self.columns - count, 0)
        self.rows.append(Span(start, end))
        return True


def open_table(text: str, header: Span, delimiter: Span) -> TableLines | None:
    """The table that the two lines open, or None when their cell counts differ (GFM §4.10)."""
    columns = cell_count(text, delimiter.start, delimiter.end)
    if not 0 < columns <= _MAX_COLUMNS or cell_count(text, header.start, header.end) != columns:
        return None
    return TableLines(header, delimiter, columns)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the document.

    ``containers`` are those it stands in, outermost first. ``lines`` are the spans of
    a paragraph's lines without container prefixes and indentation. ``broken`` holds the header and
    delimiter lines of a paragraph that would be a table if their cell counts agreed.
    """

    kind: Kind
    start: int
    end: int
    containers: tuple[Container, ...] = ()
    lines: tuple[Span, ...] = ()
    level: int = 0
    table: TableLines | None = None
    broken: tuple[Span, Span] | None = None


def content_lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines between two offsets, from first non-blank to the end of the line."""
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        first = start
        while first < line_end and text[first] in " \t":
            first += 1
        yield Span(first, line_end)
        start = line_end + 1


def only_definitions(text: str, lines: Iterable[Span]) -> bool:
    """Whether each line of a paragraph defines a link reference: nothing is left for an underline to head."""
    return all(REFERENCE_DEFINITION.match(text, line.start, line.end) for line in lines)
