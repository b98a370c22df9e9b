"""What a title's cell says besides the title: when the paper came out, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from littable.document.inline import Link
from littable.document.plain import plain
from littable.patterns import lazy
from littable.text import Span

_DATE = lazy(r"(?<![\w./-])(?:19|20)\d\d(?:[-./]\d{1,2}){0,2}(?![\w/]|[.-]\w)")
_SHORT_YEAR = lazy(r"(?<![A-Za-z])[A-Za-z]{2,16}\s?['’]\d\d(?!\w)")
_CITATION = lazy(
    r"[(（\[](?P<who>[^\W\d_][^()（）\[\]\d]{0,80}?"
    r"(?:et\.? al\b|(?:&|\band\b)\s+[^\W\d_])[^()（）\[\]\d]{0,40}?)"
    r"[,;.]*\s*(?P<year>(?:19|20)\d\d)[a-z]?(?:[,;]\s[^()（）\[\]]{1,48})?[)）\]]",
    re.IGNORECASE,
)
_VENUE_AND_YEAR = lazy(
    r"\s?(?:[A-Za-z][\w&/.-]{0,24}[\s,]{1,2}){0,3}(?:[A-Za-z][A-Za-z&/.-]{0,24}\s?)?(?:(?:19|20)\d\d|['’]\d\d)"
    r"(?:[\s,-]{1,3}[A-Za-z]{2,12}){0,3}\s?"
)
_SMALL = lazy(rf"<(?P<tag>su[bp])>\s?[(\[]?{_VENUE_AND_YEAR.pattern}[)\]]?\s?</(?P=tag)>")
_OPENED_BY = {")": "(", "]": "[", "）": "（", "】": "【"}
_LONGEST_CITATION = 140
_FEWEST_LOOSE = 2
_LONGEST_VENUE = 72


_DASH = lazy(r"\s(?:[—–|·]|--?)\s++|\sby\s++")
_WIDE = lazy(r"[\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST_TRANSLATION = 240
_FEWEST_WIDE = 4
_MOST_DASHES = 8


@dataclass(frozen=True, slots=True)
class Citation:
    """``(Figurnov et al., 2018)`` behind a title: ``span`` is all of it."""

    span: Span
    authors: Span
    year: Span


def citation_behind(source: str, start: int, end: int) -> Citation | None:
    """The citation that the text between two offsets ends with."""
    if end <= start or source[end - 1] not in ")]）":
        return None
    after = max(start, end - _LONGEST_CITATION)
    at = max(source.rfind(mark, after, end) for mark in "([（")
    match = _CITATION.fullmatch(source, at, end) if at > start else None
    if match is None:
        return None
    return Citation(Span(at, end), Span(*match.span("who")), Span(*match.span("year")))


def without_venue_behind(source: str, start: int, end: int) -> int:
    """Where the text between two offsets ends without ``(CVPR 2022)``, ``[ICLR'23 Oral]`` or ``(2019)``, set
    small or not.
    """
    if end <= start or source[end - 1] not in ")]）】>":
        return end
    after = max(start, end - _LONGEST_VENUE)
    if source[end - 1] == ">":
        at = source.rfind("<su", after, end)
        return at if at > start and _SMALL.fullmatch(source, at, end) else end
    at = max(source.rfind(mark, after, end) for mark in "([（【")
    if at <= start or _VENUE_AND_YEAR.fullmatch(source, at + 1, end - 1) is None:
        return end
    return at


def without_translation(source: str, start: int, end: int) -> int:
    """Where a title in Latin letters ends without its translation into a language that has others, which
    stands in brackets behind it.
    """
    opening = _OPENED_BY.get(source[end - 1]) if end > start else None
    if opening is None:
        return end
    at = source.rfind(opening, max(start, end - _LONGEST_TRANSLATION), end)
    if at <= start or len(_WIDE.findall(source, at, end)) < _FEWEST_WIDE:
        return end
    if _WIDE.search(source, start, at) or " " not in source[start:at].strip():
        return end
    return at


class NamesBehind(NamedTuple):
    """``Title — Names`` in one cell: the part with the title, and the names."""

    title: Span
    names: Span


def names_behind(source: str, cell: Span, links: Iterable[Link]) -> NamesBehind | None:
    """The names behind the last dash of a title's cell, links and pictures aside."""
    from littable.document.html.words import is_names  # late: asked where titles and authors share a cell

    end = cell.end
    taken = [link.span for link in links]
    dashes = list(islice(_DASH.finditer(source, cell.start, end), _MOST_DASHES))
    for dash in reversed(dashes):
        names = Span(dash.end(), end)
        if any(span.start < end and span.end > dash.start() for span in taken):
            return None
        if dash.start() > cell.start and is_names(plain(names.of(source)), trusted=True):
            return NamesBehind(Span(cell.start, dash.start()), names)
    return None


def without_loose_brackets(source: str, start: int, end: int) -> int:
    """Where the text ends without closing brackets that nothing has opened, two or more of a kind: a single
    one may be a slip in the title itself.
    """
    for _ in _OPENED_BY:
        opening = _OPENED_BY.get(source[end - 1]) if end > start else None
        if opening is None:
            break
        closing = source[end - 1]
        loose = source.count(closing, start, end) - source.count(opening, start, end)
        run = end - start - len(source[start:end].rstrip(closing))
        if loose < _FEWEST_LOOSE:
            break
        end -= min(loose, run)
        if loose < run:
            break
    return end


def date_beside(source: str, cell: Span, title: Span, links: Iterable[Link]) -> Span | None:
    """The year or date in a title's cell that stands neither in the title nor in a link."""
    taken = sorted([title, *(link.span for link in links)])
    for gap in _gaps(cell, taken):
        for pattern in (_DATE, _SHORT_YEAR):
            if found := pattern.search(source, gap.start, gap.end):
                return Span(*found.span())
    return None


def _gaps(cell: Span, taken: Sequence[Span]) -> Iterable[Span]:
    position = cell.start
    for span in taken:
        if span.start > position:
            yield Span(position, span.start)
        position = max(position, span.end)
    if position < cell.end:
        yield Span(position, cell.end)
