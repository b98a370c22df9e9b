"""Which versions of a paper are known, which one a row was written down from, and which one it links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from littable.document.entry import Entry
from littable.papers.record import PaperRecord
from littable.papers.sources import Found
from littable.rules._context import Context


def copied_version(record: PaperRecord, ctx: Context, says: Callable[[PaperRecord], bool]) -> int | None:
    """The newest earlier version of a paper that says what the row says."""
    for version, lookup in ctx.facts.earlier_versions(record.id):
        if isinstance(lookup, Found) and says(lookup.record):
            return version
    return None


def version_date(record: PaperRecord, version: int, ctx: Context) -> date | None:
    """The day of a version, where anything known tells it."""
    if version <= len(record.version_dates) and record.version_dates[version - 1]:
        return record.version_dates[version - 1]
    known = dict(ctx.facts.earlier_versions(record.id)).get(version)
    if isinstance(known, Found) and known.record.updated:
        return known.record.updated
    return record.published if version == 1 else None


def knows_every_version(record: PaperRecord, ctx: Context) -> bool:
    """Whether the text of each earlier version is known."""
    known = {number for number, lookup in ctx.facts.earlier_versions(record.id) if isinstance(lookup, Found)}
    return record.version is not None and known >= set(range(1, record.version))


def pinned_version(entry: Entry) -> int | None:
    """The version that the row's link names."""
    return entry.identity.arxiv.version if entry.identity and entry.identity.arxiv else None


def unknown_version(entry: Entry, record: PaperRecord) -> str | None:
    """Why a row cannot be judged that links a version which the record's origin does not know yet."""
    pinned = pinned_version(entry)
    if record.version is None or pinned is None or pinned <= record.version:
        return None
    return f"the {entry.shape.noun} links v{pinned}, {record.origin} knows v{record.version}"


def may_be_outdated(record: PaperRecord, copied: int | None) -> bool:
    """Whether a row that differs from the record may have a later version, which nobody was asked for: the
    record is old, and no earlier version says what the row says.
    """
    return record.as_of is not None and copied is None


def caveat(record: PaperRecord, copied: int | None) -> str:
    """What a message about a row that differs from the record ends with; mostly nothing."""
    if not may_be_outdated(record, copied):
        return ""
    return f"; what {record.origin} has is of {record.as_of}, and the paper may have changed since"


def current_version(record: PaperRecord) -> str:
    """How a fix names the record's version."""
    return f"v{record.version}" if record.version else "the current version"
