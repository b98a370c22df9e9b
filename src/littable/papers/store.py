"""What arXiv said earlier, kept in one SQLite file.

The store is a cache: whatever goes wrong with it, the run goes on without. Every row carries a checksum, so
a damaged one is unknown and never a wrong answer.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from littable.papers.record import PaperRecord
from littable.papers.sources import (
    Found,
    Lookup,
    Missing,
    Unavailable,
    VersionKey,
    version_keys,
)

if TYPE_CHECKING:
    import sqlite3

SCHEMA_VERSION = 1
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
_DAY = 24 * 60 * 60
_MISSING_AGE = 1 * _DAY
# Two machines on one disk, or a clock that was set right, may differ by this much.
_CLOCK_SLACK = 60 * 60
_BUSY_SECONDS = 10.0
# SQLite allows 999 parameters in a statement where it was built long ago.
_CHUNK = 500
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
_NOT_WRITABLE = ("SQLITE_CANTOPEN", "SQLITE_READONLY")
_ANY_VERSION = 0

Row: TypeAlias = tuple[str, int | None, int, str, int]


class _Foreign(Exception):
    """The file is no store, or none that can be read."""


class _Newer(Exception):
    """The file was written by a later littable."""


class _NoFile(Exception):
    """There is no file, or none that can be used."""


class Store:
    """The cache as a source; the file is made when there is something to keep.

    Current records are served for ``max_age`` days, or for ever with ``any_age`` (when nobody else can be
    asked); single versions never change and are always served; a missing paper stays so for one day.
    ``notice`` is told once what is wrong with the file. Several processes may use one file.
    """

    name = "the store"

    def __init__(
        self,
        path: Path,
        *,
        max_age: float = 7.0,
        any_age: bool = False,
        notice: Callable[[str], None] = lambda _message: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._path = path
        self._max_age = max_age * _DAY
        self._any_age = any_age
        self._notice = notice
        self._now = now
        self._connection: sqlite3.Connection | None = None
        self._readable = True
        self._writable = True

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The current records that are not too old."""
        lookups: dict[str, Lookup] = dict.fromkeys(ids, Unavailable("not in the store"))
        with self._guarded(), self._reading() as connection:
            for row in _rows(connection, "record", list(lookups)):
                lookups[row[0]] = self._current(row) or lookups[row[0]]
            for identifier, version, asked in _missing_rows(connection, list(lookups)):
                fresh = version == _ANY_VERSION and self._is_fresh(asked, _MISSING_AGE)
                if fresh and not isinstance(lookups[identifier], Found):
                    lookups[identifier] = Missing()
        return lookups

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """The records of single versions, of any age."""
        keys = version_keys(wanted)
        lookups: dict[VersionKey, Lookup] = dict.fromkeys(keys, Unavailable("not in the store"))
        with self._guarded(), self._reading() as connection:
            ids = list(wanted)
            for identifier, version, asked in _missing_rows(connection, ids):
                if (identifier, version) in lookups and self._is_fresh(asked, _MISSING_AGE):
                    lookups[identifier, version] = Missing()
            for table in ("record", "version"):
                _find_versions(_rows(connection, table, ids), lookups)
        return lookups

    def remember(self, lookups: Mapping[str, Lookup]) -> None:
        """Keep records that were found and papers that are missing."""
        found = [lookup.record for lookup in lookups.values() if isinstance(lookup, Found)]
        missing = [(key, _ANY_VERSION) for key, lookup in lookups.items() if isinstance(lookup, Missing)]
        self._write("record", found, missing)

    def remember_versions(self, lookups: Mapping[VersionKey, Lookup]) -> None:
        """Keep single versions that were found, and those that are missing."""
        found = [lookup.record for lookup in lookups.values() if isinstance(lookup, Found)]
        missing = [key for key, lookup in lookups.items() if isinstance(lookup, Missing)]
        self._write("version", [record for record in found if record.version is not None], missing)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _current(self, row: Row) -> Lookup | None:
        record = _unpack(row)
        if record is None:
            return None
        if self._any_age or self._is_fresh(row[2], self._max_age):
            return Found(record)
        return Unavailable(f"in the store, but older than {self._max_age / _DAY:g} days")

    def _is_fresh(self, moment: int, limit: float) -> bool:
        return -_CLOCK_SLACK <= self._now() - moment <= limit

    def _write(self, table: str, records: Sequence[PaperRecord], missing: Sequence[VersionKey]) -> None:
        if not records and not missing:
            return
        # A file that turns out to be damaged is set aside; the second attempt makes a new one.
        for _ in range(2):
            with self._guarded(), self._writing() as connection:
                self._insert(connection, table, records, missing)
                return

    def _insert(
        self,
        connection: sqlite3.Connection,
        table: str,
        records: Sequence[PaperRecord],
        missing: Sequence[VersionKey],
    ) -> None:
        now = int(self._now())
        if table == "record":
            _keep_replaced(connection, records)
        rows = [_pack(record, now) for record in records]
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?, ?)", rows)
        gone = [(record.id, _ANY_VERSION if table == "record" else record.version) for record in records]
        connection.executemany("DELETE FROM missing WHERE id = ? AND version = ?", gone)
        asked = [(identifier, version, now) for identifier, version in missing]
        connection.executemany("INSERT OR REPLACE INTO missing VALUES (?, ?, ?)", asked)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Whatever is wrong with the file ends here: it is set aside, or done without."""
        import sqlite3

        try:
            yield
        except _NoFile:
            pass
        except _Newer:
            self._readable = False
            self._give_up("was written by a newer littable")
        except _Foreign:
            self._set_aside()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith(_DAMAGED):
                self._set_aside()
            else:
                self._give_up(f"cannot be used ({error})")
        except OSError as error:
            self._give_up(f"cannot be used ({error.strerror or error})")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        if not self._readable or not (self._connection or self._path.exists()):
            raise _NoFile
        yield self._open()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if not self._writable:
            raise _NoFile
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _connect(self._path)
        return self._connection

    def _give_up(self, why: str) -> None:
        """From now on nothing is kept; what can be read still is."""
        self.close()
        if self._writable:
            self._notice(f"the store {self._path} {why}; working without keeping answers")
        self._writable = False

    def _set_aside(self) -> None:
        self.close()
        try:
            if _is_store(self._path):
                return  # another process was faster
            aside = _free_name(self._path)
            self._path.rename(aside)
            for suffix in ("-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            self._give_up(f"is damaged and cannot be moved ({error.strerror or error})")
            self._readable = False
            return
        self._notice(f"the store {self._path} is damaged or no store of littable; it was moved to {aside}")


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file, and make its tables when it is new. Raises _Foreign and _Newer."""
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
            raise _NoFile
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
            connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
        # Lasts in the file; whoever comes second finds it locked, and done.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file is a store; an empty file is not yet one. Raises _Foreign and _Newer."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == _APPLICATION_ID:
        if version > SCHEMA_VERSION:
            raise _Newer
        return True
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application or version or tables:
        raise _Foreign
    return False


def _is_store(path: Path) -> bool:
    import sqlite3

    try:
        connection = _connect(path)
    except (_Foreign, _Newer, _NoFile, sqlite3.Error):
        return False
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def _free_name(path: Path) -> Path:
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.broken-{number}")):
        number += 1
    return aside


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _rows(connection: sqlite3.Connection, table: str, ids: Sequence[str]) -> Iterator[Row]:
    for chunk in _chunks(ids):
        marks = ", ".join("?" * len(chunk))
        yield from connection.execute(
            f"SELECT id, version, fetched, content, checksum FROM {table} WHERE id IN ({marks})", chunk
        )


def _missing_rows(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    for chunk in _chunks(ids):
        marks = ", ".join("?" * len(chunk))
        yield from connection.execute(f"SELECT id, version, asked FROM missing WHERE id IN ({marks})", chunk)


def _find_versions(rows: Iterable[Row], lookups: dict[VersionKey, Lookup]) -> None:
    for row in rows:
        key = (row[0], row[1] or _ANY_VERSION)
        record = _unpack(row) if key in lookups else None
        if record is not None:
            lookups[key] = Found(record)


def _keep_replaced(connection: sqlite3.Connection, records: Sequence[PaperRecord]) -> None:
    """A record that gives way to another version stays known as that version."""
    connection.executemany(
        "INSERT OR IGNORE INTO version SELECT * FROM record"
        " WHERE id = ? AND version IS NOT NULL AND version IS NOT ?",
        [(record.id, record.version) for record in records],
    )


def _pack(record: PaperRecord, now: int) -> Row:
    content = json.dumps(
        [
            record.title,
            record.authors,
            record.abstract,
            _iso(record.published),
            _iso(record.updated),
            record.comment,
            record.doi,
            record.journal_ref,
            record.withdrawn,
            [_iso(day) for day in record.version_dates],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return record.id, record.version, now, content, _checksum(record.id, record.version, content)


def _checksum(identifier: str, version: int | None, content: str) -> int:
    return zlib.crc32(f"{identifier} {version} {content}".encode())


def _unpack(row: Row) -> PaperRecord | None:
    """The record of a row; None when its checksum says that it was damaged."""
    identifier, version, _, content, checksum = row
    if not isinstance(content, str) or _checksum(identifier, version, content) != checksum:
        return None
    title, authors, abstract, published, updated, comment, doi, journal, withdrawn, dates = json.loads(
        content
    )
    return PaperRecord(
        id=identifier,
        version=version,
        title=title,
        authors=tuple(authors),
        abstract=abstract,
        published=_day(published),
        updated=_day(updated),
        comment=comment,
        doi=doi,
        journal_ref=journal,
        withdrawn=withdrawn,
        origin=Store.name,
        version_dates=tuple(_day(text) for text in dates),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
