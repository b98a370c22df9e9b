"""What a record says, written as the cells of a table are: bold or linked, in their form of dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from littable.document.dates import is_stand_in
from littable.document.entry import Entry, Field
from littable.document.listing import Cell
from littable.document.manner.people import EVERYONE, FIRST, AuthorsManner, authors_manner
from littable.document.manner.shapes import (
    AUTHORS,
    TITLE,
    YEAR,
    Shape,
    commonest,
    link_shape,
    single_link_shape,
    title_shape,
)
from littable.document.manner.surroundings import Surroundings, surroundings
from littable.document.table import Table
from littable.papers.record import PaperRecord
from littable.roles import Role
from littable.rules._own_texts import holds_abstracts, holds_comments
from littable.rules._record.code import code_address, code_link
from littable.rules._record.dates import RecordDates
from littable.rules._record.links import link_to_write, names_arxiv, title_to_write
from littable.rules._record.venues import venue_of_preprint

_MOST = 2 / 3
_FIRST = ("first", "1st", "lead", "перв", "第一")


@dataclass(frozen=True, slots=True)
class Written:
    """The text for a cell, and what stands before and behind it."""

    before: str
    text: str
    behind: str = ""

    @property
    def cell(self) -> str:
        """The whole cell."""
        return f"{self.before}{self.text}{self.behind}"


class RecordCells:
    """Writes what records say into the columns of a table, in the manner of ``entries``, some of its rows.

    ``records`` holds what is known of the papers in these rows by identifier; ``tex`` is how mathematics is
    written. ``least`` is the share of the rows that must agree in a manner; where fewer do, nothing is
    written. ``others`` are rows from further away, which tell how code is linked if these do not.
    """

    def __init__(
        self,
        table: Table,
        entries: Sequence[Entry],
        records: Mapping[str, PaperRecord],
        *,
        tex: str = "keep",
        least: float = _MOST,
        others: Sequence[Entry] = (),
    ) -> None:
        self._table = table
        self._entries = entries
        self._records = records
        self._tex = tex
        self._least = least
        self._others = others
        self._shapes: dict[int, list[Shape]] = {}
        self._around: dict[int, Surroundings] = {}
        self._dates = RecordDates(table, entries, records)

    def write(self, index: int, record: PaperRecord) -> Written | None:
        """What belongs into a column; None where the record does not say it or the column asks for more."""
        role = self._table.columns[index].role
        if role is Role.TITLE:
            return self._title(index, record)
        if role in (Role.YEAR, Role.DATE):
            return self._date(index, role, record)
        if role is Role.AUTHORS:
            return self._within(index, role, self._names(record))
        if role is Role.ABSTRACT:
            return self._within(index, role, self._abstract(record))
        if role is Role.COMMENT:
            return self._within(index, role, self._comment(record))
        if role is Role.VENUE:
            return self._venue(index, record)
        if role is Role.CODE and (address := code_address(record)) is not None:
            return Written("", code_link(self._code_shapes(index), address))
        return self._link(index, role, record)

    def day(self, record: PaperRecord) -> date | None:
        """The day by which the table dates a paper: its first submission's, or its last change's."""
        return self._dates.day(record)

    def _year(self, record: PaperRecord) -> str:
        day = self.day(record)
        return str(day.year) if day is not None else ""

    def _title(self, index: int, record: PaperRecord) -> Written | None:
        if not record.title:
            return None
        links = (self._link(other, Role.LINK, record) for other in self._table.having(Role.LINK))
        shape = title_to_write(self._shapes_of(index), linked=not any(links))
        values = {TITLE: TITLE, YEAR: self._year(record), AUTHORS: self._names(record) or ""}
        for slot, value in values.items():
            shape = shape if value else shape.without(slot)
        before, _, behind = shape.fill(values, record.id).partition(TITLE)
        return Written(before, self._markdown(record.title), behind)

    def _link(self, index: int, role: Role, record: PaperRecord) -> Written | None:
        """A link in a link column, and in any other that has the papers' identifiers in most of its rows."""
        shapes = self._shapes_of(index)
        if role is Role.LINK:
            elsewhere = any(
                any(map(names_arxiv, self._shapes_of(other)))
                for other in self._table.having(Role.LINK, Role.TITLE)
                if other != index
            )
            shape = link_to_write(shapes, self._table.columns[index].header, elsewhere=elsewhere)
        else:
            best = commonest(filter(names_arxiv, shapes))
            often = best is not None and best[1] > 1 and best[1] >= len(self._entries) * _MOST
            shape = best[0] if best is not None and often else None
        if shape is None:
            return None
        year = self._year(record)
        shape = shape if year else shape.without(YEAR)
        return Written("", shape.fill({YEAR: year}, record.id))

    def _date(self, index: int, role: Role, record: PaperRecord) -> Written | None:
        written = self._dates.written(role, record, self._least, strict=self._strict)
        return self._within(index, role, written)

    def _names(self, record: PaperRecord) -> str | None:
        manner = self._authors_manner
        if not record.authors or manner is None or manner.share < self._least:
            return None
        from littable.prose.people.recorded_names import (  # late: most runs fill nothing in
            display,
            is_collective,
        )

        names = [display(name) for name in record.authors]
        return self._markdown(manner.write(names, {name for name in names if is_collective(name)}))

    def _abstract(self, record: PaperRecord) -> str | None:
        return self._markdown(record.abstract) if record.abstract and self._has_abstracts else None

    def _comment(self, record: PaperRecord) -> str | None:
        if not record.comment or not holds_comments(field.plain for field in self._fields(Role.COMMENT)):
            return None
        return self._markdown(record.comment)

    def _within(self, index: int, role: Role, text: str | None) -> Written | None:
        """The text in what most cells have around theirs."""
        if not text:
            return None
        if index not in self._around:
            self._around[index] = surroundings(self._entries, index, role)
        around = self._around[index]
        if around.share < self._least:
            return None
        return Written(around.before, text, around.behind)

    def _venue(self, index: int, record: PaperRecord) -> Written | None:
        venue = venue_of_preprint([cell for _, cell in self._cells(index)], record)
        return Written("", venue) if venue is not None else None

    @property
    def _strict(self) -> bool:
        """Whether only what is beyond doubt is to be written."""
        return self._least >= _MOST

    def _cells(self, index: int) -> list[tuple[Entry, Cell]]:
        """The filled cells of a column."""
        return _filled(self._entries, index)

    def _code_shapes(self, index: int) -> list[Shape]:
        """The shapes of links to code, which few rows have."""
        cells = _filled([*self._entries, *self._others], index)
        return [shape for entry, cell in cells if (shape := single_link_shape(entry, cell)) is not None]

    def _shapes_of(self, index: int) -> list[Shape]:
        if index not in self._shapes:
            read = title_shape if self._table.columns[index].role is Role.TITLE else link_shape
            found = [read(entry, cell) for entry, cell in self._cells(index)]
            self._shapes[index] = [shape for shape in found if shape is not None]
        return self._shapes[index]

    def _fields(self, role: Role) -> list[Field]:
        """What the rows say in one respect, stand-ins left out."""
        found = (entry.field(role) for entry in self._entries)
        return [field for field in found if field is not None and not is_stand_in(field.text)]

    @cached_property
    def _authors_manner(self) -> AuthorsManner | None:
        headers = [self._table.columns[index].header for index in self._table.having(Role.AUTHORS)]
        first = any(word in header.casefold() for header in headers for word in _FIRST)
        fields = self._fields(Role.AUTHORS)
        if self._strict and any("](" in field.text for field in fields):
            return None
        cells = [field.text if "<br" in field.text else field.plain for field in fields]
        manner = authors_manner(cells, first_only=first)
        return manner or (None if cells else FIRST if first else EVERYONE)

    @cached_property
    def _has_abstracts(self) -> bool:
        return holds_abstracts(self._entries, self._records)

    def _markdown(self, text: str) -> str:
        from littable.prose.writing import as_markdown  # late: most runs fill nothing in

        return as_markdown(text, self._tex)


def _filled(entries: Sequence[Entry], index: int) -> list[tuple[Entry, Cell]]:
    cells = ((entry, entry.row.cells[index]) for entry in entries if index < len(entry.row.cells))
    return [(entry, cell) for entry, cell in cells if not cell.empty]
