"""The tables in which an import grows up, and the moment in which they take the library's place.

All of it stands in the one SQLite file: ``arriving`` is filled in many short transactions, so that other
processes can read and write in between, and one last transaction gives it the library's name. What was the
library until then is called ``leaving`` and is let go of piece by piece: to drop it at once would keep the
file locked while gigabytes are looked through. Its room stays in the file for the next import, since to give
it back (SQLite's incremental vacuum) takes as long again as the import.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from littable.errors import StoreError
from littable.papers.store.file import make_records, transaction
from littable.papers.store.library import LIBRARY, LibraryState, set_library_state, write_note
from littable.papers.store.titles import enter, has_index, make_index

if TYPE_CHECKING:
    import sqlite3

ARRIVING = "arriving"
_LEAVING = "leaving"
NOTE = "import"
_INSERT = (
    f"INSERT OR {{}} INTO {ARRIVING} (id, version, fetched, content, checksum, number)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
# A row as ``pack`` makes it, and the number of its line.
NumberedRow: TypeAlias = tuple[str, int | None, int, str, int, int]
# What a harvest has not finished belongs to the library that it was to bring forward.
_OF_THE_OLD_LIBRARY = ("update",)
# So that no transaction takes long.
_ROWS_AT_ONCE = 20_000
# The index is merged a little at a time, in its own pages of 4 kB.
_MERGED_AT_ONCE = 2_000
_CACHE_KIB = 48 * 1024
# A reader that never ends keeps the journal from being started again; then it grows no further than this
# before the import waits for it.
_LONGEST_JOURNAL = 256 * 1024 * 1024


def prepare_bulk(connection: sqlite3.Connection) -> None:
    """Set a connection up for millions of rows."""
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    # Debian's SQLite writes zeros over every page that is let go of.
    connection.execute("PRAGMA secure_delete = OFF")


def begin(connection: sqlite3.Connection, note: dict[str, object]) -> None:
    """Make empty tables for an import, without what earlier ones left."""
    # First, so that nobody goes on with tables that are half cleared.
    with transaction(connection):
        write_note(connection, NOTE, None)
    clear(connection, ARRIVING)
    with transaction(connection):
        make_records(connection, ARRIVING)
        make_index(connection, ARRIVING)
        write_note(connection, NOTE, note)


def abandon(connection: sqlite3.Connection) -> None:
    """Let go of what has arrived; where that fails, the next import does it."""
    import sqlite3

    with suppress(sqlite3.OperationalError):
        with transaction(connection):
            write_note(connection, NOTE, None)
        clear(connection, ARRIVING)


def is_begun(connection: sqlite3.Connection) -> bool:
    """Whether there are tables of an import."""
    return _exists(connection, ARRIVING)


def add(
    connection: sqlite3.Connection,
    rows: Sequence[NumberedRow],
    titles: Sequence[tuple[int, str]],
    note: dict[str, object],
) -> None:
    """Enter rows and the keys of their titles, by the number of their line, and how far that is.

    Of two rows with one id, the later stays; that the index still has the earlier one's number finds nothing.
    Raises StoreError where the tables were taken away.
    """
    import sqlite3

    with transaction(connection):
        _require(connection)
        try:
            # The other ways to meet a conflict make SQLite keep a journal for each row.
            connection.executemany(_INSERT.format("FAIL"), rows)
        except sqlite3.IntegrityError:
            connection.executemany(_INSERT.format("REPLACE"), rows)
        if has_index(connection, ARRIVING):
            enter(connection, ARRIVING, titles)
        write_note(connection, NOTE, note)


def bound_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Write the journal back, and wait for readers where it has become too long."""
    journal = Path(f"{path}-wal")
    if journal.exists() and journal.stat().st_size > _LONGEST_JOURNAL:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def merge_titles(connection: sqlite3.Connection) -> None:
    """Make the pieces of the index one, so that a title is looked for once."""
    if not has_index(connection, ARRIVING):
        return
    table = f"{ARRIVING}_title"
    pages = -_MERGED_AT_ONCE  # negative: whatever there is, until it is one
    while True:
        with transaction(connection):
            before = connection.total_changes
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
            if connection.total_changes - before < 2:
                return
        pages = _MERGED_AT_ONCE


def count(connection: sqlite3.Connection) -> int:
    """The papers that have arrived. Raises StoreError where the tables were taken away."""
    _require(connection)
    papers: int = connection.execute(f"SELECT count(*) FROM {ARRIVING}").fetchone()[0]
    return papers


def switch(connection: sqlite3.Connection, state: LibraryState) -> None:
    """Let what has arrived be the library, in one transaction. Raises StoreError where it was taken away."""
    clear(connection, _LEAVING)
    with transaction(connection):
        _require(connection)
        for old, new in ((LIBRARY, _LEAVING), (ARRIVING, LIBRARY)):
            for suffix in ("", "_title"):
                if _exists(connection, old + suffix):
                    connection.execute(f"ALTER TABLE {old}{suffix} RENAME TO {new}{suffix}")
        set_library_state(connection, state)
        for key in (NOTE, *_OF_THE_OLD_LIBRARY):
            write_note(connection, key, None)


def tidy(connection: sqlite3.Connection) -> None:
    """Let go of the library that was there before, and of the journal."""
    clear(connection, _LEAVING)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def clear(connection: sqlite3.Connection, table: str) -> None:
    """Drop a table of records and its index, in short transactions."""
    if _exists(connection, f"{table}_title"):
        with transaction(connection):
            connection.execute(f"DROP TABLE {table}_title")
    if not _exists(connection, table):
        return
    some = f"SELECT number FROM {table} ORDER BY number LIMIT 1 OFFSET {_ROWS_AT_ONCE}"
    while row := connection.execute(some).fetchone():
        with transaction(connection):
            connection.execute(f"DELETE FROM {table} WHERE number < ?", row)
    with transaction(connection):
        connection.execute(f"DROP TABLE {table}")


def _require(connection: sqlite3.Connection) -> None:
    if not is_begun(connection):
        raise StoreError("the store was cleared by another process meanwhile; import again")


def _exists(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE name = ?"
    return bool(connection.execute(query, (table,)).fetchone()[0])
