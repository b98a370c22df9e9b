"""What arXiv said earlier, kept in one SQLite file.

The store is a cache: whatever goes wrong with it, the run goes on without. Every row carries a checksum, so
a damaged one is unknown and never a wrong answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from littable.papers.record import PaperRecord
from littable.papers.sources import (
    Candidates,
    Found,
    Lookup,
    Missing,
    TitleLookup,
    Unavailable,
    VersionKey,
    version_keys,
)
from littable.papers.store_file import Foreign, Newer, NoFile, connect, free_name, is_store, transaction
from littable.papers.store_library import library_rows, library_titled
from littable.papers.store_rows import ORIGIN, Row, chunks, pack, unpack
from littable.papers.store_titles import find_titled, put
from littable.papers.title_key import title_key

if TYPE_CHECKING:
    import sqlite3

_DAY = 24 * 60 * 60
_MISSING_AGE = 1 * _DAY
# Two machines on one disk, or a clock that was set right, may differ by this much.
_CLOCK_SLACK = 60 * 60
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
_ANY_VERSION = 0
_SUFFIXES = ("", ".sqlite", ".sqlite3", ".db", ".cache")


class Store:
    """The cache as a source; the file is made when there is something to keep.

    Current records are served for ``max_age`` days, or for ever with ``any_age`` (when nobody else can be
    asked); single versions never change and are always served; a missing paper stays so for one day.
    ``notice`` is told once what is wrong with the file. Several processes may use one file.
    """

    name = ORIGIN

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
            for row in _latest_rows(connection, list(lookups)):
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
            _find_versions(library_rows(connection, ids), lookups)
            for table in ("record", "version"):
                _find_versions(_rows(connection, table, ids), lookups)
        return lookups

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """The papers with these titles, of any age, since it is their identifiers that count."""
        keys = {title: title_key(title) for title in titles}
        found: dict[str, list[PaperRecord]] = {key: [] for key in keys.values() if key}
        with self._guarded(), self._reading() as connection:
            for record in _titled_records(connection, list(found)):
                if (key := title_key(record.title)) in found:
                    found[key].append(record)
        nowhere = Unavailable("not in the store")
        return {
            title: Candidates(tuple(found[key])) if found.get(key) else nowhere for title, key in keys.items()
        }

    def searched(self, titles: Collection[str]) -> set[str]:
        """The titles that arXiv was searched for not long ago."""
        keys = {title: title_key(title) for title in titles}
        asked: dict[str, int] = {}
        with self._guarded(), self._reading() as connection:
            asked.update(_searched_rows(connection, list(filter(None, keys.values()))))
        return {
            title for title, key in keys.items() if key in asked and self._is_fresh(asked[key], self._max_age)
        }

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

    def remember_titles(self, lookups: Mapping[str, TitleLookup]) -> None:
        """Keep the records found by title, and that these titles were searched for."""
        answers = {title: lookup for title, lookup in lookups.items() if isinstance(lookup, Candidates)}
        found = {record.id: record for lookup in answers.values() for record in lookup.records}
        self._write("record", list(found.values()), [], [key for key in map(title_key, answers) if key])

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _current(self, row: Row) -> Lookup | None:
        record = unpack(row)
        if record is None:
            return None
        if self._any_age or self._is_fresh(row[2], self._max_age):
            return Found(record)
        return Unavailable(f"in the store, but older than {self._max_age / _DAY:g} days")

    def _is_fresh(self, moment: int, limit: float) -> bool:
        return -_CLOCK_SLACK <= self._now() - moment <= limit

    def _write(
        self,
        table: str,
        records: Sequence[PaperRecord],
        missing: Sequence[VersionKey],
        searched: Sequence[str] = (),
    ) -> None:
        if not records and not missing and not searched:
            return
        # A file that turns out to be damaged is set aside; the second attempt makes a new one.
        for _ in range(2):
            with self._guarded(), self._writing() as connection:
                self._insert(connection, table, records, missing)
                asked = [(key, int(self._now())) for key in searched]
                connection.executemany("INSERT OR REPLACE INTO searched VALUES (?, ?)", asked)
                return

    def _insert(
        self,
        connection: sqlite3.Connection,
        table: str,
        records: Sequence[PaperRecord],
        missing: Sequence[VersionKey],
    ) -> None:
        now = int(self._now())
        rows = [pack(record, now) for record in records]
        if table == "record":
            _keep_replaced(connection, records)
            put(connection, "record", records, rows)
        else:
            connection.executemany("INSERT OR REPLACE INTO version VALUES (?, ?, ?, ?, ?)", rows)
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
        except NoFile:
            pass
        except Newer:
            self._readable = False
            self._give_up("was written by a newer littable")
        except Foreign:
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
            raise NoFile
        yield self._open()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if not self._writable:
            raise NoFile
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._open()
        with transaction(connection):
            yield connection

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connect(self._path)
        return self._connection

    def _give_up(self, why: str) -> None:
        """From now on nothing is kept; what can be read still is."""
        self.close()
        if self._writable:
            self._notice(f"the store {self._path} {why}; working without keeping answers")
        self._writable = False

    def _set_aside(self) -> None:
        """Make way for a new store. A file that is named like another thing (a README) is not moved."""
        self.close()
        if self._path.suffix.lower() not in _SUFFIXES:
            self._give_up("is no store of littable")
            self._readable = False
            return
        try:
            if is_store(self._path):
                return  # another process was faster
            aside = free_name(self._path)
            self._path.rename(aside)
            for suffix in ("-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            self._give_up(f"is damaged and cannot be moved ({error.strerror or error})")
            self._readable = False
            return
        self._notice(f"the store {self._path} is damaged or no store of littable; it was moved to {aside}")


def _rows(connection: sqlite3.Connection, table: str, ids: Sequence[str]) -> Iterator[Row]:
    for chunk, marks in chunks(ids):
        yield from connection.execute(
            f"SELECT id, version, fetched, content, checksum FROM {table} WHERE id IN ({marks})", chunk
        )


def _latest_rows(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterable[Row]:
    """The row of each paper from the records or the library, whichever is of a later moment."""
    latest = {row[0]: row for row in library_rows(connection, ids)}
    for row in _rows(connection, "record", ids):
        known = latest.get(row[0])
        if known is None or known[2] <= row[2]:
            latest[row[0]] = row
    return latest.values()


def _titled_records(connection: sqlite3.Connection, keys: Sequence[str]) -> Iterable[PaperRecord]:
    """The papers that the index finds by title, those of the records and the library each once."""
    rows = [*library_titled(connection, keys), *find_titled(connection, "record", keys)]
    ids = list({row[0]: None for row in rows})
    return [record for row in _latest_rows(connection, ids) if (record := unpack(row)) is not None]


def _searched_rows(connection: sqlite3.Connection, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
    for chunk, marks in chunks(keys):
        yield from connection.execute(f"SELECT key, asked FROM searched WHERE key IN ({marks})", chunk)


def _missing_rows(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    for chunk, marks in chunks(ids):
        yield from connection.execute(f"SELECT id, version, asked FROM missing WHERE id IN ({marks})", chunk)


def _find_versions(rows: Iterable[Row], lookups: dict[VersionKey, Lookup]) -> None:
    for row in rows:
        key = (row[0], row[1] or _ANY_VERSION)
        record = unpack(row) if key in lookups else None
        if record is not None:
            lookups[key] = Found(record)


def _keep_replaced(connection: sqlite3.Connection, records: Sequence[PaperRecord]) -> None:
    """A record that gives way to another version stays known as that version."""
    connection.executemany(
        "INSERT OR IGNORE INTO version SELECT id, version, fetched, content, checksum FROM record"
        " WHERE id = ? AND version IS NOT NULL AND version IS NOT ?",
        [(record.id, record.version) for record in records],
    )
