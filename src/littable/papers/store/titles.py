"""How the store finds papers by title: an index of whole titles, by ``title_key``, in SQLite's FTS5.

Each title is one word of the index: the checksum of its key, since whoever looks reads the title anyway. FTS5
keeps such words sorted, with common beginnings once, and merges what is added as it goes, so that three
million titles cost little room and no random writes
(https://www.sqlite.org/fts5.html#contentless_tables). An SQLite that was built without FTS5 knows no titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

from littable.papers.record import PaperRecord
from littable.papers.store.rows import Row, unpack
from littable.papers.title_key import title_key

if TYPE_CHECKING:
    import sqlite3

# The number of a row in the indexed table, and the ``title_key`` of its title.
Titled = tuple[int, str]


def make_index(connection: sqlite3.Connection, table: str) -> None:
    """Make the empty index of a table, inside a transaction."""
    import sqlite3

    try:
        connection.execute(
            f"CREATE VIRTUAL TABLE {table}_title"
            " USING fts5(key, content='', columnsize=0, detail=none, tokenize='ascii')"
        )
    except sqlite3.OperationalError as error:
        if "no such module" not in str(error):
            raise


def has_index(connection: sqlite3.Connection, table: str) -> bool:
    """Whether titles of a table can be found; an earlier littable's file that cannot be written has none."""
    query = "SELECT count(*) FROM sqlite_master WHERE name = ?"
    return bool(connection.execute(query, (f"{table}_title",)).fetchone()[0])


def enter(connection: sqlite3.Connection, table: str, titles: Iterable[Titled]) -> None:
    """Find these rows by these titles; an empty key finds nothing."""
    connection.executemany(
        f"INSERT INTO {table}_title (rowid, key) VALUES (?, ?)",
        ((number, _word(key)) for number, key in titles if key),
    )


def forget(connection: sqlite3.Connection, table: str, titles: Iterable[Titled]) -> None:
    """No longer find these rows by these titles, which must be what was entered."""
    connection.executemany(
        f"INSERT INTO {table}_title ({table}_title, rowid, key) VALUES ('delete', ?, ?)",
        ((number, _word(key)) for number, key in titles if key),
    )


def _word(key: str) -> str:
    return f"{crc32(key.encode()):08x}"


def put(connection: sqlite3.Connection, table: str, records: Sequence[PaperRecord], rows: list[Row]) -> None:
    """Write current records, as their ``rows``, over those that are there; titles follow."""
    indexed = has_index(connection, table)
    old = dict(_titles(connection, table, rows)) if indexed else {}
    connection.executemany(
        f"INSERT INTO {table} (id, version, fetched, content, checksum) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET version = excluded.version, fetched = excluded.fetched,"
        " content = excluded.content, checksum = excluded.checksum",
        rows,
    )
    if not indexed:
        return
    new = {record.id: title_key(record.title) for record in records}
    numbers = _numbers(connection, table, list(new))
    changed = [key for key in new if key not in old or old[key][1] != new[key]]
    forget(connection, table, [old[key] for key in changed if key in old])
    enter(connection, table, [(numbers[key], new[key]) for key in changed])


def find_titled(connection: sqlite3.Connection, table: str, keys: Iterable[str]) -> Iterator[Row]:
    """The rows whose titles have one of these keys, as far as the index knows, and rarely one more."""
    if not has_index(connection, table):
        return
    columns = "id, version, fetched, content, checksum"
    for key in keys:
        yield from connection.execute(
            f"SELECT {columns} FROM {table} WHERE number IN"
            f" (SELECT rowid FROM {table}_title WHERE {table}_title MATCH ?)",
            (f'"{_word(key)}"',),
        )


def _titles(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> Iterator[tuple[str, Titled]]:
    """What the index has for those of the rows that are in the table already, by identifier."""
    columns = "number, id, version, fetched, content, checksum"
    for row in rows:
        for number, *known in connection.execute(f"SELECT {columns} FROM {table} WHERE id = ?", (row[0],)):
            record = unpack((known[0], known[1], known[2], known[3], known[4]))
            if record is not None:
                yield record.id, (number, title_key(record.title))


def _numbers(connection: sqlite3.Connection, table: str, ids: Iterable[str]) -> dict[str, int]:
    query = f"SELECT number FROM {table} WHERE id = ?"
    return {key: connection.execute(query, (key,)).fetchone()[0] for key in ids}
