"""What to write into an empty cell, from the paper's record and in the manner of the other rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from littable.diagnostic import Applicability
from littable.document.entry import Entry
from littable.document.table import Table
from littable.papers.record import PaperRecord
from littable.papers.sources import Found
from littable.roles import Role
from littable.rules._agreement import trust
from littable.rules._context import Context
from littable.rules._record.cells import RecordCells, Written

_SAMPLE = 40
_FILLED = (Role.TITLE, Role.YEAR, Role.DATE, Role.AUTHORS, Role.ABSTRACT)


@dataclass(frozen=True, slots=True)
class Filling:
    """The text for a cell with what other rows put around it, and how far it can be trusted."""

    written: Written
    applicability: Applicability


def filling(
    table: Table, entries: Sequence[Entry], entry: Entry, index: int, record: PaperRecord, ctx: Context
) -> Filling | None:
    """What to write into the empty cell of column ``index``; None where it is not plain what the table wants.

    ``entries`` are the rows of the table.
    """
    applicability = _trust(entry, record)
    if applicability is None or table.columns[index].role not in _FILLED:
        return None
    cells = ctx.shared(f"record-cells-{table.span.start}", lambda: _cells(table, entries, ctx))
    written = cells.write(index, record)
    return Filling(written, applicability) if written is not None else None


def _cells(table: Table, entries: Sequence[Entry], ctx: Context) -> RecordCells:
    """The manner of rows from all over the table."""
    sample = entries[:: max(1, len(entries) // _SAMPLE)]
    ids = {entry.arxiv_id for entry in sample if entry.arxiv_id}
    lookups = {arxiv_id: ctx.facts.paper(arxiv_id) for arxiv_id in ids}
    records = {key: lookup.record for key, lookup in lookups.items() if isinstance(lookup, Found)}
    return RecordCells(table, sample, records, tex=ctx.settings.tex)


def _trust(entry: Entry, record: PaperRecord) -> Applicability | None:
    """Safe when the title is the record's, unsafe when there is none; another title, another paper."""
    certain = trust(entry, record)
    if certain is Applicability.SAFE or entry.title is None:
        return certain
    return certain if _share_words(entry.title.plain, record.title) else None


def _share_words(written: str, recorded: str) -> bool:
    mine, other = set(written.casefold().split()), set(recorded.casefold().split())
    return len(mine & other) * 2 >= max(len(mine), len(other))
