"""A record as a row of the store, with a checksum that tells a damaged row from a whole one."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from littable.papers.record import PaperRecord

if TYPE_CHECKING:
    import sqlite3

    from littable.papers.snapshot.quick import PlainRecord

# Identifier, version, when fetched (Unix seconds), content as JSON, checksum.
Row: TypeAlias = tuple[str, int | None, int, str, int]
ORIGIN = "the store"
# SQLite allows 999 parameters in a statement where it was built long ago.
_CHUNK = 500
# Nothing in a record can hold itself.
_written = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=date.isoformat
).encode


def pack(record: PaperRecord | PlainRecord, now: int, write: Callable[[object], str] = _written) -> Row:
    """The row of a record that was fetched ``now``, in Unix seconds. ``write`` makes JSON of texts, lists and
    dates.
    """
    content = write(
        [
            record.title,
            record.authors,
            record.abstract,
            record.published,
            record.updated,
            record.comment,
            record.doi,
            record.journal_ref,
            record.withdrawn,
            record.version_dates,
        ]
    )
    return record.id, record.version, now, content, _checksum(record.id, record.version, content)


def _checksum(identifier: str, version: int | None, content: str) -> int:
    return zlib.crc32(content.encode(), zlib.crc32(f"{identifier} {version} ".encode()))


def unpack(row: Row, as_of: date | None = None) -> PaperRecord | None:
    """The record of a row, which may be old (``PaperRecord.as_of``); None when its checksum says that it was
    damaged.
    """
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
        origin=ORIGIN,
        version_dates=tuple([_day(text) for text in dates]),
        as_of=as_of,
    )


def select(connection: sqlite3.Connection, query: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows with one of these keys. ``query`` has the key in its first column and ends with it, as
    in ``SELECT id, asked FROM missing WHERE id``.

    In a damaged file an index may lead to rows of other keys; those are left out.
    """
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        wanted = frozenset(chunk)
        marks = ", ".join("?" * len(chunk))
        for row in connection.execute(f"{query} IN ({marks})", chunk):
            if row[0] in wanted:
                yield row


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
