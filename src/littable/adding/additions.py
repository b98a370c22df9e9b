"""Papers added to a table one after the other, each in its place, and the outcome verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from littable.adding.place import place_for
from littable.adding.presence import row_naming, row_of, row_wanted
from littable.adding.rows import NewRow, manner_at, row_for, rows_in
from littable.adding.tables import Candidate, candidates
from littable.adding.verify import verify_row, verify_shape
from littable.adding.wanted import Wanted
from littable.config import Settings
from littable.document.entry import Entry
from littable.document.model import Document
from littable.document.reading import read_document
from littable.document.table import Table
from littable.errors import FixError, LittableError
from littable.papers.record import PaperRecord
from littable.rules._wording import quoted
from littable.text import apply_edits

_BESIDE = 6


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row that was added: its paper, its line in the new text, and what the user should know of it.

    ``place`` is the line in words. ``left_empty`` are the headers of cells that only the user can fill in;
    ``elsewhere`` names the line at which another table has the paper, too.
    """

    record: PaperRecord
    line: int
    place: str
    left_empty: tuple[str, ...]
    elsewhere: str | None


@dataclass(frozen=True, slots=True)
class Additions:
    """The new text and the rows in it, in the order in which they were asked for."""

    text: str
    rows: tuple[AddedRow, ...]


class AlreadyThere(LittableError):
    """Papers stand in the table already; ``reasons`` say which and where."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)


def ids_beside(document: Document, table: Table) -> list[str]:
    """Papers of the table whose records help to tell its manner: those with an abstract at both ends."""
    entries = [entry for entry in rows_in(document, table) if entry.arxiv_id and entry.abstract]
    return [entry.arxiv_id for entry in [*entries[:_BESIDE], *entries[-_BESIDE:]] if entry.arxiv_id]


def add_papers(
    document: Document,
    chosen: Candidate,
    records: Sequence[PaperRecord],
    known: Mapping[str, PaperRecord],
    settings: Settings,
) -> Additions:
    """The text with a row for each of the records, in their order.

    ``known`` holds records of papers that the table has, as far as they are known. Raises AlreadyThere where
    the table has one of the papers, and FixError where the outcome fails verification; then nothing is to be
    written.
    """
    rows: list[tuple[PaperRecord, NewRow]] = []
    reasons: list[str] = []
    for record in records:
        if (reason := reason_against(document, chosen, record)) is not None:
            reasons.append(reason)
            continue
        table = _table(document, chosen)
        row = _row(document, table, record, known, settings)
        after = read_document(document.path, apply_edits(document.source, [row.edit]), settings.reading)
        verify_row(document, after, table, row, record)
        document = after
        rows.append((record, row))
    if reasons:
        raise AlreadyThere(reasons)
    added = list(_added(document, chosen, rows))
    verify_shape(document, [document.lines.line(row.line) for row in added], settings)
    return Additions(document.source, tuple(added))


def reason_against(document: Document, chosen: Candidate, record: PaperRecord) -> str | None:
    """Why a paper is not to be added, because the table has it already; None where it has not."""
    table = _table(document, chosen)
    there = row_of(rows_in(document, table), record)
    if there is None:
        return None
    line = _line(document, there)
    title = quoted(there.title.plain) if there.title is not None else "a row without a title"
    if there.arxiv_id in (None, record.id):
        return f"{document.path}: {record.id} is already in {line}: {title}"
    return (
        f"{document.path}: a paper of the title of {record.id} is already in {line}: "
        f"{title} ({there.arxiv_id})"
    )


def reasons_against(document: Document, chosen: Candidate, wanted: Iterable[Wanted]) -> list[str]:
    """Why papers are not to be added that the table has by the very words of the user."""
    entries = rows_in(document, _table(document, chosen))
    found = ((paper, row_wanted(entries, paper)) for paper in wanted)
    return [
        f"{document.path}: {_named(paper)} is already in {_line(document, entry)}"
        + (f": {quoted(entry.title.plain)}" if entry.title is not None and paper.title is None else "")
        for paper, entry in found
        if entry is not None
    ]


def _named(paper: Wanted) -> str:
    return paper.arxiv_id or paper.doi or quoted(paper.title or paper.written)


def _table(document: Document, chosen: Candidate) -> Table:
    return candidates(document)[chosen.number - 1].table


def _row(
    document: Document,
    table: Table,
    record: PaperRecord,
    known: Mapping[str, PaperRecord],
    settings: Settings,
) -> NewRow:
    if not record.title:
        raise FixError(f"{record.origin} has no title of {record.id}; nothing was written")
    entries = rows_in(document, table)
    tex = settings.tex
    day = manner_at(document, table, len(entries), known, tex).day(record)
    place = place_for(entries, record, day)
    return row_for(document, table, record, manner_at(document, table, place, known, tex))


def _added(
    document: Document, chosen: Candidate, rows: Sequence[tuple[PaperRecord, NewRow]]
) -> Iterator[AddedRow]:
    table = _table(document, chosen)
    entries = {entry.arxiv_id: entry for entry in rows_in(document, table)}
    for record, row in rows:
        others = (other for other in document.tables if other.literature and other is not table)
        entry = row_naming((entry for other in others for entry in rows_in(document, other)), record)
        elsewhere = _line(document, entry) if entry is not None else None
        own = entries[record.id]
        line = document.lines.row(own.row.span.start)
        yield AddedRow(record, line, _line(document, own), row.left_empty, elsewhere)


def _line(document: Document, entry: Entry) -> str:
    """The line of a row in words."""
    return document.places.at(entry.row.span.start).line_in_words
