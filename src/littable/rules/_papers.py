"""Which record a row is to be compared with."""

from __future__ import annotations

from littable.document.entry import Entry
from littable.papers.record import PaperRecord
from littable.papers.sources import Found, Lookup
from littable.rules._context import Context


def lookup_of(entry: Entry, ctx: Context) -> Lookup | None:
    """What was answered about the paper that the row names; None when it names none."""
    return ctx.facts.paper(entry.arxiv_id) if entry.arxiv_id is not None else None


def record_of(entry: Entry, ctx: Context) -> PaperRecord | None:
    """The current record of the row's paper, where it is known."""
    lookup = lookup_of(entry, ctx)
    return lookup.record if isinstance(lookup, Found) else None
