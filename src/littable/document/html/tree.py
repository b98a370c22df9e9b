"""Tables of HTML as browsers read them: what is not closed ends where the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from littable.document.html.tags import Tag
from littable.patterns import lazy
from littable.text import Span

_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_SPAN = lazy(r"\s(?P<name>colspan|rowspan)\s*=\s*[\"']?\s*(?P<count>\d{1,4})", re.IGNORECASE)
_BLANK_LINE = lazy(r"\n[ \t]*(?:\r?\n|\Z)")
_MOST_SPANNED = 1_000


@dataclass(slots=True, eq=False)
class HtmlCell:
    """A cell: what stands in it lies from ``start`` to ``end``."""

    start: int
    end: int
    header: bool
    columns: int = 1
    rows: int = 1
    tables: list[HtmlTable] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """What stands in it."""
        return Span(self.start, self.end)


@dataclass(slots=True, eq=False)
class HtmlTableRow:
    """A row, from its first tag to behind its last; ``head`` tells whether it stands in ``<thead>``."""

    start: int
    end: int
    head: bool
    cells: list[HtmlCell] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """All of it."""
        return Span(self.start, self.end)


@dataclass(slots=True, eq=False)
class HtmlTable:
    """A table with its rows, and the tables that stand in its cells; ``tag`` is where it is opened, ``depth``
    how many tables there are one in the other.
    """

    tag: Span
    end: int
    depth: int = 1
    rows: list[HtmlTableRow] = field(default_factory=list)
    nested: list[HtmlTable] = field(default_factory=list)


def read_tables(text: str, tags: Iterable[Tag]) -> list[HtmlTable]:
    """The outermost tables in the order of the text."""
    builder = _Builder(text)
    for tag in tags:
        builder.take(tag)
    builder.finish()
    return builder.outermost


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.outermost: list[HtmlTable] = []
        self._open: list[_Open] = []

    def take(self, tag: Tag) -> None:
        if tag.name == "table":
            self._take_table(tag)
        elif self._open:
            self._open[-1].take(tag, self.text)

    def finish(self) -> None:
        """Close what nothing closes: the last cell ends with its block."""
        while self._open:
            last = self._open[-1].last
            blank = _BLANK_LINE.search(self.text, last)
            end = blank.start() if blank else len(self.text)
            self._close(Tag("", True, end, end))

    def _take_table(self, tag: Tag) -> None:
        if self._open and (tag.closing or self._open[-1].cell is None):
            self._close(tag)
        if tag.closing:
            return
        table = HtmlTable(Span(tag.start, tag.end), tag.end)
        if self._open:
            outer = self._open[-1]
            outer.table.nested.append(table)
            if outer.cell is not None:
                outer.cell.tables.append(table)
        else:
            self.outermost.append(table)
        self._open.append(_Open(table))

    def _close(self, tag: Tag) -> None:
        closed = self._open.pop()
        closed.close(tag, self.text)
        if self._open:
            outer = self._open[-1]
            outer.last = closed.table.end
            outer.table.depth = max(outer.table.depth, closed.table.depth + 1)


class _Open:
    """A table that is open; ``last`` is where the last of its tags ends."""

    def __init__(self, table: HtmlTable) -> None:
        self.table = table
        self.row: HtmlTableRow | None = None
        self.cell: HtmlCell | None = None
        self.head = False
        self.last = table.end

    def take(self, tag: Tag, text: str) -> None:
        """Read a tag that is no table's own."""
        if tag.name in _CELLS:
            self._take_cell(tag, text)
        elif tag.name == "tr" or tag.name in _SECTIONS:
            self._end_row(tag, text)
            if tag.name != "tr":
                self.head = tag.name == "thead" and not tag.closing
            elif not tag.closing:
                self._begin_row(tag.start)
        else:
            return
        self.last = tag.end

    def close(self, tag: Tag, text: str) -> None:
        """End the table at its closing tag, or before the tag that ends it."""
        self._end_row(tag, text)
        if tag.closing:
            self.last = tag.end
        self.table.end = self.last

    def _begin_row(self, start: int) -> HtmlTableRow:
        self.row = HtmlTableRow(start, start, self.head)
        self.table.rows.append(self.row)
        return self.row

    def _take_cell(self, tag: Tag, text: str) -> None:
        self._end_cell(tag.start, text, closed=tag.closing)
        if tag.closing:
            if self.row is not None:
                self.row.end = tag.end
            return
        row = self.row or self._begin_row(tag.start)
        spans = {
            found["name"].lower(): int(found["count"]) for found in _SPAN.finditer(text, tag.start, tag.end)
        }
        columns, rows = (min(max(spans.get(name, 1), 1), _MOST_SPANNED) for name in ("colspan", "rowspan"))
        self.cell = HtmlCell(tag.end, tag.end, tag.name == "th", columns, rows)
        row.cells.append(self.cell)
        row.end = tag.end

    def _end_cell(self, end: int, text: str, *, closed: bool = False) -> None:
        """End the cell; the blanks before what ends it for want of a closing tag are none of its own."""
        if self.cell is None or self.row is None:
            return
        while not closed and end > self.cell.start and text[end - 1].isspace():
            end -= 1
        self.cell.end = self.row.end = end
        self.cell = None

    def _end_row(self, tag: Tag, text: str) -> None:
        """End the row before a tag, or behind it where it closes the row."""
        self._end_cell(tag.start, text)
        if self.row is not None and tag.name == "tr" and tag.closing:
            self.row.end = tag.end
        self.row = None
