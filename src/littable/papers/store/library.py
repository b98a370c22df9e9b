"""The library in the store: every paper of arXiv as it was on one day.

It is made by an import of arXiv's snapshot and brought forward by updates, and never by single answers of
the API, which the store keeps apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from littable.papers.record import PaperRecord
from littable.papers.store.rows import Row, pack, select
from littable.papers.store.titles import find_titled, put

if TYPE_CHECKING:
    import sqlite3

LIBRARY = "library"
_STATE = "library"


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What the library holds: ``as_of`` (Unix seconds) is the moment up to which nothing that arXiv changed
    is lacking; ``source`` names where it came from.
    """

    papers: int
    as_of: int
    source: str


def library_state(connection: sqlite3.Connection) -> LibraryState | None:
    """What the library holds; None where nothing was imported, or a note about it is damaged."""
    note = read_note(connection, _STATE)
    try:
        return LibraryState(int(note["papers"]), int(note["as_of"]), str(note["source"]))  # type: ignore[call-overload]
    except (KeyError, TypeError, ValueError):
        return None


def set_library_state(connection: sqlite3.Connection, state: LibraryState) -> None:
    """Say what the library holds, in the transaction that makes it true."""
    write_note(connection, _STATE, asdict(state))


def library_rows(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[Row]:
    """The rows of these papers; each was fetched when the library was last brought up to date."""
    as_of = _as_of(connection)
    if as_of is None:
        return
    for row in select(
        connection, f"SELECT id, version, {as_of}, content, checksum FROM library WHERE id", ids
    ):
        yield row[0], row[1], row[2], row[3], row[4]


def library_titled(connection: sqlite3.Connection, keys: Iterable[str]) -> Iterator[Row]:
    """The rows of papers whose titles have one of these keys."""
    if _as_of(connection) is not None:
        yield from find_titled(connection, LIBRARY, keys)


def upsert(connection: sqlite3.Connection, records: Sequence[PaperRecord], now: int) -> None:
    """Put records into the library, over those that are there, unless these are of a later version.

    ``now`` is in Unix seconds. Each paper at most once. Inside a transaction.
    """
    rows = select(connection, "SELECT id, version FROM library WHERE id", [record.id for record in records])
    known = {row[0]: row[1] or 0 for row in rows}
    newer = [record for record in records if (record.version or 0) >= known.get(record.id, 0)]
    put(connection, LIBRARY, newer, [pack(record, now) for record in newer])


def read_note(connection: sqlite3.Connection, key: str) -> Mapping[str, object]:
    """A small JSON object that was kept beside the papers; empty where there is none that can be read."""
    row = connection.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
    try:
        value = json.loads(row[0]) if row else {}
    except (TypeError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_note(connection: sqlite3.Connection, key: str, value: Mapping[str, object] | None) -> None:
    """Keep a small JSON object, inside a transaction; None lets go of it."""
    if value is None:
        connection.execute("DELETE FROM note WHERE key = ?", (key,))
    else:
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, json.dumps(value)))


def _as_of(connection: sqlite3.Connection) -> int | None:
    if not connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'library'").fetchone()[0]:
        return None  # an earlier littable's file, which cannot be written
    state = library_state(connection)
    return state.as_of if state else None
