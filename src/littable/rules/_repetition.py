"""Rows that repeat the header: they hold no paper, and one rule speaks of them."""

from __future__ import annotations

from littable.document.entry import Entry
from littable.document.plain import plain


def repeats_header(entry: Entry) -> bool:
    """Whether the row says again what the header says, in most of its filled cells."""
    pairs = [
        (plain(cell.text).casefold(), column.header.casefold())
        for column, cell in zip(entry.listing.columns, entry.row.cells, strict=False)
        if not cell.empty
    ]
    same = sum(said == header for said, header in pairs)
    return same >= 2 and same * 2 >= len(pairs)
