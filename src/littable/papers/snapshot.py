"""arXiv's public snapshot and papers files of its form: one JSON object a line.

The fields are those of arxiv-metadata-oai-snapshot.json: ``id``, ``title``, ``authors``,
``authors_parsed``, ``abstract``, ``comments``, ``doi``, ``journal-ref``, ``versions``. One more is
littable's own: ``"version": "v1"`` says that the line holds the text of that earlier version.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, cast

from littable.errors import PapersFileError
from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.record import PaperRecord, is_withdrawn, join_parsed_authors, one_line, split_authors
from littable.papers.sources import Found, Lookup, Unavailable, VersionKey, version_keys
from littable.patterns import lazy

if TYPE_CHECKING:
    from gzip import GzipFile

# The longest line of arXiv's own snapshot is under 1 MB (thousands of authors); a file without line ends
# must not fill the memory.
_LONGEST_LINE = 16 * 1024 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
_VERSION = lazy(r"v([1-9][0-9]{0,3})", re.ASCII)
_SURROGATE = lazy("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """One line: a record, and whether it is what arXiv shows now or an earlier version."""

    record: PaperRecord
    current: bool


class _BadLine(Exception):
    """What is wrong with a line, before its file and number are known."""


def read_papers(path: Path) -> Iterator[SnapshotLine]:
    """Read a papers file, plain or gzip (told by its content); blank lines are passed over.

    Raises PapersFileError with the file, the number of the line and what is wrong with it.
    """
    number = 0
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(_lines(file), 1):
                if not raw.isspace():
                    yield _read_line(raw, path, number)
    except (EOFError, zlib.error) as error:
        raise PapersFileError(
            f"{path}: the compressed data is damaged after line {number} ({error})"
        ) from None
    except OSError as error:
        raise PapersFileError(f"{path}: cannot be read: {error.strerror or error}") from None


def _lines(file: BufferedReader) -> Iterator[bytes]:
    if file.peek(2)[:2] != _GZIP_MAGIC:
        yield from _bounded_lines(file)
        return
    import gzip

    with gzip.open(file) as unpacked:
        yield from _bounded_lines(unpacked)


def _bounded_lines(file: BufferedReader | GzipFile) -> Iterator[bytes]:
    while line := file.readline(_LONGEST_LINE + 1):
        yield line


def _read_line(raw: bytes, path: Path, number: int) -> SnapshotLine:
    try:
        return _parse_line(raw, path.name)
    except _BadLine as error:
        raise PapersFileError(f"{path}:{number}: {error}") from None


def _parse_line(raw: bytes, origin: str) -> SnapshotLine:
    if len(raw) > _LONGEST_LINE:
        raise _BadLine(f"longer than {_LONGEST_LINE // 1024 // 1024} MB")
    fields = _decode(raw)
    text_version = _text_version(fields)
    record = _record(fields, _identifier(fields), _versions(fields), origin)
    if text_version is None:
        return SnapshotLine(record, current=True)
    updated = record.version_dates[text_version - 1] if text_version <= len(record.version_dates) else None
    return SnapshotLine(replace(record, version=text_version, updated=updated), current=False)


def _decode(raw: bytes) -> dict[str, object]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _BadLine(f"not UTF-8: byte {raw[error.start]:#04x} at offset {error.start}") from None
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise _BadLine(f"not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise _BadLine(f"not JSON that can be read: {error}") from None
    if not isinstance(fields, dict):
        raise _BadLine(f"a JSON object is expected, not {_type_name(fields)}")
    return cast(dict[str, object], fields)


_TYPE_NAMES = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


def _type_name(value: object) -> str:
    return _TYPE_NAMES.get(type(value), "null")


def _identifier(fields: Mapping[str, object]) -> ArxivId:
    written = _text(fields, "id")
    if written is None:
        raise _BadLine('"id" is missing')
    try:
        identifier = ArxivId.parse(written)
    except MalformedArxivId as error:
        raise _BadLine(f'"id": {error}') from None
    if identifier.version is not None:
        raise _BadLine(f'"id": {written!r} has a version; say "version": "v{identifier.version}" instead')
    return identifier


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _BadLine(f'"{name}" is {_type_name(value)}, not text')
    return _checked(value, name)


def _checked(value: str, name: str) -> str:
    surrogate = None if value.isascii() else _SURROGATE.search(value)
    if surrogate:
        raise _BadLine(f'"{name}" holds an unpaired surrogate (\\u{ord(surrogate[0]):04x})')
    return value


def _list(fields: Mapping[str, object], name: str) -> list[object]:
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _BadLine(f'"{name}" is {_type_name(value)}, not a list')
    return value


def _versions(fields: Mapping[str, object]) -> tuple[tuple[int, date | None], ...]:
    """The versions as (number, day)."""
    versions: list[tuple[int, date | None]] = []
    for item in _list(fields, "versions"):
        if not isinstance(item, dict):
            raise _BadLine(f'"versions" holds {_type_name(item)}, not an object')
        number = _version_number(_text(item, "version"), "versions")
        versions.append((number, _day(_text(item, "created"))))
    return tuple(versions)


def _version_number(text: str | None, name: str) -> int:
    match = _VERSION.fullmatch(text or "")
    if match is None:
        raise _BadLine(f'"{name}": {text!r} is not a version such as "v1"')
    return int(match[1])


def _text_version(fields: Mapping[str, object]) -> int | None:
    text = _text(fields, "version")
    return None if text is None else _version_number(text, "version")


def _day(text: str | None) -> date | None:
    """The day of a date as e-mail writes it (the snapshot's form), or as ISO 8601 does."""
    if text is None:
        return None
    parts = parsedate(text)
    try:
        return date(*parts[:3]) if parts else datetime.fromisoformat(text.strip()).date()
    except (ValueError, OverflowError):
        raise _BadLine(f'"created": {text[:60]!r} is not a date') from None


def _record(
    fields: Mapping[str, object],
    identifier: ArxivId,
    versions: tuple[tuple[int, date | None], ...],
    origin: str,
) -> PaperRecord:
    dates = dict(versions)
    latest = max(dates, default=None)
    comment = _text(fields, "comments")
    abstract = (_text(fields, "abstract") or "").strip()
    return PaperRecord(
        id=identifier.id,
        version=latest,
        title=one_line(_text(fields, "title") or ""),
        authors=_authors(fields),
        abstract=abstract,
        published=dates.get(1),
        updated=dates[latest] if latest else None,
        comment=one_line(comment) if comment else None,
        doi=_text(fields, "doi"),
        journal_ref=_text(fields, "journal-ref"),
        withdrawn=is_withdrawn(comment, abstract),
        origin=origin,
        version_dates=tuple(dates.get(number) for number in range(1, (latest or 0) + 1)),
    )


def _authors(fields: Mapping[str, object]) -> tuple[str, ...]:
    parsed: list[list[str]] = []
    for item in _list(fields, "authors_parsed"):
        if not isinstance(item, list) or not all(isinstance(part, str) for part in item):
            raise _BadLine('"authors_parsed" holds something else than lists of text')
        parsed.append([_checked(part, "authors_parsed") for part in item])
    text = _text(fields, "authors")
    return join_parsed_authors(parsed) or split_authors(text or "")


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
