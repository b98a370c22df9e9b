"""Which tables a rule about shape looks at, and whose row a finding is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from littable.config import Settings
from littable.document.entry import Entry
from littable.document.listing import Row
from littable.document.model import Document
from littable.document.table import Table


def checked_tables(document: Document, settings: Settings) -> Iterator[Table]:
    """The literature tables, and with ``all-tables`` the others too."""
    return (table for table in document.tables if table.literature or settings.all_tables)


def entry_of(document: Document, row: Row) -> Entry | None:
    """The paper in a row; None when the row is none, such as a blank one."""
    entries = document.entries
    index = bisect_left(entries, row.span.start, key=lambda entry: entry.row.span.start)
    found = entries[index] if index < len(entries) else None
    return found if found is not None and found.row.span == row.span else None
