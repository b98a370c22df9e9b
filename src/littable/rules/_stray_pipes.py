"""Pipes that were meant as text: inside math, code, a link or an HTML element that they tear apart.

GFM splits a row at every pipe without a backslash before it, whatever stands around the pipe, so the whole
row is read here as if it were one text, and what opens in one cell and closes in another is found.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from littable.document.code_spans import code_spans
from littable.document.listing import Cell
from littable.patterns import lazy
from littable.text import Edit, Span

_MATH = lazy(
    r"\$\$(?:[^$\\]|\\.)+\$\$|(?<![\\$\w])\$(?![\s$])(?:[^$\\]|\\.)+(?<![\s\\])\$(?![\d$])", re.DOTALL
)
# A pipe in the destination is part of it only behind a scheme: before, it stands there by a slip.
_LINK = lazy(r"\[[^\[\]]*\]\((?=https?://|[^|()\s]*\))[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)", re.IGNORECASE)
_TAG = lazy(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>[^<>]*)>")
_MOST_EXPLAINED = 40
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "source"})


@dataclass(frozen=True, slots=True)
class StrayPipes:
    """The offsets of the pipes, and what they stand in, as a message says it."""

    offsets: tuple[int, ...]
    place: str

    @property
    def span(self) -> Span:
        """From the first to the last."""
        return Span(self.offsets[0], self.offsets[-1] + 1)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What makes text of them."""
        return escaping(self.offsets)


def separators(cells: Sequence[Cell]) -> list[int]:
    """The offsets of the pipes between cells."""
    return [cell.outer.end for cell in cells[:-1]]


def escaping(offsets: Iterable[int]) -> tuple[Edit, ...]:
    """Edits that put a backslash before each pipe."""
    return tuple(Edit(Span(offset, offset), "\\") for offset in offsets)


def find_stray_pipes(source: str, cells: Sequence[Cell], surplus: int) -> StrayPipes | None:
    """The ``surplus`` separating pipes that tear something apart; None unless it is exactly as many, or
    when they are more than one slip explains.
    """
    if not 0 < surplus <= _MOST_EXPLAINED:
        return None
    pipes = separators(cells)
    start = cells[0].outer.start
    text = source[start : cells[-1].outer.end]
    found: dict[int, str] = {}
    for first, last, place in sorted(_regions(text), key=lambda region: region[1] - region[0]):
        inside = pipes[bisect_right(pipes, start + first) : bisect_left(pipes, start + last)]
        if len(inside) > surplus:
            return None
        for pipe in inside:
            found.setdefault(pipe, place)
    if len(found) != surplus:
        return None
    places = dict.fromkeys(found[pipe] for pipe in sorted(found))
    return StrayPipes(tuple(sorted(found)), " and ".join(places))


def _regions(text: str) -> Iterator[tuple[int, int, str]]:
    if "$" in text:
        yield from ((*match.span(), "math") for match in _MATH.finditer(text))
    if "`" in text:
        yield from ((first, last, "code") for first, last in code_spans(text))
    if "](" in text:
        yield from ((*match.span(), "a link") for match in _LINK.finditer(text))
    if "<" in text:
        yield from _elements(text)


def _elements(text: str) -> Iterator[tuple[int, int, str]]:
    opened: dict[str, list[int]] = {}
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        place = f"<{name}>"
        if "|" in tag["rest"]:
            yield tag.start(), tag.end(), place
        if tag["close"]:
            if opened.get(name):
                yield opened[name].pop(), tag.end(), place
        elif name not in _VOID:
            opened.setdefault(name, []).append(tag.start())
