"""arXiv's snapshot into the store: every paper of a file becomes the library, or nothing changes.

What has been read is kept with the place where it ends, so that an import that was interrupted goes on there.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from littable.errors import PapersFileError, StoreError
from littable.papers.library import staging
from littable.papers.snapshot.file import LONGEST_LINE, TOO_LONG, SnapshotFile, UnreadableNow
from littable.papers.snapshot.line import BadLine
from littable.papers.snapshot.quick import parse_quickly
from littable.papers.store.file import open_store
from littable.papers.store.library import LibraryState, read_note
from littable.papers.store.rows import pack
from littable.papers.title_key import title_key

# What stands in memory at once, and is written in one transaction.
_LINES_AT_ONCE = 5_000
_BYTES_AT_ONCE = 8 * 1024 * 1024
# A file of anything else shows itself soon.
_LINES_WITHOUT_PAPER = 1_000
# Rows that another littable has made are not gone on with.
_FORM = 1
_SAMPLES = 16
_SAMPLE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """Told after every few thousand lines. ``read`` and ``size`` are bytes of the file as it is on disk."""

    lines: int
    read: int
    size: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has done. ``lines`` were read by this run, those before ``resumed`` by an earlier one;
    ``bad`` and ``earlier`` (lines that hold an earlier version, which were passed over) are of all runs.
    ``as_of`` is None where the file does not say of when it is.
    """

    papers: int
    as_of: date | None
    lines: int
    resumed: int
    bad: int
    earlier: int


@dataclass(slots=True)
class _Place:
    """How far an import has come; kept in the store."""

    file: str
    position: int = 0
    number: int = 0
    papers: int = 0
    bad: int = 0
    earlier: int = 0
    latest: str = ""


def import_snapshot(
    store: Path,
    snapshot: Path,
    *,
    progress: Callable[[ImportProgress], None] = lambda _progress: None,
    bad_line: Callable[[int, str], None] = lambda _number, _what: None,
    now: Callable[[], float] = time.time,
) -> Imported:
    """Make the papers of ``snapshot`` the library of ``store``.

    ``bad_line`` is told the number of each line that cannot be read, and what is wrong with it. Raises
    PapersFileError for a file that is no snapshot, or damaged, and StoreError; then the library is the one
    that was there before.
    """
    identity = _identify(snapshot)
    with SnapshotFile(snapshot) as file, open_store(store) as connection, _alone(store):
        staging.prepare_bulk(connection)
        job = _Import(connection, store, snapshot, file, bad_line, int(now()))
        try:
            job.begin(identity)
            resumed = job.place.number
            progress(ImportProgress(resumed, file.consumed, file.size))
            for _ in job.chunks():
                progress(ImportProgress(job.place.number, file.consumed, file.size))
            if _identify(snapshot) != identity:
                raise PapersFileError(f"{snapshot}: was changed while it was read; import it again")
        except UnreadableNow:
            raise
        except PapersFileError:
            staging.abandon(connection)  # nobody could go on with this file
            raise
        return job.finish(resumed)


class _Import:
    """One run of an import."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        store: Path,
        snapshot: Path,
        file: SnapshotFile,
        bad_line: Callable[[int, str], None],
        now: int,
    ) -> None:
        self.place = _Place("")
        self._connection = connection
        self._store = store
        self._snapshot = snapshot
        self._file = file
        self._bad_line = bad_line
        self._now = now
        self._today = datetime.fromtimestamp(now, UTC).date().isoformat()
        self._papers = 0
        # The first bad lines are held back until it is certain that the file is a snapshot.
        self._held: list[tuple[int, str]] = []
        encode = msgspec.json.encode
        self._write = lambda content: encode(content).decode()

    def begin(self, identity: str) -> None:
        """Go on where an import of the same file has stopped, or begin one."""
        place = _place(read_note(self._connection, staging.NOTE))
        if place and place.file == identity and staging.is_begun(self._connection):
            self.place = place
            self._papers = place.papers
            self._file.skip(place.position, place.number)
        else:
            self.place = _Place(identity)
            staging.begin(self._connection, asdict(self.place))

    def chunks(self) -> Iterator[None]:
        """Read the file; each step is one transaction."""
        rows: list[staging.NumberedRow] = []
        titles: list[tuple[int, str]] = []
        begun = self._file.position
        last = b""
        for last in self._file.lines():
            self._take(last, rows, titles)
            if len(rows) >= _LINES_AT_ONCE or self._file.position - begun >= _BYTES_AT_ONCE:
                self._keep(rows, titles)
                begun = self._file.position
                yield
        if not self._papers:
            raise self._no_snapshot()
        self._check_end(last)
        self._keep(rows, titles)
        yield

    def _take(self, raw: bytes, rows: list[staging.NumberedRow], titles: list[tuple[int, str]]) -> None:
        number = self._file.number
        try:
            if len(raw) > LONGEST_LINE:
                raise BadLine(TOO_LONG)
            line = parse_quickly(raw, "")
        except BadLine as error:
            if len(raw) > LONGEST_LINE or not raw.isspace():
                self._pass_over(number, str(error))
            return
        if not line.current:
            self.place.earlier += 1
            return
        self._papers += 1
        rows.append((*pack(line.record, self._now, self._write), number))
        if key := title_key(line.record.title):
            titles.append((number, key))
        self._see_date(line.update_date)
        if not line.update_date and line.record.updated:
            self._see_date(line.record.updated.isoformat())

    def _see_date(self, text: str) -> None:
        """A day that is still to come is a mistake in one line, and must not make the library younger."""
        if self.place.latest < text <= self._today and _is_day(text):
            self.place.latest = text

    def _pass_over(self, number: int, what: str) -> None:
        self.place.bad += 1
        self._held.append((number, what))
        if not self._papers and len(self._held) > _LINES_WITHOUT_PAPER:
            raise self._no_snapshot()

    def _no_snapshot(self) -> PapersFileError:
        if not self._held:
            return PapersFileError(f"{self._snapshot}: holds no papers")
        number, what = self._held[0]
        return PapersFileError(f"{self._snapshot}: no line here is a paper (line {number}: {what})")

    def _check_end(self, last: bytes) -> None:
        """A download that broke off ends within a line."""
        number, what = self._held[-1] if self._held else (0, "")
        cut = number == self._file.number and what.startswith(("not JSON", "not UTF-8"))
        if cut and last and not last.endswith(b"\n"):
            raise PapersFileError(
                f"{self._snapshot}: ends within line {number} ({what}); it was not downloaded whole"
            )

    def _keep(self, rows: list[staging.NumberedRow], titles: list[tuple[int, str]]) -> None:
        self.place.position, self.place.number = self._file.position, self._file.number
        self.place.papers = self._papers
        staging.add(self._connection, rows, titles, asdict(self.place))
        staging.bound_journal(self._connection, self._store)
        rows.clear()
        titles.clear()
        if self._papers:
            for number, what in self._held:
                self._bad_line(number, what)
            self._held.clear()

    def finish(self, resumed: int) -> Imported:
        """Let what was read be the library."""
        papers = staging.count(self._connection)
        staging.merge_titles(self._connection)
        as_of = date.fromisoformat(self.place.latest) if self.place.latest else None
        staging.switch(self._connection, LibraryState(papers, _midnight(as_of), self._snapshot.name))
        # The import is done; what is not tidied now is by the next one.
        with suppress(KeyboardInterrupt, sqlite3.OperationalError):
            staging.tidy(self._connection)
        lines = self.place.number - resumed
        return Imported(papers, as_of, lines, resumed, self.place.bad, self.place.earlier)


def _place(note: object) -> _Place | None:
    try:
        return msgspec.convert(note, _Place)
    except msgspec.ValidationError:
        return None


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _midnight(day: date | None) -> int:
    """The first second of a day, UTC; long ago where it is not known."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else 0


def _identify(snapshot: Path) -> str:
    """What tells this file, as it is now, from every other: its size, when it was written, and samples.

    Gigabytes are not read for it; a copy with another moment is begun anew, which costs no more than time.
    """
    try:
        with snapshot.open("rb") as file:
            state = os.fstat(file.fileno())
            digest = hashlib.sha256(f"{_FORM} {state.st_size} {state.st_mtime_ns}".encode())
            for sample in range(_SAMPLES):
                file.seek(max(0, state.st_size - _SAMPLE_BYTES) * sample // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
    except OSError as error:
        raise UnreadableNow(f"{snapshot}: cannot be read: {error.strerror or error}") from None
    return digest.hexdigest()


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """Keep a second import away. The lock is SQLite's, on an empty file of its own: it ends with the process,
    however that ends.
    """
    with closing(_lock(store)):
        yield


def _lock(store: Path) -> sqlite3.Connection:
    # Beside the file itself, so that an import through a link is kept away as well.
    lock = sqlite3.connect(f"{os.path.realpath(store)}-import", timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise StoreError(f"another import into {store} is running; wait until it is done") from None
        raise StoreError(f"the store {store} cannot be written: {error}") from None
    return lock
