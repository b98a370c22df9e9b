"""What one page of an update changes in the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from littable.papers.record import PaperRecord
from littable.papers.store.library import LIBRARY, library_rows, upsert
from littable.papers.store.rows import Row, pack, unpack
from littable.papers.store.titles import forget, has_index
from littable.papers.title_key import title_key

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Changes:
    """How many papers were written, how many of those the library did not have, and how many of them have
    been withdrawn since; and how many were taken out.
    """

    updated: int = 0
    new: int = 0
    withdrawn: int = 0
    removed: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(
            self.updated + other.updated,
            self.new + other.new,
            self.withdrawn + other.withdrawn,
            self.removed + other.removed,
        )

    @property
    def growth(self) -> int:
        """How many papers more there are."""
        return self.new - self.removed


def put_records(connection: sqlite3.Connection, records: Sequence[PaperRecord], now: int) -> Changes:
    """Bring records into the library, inside a transaction, each paper at most once; ``now`` is in Unix
    seconds.

    What is there already as it is, or of a later version, is left alone and not counted.
    """
    known = {row[0]: row for row in library_rows(connection, [record.id for record in records])}
    changed = [record for record in records if _is_change(record, known.get(record.id))]
    upsert(connection, changed, now)
    new = sum(record.id not in known for record in changed)
    withdrawn = sum(record.withdrawn and not _is_withdrawn(known.get(record.id)) for record in changed)
    return Changes(len(changed), new, withdrawn)


def take_out(connection: sqlite3.Connection, ids: Sequence[str]) -> Changes:
    """Take papers out of the library, inside a transaction."""
    rows = {row[0]: row for row in library_rows(connection, ids)}
    for row in rows.values():
        (number,) = connection.execute(f"SELECT number FROM {LIBRARY} WHERE id = ?", (row[0],)).fetchone()
        record = unpack(row)
        if record is not None and has_index(connection, LIBRARY):
            forget(connection, LIBRARY, [(number, title_key(record.title))])
        connection.execute(f"DELETE FROM {LIBRARY} WHERE number = ?", (number,))
    return Changes(removed=len(rows))


def _is_change(record: PaperRecord, known: Row | None) -> bool:
    if known is None or unpack(known) is None:
        return True
    same = pack(record, 0)
    return (record.version or 0) >= (known[1] or 0) and (same[1], same[3]) != (known[1], known[3])


def _is_withdrawn(row: Row | None) -> bool:
    record = unpack(row) if row else None
    return record is not None and record.withdrawn
