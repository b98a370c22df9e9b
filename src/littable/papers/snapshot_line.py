"""One line of arXiv's snapshot, or of a papers file of its form, to a record.

The fields are those of arxiv-metadata-oai-snapshot.json: ``id``, ``title``, ``authors``,
``authors_parsed``, ``abstract``, ``comments``, ``doi``, ``journal-ref``, ``versions``. One more is
littable's own: ``"version": "v1"`` says that the line holds the text of that earlier version.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate
from functools import cache
from typing import cast

from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.record import PaperRecord, is_withdrawn, join_parsed_authors, one_line, split_authors
from littable.patterns import lazy

_VERSION = lazy(r"v([1-9][0-9]{0,3})", re.ASCII)
_SURROGATE = lazy("[\ud800-\udfff]")
# Blanks and a byte order mark.
_AROUND = b" \t\r\n\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """One line: a record, and whether it is what arXiv shows now or an earlier version."""

    record: PaperRecord
    current: bool


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
        return SnapshotLine(record, current=True)
    updated = record.version_dates[text_version - 1] if text_version <= len(record.version_dates) else None
    return SnapshotLine(replace(record, version=text_version, updated=updated), current=False)


def _decode(raw: bytes) -> dict[str, object]:
    try:
        text = raw.decode("utf-8-sig")
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


def _identifier(fields: Mapping[str, object]) -> ArxivId:
    written = _text(fields, "id")
    if written is None:
        raise BadLine('"id" is missing')
    try:
        identifier = ArxivId.parse(written)
    except MalformedArxivId as error:
        raise BadLine(f'"id": {error}') from None
    if identifier.version is not None:
        raise BadLine(f'"id": {written!r} has a version; say "version": "v{identifier.version}" instead')
    return identifier


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
        versions.append((number, _day(_text(item, "created"))))
    return tuple(versions)


def _version_number(text: str | None, name: str) -> int:
    match = _VERSION.fullmatch(text or "")
    if match is None:
        raise BadLine(f'"{name}": {text!r} is not a version such as "v1"')
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
        raise BadLine(f'"created": {text[:60]!r} is not a date') from None


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
            raise BadLine('"authors_parsed" holds something else than lists of text')
        parsed.append([_checked(part, "authors_parsed") for part in item])
    text = _text(fields, "authors")
    return join_parsed_authors(parsed) or split_authors(text or "")
