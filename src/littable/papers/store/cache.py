"""What arXiv said earlier, kept in one SQLite file.

The store is a cache: whatever goes wrong with it, the run goes on without. Every row carries a checksum, so
a damaged one is unknown and never a wrong answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from littable.papers.moments import day_of
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
from littable.papers.store.access import CLOCK_SLACK, CacheFile
from littable.papers.store.library import library_rows, library_titled
from littable.papers.store.rows import ORIGIN, Row, pack, select, unpack
from littable.papers.store.titles import find_titled, put
from littable.papers.title_key import title_key

if TYPE_CHECKING:
    import sqlite3

_DAY = 24 * 60 * 60
_MISSING_AGE = 1 * _DAY
_ANY_VERSION = 0


class Store:
    """The cache as a source; the file is made when there is something to keep.

    Current records are served for ``max_age`` days, or for ever with ``any_age`` (when nobody else can be
    asked; then those that are older say as of which day they are); single versions never change and are
    always served; a missing paper stays so for one day. ``notice`` is told once what is wrong with the file.
    Several processes may use one file.
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
        self._file = CacheFile(path, notice)
        self._max_age = max_age * _DAY
        self._any_age = any_age
        self._now = now

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The current records that are not too old."""
        lookups: dict[str, Lookup] = dict.fromkeys(ids, Unavailable("not in the store"))
        with self._file.guarded(), self._file.reading() as connection:
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
        with self._file.guarded(), self._file.reading() as connection:
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
        with self._file.guarded(), self._file.reading() as connection:
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
        with self._file.guarded(), self._file.reading() as connection:
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
        self._file.close()

    def _current(self, row: Row) -> Lookup | None:
        fresh = self._is_fresh(row[2], self._max_age)
        record = unpack(row, None if fresh else day_of(row[2]))
        if record is None:
            return None
        if fresh or self._any_age:
            return Found(record)
        if row[2] > self._now():
            return Unavailable("in the store, but of a day to come by this machine's clock")
        return Unavailable(f"in the store, but older than {self._max_age / _DAY:g} days")

    def _is_fresh(self, moment: int, limit: float) -> bool:
        return -CLOCK_SLACK <= self._now() - moment <= limit

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
            with self._file.guarded(), self._file.writing() as connection:
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


def _rows(connection: sqlite3.Connection, table: str, ids: Sequence[str]) -> Iterator[Row]:
    for row in select(
        connection, f"SELECT id, version, fetched, content, checksum FROM {table} WHERE id", ids
    ):
        if isinstance(row[2], int):  # damage leaves anything
            yield row[0], row[1], row[2], row[3], row[4]


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
    for key, asked in select(connection, "SELECT key, asked FROM searched WHERE key", keys):
        if isinstance(asked, int):
            yield key, asked


def _missing_rows(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    for identifier, version, asked in select(
        connection, "SELECT id, version, asked FROM missing WHERE id", ids
    ):
        if isinstance(asked, int):
            yield identifier, version, asked


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
