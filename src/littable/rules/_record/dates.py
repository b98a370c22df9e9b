"""By which day a table dates its papers, and in which form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum, auto
from functools import cached_property

from littable.document.dates import is_stand_in, read_date
from littable.document.entry import Entry
from littable.document.manner.dates import ISO_DAY, PLAIN_YEAR, DatedCell, DateForm, date_form, written_month
from littable.document.table import Table
from littable.papers.arxiv_id import ArxivId
from littable.papers.record import PaperRecord
from littable.patterns import lazy
from littable.roles import Role

_OF_CHANGES = lazy(r"updat|revis|modif|обновл|更新")
_MOST = 2 / 3
_FEWEST_KNOWN = 3
# So many dates, so many months behind the identifiers, are not those of the first submissions.
_LATE = 0.07
_FEWEST_LATE = 3
_MONTHS_LATE = 2
_PUT_OFF = 2


class Dating(Enum):
    """What the dates of a table are."""

    SUBMISSION = auto()
    LAST_CHANGE = auto()
    UNSURE = auto()


class RecordDates:
    """How the rows of a table date their papers; ``records`` holds what is known of these."""

    def __init__(self, table: Table, entries: Sequence[Entry], records: Mapping[str, PaperRecord]) -> None:
        self._table = table
        self._entries = entries
        self._records = records

    def day(self, record: PaperRecord) -> date | None:
        """The day of a paper: of its last change where the table gives these, else of its submission."""
        return record.updated if self._dating is Dating.LAST_CHANGE else record.published

    def written(self, role: Role, record: PaperRecord, least: float, *, strict: bool) -> str | None:
        """The date of a paper in the form that at least such a share of the rows has; a year is plain, and a
        day as ISO 8601 has it, where no row gives any. ``strict`` writes nothing that is in doubt.
        """
        if strict and not self._is_certain(role):
            return None
        form = self._forms.get(role)
        if form is None:
            form = PLAIN_YEAR if role is Role.YEAR else None if self._cells(role) else ISO_DAY
        if form is None or form.share < least:
            return None
        day = self.day(record) or (None if form.has_month else _year_of_id(record.id))
        return form.write(day) if day is not None else None

    def _is_certain(self, role: Role) -> bool:
        """Whether the rows give the days of the first submissions, in a form that can only be one."""
        form = self._forms.get(role)
        told = form.certain if form is not None else role is Role.YEAR
        return told and self._dating is Dating.SUBMISSION

    @cached_property
    def _forms(self) -> dict[Role, DateForm]:
        forms = {role: date_form(self._cells(role)) for role in (Role.YEAR, Role.DATE)}
        return {role: form for role, form in forms.items() if form is not None}

    def _cells(self, role: Role) -> list[DatedCell]:
        found = ((entry, entry.field(role)) for entry in self._entries)
        return [
            DatedCell(field.text, _submitted(entry))
            for entry, field in found
            if field is not None and not is_stand_in(field.text)
        ]

    @cached_property
    def _dating(self) -> Dating:
        headers = (self._table.columns[index].header for index in self._table.having(Role.DATE))
        if any(_OF_CHANGES.search(header.casefold()) for header in headers):
            return Dating.LAST_CHANGE
        form = self._forms.get(Role.DATE)
        if form is None or not form.exact:
            return Dating.SUBMISSION
        return self._as_recorded() or (Dating.LAST_CHANGE if self._is_late(form) else Dating.SUBMISSION)

    def _as_recorded(self) -> Dating | None:
        """What the records of the rows say; None where too few are known."""
        known = [
            (given, record)
            for entry in self._entries
            if (record := self._records.get(entry.arxiv_id or "")) is not None
            and record.published is not None
            and (given := _given(entry)) is not None
        ]
        first = sum(given == record.published for given, record in known)
        last = sum(given == record.updated for given, record in known)
        if len(known) < _FEWEST_KNOWN:
            return None
        if first >= len(known) * _MOST:
            return Dating.SUBMISSION
        return Dating.LAST_CHANGE if last >= len(known) * _MOST else Dating.UNSURE

    def _is_late(self, form: DateForm) -> bool:
        """Whether many dates are later than the months of the identifiers."""
        known = [(cell.submitted, written_month(cell, form)) for cell in self._cells(Role.DATE)]
        apart = [_months(written) - _months(given) for given, written in known if given and written]
        late = sum(months >= _MONTHS_LATE for months in apart)
        return late >= _FEWEST_LATE and late > len(apart) * _LATE


def _given(entry: Entry) -> date | None:
    """The day that a row gives, if it gives one."""
    field = entry.field(Role.DATE)
    written = read_date(field.plain) if field is not None else None
    if written is None or written.month is None or written.day is None or not written.possible:
        return None
    return date(written.year, written.month, written.day)


def _submitted(entry: Entry) -> tuple[int, int] | None:
    identity = entry.identity
    return identity.arxiv.submitted if identity is not None and identity.arxiv is not None else None


def _year_of_id(arxiv_id: str) -> date | None:
    """A day in the year of the identifier, where a paper put off for weeks would be of the same year."""
    year, month = ArxivId(arxiv_id).submitted
    return date(year, month, 1) if month > _PUT_OFF else None


def _months(month: tuple[int, int]) -> int:
    return month[0] * 12 + month[1]
