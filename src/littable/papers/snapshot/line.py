"""One line of arXiv's snapshot, or of a papers file of its form, to a record.

The fields are those of arxiv-metadata-oai-snapshot.json: ``id``, ``title``, ``authors``,
``authors_parsed``, ``abstract``, ``comments``, ``doi``, ``journal-ref``, ``versions``, ``update_date``. One
more is littable's own: ``"version": "v1"`` says that the line holds the text of that earlier version.

An import reads three million lines, so what nearly all of them look like is told cheaply, and the rest as
exactly as ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate
from functools import cache, lru_cache
from typing import TypeVar, cast

from littable.papers.arxiv_id import ArxivId, MalformedArxivId, new_style_fault
from littable.papers.record import PaperRecord, is_withdrawn, join_parsed_authors, one_line, split_authors
from littable.patterns import lazy

_VERSION = lazy(r"v([1-9][0-9]{0,3})", re.ASCII)
_SURROGATE = lazy("[\ud800-\udfff]")
_PLAIN_ID = lazy(r"([0-9]{4})\.([0-9]{4,5})")
# The snapshot's own way to write a moment; the day ends 13 characters before the end.
_MOMENT = lazy(r"[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_AROUND = b" \t\r\n" + _BYTE_ORDER_MARK


Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """One line: a record, and whether it is what arXiv shows now or an earlier version.

    ``update_date`` is the text of that field, unchecked; empty where there is none.
    """

    record: PaperRecord
    current: bool
    update_date: str = ""


class BadLine(Exception):
    """What is wrong with a line, before its file and number are known."""


@cache
def _title_field() -> re.Pattern[bytes]:
    return re.compile(rb'"title"\s*:\s*("[^"\\]*+(?:\\.[^"\\]*+)*+")', re.DOTALL)


def may_have_title(raw: bytes, wanted: Callable[[str], bool]) -> bool:
    """Whether a line may have a title that is ``wanted``, told without reading all of it.

    True also for a line that does not look like one, so that ``parse_line`` says what is wrong with it.
    """
    line = raw.strip(_AROUND)
    if not (line.startswith(b"{") and line.endswith(b"}")) or line.count(b'"title"') > 1:
        return True
    title = _title_field().search(line)
    if title is None:
        return False
    try:
        return wanted(json.loads(title[1]))
    except ValueError:
        return True


def parse_line(raw: bytes, origin: str) -> SnapshotLine:
    """The line, from a source that messages call ``origin``. Raises BadLine."""
    fields = _decode(raw)
    text_version = _text_version(fields)
    record = _record(fields, _identifier(fields), _versions(fields), origin)
    if text_version is None:
        changed = fields.get("update_date")
        return SnapshotLine(record, True, changed if isinstance(changed, str) else "")
    updated = record.version_dates[text_version - 1] if text_version <= len(record.version_dates) else None
    return SnapshotLine(replace(record, version=text_version, updated=updated), current=False)


def _decode(raw: bytes) -> dict[str, object]:
    if raw.startswith(_BYTE_ORDER_MARK):
        raw = raw[len(_BYTE_ORDER_MARK) :]
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise BadLine(f"not UTF-8: byte {raw[error.start]:#04x} at offset {error.start}") from None
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON that can be read: {error}") from None
    if not isinstance(fields, dict):
        raise BadLine(f"a JSON object is expected, not {_type_name(fields)}")
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


def _identifier(fields: Mapping[str, object]) -> str:
    written = _text(fields, "id")
    if written is None:
        raise BadLine('"id" is missing')
    return canonical_id(written)


def canonical_id(written: str) -> str:
    """The canonical identifier. Raises BadLine."""
    plain = _PLAIN_ID.fullmatch(written)
    if plain and _is_month(plain[1], len(plain[2])) and plain[2].strip("0"):
        return written
    try:
        identifier = ArxivId.parse(written)
    except MalformedArxivId as error:
        raise BadLine(f'"id": {error}') from None
    if identifier.version is not None:
        raise BadLine(f'"id": {written!r} has a version; say "version": "v{identifier.version}" instead')
    return identifier.id


@lru_cache(maxsize=1_000)
def _is_month(month: str, digits: int) -> bool:
    """Whether identifiers of this month have so many digits behind the dot."""
    return new_style_fault(month, "1" * digits) is None


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadLine(f'"{name}" is {_type_name(value)}, not text')
    return _checked(value, name)


def _checked(value: str, name: str) -> str:
    surrogate = None if value.isascii() else _SURROGATE.search(value)
    if surrogate:
        raise BadLine(f'"{name}" holds an unpaired surrogate (\\u{ord(surrogate[0]):04x})')
    return value


def _list(fields: Mapping[str, object], name: str) -> list[object]:
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadLine(f'"{name}" is {_type_name(value)}, not a list')
    return value


def _versions(fields: Mapping[str, object]) -> tuple[tuple[int, date | None], ...]:
    """The versions as (number, day)."""
    versions: list[tuple[int, date | None]] = []
    for item in _list(fields, "versions"):
        if not isinstance(item, dict):
            raise BadLine(f'"versions" holds {_type_name(item)}, not an object')
        number = _version_number(_text(item, "version"), "versions")
        versions.append((number, day_of(_text(item, "created"))))
    return tuple(versions)


def _version_number(text: str | None, name: str) -> int:
    match = _VERSION.fullmatch(text or "")
    if match is None:
        raise BadLine(f'"{name}": {text!r} is not a version such as "v1"')
    return int(match[1])


def _text_version(fields: Mapping[str, object]) -> int | None:
    text = _text(fields, "version")
    return None if text is None else _version_number(text, "version")


def day_of(text: str | None) -> date | None:
    """The day of a date as e-mail writes it (the snapshot's form), or as ISO 8601 does."""
    if text is None:
        return None
    if _MOMENT.fullmatch(text) and (day := _written_day(text[:-13])):
        return day
    parts = parsedate(text)
    try:
        return date(*parts[:3]) if parts else datetime.fromisoformat(text.strip()).date()
    except (ValueError, OverflowError):
        raise BadLine(f'"created": {text[:60]!r} is not a date') from None


@lru_cache(maxsize=20_000)  # the days on which arXiv has taken papers
def _written_day(text: str) -> date | None:
    """``Mon, 2 Apr 2007`` as a date; None where that is none."""
    parts = parsedate(f"{text} 00:00:00 GMT")
    try:
        return date(*parts[:3]) if parts else None
    except (ValueError, OverflowError):
        return None


def _record(
    fields: Mapping[str, object],
    identifier: str,
    versions: tuple[tuple[int, date | None], ...],
    origin: str,
) -> PaperRecord:
    return make_record(
        identifier,
        dict(versions),
        _text(fields, "title"),
        _authors(fields),
        _text(fields, "abstract"),
        _text(fields, "comments"),
        _text(fields, "doi"),
        _text(fields, "journal-ref"),
        origin,
        PaperRecord,
    )


def make_record(
    identifier: str,
    dates: Mapping[int, date | None],
    title: str | None,
    authors: tuple[str, ...],
    abstract: str | None,
    comment: str | None,
    doi: str | None,
    journal_ref: str | None,
    origin: str,
    kind: Callable[..., Record],
) -> Record:
    """The record of what a line says, of this ``kind``; ``dates`` are the days of the versions by number."""
    latest = max(dates, default=None)
    abstract = abstract.strip() if abstract else ""
    return kind(
        id=identifier,
        version=latest,
        title=one_line(title) if title else "",
        authors=authors,
        abstract=abstract,
        published=dates.get(1),
        updated=dates[latest] if latest else None,
        comment=one_line(comment) if comment else None,
        doi=doi,
        journal_ref=journal_ref,
        withdrawn=is_withdrawn(comment, abstract),
        origin=origin,
        version_dates=tuple(map(dates.get, range(1, (latest or 0) + 1))),
    )


def _authors(fields: Mapping[str, object]) -> tuple[str, ...]:
    parsed: list[list[str]] = []
    for item in _list(fields, "authors_parsed"):
        if not isinstance(item, list) or not all(map(_is_text, item)):
            raise BadLine('"authors_parsed" holds something else than lists of text')
        for part in item:
            if not part.isascii():
                _checked(part, "authors_parsed")
        parsed.append(item)
    text = _text(fields, "authors")
    return join_parsed_authors(parsed) or split_authors(text or "")


def _is_text(value: object) -> bool:
    return isinstance(value, str)
