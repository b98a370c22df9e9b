"""The part of a long line that fits a terminal, measured in columns."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from littable.reports._safe import pieces

_ELLIPSIS = "…"
_WIDE = ("W", "F")
_WITHOUT_WIDTH = ("Mn", "Me", "Cf")


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a line as shown; ``offset`` and ``length`` place the marked part, in columns."""

    text: str
    offset: int
    length: int


def columns(text: str) -> int:
    """How many columns of a terminal a harmless text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


@lru_cache(maxsize=4096)
def _columns_of(character: str) -> int:
    if unicodedata.category(character) in _WITHOUT_WIDTH or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def around(line: str, start: int, end: int, room: int) -> Window:
    """The part of ``line`` around ``start`` to ``end`` (code points) that fits ``room`` columns.

    Only as much of the line is looked at as could be shown, so that a row of a megabyte costs nothing.
    """
    low = max(0, start - room)
    high = min(len(line), min(end, start + room) + room)
    cells = pieces(line[low:high])
    widths = [columns(cell) for cell in cells]
    first, last = _fitting(widths, start - low, end - low, room)
    before = _ELLIPSIS if low + first > 0 else ""
    after = _ELLIPSIS if low + last < len(line) else ""
    offset = columns(before) + sum(widths[first : start - low])
    length = sum(widths[start - low : min(end - low, last)])
    return Window(before + "".join(cells[first:last]) + after, offset, max(length, 1))


def _fitting(widths: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """The range of cells to show: the marked ones first, then both sides in turn as long as they fit."""
    if sum(widths) <= room:
        return 0, len(widths)
    left = room - 2 * len(_ELLIPSIS)
    last = start
    while last < min(end, len(widths)) and widths[last] <= left:
        left -= widths[last]
        last += 1
    first = start
    reserve = left // 2
    while first > 0 and left - widths[first - 1] >= reserve:
        first -= 1
        left -= widths[first]
    while last < len(widths) and widths[last] <= left:
        left -= widths[last]
        last += 1
    while first > 0 and widths[first - 1] <= left:
        first -= 1
        left -= widths[first]
    while first < start and widths[first] == 0:  # a combining mark would sit on the ellipsis
        first += 1
    return first, last


def cut(text: str, room: int) -> str:
    """A harmless text of at most ``room`` columns; a longer one loses its middle."""
    if columns(text) <= room:
        return text
    tail_room = room // 3
    head = _head(text, room - tail_room - 1)
    return head + _ELLIPSIS + _head(text[: len(head) - 1 : -1], tail_room)[::-1]


def _head(text: str, room: int) -> str:
    for index, character in enumerate(text):
        room -= _columns_of(character)
        if room < 0:
            return text[:index]
    return text
