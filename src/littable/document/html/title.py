"""The title in a line of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from littable.document.dates import read_date
from littable.document.fields import strip_blanks
from littable.document.html.words import is_link_label, is_names, is_title_like, label_of
from littable.document.inline import Link, LinkKind
from littable.document.plain import plain
from littable.patterns import lazy
from littable.text import Span

_BOLD = lazy(
    r"<(?P<name>b|strong|papertitle|font|big|h[1-6]|u|span|em|i)(?:\s[^<>]*)?>|(?P<stars>\*\*|__)(?=\S)",
    re.IGNORECASE,
)
_LABELLED = (LinkKind.INLINE, LinkKind.REFERENCE, LinkKind.HTML)
_MOST_WORDS_BEFORE = 3
_LONGEST = 300
_LONG = 12
_TRIED = 20
_TAIL = " \t\r\n,;:|/([{-–—·•."
_SENTENCE = lazy(r"[.!?。！？]\s+\S+\s+\S+\s+\S+\s+\S+")
_VERB = lazy(r"\b(?:is|are|was|were|has|have|we|our|you|your|click|see|this)\b", re.IGNORECASE)


_BEFORE = lazy(r"(?:<[^<>]*>|\s|\[(?=[\[(【]))*[(\[【]\s*(?P<inside>[^\[\]()【】]{4,40})[)\]】]")


def date_before(source: str, title: Span) -> Span | None:
    """The date or venue in brackets that a title begins with."""
    match = _BEFORE.match(source, title.start, title.end)
    if match is None or read_date(match["inside"]) is None:
        return None
    return Span(*match.span("inside"))


class FoundTitle(NamedTuple):
    """Where a title stands, with its link if it is one; ``sure`` tells that it reads as one by itself,
    ``marked`` that a link or bold type sets it off.
    """

    span: Span
    sure: bool
    marked: bool = True


def find_title(source: str, line: Span, links: Sequence[Link]) -> FoundTitle | None:
    """The title in a line: a link, else what is set in bold, else its first words."""
    candidates = [link.span for link in links if link.kind in _LABELLED and _is_labelled(source, link)]
    candidates += _bold(source, line)
    for span in sorted(candidates):
        if not _is_first(source, line, span):
            break
        words = plain(span.of(source))
        if is_title_like(words) and not is_names(words):
            return FoundTitle(span, sure=True)
    weak = next((span for span in sorted(candidates) if _is_name_of_work(source, line, span)), None)
    return FoundTitle(weak, sure=False) if weak is not None else _first_words(source, line, links)


def _is_labelled(source: str, link: Link) -> bool:
    words = label_of(source, link)
    return (
        bool(words)
        and not is_link_label(words)
        and not link.text_span.of(source).lstrip().startswith(("<img", "!["))
    )


def _bold(source: str, line: Span) -> Iterable[Span]:
    """What is set in bold, inside its marks."""
    for opening in islice(_BOLD.finditer(source, line.start, line.end), _TRIED):
        name = opening["name"]
        close = source.find(f"</{name}" if name else opening["stars"], opening.end(), line.end)
        if close > opening.end():
            yield strip_blanks(source, Span(opening.end(), close))


def _is_first(source: str, line: Span, span: Span) -> bool:
    """Whether no more than a short label stands before."""
    before = plain(source[line.start : span.start])
    return len(before.split()) <= _MOST_WORDS_BEFORE and not is_names(before)


def _is_name_of_work(source: str, line: Span, span: Span) -> bool:
    words = plain(span.of(source))
    return (
        _is_first(source, line, span)
        and 4 <= len(words) <= _LONGEST
        and not is_link_label(words)
        and not is_names(words, trusted=False)
        and any(map(str.isalpha, words))
    )


def _first_words(source: str, line: Span, links: Sequence[Link]) -> FoundTitle | None:
    """The text before the first link, where it is no sentence of a running text."""
    stop = next((link.span.start for link in links if link.kind is not LinkKind.IMAGE), line.end)
    piece = source[line.start : stop]
    span = strip_blanks(source, Span(line.start, line.start + len(piece.rstrip(_TAIL))))
    words = plain(span.of(source))
    if not is_title_like(words) or is_names(words) or len(words) > _LONGEST:
        return None
    if _SENTENCE.search(words) or (_VERB.search(words) and (words.endswith(".") or words.count(" ") > _LONG)):
        return None
    return FoundTitle(span, sure=True, marked=False)
