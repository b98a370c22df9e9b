"""arXiv's public snapshot and papers files of its form: one JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from littable.errors import PapersFileError
from littable.papers.record import PaperRecord
from littable.papers.snapshot.file import LONGEST_LINE, TOO_LONG, SnapshotFile
from littable.papers.snapshot.line import BadLine, SnapshotLine, may_have_title, parse_line
from littable.papers.sources import (
    Candidates,
    Found,
    Lookup,
    TitleLookup,
    Unavailable,
    VersionKey,
    version_keys,
)
from littable.papers.title_key import title_key


def read_papers(path: Path) -> Iterator[SnapshotLine]:
    """Read a papers file, plain or packed with gzip, zip or zstd, told by its content. Blank lines are passed
    over.

    Raises PapersFileError with the file, the number of the line and what is wrong with it.
    """
    for number, raw in _numbered_lines(path):
        yield _read_line(raw, path, number)


def _read_titled(path: Path, wanted: Callable[[str], bool]) -> Iterator[SnapshotLine]:
    """The lines whose titles may be ``wanted``; the others are not looked at closely."""
    for number, raw in _numbered_lines(path):
        if len(raw) > LONGEST_LINE or may_have_title(raw, wanted):
            yield _read_line(raw, path, number)


def _numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with SnapshotFile(path) as file:
        for raw in file.lines():
            if len(raw) > LONGEST_LINE or not raw.isspace():
                yield file.number, raw


def _read_line(raw: bytes, path: Path, number: int) -> SnapshotLine:
    try:
        if len(raw) > LONGEST_LINE:
            raise BadLine(TOO_LONG)
        return parse_line(raw, path.name)
    except BadLine as error:
        raise PapersFileError(f"{path}:{number}: {error}") from None


class PapersFile:
    """A papers file as a source.

    Each question reads the file once and keeps only the papers asked for, so the file may be larger than
    the memory. Of two lines about the same text, the later one counts.
    """

    def __init__(self, path: Path) -> None:
        """Raises PapersFileError when the file cannot be opened; its lines are read when it is asked."""
        self._path = path
        self._current: dict[str, PaperRecord] = {}
        self._earlier: dict[VersionKey, PaperRecord] = {}
        self._read: set[str] = set()
        try:
            with path.open("rb"):
                pass
        except OSError as error:
            raise PapersFileError(f"{path}: cannot be read: {error.strerror or error}") from None

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The current records. Raises PapersFileError for a line that cannot be used."""
        self._scan(ids)
        return {identifier: self._lookup(self._current.get(identifier)) for identifier in ids}

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """The records of single versions. Raises PapersFileError for a line that cannot be used."""
        self._scan(wanted)
        return {key: self._lookup(self._version(key)) for key in version_keys(wanted)}

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """The papers with these titles. Raises PapersFileError for one of them that cannot be used."""
        keys = {title: title_key(title) for title in titles}
        found: dict[str, dict[str, PaperRecord]] = {key: {} for key in keys.values() if key}
        lines = _read_titled(self._path, lambda title: title_key(title) in found) if found else ()
        for line in lines:
            key = title_key(line.record.title)
            if line.current and key in found:
                found[key][line.record.id] = line.record
        nowhere = Unavailable(f"not in {self.name}")
        return {
            title: Candidates(tuple(found[key].values())) if found.get(key) else nowhere
            for title, key in keys.items()
        }

    def close(self) -> None:
        """Nothing is open between questions."""

    def _version(self, key: VersionKey) -> PaperRecord | None:
        current = self._current.get(key[0])
        return current if current and current.version == key[1] else self._earlier.get(key)

    def _lookup(self, record: PaperRecord | None) -> Lookup:
        return Found(record) if record else Unavailable(f"not in {self.name}")

    def _scan(self, ids: Collection[str]) -> None:
        asked = set(ids) - self._read
        if not asked:
            return
        for line in read_papers(self._path):
            if line.record.id in asked:
                self._keep(line)
        self._read |= asked

    def _keep(self, line: SnapshotLine) -> None:
        record = line.record
        if line.current:
            self._current[record.id] = record
        elif record.version is not None:
            self._earlier[record.id, record.version] = record
