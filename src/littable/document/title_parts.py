"""The title in a title's cell, apart from badges, numbering, dates and the line below it."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category

from littable.document.beside_title import (
    citation_behind,
    without_loose_brackets,
    without_translation,
    without_venue_behind,
)
from littable.document.fields import BREAK, inside_element, inside_emphasis, strip_blanks
from littable.document.inline import Link, LinkKind
from littable.document.torn_links import torn_link
from littable.patterns import lazy
from littable.text import Span

_MOST_LAYERS = 12
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
    if not links:
        for bare in (span, inside_emphasis(source, span)):
            if _is_bare_title(source, bare):
                return bare, None
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
        and without_translation(source, span.start, span.end) == span.end
    )


def _segments(source: str, span: Span) -> list[Span]:
    pieces, start = [], span.start
    for mark in BREAK.finditer(source, span.start, span.end):
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
    for _ in range(_MOST_LAYERS):
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
    end = without_translation(source, start, without_venue_behind(source, start, end))
    end = without_loose_brackets(source, start, end)
    if start >= end:
        return Span(span.start, span.start)
    if source[start] == "<":
        return inside_element(source, Span(start, end))
    return inside_emphasis(source, Span(start, end))


def _without_emoji_behind(source: str, start: int, end: int) -> int:
    last = end
    while last > start and (source[last - 1] in _JOINERS or category(source[last - 1]) == "So"):
        last -= 1
    return end if last == end else strip_blanks(source, Span(start, last)).end
