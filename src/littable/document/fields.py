"""The text proper of a cell: inside wrappers, emphasis, badges and labels."""

from __future__ import annotations

import re

from littable.document.dates import is_stand_in
from littable.document.plain import plain
from littable.patterns import lazy
from littable.text import Span

_BLANK = " \t\r\n\u00a0\u3000"
_OPENING = lazy(r"<(?P<name>[a-z][a-z0-9]*)(?:\s[^<>]*)?>", re.IGNORECASE)
_SUMMARY = lazy(r"\s*<summary(?:\s[^<>]*)?>.*?</summary>", re.IGNORECASE | re.DOTALL)
BREAK = lazy(r"<br\s*/?>|</br>", re.IGNORECASE)
_BREAKS_BEFORE = lazy(r"(?:\s|<br\s*/?>|</br>)*", re.IGNORECASE)
_LABEL = lazy(
    r"(?:\*\*|__|[*_])?(?:abstract|summary|tl;?dr|аннотация|реферат|краткое содержание|摘要|概要"
    r"|要約|要旨|resumen|résumé|resumo|zusammenfassung|초록|요약)(?:\*\*|__|[*_])?\s*(?:[:：.]|—|–|--?)\s*(?:\*\*|__|[*_])?\s*",
    re.IGNORECASE,
)
_WRAPPERS = frozenset(
    {"details", "p", "div", "span", "small", "sub", "sup", "i", "em", "b", "strong", "u", "font", "center"}
    | {"blockquote", "section", "article", "tt", "code"}
)
# What a wrapper, emphasis, a blank or a label (Abstract, TL;DR, Аннотация, 摘要 …) can begin with.
_OPENERS = frozenset("<*_~" + _BLANK + "aAsStTrRzZаАрРкК摘概要초요")
_MARKS = frozenset("<*_~")
_EMPHASIS = ("***", "___", "**", "__", "*", "_", "~~")
_MAX_WRAPPERS = 12


def strip_blanks(source: str, span: Span) -> Span:
    """The span without blanks and line breaks at either side."""
    piece = span.of(source)
    stripped = piece.strip(_BLANK)
    if len(stripped) == len(piece):
        return span
    start = span.start + len(piece) - len(piece.lstrip(_BLANK))
    return Span(start, start + len(stripped))


def unwrap(source: str, span: Span) -> Span:
    """The text inside ``<details>``, ``<p>`` and the like, emphasis and a leading "Abstract:".

    Of several ``<details>`` beside each other the first counts: the others are translations or notes.
    """
    if span.start >= span.end:
        return span
    if source[span.start] not in _OPENERS and source[span.end - 1] != ">":
        return span  # most cells: nothing wraps the text, and no label stands before it
    for _ in range(_MAX_WRAPPERS):
        inner = _unwrap_once(source, span)
        if inner == span:
            break
        span = inner
    return span


_SHORTEST = 16
_PICTURE = ("![", "<img", "[![", "<a", "<p")


def says_something(source: str, span: Span) -> bool:
    """Whether a text says more than that there is none, and is no picture."""
    if span.end - span.start < _SHORTEST:
        text = span.of(source)
        return any(map(str.isalnum, text)) and not is_stand_in(text.strip("?!"))
    return not source.startswith(_PICTURE, span.start, span.end) or any(
        map(str.isalnum, plain(span.of(source)))
    )


def _unwrap_once(source: str, span: Span) -> Span:
    span = _without_breaks(source, strip_blanks(source, span))
    if span.start >= span.end:
        return span
    first = source[span.start]
    if first == "<":
        return inside_element(source, span)
    if first in "*_~":
        inner = inside_emphasis(source, span)
        if inner != span:
            return inner
    if label := _LABEL.match(source, span.start, span.end):
        return Span(label.end(), span.end)
    return span


def _without_breaks(source: str, span: Span) -> Span:
    before = _BREAKS_BEFORE.match(source, span.start, span.end)
    start = before.end() if before else span.start
    end = span.end
    while end > start and source[end - 1] == ">":
        cut = source.rfind("<", start, end)
        if cut < 0 or not BREAK.fullmatch(source, cut, end):
            break
        end = strip_blanks(source, Span(start, cut)).end
    return Span(start, end)


def inside_element(source: str, span: Span) -> Span:
    """The text inside the element that it begins with, where that encloses all of it."""
    opening = _OPENING.match(source, span.start, span.end)
    if opening is None or opening["name"].lower() not in _WRAPPERS:
        return span
    name = opening["name"].lower()
    start = opening.end()
    if name == "details" and (summary := _SUMMARY.match(source, start, span.end)):
        start = summary.end()
    close = _matching_close(source, name, start, span.end)
    if close is None:
        return Span(start, span.end) if name in ("details", "p") else span
    if name == "details" or not strip_blanks(source, Span(close[1], span.end)).of(source):
        return Span(start, close[0])
    return span


def _matching_close(source: str, name: str, start: int, end: int) -> tuple[int, int] | None:
    depth = 1
    for tag in re.finditer(rf"<(/?){name}(?:\s[^<>]*)?>", source[start:end], re.IGNORECASE):
        depth += -1 if tag.group(1) else 1
        if depth == 0:
            return start + tag.start(), start + tag.end()
    return None


def inside_emphasis(source: str, span: Span) -> Span:
    """The text between one pair of emphasis marks that encloses all of it."""
    for mark in _EMPHASIS:
        size = len(mark)
        if (
            span.end - span.start > 2 * size
            and source.startswith(mark, span.start)
            and source.endswith(mark, span.start, span.end)
            and source[span.end - size - 1] != "\\"
            and mark not in source[span.start + size : span.end - size]
        ):
            return Span(span.start + size, span.end - size)
    return span


def simple_part(source: str, span: Span) -> Span:
    """A short value (authors, a year) without wrappers and emphasis."""
    return unwrap(source, span) if source[span.start : span.start + 1] in _MARKS else span
