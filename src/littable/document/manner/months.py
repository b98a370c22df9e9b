"""The names of the months as dates have them, so that another month can be named in the same manner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

# Each line is one manner to name the months, January first; the likelier ones stand first.
_LISTS = """
    january february march april may june july august september october november december
    jan feb mar apr may jun jul aug sep oct nov dec
    jan feb mar apr may jun jul aug sept oct nov dec
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    янв фев мар апр мая июн июл авг сен окт ноя дек
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    januar februar märz april mai juni juli august september oktober november dezember
    jan feb mrt apr mei jun jul aug sep okt nov dec
    jan feb mar apr may jun jul aug sep okt nov dec
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
"""


@cache
def _lists() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in _LISTS.strip().splitlines())


@dataclass(frozen=True, slots=True, order=True)
class MonthNames:
    """A manner to name months: which list of names, and ``case``: 0 Capital, 1 lower, 2 UPPER."""

    number: int
    case: int

    def name(self, month: int) -> str:
        """The name of a month, from 1 to 12."""
        name = _lists()[self.number][month - 1]
        return (name.capitalize(), name, name.upper())[self.case]


def months_named(word: str) -> Iterator[tuple[int, MonthNames]]:
    """Every month that a word names and the manners in which it does."""
    lowered = word.lower()
    case = 1 if word == lowered else 2 if word == word.upper() else 0
    for number, names in enumerate(_lists()):
        if lowered in names:
            yield names.index(lowered) + 1, MonthNames(number, case)
