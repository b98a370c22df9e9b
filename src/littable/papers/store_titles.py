"""How the store finds papers by title, and when arXiv was last searched for one.

A file of an earlier littable that cannot be written lacks these tables; then no title is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from littable.papers.record import PaperRecord
from littable.papers.store_rows import Row, chunks, unpack
from littable.papers.title_key import title_key

if TYPE_CHECKING:
    import sqlite3

# "id" is that of the current record whose title has the key; "asked" is in Unix seconds.
_TABLES = """
CREATE TABLE title (key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE INDEX title_id ON title (id);
CREATE TABLE searched (key TEXT PRIMARY KEY, asked INTEGER NOT NULL) WITHOUT ROWID;
"""


def make_title_tables(connection: sqlite3.Connection) -> None:
    """Make the tables, inside a transaction, and enter the records that there are."""
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    rows: Iterator[Row] = connection.execute("SELECT id, version, fetched, content, checksum FROM record")
    records = [record for row in rows if (record := unpack(row)) is not None]
    _enter(connection, records)


def keep_titles(connection: sqlite3.Connection, records: Sequence[PaperRecord]) -> None:
    """Find these papers by the titles that they have now, and no longer by earlier ones."""
    if _has_tables(connection):
        connection.executemany("DELETE FROM title WHERE id = ?", [(record.id,) for record in records])
        _enter(connection, records)


def _enter(connection: sqlite3.Connection, records: Iterable[PaperRecord]) -> None:
    keys = [(title_key(record.title), record.id) for record in records]
    connection.executemany("INSERT OR REPLACE INTO title VALUES (?, ?)", [pair for pair in keys if pair[0]])


def keep_searched(connection: sqlite3.Connection, keys: Iterable[str], now: int) -> None:
    """Remember that arXiv was searched for titles with these keys ``now``, in Unix seconds."""
    if _has_tables(connection):
        connection.executemany("INSERT OR REPLACE INTO searched VALUES (?, ?)", [(key, now) for key in keys])


def ids_by_key(connection: sqlite3.Connection, keys: Sequence[str]) -> Iterator[str]:
    """The papers whose titles have one of these keys."""
    if _has_tables(connection):
        for chunk, marks in chunks(keys):
            yield from (
                row[0] for row in connection.execute(f"SELECT id FROM title WHERE key IN ({marks})", chunk)
            )


def searched_keys(connection: sqlite3.Connection, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Those of the keys that arXiv was searched for, and when, in Unix seconds."""
    if _has_tables(connection):
        for chunk, marks in chunks(keys):
            yield from connection.execute(f"SELECT key, asked FROM searched WHERE key IN ({marks})", chunk)


def _has_tables(connection: sqlite3.Connection) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE name = 'searched'"
    return bool(connection.execute(query).fetchone()[0])
