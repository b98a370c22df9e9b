"""The text proper of a cell: inside wrappers, emphasis, badges and labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category

from littable.document.beside_title import citation_behind, without_loose_brackets, without_venue_behind
from littable.document.dates import is_stand_in
from littable.document.inline import Link, LinkKind
from littable.document.plain import plain
from littable.document.torn_links import torn_link
from littable.patterns import lazy
from littable.text import Span

_BLANK = " \t\r\n\u00a0\u3000"
_OPENING = lazy(r"<(?P<name>[a-z][a-z0-9]*)(?:\s[^<>]*)?>", re.IGNORECASE)
_SUMMARY = lazy(r"\s*<summary(?:\s[^<>]*)?>.*?</summary>", re.IGNORECASE | re.DOTALL)
_BREAK = lazy(r"<br\s*/?>|</br>", re.IGNORECASE)
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
        return _inside_element(source, span)
    if first in "*_~":
        inner = _inside_emphasis(source, span)
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
        if cut < 0 or not _BREAK.fullmatch(source, cut, end):
            break
        end = strip_blanks(source, Span(start, cut)).end
    return Span(start, end)


def _inside_element(source: str, span: Span) -> Span:
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


def _inside_emphasis(source: str, span: Span) -> Span:
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


# "[2018]", "(2018-05-01)", "[2018 ICLR]", "[ICLR 2018]"
_YEAR_PREFIX = lazy(
    r"[(\[【]\s*(?:[A-Za-z][\w'&/-]{0,24}\s)?(?:19|20)\d\d(?:[./-]\d{1,2}){0,2}(?:\s[A-Za-z][\w'&/-]{0,24})?"
    r"\s*[)\]】]\s*[:.,-]?\s*"
)
_NOISE_PREFIX = lazy(r"(?:[:][a-z0-9_+-]+[:]|[^\w\s(\[<*_\"'«“‘`$\\!¡¿¡#@~^+-]+|\s)+")
_OPEN_TAIL = " \t([{（【<«:;,-–—|"
_JOINERS = "\ufe0f\u200d "
_MIN_TITLE = 8


def title_parts(source: str, span: Span, links: Sequence[Link]) -> tuple[Span, Span | None]:
    """The title in a title cell, and the line below it if there is one (authors, a venue).

    A badge or picture is no title; a link's label is, unless plain words beside it are longer (a
    reviewer's handle, a "[PDF]" link).
    """
    if not links and _is_bare_title(source, span):
        return span, None
    segments = [segment for segment in _segments(source, span) if _has_words(source, segment, links)]
    if not segments:
        return _cleaned(source, span), None
    if (torn := torn_link(source, links)) is not None and segments[0].contains(links[0].span):
        behind = [segment for segment in segments if segment.start >= torn.end]
        return torn, behind[0] if behind else None
    below = segments[1] if len(segments) > 1 else None
    return _title_of(source, segments[0], links), below


def _is_bare_title(source: str, span: Span) -> bool:
    """Whether the cell holds nothing but words, which is so in most rows."""
    return (
        source[span.start].isalnum()
        and (source[span.end - 1] < "\u2000" or source[span.end - 1].isalnum())
        and source[span.end - 1] not in _OPEN_TAIL
        and source.find("<", span.start, span.end) < 0
        and citation_behind(source, span.start, span.end) is None
        and without_venue_behind(source, span.start, span.end) == span.end
    )


def _segments(source: str, span: Span) -> list[Span]:
    pieces, start = [], span.start
    for mark in _BREAK.finditer(source, span.start, span.end):
        pieces.append(Span(start, mark.start()))
        start = mark.end()
    pieces.append(Span(start, span.end))
    return [strip_blanks(source, piece) for piece in pieces]


_LETTERS = lazy(r"[^\W_][\W_]*+[^\W_]")


def _has_words(source: str, segment: Span, links: Sequence[Link]) -> bool:
    covered = [link for link in links if segment.contains(link.span)]
    if any(_worded(source, link) for link in covered):
        return True
    return any(_LETTERS.search(source, gap.start, gap.end) for gap in _gaps(segment, covered))


def _worded(source: str, link: Link) -> bool:
    """Whether the link has a label in words, not a picture."""
    if link.kind not in (LinkKind.INLINE, LinkKind.REFERENCE, LinkKind.HTML, LinkKind.BROKEN):
        return False
    label = link.text_span.of(source)
    return not label.lstrip().startswith(("![", "<img")) and any(map(str.isalnum, label))


def _gaps(segment: Span, links: Sequence[Link]) -> list[Span]:
    gaps, start = [], segment.start
    for link in links:
        if link.span.start >= start:
            gaps.append(Span(start, link.span.start))
        start = max(start, link.span.end)
    gaps.append(Span(start, segment.end))
    return gaps


def _title_of(source: str, segment: Span, links: Sequence[Link]) -> Span:
    covered = [link for link in links if segment.contains(link.span)]
    labels = [_cleaned(source, link.text_span) for link in covered if _worded(source, link)]
    gaps = [_cleaned(source, gap) for gap in _gaps(segment, covered)]
    label = max(labels, key=_weight, default=None)
    gap = max(gaps, key=_weight)
    if label is None or (_weight(gap) > max(_weight(label), _MIN_TITLE)):
        return gap
    return label


def _weight(span: Span) -> int:
    return span.end - span.start


def _cleaned(source: str, span: Span) -> Span:
    """Without emphasis, emoji in front, a year in brackets in front, and brackets that open a link behind."""
    for _ in range(_MAX_WRAPPERS):
        before = span
        span = _inside_title(source, strip_blanks(source, span))
        if span == before:
            break
    return span


def _inside_title(source: str, span: Span) -> Span:
    piece = span.of(source)
    start = span.start
    end = _without_emoji_behind(source, start, start + len(piece.rstrip(_OPEN_TAIL)))
    if noise := _NOISE_PREFIX.match(source, start, end):
        start = noise.end()
    if prefix := _YEAR_PREFIX.match(source, start, end):
        start = prefix.end()
    if cited := citation_behind(source, start, end):
        end = cited.span.start
    end = without_loose_brackets(source, start, without_venue_behind(source, start, end))
    if start >= end:
        return Span(span.start, span.start)
    if source[start] == "<":
        return _inside_element(source, Span(start, end))
    return _inside_emphasis(source, Span(start, end))


def _without_emoji_behind(source: str, start: int, end: int) -> int:
    last = end
    while last > start and (source[last - 1] in _JOINERS or category(source[last - 1]) == "So"):
        last -= 1
    return end if last == end else strip_blanks(source, Span(start, last)).end


def simple_part(source: str, span: Span) -> Span:
    """A short value (authors, a year) without wrappers and emphasis."""
    return unwrap(source, span) if source[span.start : span.start + 1] in _MARKS else span
