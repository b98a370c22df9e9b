"""The line that a new paper gets: its cells in the manner of the rows beside it, laid out as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from littable.document.dates import is_stand_in
from littable.document.entry import Entry
from littable.document.listing import Row
from littable.document.manner.layout import Layout, layout_of
from littable.document.manner.numbers import next_number
from littable.document.model import Document
from littable.document.table import Table
from littable.papers.record import PaperRecord
from littable.roles import Role
from littable.rules._record.cells import RecordCells, Written
from littable.text import Edit, Span

_NEIGHBOURS = 40
# Of the rows beside the new one, so many must agree in a manner for it to be followed.
_LEAST = 1 / 3


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be written: its cells, the title in Markdown, and the edit that puts the line into the text.

    ``left_empty`` are the headers of the columns that the rows beside it fill and it does not.
    """

    cells: tuple[str, ...]
    title: str
    edit: Edit
    left_empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """How the rows beside a place are written; ``place`` counts the entries above it."""

    place: int
    beside: Sequence[Entry]
    records: RecordCells

    def day(self, record: PaperRecord) -> date | None:
        """The day by which the rows date a paper."""
        return self.records.day(record)


def rows_in(document: Document, table: Table) -> list[Entry]:
    """The entries of a table, without text right below it that GFM takes for a row."""
    return [entry for entry in document.entries_of(table) if "|" in entry.row.text]


def manner_at(
    document: Document, table: Table, place: int, known: Mapping[str, PaperRecord], tex: str
) -> Manner:
    """The manner of the rows nearest to a place; if there are none, of another table with the same columns.

    ``known`` holds records of papers in these rows by identifier; ``tex`` is how mathematics is written.
    """
    entries = rows_in(document, table)
    start = max(0, min(place - _NEIGHBOURS // 2, len(entries) - _NEIGHBOURS))
    if not entries:
        alike = (other for other in document.tables if other.literature and other.columns == table.columns)
        entries = next((found for other in alike if (found := rows_in(document, other))), [])
        start = max(0, len(entries) - _NEIGHBOURS)
    beside = [entry for entry in entries[start : start + _NEIGHBOURS] if not entry.torn]
    others = entries[:: max(1, len(entries) // _NEIGHBOURS)]
    cells = RecordCells(table, beside, known, tex=tex, least=_LEAST, others=others)
    return Manner(place, beside, cells)


def row_for(document: Document, table: Table, record: PaperRecord, manner: Manner) -> NewRow:
    """The row of a paper at the manner's place in the table."""
    entries, beside = rows_in(document, table), manner.beside
    written = [_written(manner.records, table, index, record) for index in range(table.width)]
    cells = [found.cell if found is not None else "" for found in written]
    for index in table.having(Role.NUMBER):
        cells[index] = _number(entries, index, manner.place)
    below = _row_above(table, entries, manner.place)
    line = _layout(table, beside).write(cells)
    empty = [index for index in range(table.width) if not cells[index] and _is_expected(beside, table, index)]
    title = next((found.text for i in table.having(Role.TITLE) if (found := written[i])), "")
    headers = tuple(table.columns[index].header or f"column {index + 1}" for index in empty)
    return NewRow(tuple(cells), title, _edit(document, table, below, line), headers)


def _is_expected(beside: Sequence[Entry], table: Table, index: int) -> bool:
    """Whether at least half of the rows say something in a column that is not for remarks."""
    if table.columns[index].role is Role.COMMENT:
        return False
    cells = [entry.row.cells[index].text for entry in beside if index < len(entry.row.cells)]
    said = sum(bool(text) and not is_stand_in(text) for text in cells)
    return said > 0 and said * 2 >= len(cells)


def _written(records: RecordCells, table: Table, index: int, record: PaperRecord) -> Written | None:
    """What belongs into a column. Of several columns with one role, only link columns are all filled."""
    role = table.columns[index].role
    repeats = role not in (Role.LINK, Role.OTHER) and table.having(role)[0] != index
    return None if repeats or role is Role.NUMBER else records.write(index, record)


def _number(entries: Sequence[Entry], index: int, place: int) -> str:
    cells = [entry.row.cells[index].text if index < len(entry.row.cells) else "" for entry in entries]
    return next_number(cells[:place][:-4:-1], cells[place : place + 3]) or ""


def _row_above(table: Table, entries: Sequence[Entry], place: int) -> Row:
    """The row under which the new one comes: the entry before it, or what stands above the first."""
    if place > 0:
        return entries[place - 1].row
    above = table.delimiter
    if entries:
        for row in table.rows:
            if row.span == entries[0].row.span:
                break
            above = row
    return above


def _layout(table: Table, beside: Sequence[Entry]) -> Layout:
    rows = [entry.row for entry in beside if entry.listing is table]
    return layout_of(rows or [table.header, table.delimiter], table.width)


def _edit(document: Document, table: Table, below: Row, line: str) -> Edit:
    """Puts the line below a row, after a line end like the others and with the same container prefix."""
    source, lines = document.source, document.lines
    start = lines.line(lines.row(below.span.start)).start
    prefix = source[start : below.span.start]
    end = _line_end(source, below.span.end) or _line_end(source, table.header.span.end)
    return Edit(Span(below.span.end, below.span.end), f"{end}{prefix}{line}")


def _line_end(source: str, at: int) -> str:
    """The line end at an offset; nothing at the end of the text."""
    return next((end for end in ("\r\n", "\n", "\r") if source.startswith(end, at)), "")
