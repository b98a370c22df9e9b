"""On which days arXiv gave the answers that the store has."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from littable.errors import StoreError
from littable.papers.moments import day_of
from littable.papers.store.file import open_store
from littable.papers.store.library import library_rows
from littable.papers.store.rows import select

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class StoreDays:
    """Days in UTC: of the current record of each paper, of its lack, and of the search for a title by key."""

    records: dict[str, date] = field(default_factory=dict)
    missing: dict[str, date] = field(default_factory=dict)
    searches: dict[str, date] = field(default_factory=dict)


def store_days(path: Path, ids: Collection[str], keys: Collection[str]) -> StoreDays:
    """What the store can tell about these papers and titles; nothing where it cannot be read."""
    if path.exists():
        try:
            with open_store(path) as connection:
                return _read(connection, ids, keys)
        except StoreError:
            pass  # the store itself has said what is wrong with it
    return StoreDays()


def _read(connection: sqlite3.Connection, ids: Collection[str], keys: Collection[str]) -> StoreDays:
    records = {row[0]: day_of(row[2]) for row in library_rows(connection, list(ids))}
    for identifier, day in _days(connection, "SELECT id, fetched FROM record WHERE id", ids):
        records[identifier] = max(day, records.get(identifier, day))
    missing = dict(_days(connection, "SELECT id, asked FROM missing WHERE version = 0 AND id", ids))
    return StoreDays(
        records, missing, dict(_days(connection, "SELECT key, asked FROM searched WHERE key", keys))
    )


def _days(connection: sqlite3.Connection, query: str, keys: Collection[str]) -> Iterator[tuple[str, date]]:
    for key, moment in select(connection, query, list(keys)):
        yield key, day_of(moment)
