"""The numbers of a column that counts its rows, and the next of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from littable.patterns import lazy

_LONGEST = 20
_NUMBER = lazy(r"(?P<before>\D*)(?P<digits>\d{1,9})(?P<behind>\D*)")


@dataclass(frozen=True, slots=True)
class _Numbered:
    before: str
    digits: str
    behind: str

    @property
    def value(self) -> int:
        return int(self.digits)

    def next(self) -> str:
        width = len(self.digits) if self.digits.startswith("0") else 0
        return f"{self.before}{self.value + 1:0{width}}{self.behind}"


def next_number(above: Sequence[str], below: Sequence[str]) -> str | None:
    """The number of a row between others, whose cells are given from the nearest on.

    It is the one after the highest, at the end of a column that counts up and at the top of one that counts
    down. None anywhere else, since the other rows keep their numbers, and where it is not plain how the
    column counts.
    """
    if above and below:
        return None
    near = [_read(text) for text in (above or below)[:3]]
    if not near:
        return "1"
    if None in near:
        return None
    numbers = [number for number in near if number is not None]
    falling = all(a.value > b.value for a, b in pairwise(numbers))
    one_alone = len(numbers) == 1 and not (above and numbers[0].value == 1)
    return numbers[0].next() if falling and not one_alone else None


def _read(text: str) -> _Numbered | None:
    match = _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
    return _Numbered(match["before"], match["digits"], match["behind"]) if match else None
