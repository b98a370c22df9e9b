"""What to write into an empty cell, from the paper's record and in the manner of the other rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from littable.diagnostic import Applicability
from littable.document.cells import escape
from littable.document.dates import is_stand_in
from littable.document.entry import Entry
from littable.document.table import Table
from littable.papers.record import PaperRecord
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._agreement import trust

_SAMPLE = 40
_MOST = 2 / 3
_WHOLE_ABSTRACT = 400
_ISO_DATE = lazy(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEAR = lazy(r"\d{4}", re.ASCII)
_MATH = lazy(r"\$[^$\s](?:[^$]*[^$\s])?\$")
_MARKUP = lazy(r"[\\`<>*_~\[\]$#&]|https?\b")


@dataclass(frozen=True, slots=True)
class Filling:
    """The text for a cell, what other rows put around it, and how far it can be trusted."""

    before: str
    text: str
    after: str
    applicability: Applicability


def filling(
    table: Table, entries: Sequence[Entry], entry: Entry, index: int, record: PaperRecord
) -> Filling | None:
    """What to write into the cell of column ``index``; None where it is not plain what the table wants."""
    role = table.columns[index].role
    others = list(_others(entries, entry, index))
    text = _text(role, table.columns[index].header, others, record)
    if text is None or _needs_another_form(text):
        return None
    wrapper = _wrapper(entries, entry, index, role)
    applicability = _trust(entry, record)
    if wrapper is None or applicability is None:
        return None
    if role is Role.ABSTRACT and not _holds_whole_abstracts(others):
        return None
    return Filling(wrapper[0], escape(text), wrapper[1], applicability)


def _others(entries: Sequence[Entry], entry: Entry, index: int) -> Iterator[str]:
    """What other rows say in the same column, from a sample of them."""
    step = max(1, len(entries) // _SAMPLE)
    for other in entries[::step]:
        cells = other.row.cells
        text = cells[index].text if other is not entry and index < len(cells) else ""
        if text and not is_stand_in(text):
            yield text


def _text(role: Role, header: str, others: Sequence[str], record: PaperRecord) -> str | None:
    if role is Role.TITLE:
        return record.title or None
    if role is Role.ABSTRACT:
        return " ".join(record.abstract.split()) or None
    if role is Role.AUTHORS:
        return _authors(header, others, record.authors)
    if role in (Role.YEAR, Role.DATE) and record.published is not None:
        return _date(role, others, record.published)
    return None


def _authors(header: str, others: Sequence[str], names: Sequence[str]) -> str | None:
    """All names, unless the column is about the first one or cuts its lists short."""
    lowered = header.casefold()
    if not names or any(word in lowered for word in ("first", "1st", "lead", "перв", "第一")):
        return None
    shortened = sum("et al" in other or "др." in other or "等" in other for other in others)
    listed = sum("," in other for other in others)
    return ", ".join(names) if not shortened and listed * 2 >= len(others) else None


def _date(role: Role, others: Sequence[str], published: date) -> str | None:
    """In the form that all other rows have; a year is plain even where nothing else stands."""
    bare = [other.strip("*_ ") for other in others]
    if all(_YEAR.fullmatch(text) for text in bare) and (bare or role is Role.YEAR):
        return str(published.year)
    if bare and all(_ISO_DATE.fullmatch(text) for text in bare):
        return published.isoformat()
    return None


def _needs_another_form(text: str) -> bool:
    """Whether GitHub would read marks in the text as markup, or show TeX raw."""
    return _MARKUP.search(_MATH.sub("", text)) is not None or "\\" in text


def _wrapper(entries: Sequence[Entry], entry: Entry, index: int, role: Role) -> tuple[str, str] | None:
    """What most rows put around the text, such as ``<details>`` or emphasis; None where they differ."""
    step = max(1, len(entries) // _SAMPLE)
    around: Counter[tuple[str, str]] = Counter()
    for other in entries[::step]:
        pair = _around(other, index, role) if other is not entry else None
        if pair is not None:
            around[pair] += 1
    if not around:
        return "", ""
    usual, count = around.most_common(1)[0]
    return usual if count >= around.total() * _MOST and "](" not in usual[1] else None


def _around(entry: Entry, index: int, role: Role) -> tuple[str, str] | None:
    """What stands in the cell before and behind the text proper; None where the text is not in it."""
    cells, field = entry.row.cells, entry.field(role)
    if field is None or index >= len(cells) or not cells[index].span.contains(field.span):
        return None
    span, source = cells[index].span, field.source
    return source[span.start : field.span.start], source[field.span.end : span.end]


def _holds_whole_abstracts(others: Sequence[str]) -> bool:
    """Whether the column has the papers' own abstracts, as far as their length and letters tell."""
    whole = sum(len(other) >= _WHOLE_ABSTRACT and _mostly_ascii(other) for other in others)
    return bool(others) and whole >= len(others) * _MOST


def _mostly_ascii(text: str) -> bool:
    head = text[:_WHOLE_ABSTRACT]
    return sum(character.isascii() for character in head) >= 0.9 * len(head)


def _trust(entry: Entry, record: PaperRecord) -> Applicability | None:
    """Safe when the title is the record's, unsafe when there is none; another title, another paper."""
    certain = trust(entry, record)
    if certain is Applicability.SAFE or entry.title is None:
        return certain
    return certain if _share_words(entry.title.plain, record.title) else None


def _share_words(written: str, recorded: str) -> bool:
    mine, other = set(written.casefold().split()), set(recorded.casefold().split())
    return len(mine & other) * 2 >= max(len(mine), len(other))
