"""One line of ``littable.lock``: a paper, or a title that was looked up, as JSON under a checksum.

Keys stand in one order and empty values are left out, so that the same content is always the same bytes. The
checksum is of the bytes before it: a line that was changed by hand is told without being read. A line has no
``"format"`` as long as the format is the first one.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from littable.papers.arxiv_id import MalformedArxivId, parse_bare
from littable.papers.lock import LOCK_NAME
from littable.papers.record import PaperRecord
from littable.patterns import lazy

_SEAL = b',"check":"'
_SEALED_WITH = len(_SEAL) + 8 + 2
# Before it, no computer's clock stands.
_FIRST_YEAR = 1970
_SURROGATE = lazy("[\ud800-\udfff]")
_DAY = lazy(r"\d{4}-\d\d-\d\d", re.ASCII)
_CONFLICT = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")


@dataclass(frozen=True, slots=True)
class LockedPaper:
    """What arXiv said of a paper on the day ``asked``; ``record`` is None where arXiv had no such paper.

    ``earlier`` holds the earlier versions by number, None for one that arXiv did not have.
    """

    id: str
    asked: date
    record: PaperRecord | None
    earlier: Mapping[int, PaperRecord | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LockedTitle:
    """The papers that have a title, by its ``title_key``.

    ``asked`` is the day on which arXiv was searched for it; None where only this machine was, which may know
    fewer papers than arXiv.
    """

    key: str
    papers: tuple[str, ...]
    asked: date | None


Locked: TypeAlias = LockedPaper | LockedTitle


class BadLine(Exception):
    """What is wrong with a line, before its file and number are known."""


class NewerLine(BadLine):
    """The line was written by a later littable."""


def write_line(locked: Locked) -> bytes:
    """The line without its end."""
    if isinstance(locked, LockedTitle):
        fields: dict[str, object] = {"title_key": locked.key, "papers": locked.papers}
        fields |= {"asked": locked.asked.isoformat()} if locked.asked else {}
    else:
        fields = {"id": locked.id, "asked": locked.asked.isoformat(), **_content(locked)}
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    body = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)[:-1].encode()
    return b"%s%s%s" % (body, _SEAL, b'%08x"}' % zlib.crc32(body))


def _content(paper: LockedPaper) -> dict[str, object]:
    if paper.record is None:
        return {"missing": True}
    current = _fields(paper.record)
    content = {key: value for key, value in current.items() if value not in (None, "", (), False)}
    earlier = [_earlier(number, paper.earlier[number], current) for number in sorted(paper.earlier)]
    return content | ({"earlier": earlier} if earlier else {})


def _fields(record: PaperRecord) -> dict[str, object]:
    return {
        "version": record.version,
        "title": record.title,
        "authors": record.authors,
        "abstract": record.abstract,
        "published": _iso(record.published),
        "updated": _iso(record.updated),
        "days": tuple(map(_iso, record.version_dates)),
        "comment": record.comment,
        "doi": record.doi,
        "journal_ref": record.journal_ref,
        "withdrawn": record.withdrawn,
    }


def _earlier(number: int, record: PaperRecord | None, current: Mapping[str, object]) -> dict[str, object]:
    """An earlier version: its number, and what differs from the current one."""
    if record is None:
        return {"version": number, "missing": True}
    differing = {key: value for key, value in _fields(record).items() if value != current[key]}
    return {"version": number} | differing | {"version": number}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def is_sealed(line: bytes) -> bool:
    """Whether the line is as it was written; ``line`` has no end."""
    body, seal = line[:-_SEALED_WITH], line[-_SEALED_WITH:]
    return seal == b'%s%08x"}' % (_SEAL, zlib.crc32(body))


def unsealed_fault(line: bytes) -> BadLine:
    """What is wrong with a line whose checksum does not fit."""
    if line.startswith(_CONFLICT):
        return BadLine("the mark of a merge conflict")
    try:
        fields = json.loads(line)
    except UnicodeDecodeError as error:
        return BadLine(f"not UTF-8 at byte {error.start}")
    except (ValueError, RecursionError):
        return BadLine("changed by hand, or half a line")
    if isinstance(fields, dict) and _is_newer(fields):
        return NewerLine("written by a newer littable")
    return BadLine("changed by hand")


def read_line(line: bytes) -> Locked:
    """What a line says whose seal is whole. Raises BadLine."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON that can be read: {error}") from None
    if not isinstance(fields, dict):
        raise BadLine("not a JSON object")
    if _is_newer(fields):
        raise NewerLine("written by a newer littable")
    fields.pop("check", None)
    reader = _Reader(fields)
    locked = _read_title(reader) if "title_key" in fields else _read_paper(reader)
    reader.finish()
    return locked


def _is_newer(fields: Mapping[str, object]) -> bool:
    written = fields.get("format", 1)
    return isinstance(written, int) and written > 1


def _read_title(reader: _Reader) -> LockedTitle:
    papers = tuple(_checked_id(text) for text in reader.take("papers", _texts, ()))
    return LockedTitle(reader.take("title_key", _text, ""), papers, reader.take("asked", _day, None))


def _read_paper(reader: _Reader) -> LockedPaper:
    identifier = _checked_id(reader.take("id", _text, ""))
    asked = reader.take("asked", _day, None)
    if asked is None or asked.year < _FIRST_YEAR:
        raise BadLine('"asked" is no day on which arXiv can have been asked')
    if reader.take("missing", _flag, False):
        return LockedPaper(identifier, asked, None)
    record = _read_record(reader, _nothing_of(identifier))
    earlier: dict[int, PaperRecord | None] = {}
    for item in reader.take("earlier", _list, []):
        if not isinstance(item, dict):
            raise BadLine('"earlier" holds something else than objects')
        number, version = _read_earlier(_Reader(item), record)
        earlier[number] = version
    return LockedPaper(identifier, asked, record, earlier)


def _nothing_of(identifier: str) -> PaperRecord:
    return PaperRecord(
        id=identifier,
        version=None,
        title="",
        authors=(),
        abstract="",
        published=None,
        updated=None,
        comment=None,
        doi=None,
        journal_ref=None,
        withdrawn=False,
        origin=LOCK_NAME,
    )


def _read_earlier(reader: _Reader, current: PaperRecord) -> tuple[int, PaperRecord | None]:
    number = reader.fields.get("version")
    if not isinstance(number, int) or isinstance(number, bool):
        raise BadLine('"earlier" holds a version without its number')
    if reader.take("missing", _flag, False):
        reader.take("version", _number, None)
        record = None
    else:
        record = _read_record(reader, current)
    reader.finish()
    return number, record


def _read_record(reader: _Reader, otherwise: PaperRecord) -> PaperRecord:
    """A record, with what the line leaves out from ``otherwise``."""
    take = reader.take
    return PaperRecord(
        id=otherwise.id,
        version=take("version", _number, otherwise.version),
        title=take("title", _text, otherwise.title),
        authors=tuple(take("authors", _texts, otherwise.authors)),
        abstract=take("abstract", _text, otherwise.abstract),
        published=take("published", _day, otherwise.published),
        updated=take("updated", _day, otherwise.updated),
        comment=take("comment", _text_or_none, otherwise.comment),
        doi=take("doi", _text_or_none, otherwise.doi),
        journal_ref=take("journal_ref", _text_or_none, otherwise.journal_ref),
        withdrawn=take("withdrawn", _flag, otherwise.withdrawn),
        origin=LOCK_NAME,
        version_dates=tuple(take("days", _days, otherwise.version_dates)),
    )


class _Reader:
    """The keys of one JSON object, each taken once, so that what is left over is unknown."""

    def __init__(self, fields: dict[str, object]) -> None:
        self.fields = dict(fields)

    def take(self, key: str, read: Callable[[object, str], Any], otherwise: Any) -> Any:
        """The value of a key, or ``otherwise`` where it is left out. Raises BadLine for a wrong type."""
        return read(self.fields.pop(key), key) if key in self.fields else otherwise

    def finish(self) -> None:
        """Raises BadLine where keys are left."""
        if self.fields:
            raise BadLine(f'unknown key "{next(iter(self.fields))[:40]}"')


def _checked_id(text: str) -> str:
    try:
        parsed = parse_bare(text)
    except MalformedArxivId as error:
        raise BadLine(str(error)) from None
    if parsed.id != text:
        raise BadLine(f"{text!r} is not how an identifier is written here")
    return text


def _wrong(key: str, expected: str) -> BadLine:
    return BadLine(f'"{key}" is not {expected}')


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise _wrong(key, "text")
    return value


def _text_or_none(value: object, key: str) -> str | None:
    return None if value is None else _text(value, key)


def _flag(value: object, key: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(key, "true or false")
    return value


def _number(value: object, key: str) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise _wrong(key, "a number")
    return value


def _list(value: object, key: str) -> list[object]:
    if not isinstance(value, list):
        raise _wrong(key, "a list")
    return value


def _texts(value: object, key: str) -> list[str]:
    return [_text(item, key) for item in _list(value, key)]


def _days(value: object, key: str) -> list[date | None]:
    return [_day(item, key) for item in _list(value, key)]


def _day(value: object, key: str) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _wrong(key, "a day such as 2024-03-05")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _wrong(key, "a day that there is") from None
