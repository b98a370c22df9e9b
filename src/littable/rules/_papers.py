"""Which record a row is to be compared with."""

from __future__ import annotations

from collections.abc import Sequence

from littable.document.entry import Entry
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.papers.sources import Found, Lookup
from littable.rules._context import Context
from littable.rules._resolution import names_another_place, resolve


def lookup_of(entry: Entry, ctx: Context) -> Lookup | None:
    """What was answered about the paper that the row names, or that its title was resolved to.

    None where the row names none and none was accepted, and where it was resolved by its words alone but
    links another place: that of the publication, whose text, authors and year may differ from arXiv's.
    """
    if entry.arxiv_id is not None:
        return ctx.facts.paper(entry.arxiv_id)
    resolution = resolve(entry, ctx)
    record = resolution.record
    if record is None or (names_another_place(entry) and not _shares_doi(entry, record)):
        return None
    return ctx.facts.papers.get(record.id) or Found(record)


def known_papers(document: Document, ctx: Context) -> Sequence[tuple[Entry, PaperRecord]]:
    """The rows whose papers are known, each with its current record, in the order of the text."""
    return ctx.shared("known-papers", lambda: _known_papers(document, ctx))


def _known_papers(document: Document, ctx: Context) -> list[tuple[Entry, PaperRecord]]:
    records = ((entry, record_of(entry, ctx)) for entry in document.entries)
    return [(entry, record) for entry, record in records if record is not None]


def record_of(entry: Entry, ctx: Context) -> PaperRecord | None:
    """The current record of the row's paper, where it is known."""
    lookup = lookup_of(entry, ctx)
    return lookup.record if isinstance(lookup, Found) else None


def _shares_doi(entry: Entry, record: PaperRecord) -> bool:
    return entry.doi is not None and record.doi is not None and entry.doi.lower() == record.doi.lower()
