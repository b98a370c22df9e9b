"""The SQLite file of the store: opened, made, told from a foreign or damaged one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from littable.errors import StoreError
from littable.papers.store.rows import unpack
from littable.papers.store.titles import enter, has_index, make_index
from littable.papers.title_key import title_key

if TYPE_CHECKING:
    import sqlite3

SCHEMA_VERSION = 3
# "ltbl": tells a store from any other SQLite file.
_APPLICATION_ID = 0x6C74626C
# Rows are about 1.4 kB: in pages of this size little room is left over.
_PAGE_SIZE = 16_384
# Moments are in Unix seconds. ``record`` holds current records as arXiv gave them, ``library`` all of arXiv
# as it was on one day; ``note`` small JSON objects, ``link`` states of links, ``pace`` when a server may be
# asked next. ``number`` is what the index of titles knows a row by.
_RECORDS = """
CREATE TABLE {name} (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER,
                     fetched INTEGER NOT NULL, content TEXT NOT NULL, checksum INTEGER NOT NULL)
"""
_FIRST_SCHEMA = """
CREATE TABLE version (id TEXT NOT NULL, version INTEGER NOT NULL, fetched INTEGER NOT NULL,
                      content TEXT NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (id, version));
CREATE TABLE missing (id TEXT NOT NULL, version INTEGER NOT NULL, asked INTEGER NOT NULL,
                      PRIMARY KEY (id, version)) WITHOUT ROWID
"""
_LATER_SCHEMA = """
DROP TABLE IF EXISTS title;
CREATE TABLE IF NOT EXISTS searched (key TEXT PRIMARY KEY, asked INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE link (url TEXT PRIMARY KEY, state TEXT NOT NULL, asked INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pace (host TEXT PRIMARY KEY, next REAL NOT NULL) WITHOUT ROWID
"""
_BUSY_SECONDS = 10.0
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
# Nothing that is written here conflicts with anything, unless an index no longer fits its table.
_CONFLICTS = ("", "_UNIQUE", "_PRIMARYKEY", "_ROWID")
_NOT_WRITABLE = ("SQLITE_CANTOPEN", "SQLITE_READONLY")


class Foreign(Exception):
    """The file is no store, or none that can be read."""


class Newer(Exception):
    """The file was written by a later littable."""


class NoFile(Exception):
    """There is no file, or none that can be used."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, and make its tables when it is new. Raises Foreign, Newer and OSError."""
    import sqlite3

    # SQLite's own files lie beside the file that a link leads to.
    path = Path(os.path.realpath(path))
    _refuse_other_than_file(path)
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    connection.text_factory = _text
    try:
        _prepare(connection)
    except sqlite3.OperationalError as error:
        connection.close()
        if not error.sqlite_errorname.startswith(_NOT_WRITABLE) or _has_journal(path):
            raise
        return _connect_read_only(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_other_than_file(path: Path) -> None:
    """Raises OSError for a folder or a device, of which SQLite says something else each time."""
    if path.exists() and not path.is_file():
        raise OSError(f"it is {'a folder' if path.is_dir() else 'no file'}")


def _text(data: bytes) -> str:
    """A damaged text: its row's checksum tells, while an error would keep all the others from being read."""
    return data.decode(errors="replace")


def _has_journal(path: Path) -> bool:
    journal = Path(f"{path}-wal")
    return journal.exists() and journal.stat().st_size > 0


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a file in a place where SQLite cannot make the files that it needs beside it."""
    import sqlite3

    uri = f"{path.absolute().as_uri()}?immutable=1"
    connection = sqlite3.connect(uri, timeout=_BUSY_SECONDS, isolation_level=None, uri=True)
    connection.text_factory = _text
    try:
        if not _is_ours(connection):
            raise NoFile
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    import sqlite3

    if not _is_ours(connection):
        connection.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        with transaction(connection):
            # Another process may have made the tables since.
            if not _is_ours(connection):
                _execute(connection, _FIRST_SCHEMA)
                make_records(connection, "record")
                _make_later_tables(connection)
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        # Lasts in the file; whoever comes second finds it locked, and done.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
    elif _version(connection) < SCHEMA_VERSION:
        # Where nothing can be written, what an earlier littable kept can still be read.
        with suppress(sqlite3.OperationalError), transaction(connection):
            # Another process may have done it since.
            if _version(connection) < SCHEMA_VERSION:
                _number_records(connection)
                _make_later_tables(connection)
    connection.execute("PRAGMA synchronous = NORMAL")


def _number_records(connection: sqlite3.Connection) -> None:
    """Until the third version of the schema, records had no numbers that last."""
    columns = "id, version, fetched, content, checksum"
    connection.execute("ALTER TABLE record RENAME TO unnumbered")
    make_records(connection, "record")
    connection.execute(f"INSERT INTO record ({columns}) SELECT {columns} FROM unnumbered")
    connection.execute("DROP TABLE unnumbered")


def _no_store(path: Path) -> StoreError:
    return StoreError(f"{path} is no store of littable; name another file with --store")


def _make_later_tables(connection: sqlite3.Connection) -> None:
    """What came with the second and third version of the schema; titles are entered anew."""
    _execute(connection, _LATER_SCHEMA)
    make_records(connection, "library")
    make_index(connection, "record")
    make_index(connection, "library")
    if has_index(connection, "record"):
        enter(connection, "record", _titles(connection))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def make_records(connection: sqlite3.Connection, name: str) -> None:
    """Make an empty table of records, inside a transaction."""
    connection.execute(_RECORDS.format(name=name))


def _titles(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    for number, *rest in connection.execute(
        "SELECT number, id, version, fetched, content, checksum FROM record"
    ):
        record = unpack((rest[0], rest[1], rest[2], rest[3], rest[4]))
        if record is not None:
            yield number, title_key(record.title)


def _execute(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";"):
        connection.execute(statement)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error means that the file is damaged, or no database."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(_DAMAGED) or name in {f"SQLITE_CONSTRAINT{kind}" for kind in _CONFLICTS}


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything that is written inside, or nothing; other processes read what was there before."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def open_store(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, for a command that is about nothing else. Raises StoreError for whatever goes wrong with it,
    inside as well: it is read-only, the disk is full, it is no store.
    """
    import sqlite3

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(connect(path)) as connection:
            yield connection
    except NoFile:
        raise StoreError(f"the store {path} cannot be opened") from None
    except Newer:
        raise StoreError(f"the store {path} was written by a newer littable; update littable") from None
    except Foreign:
        raise _no_store(path) from None
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise _no_store(path) from None
        if is_damage(error):
            raise StoreError(f"the store {path} is damaged ({error}); delete it and begin anew") from None
        raise StoreError(f"the store {path} cannot be used: {error}") from None
    except OSError as error:
        raise StoreError(f"the store {path} cannot be used: {error.strerror or error}") from None


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file is a store; an empty file is not yet one. Raises Foreign and Newer."""
    if connection.in_transaction:
        return _is_marked(connection)
    # Looked at as it is at one moment: another process may be making the tables.
    connection.execute("BEGIN")
    try:
        return _is_marked(connection)
    finally:
        connection.execute("ROLLBACK")


def _is_marked(connection: sqlite3.Connection) -> bool:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = _version(connection)
    if application == _APPLICATION_ID:
        if version > SCHEMA_VERSION:
            raise Newer
        return True
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application or version or tables:
        raise Foreign
    return False


def is_there(path: Path) -> bool:
    """Whether there is a file that may be a store. Raises StoreError where nobody can tell."""
    try:
        return path.exists()
    except OSError as error:
        raise StoreError(f"the store {path} cannot be used: {error.strerror or error}") from None


def free_name(path: Path) -> Path:
    """A name beside ``path`` for a file to be set aside under."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.broken-{number}")):
        number += 1
    return aside
