"""The SQLite file of the store: opened, made, told from a foreign or damaged one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from littable.papers.store_titles import make_title_tables

if TYPE_CHECKING:
    import sqlite3

SCHEMA_VERSION = 2
# "ltbl": tells a store from any other SQLite file.
_APPLICATION_ID = 0x6C74626C
_SCHEMA = """
CREATE TABLE record (id TEXT PRIMARY KEY, version INTEGER, fetched INTEGER NOT NULL,
                     content TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE version (id TEXT NOT NULL, version INTEGER NOT NULL, fetched INTEGER NOT NULL,
                      content TEXT NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (id, version));
CREATE TABLE missing (id TEXT NOT NULL, version INTEGER NOT NULL, asked INTEGER NOT NULL,
                      PRIMARY KEY (id, version)) WITHOUT ROWID;
"""
_BUSY_SECONDS = 10.0
_NOT_WRITABLE = ("SQLITE_CANTOPEN", "SQLITE_READONLY")


class Foreign(Exception):
    """The file is no store, or none that can be read."""


class Newer(Exception):
    """The file was written by a later littable."""


class NoFile(Exception):
    """There is no file, or none that can be used."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, and make its tables when it is new. Raises Foreign and Newer."""
    import sqlite3

    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
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


def _has_journal(path: Path) -> bool:
    journal = Path(f"{path}-wal")
    return journal.exists() and journal.stat().st_size > 0


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a file in a place where SQLite cannot make the files that it needs beside it."""
    import sqlite3

    uri = f"{path.absolute().as_uri()}?immutable=1"
    connection = sqlite3.connect(uri, timeout=_BUSY_SECONDS, isolation_level=None, uri=True)
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
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have made the tables since.
        if not _is_ours(connection):
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            make_title_tables(connection)
            connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
        # Lasts in the file; whoever comes second finds it locked, and done.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
    elif _version(connection) < SCHEMA_VERSION:
        # Where nothing can be written, what an earlier littable kept can still be read.
        with suppress(sqlite3.OperationalError):
            _bring_up_to_date(connection)
    connection.execute("PRAGMA synchronous = NORMAL")


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it since.
        if _version(connection) < SCHEMA_VERSION:
            make_title_tables(connection)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file is a store; an empty file is not yet one. Raises Foreign and Newer."""
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


def is_store(path: Path) -> bool:
    """Whether a file is a store, and whole."""
    import sqlite3

    try:
        connection = connect(path)
    except (Foreign, Newer, NoFile, sqlite3.Error):
        return False
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def free_name(path: Path) -> Path:
    """A name beside ``path`` for a file to be set aside under."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.broken-{number}")):
        number += 1
    return aside
