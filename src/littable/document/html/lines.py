"""A cell as the lines that a reader sees: at breaks, at elements that begin a line, at blank lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from littable.document.fields import strip_blanks
from littable.document.html.tags import Tag
from littable.patterns import lazy
from littable.text import Span

_BREAKING = frozenset(
    "br p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd tr td th table tbody thead hr center blockquote figure"
    " figcaption section article header footer pre".split()
)
_BREAK = lazy(r"\n[ \t]*\r?\n|<!--(?:(?!-->)[\s\S])*(?:-->|\Z)")
_HARD_BREAK = lazy(r"(?:[ ]{2,}|\\)\r?\n|\n(?=[ \t]*(?:[-*+][ \t]|#{1,6}[ \t]))")


class Line(NamedTuple):
    """A line of a cell; ``folded`` tells that it is a whole ``<details>``."""

    span: Span
    folded: bool = False


def lines_of(text: str, span: Span, tags: Sequence[Tag]) -> list[Line]:
    """The lines between two offsets that are not empty; ``tags`` are those of the document."""
    found: list[Line] = []
    start = span.start
    for cut, end, folded in sorted(_cuts(text, span, tags)):
        if cut < start:
            continue
        if cut > start:
            found.append(Line(Span(start, cut)))
        if folded:
            found.append(Line(Span(cut, end), folded))
        start = end
    found.append(Line(Span(start, span.end)))
    trimmed = (Line(strip_blanks(text, line.span), line.folded) for line in found)
    return [line for line in trimmed if line.span.end > line.span.start]


def _cuts(text: str, span: Span, tags: Sequence[Tag]) -> Iterator[tuple[int, int, bool]]:
    """Where a line ends and the next begins; a ``<details>`` from its first tag to behind its last."""
    inside = tags[bisect_left(tags, span.start, key=_start) : bisect_left(tags, span.end, key=_start)]
    depth, opened = 0, 0
    for tag in inside:
        if tag.name == "details":
            opened = tag.start if not depth and not tag.closing else opened
            depth = max(depth + (-1 if tag.closing else 1), 0)
            if tag.closing and not depth:
                yield opened, tag.end, True
        elif not depth and tag.name in _BREAKING:
            yield tag.start, tag.end, False
    if depth:
        yield opened, span.end, True
    breaks: list[re.Pattern[str]] = [_BREAK]
    if _is_markdown(text, span):
        breaks.append(_HARD_BREAK)
    for pattern in breaks:
        for match in pattern.finditer(text, span.start, span.end):
            yield match.start(), match.end(), False


def _start(tag: Tag) -> int:
    return tag.start


def _is_markdown(text: str, span: Span) -> bool:
    """Whether a blank line stands before the cell's text, so that GitHub reads Markdown in it."""
    first = strip_blanks(text, span).start
    return text.count("\n", span.start, first) > 1
