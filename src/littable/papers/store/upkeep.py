"""What the store holds, and how it is emptied."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from littable.papers.store.file import make_records, transaction
from littable.papers.store.library import LibraryState, library_state
from littable.papers.store.titles import make_index

if TYPE_CHECKING:
    import sqlite3

_ANSWERS = ("record", "version", "missing", "searched", "link")


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much the store holds: rows a table, and the library. ``oldest`` is when the oldest of the records
    was asked for (Unix seconds), None where there is none.
    """

    records: int
    versions: int
    missing: int
    titles: int
    links: int
    oldest: int | None
    library: LibraryState | None


def holdings(connection: sqlite3.Connection) -> Holdings:
    """Count what is there."""
    counts = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _ANSWERS}
    return Holdings(
        records=counts["record"],
        versions=counts["version"],
        missing=counts["missing"],
        titles=counts["searched"],
        links=counts["link"],
        oldest=connection.execute("SELECT min(fetched) FROM record").fetchone()[0],
        library=library_state(connection),
    )


def clear(connection: sqlite3.Connection, *, keep_library: bool) -> None:
    """Forget what was looked up and, unless it is kept, the library; the room is given back."""
    import sqlite3

    with transaction(connection):
        for table in _ANSWERS:
            connection.execute(f"DELETE FROM {table}")
        _make_anew(connection, "record")
        _drop(connection, "leaving")
        if not keep_library:
            _make_anew(connection, "library")
            _drop(connection, "arriving")
            connection.execute("DELETE FROM note")
    # Another process that is reading keeps the room from being given back; it is used again later.
    with suppress(sqlite3.OperationalError):
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _drop(connection: sqlite3.Connection, table: str) -> None:
    connection.execute(f"DROP TABLE IF EXISTS {table}_title")
    connection.execute(f"DROP TABLE IF EXISTS {table}")


def _make_anew(connection: sqlite3.Connection, table: str) -> None:
    _drop(connection, table)
    make_records(connection, table)
    make_index(connection, table)
