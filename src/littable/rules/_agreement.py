"""Whether a row and a record are the same paper beyond doubt."""

from __future__ import annotations

from littable.diagnostic import Applicability
from littable.document.entry import Entry
from littable.papers.record import PaperRecord


def trust(entry: Entry, record: PaperRecord) -> Applicability:
    """How far the record's text may be written into the row: safely where the titles agree too."""
    title = entry.title
    written = _letters(title.plain) if title is not None else ""
    agree = bool(written) and written == _letters(record.title)
    return Applicability.SAFE if agree else Applicability.UNSAFE


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
