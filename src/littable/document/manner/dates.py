"""The form in which a column gives its dates, and a day written in that form.

A cell can mostly be read in several forms (``05.03.2024``, ``10/11``); the form is the one in which most
cells can be read, and the identifiers of their papers decide between the day and the month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import product
from math import prod

from littable.document.manner.months import MonthNames, months_named
from littable.patterns import lazy

_LONGEST = 40
_MOST_NUMBERS = 3
_TOKEN = lazy(r"\d+|[^\W\d_]+|[\W_]+")
_CENTURIES = ("19", "20")
_MOST_READINGS = 500
# Words that belong to a date, or to what arXiv alone has come out with; any other names a venue or the like.
_OF_DATES = frozenset({"年", "月", "日", "г", "год", "года", "de", "arxiv", "preprint"})
_ORDINALS = frozenset({"st", "nd", "rd", "th"})


class Part(IntEnum):
    """A part of a date in figures; of two parts that a number may be, the lesser is likelier."""

    YEAR = 0
    SHORT_YEAR = 1
    MONTH = 2
    BARE_MONTH = 3
    DAY = 4
    BARE_DAY = 5
    ORDINAL = 6


Piece = str | Part | MonthNames
_YEARS = (Part.YEAR, Part.SHORT_YEAR)
_MONTHS = (Part.MONTH, Part.BARE_MONTH)
_DAYS = (Part.DAY, Part.BARE_DAY)


@dataclass(frozen=True, slots=True)
class DateForm:
    """A form of dates: parts and what stands between them.

    ``share`` tells how many cells have it; ``certain`` is False where one identifier alone tells the day from
    the month.
    """

    pieces: tuple[Piece, ...]
    share: float = 1.0
    certain: bool = True

    @property
    def exact(self) -> bool:
        """Whether it gives the day."""
        return any(piece in _DAYS for piece in self.pieces if isinstance(piece, Part))

    @property
    def has_month(self) -> bool:
        """Whether it gives the month."""
        return any(piece in _MONTHS or isinstance(piece, MonthNames) for piece in _parts(self.pieces))

    def write(self, day: date) -> str:
        """A day, or as much of it as the form gives."""
        return "".join(_written(piece, day) for piece in self.pieces)


PLAIN_YEAR = DateForm((Part.YEAR,))
ISO_DAY = DateForm((Part.YEAR, "-", Part.MONTH, "-", Part.DAY))


@dataclass(frozen=True, slots=True)
class DatedCell:
    """A date as a cell gives it, and year and month of the paper's identifier where it has one."""

    text: str
    submitted: tuple[int, int] | None = None


def date_form(cells: Sequence[DatedCell]) -> DateForm | None:
    """The form that most cells have; None where none can be read, or day and month cannot be told apart."""
    votes: Counter[tuple[Piece, ...]] = Counter()
    fitting: Counter[tuple[Piece, ...]] = Counter()
    for cell in cells:
        for pieces, day in _readings(cell.text):
            votes[pieces] += 1
            fitting[pieces] += cell.submitted is not None and (day.year, day.month) == cell.submitted
    if not votes:
        return None
    count = max(votes.values())
    possible = [pieces for pieces in votes if votes[pieces] == count]
    fits = max(fitting[pieces] for pieces in possible)
    equal = [pieces for pieces in possible if fitting[pieces] == fits]
    first = min(equal, key=_likelihood)
    if not _by_convention(first) and any(_order(pieces) != _order(first) for pieces in equal):
        return None
    told = fits > 1 or _by_convention(first) or all(_order(pieces) == _order(first) for pieces in possible)
    return DateForm(first, count / len(cells), told)


def written_month(cell: DatedCell, form: DateForm) -> tuple[int, int] | None:
    """Year and month that a cell gives in a form that has them; None where it has another form."""
    readings = (day for pieces, day in _readings(cell.text) if pieces == form.pieces)
    return next(((day.year, day.month) for day in readings), None)


def _readings(text: str) -> Iterator[tuple[tuple[Piece, ...], date]]:
    """Every form in which a text can be read as a date, with the day, or the first of it, that it gives."""
    tokens = _TOKEN.findall(text) if len(text) <= _LONGEST else []
    if not 1 <= sum(token[0].isdigit() for token in tokens) <= _MOST_NUMBERS:
        return
    years = any(len(token) == 4 and token.startswith(_CENTURIES) for token in tokens)
    options = [_options(token, short=not years) for token in tokens]
    if prod(map(len, options)) > _MOST_READINGS:
        return
    for choice in product(*options):
        pieces = _flattened([piece for piece, _ in choice])
        day = _day_of(choice)
        if day is not None and not ("." in pieces and _order(pieces) == ["month", "day", "year"]):
            yield pieces, day


def _options(token: str, *, short: bool) -> list[tuple[Piece | tuple[Part, ...], int]]:
    """What a token may be, each with the number that it stands for."""
    if not token[0].isdigit():
        months: list[tuple[Piece | tuple[Part, ...], int]] = [
            (names, month) for month, names in months_named(token)
        ]
        if months or token in _ORDINALS:
            return months or [(Part.ORDINAL, 0)]
        return [] if token[0].isalpha() and token.lower() not in _OF_DATES else [(token, 0)]
    number = int(token) if token.isascii() else -1
    if len(token) == 4 and token.startswith(_CENTURIES):
        return [(Part.YEAR, number)]
    if len(token) in (6, 8) and token.startswith(_CENTURIES):
        return [((Part.YEAR, Part.MONTH, Part.DAY)[: len(token) // 2 - 1], number)]
    if len(token) > 2:
        return []
    return [(part, number) for part in _of_two_digits(token, number, short=short)]


def _of_two_digits(token: str, number: int, *, short: bool) -> Iterator[Part]:
    padded, bare = len(token) == 2, token[0] != "0"
    if short and padded and (number >= 90 or number <= 40):
        yield Part.SHORT_YEAR
    for wide, narrow, most in ((*_MONTHS, 12), (*_DAYS, 31)):
        if 1 <= number <= most:
            if padded:
                yield wide
            if bare:
                yield narrow


def _day_of(choice: Sequence[tuple[Piece | tuple[Part, ...], int]]) -> date | None:
    """The day that the parts give together; None where they give none, or one of them twice."""
    year, month, day = [], [], []
    for piece, number in choice:
        if isinstance(piece, tuple):
            digits = str(number)
            year.append(int(digits[:4]))
            month.append(int(digits[4:6]))
            day += [int(digits[6:])] if len(piece) == 3 else []
        elif isinstance(piece, MonthNames) or piece in _MONTHS:
            month.append(number)
        elif piece in _YEARS:
            full = number + (1900 if number >= 90 else 2000) if piece is Part.SHORT_YEAR else number
            year.append(full)
        elif piece in _DAYS:
            day.append(number)
    if len(year) != 1 or len(month) > 1 or len(day) > len(month):
        return None
    try:
        return date(year[0], *(month or [1]), *(day or [1]))
    except ValueError:
        return None


def _flattened(pieces: Sequence[Piece | tuple[Part, ...]]) -> tuple[Piece, ...]:
    return tuple(part for piece in pieces for part in (piece if isinstance(piece, tuple) else (piece,)))


def _parts(pieces: Sequence[Piece]) -> list[Part | MonthNames]:
    return [piece for piece in pieces if not isinstance(piece, str)]


def _likelihood(pieces: Sequence[Piece]) -> tuple[bool, bool, list[tuple[int, ...]]]:
    """The less the likelier: two digits in a date of figures alone, no more than needed beside a name, and
    the same for month and day.
    """
    named = any(isinstance(piece, MonthNames) for piece in pieces)
    parts = _parts(pieces)
    keys: list[tuple[int, ...]] = [
        (part.number, part.case) if isinstance(part, MonthNames) else (-part if named else part.value,)
        for part in parts
    ]
    uneven = (Part.MONTH in parts and Part.BARE_DAY in parts) or (
        Part.BARE_MONTH in parts and Part.DAY in parts
    )
    return not _by_convention(pieces), uneven, keys


def _order(pieces: Sequence[Piece]) -> list[str]:
    """Which part stands where, whatever its width."""
    return [
        "month" if isinstance(part, MonthNames) or part in _MONTHS else "day" if part in _DAYS else "year"
        for part in _parts(pieces)
        if part is not Part.ORDINAL
    ]


def _by_convention(pieces: Sequence[Piece]) -> bool:
    """Whether the order is the one in which such a date is read where nothing tells."""
    if Part.YEAR not in pieces:
        return False
    order = _order(pieces)
    return order in _CONVENTIONS or (order == ["day", "month", "year"] and "/" not in pieces)


_CONVENTIONS = (["year"], ["year", "month"], ["year", "month", "day"], ["month", "year"])


def _written(piece: Piece, day: date) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, MonthNames):
        return piece.name(day.month)
    if piece is Part.ORDINAL:
        return _ordinal(day.day)
    number = {Part.YEAR: day.year, Part.SHORT_YEAR: day.year % 100}.get(
        piece, day.month if piece in _MONTHS else day.day
    )
    width = {Part.YEAR: 4, Part.BARE_MONTH: 1, Part.BARE_DAY: 1}.get(piece, 2)
    return f"{number:0{width}}"


def _ordinal(day: int) -> str:
    if 10 < day % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
