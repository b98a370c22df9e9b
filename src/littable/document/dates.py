"""Years and dates as people write them in a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from littable.patterns import lazy

_MONTHS = {
    1: "jan january янв январь января janvier enero januar gennaio",
    2: "feb february фев февраль февраля février febrero februar febbraio",
    3: "mar march мар март марта mars marzo märz maart mrt",
    4: "apr april апр апрель апреля avril abril aprile",
    5: "may май мая mai mayo maggio mei",
    6: "jun june июн июнь июня juin junio juni giugno",
    7: "jul july июл июль июля juillet julio juli luglio",
    8: "aug august авг август августа août agosto augustus",
    9: "sep sept september сен сент сентябрь сентября septembre septiembre settembre",
    10: "oct october окт октябрь октября octobre octubre oktober okt ottobre",
    11: "nov november ноя нояб ноябрь ноября novembre noviembre",
    12: "dec december дек декабрь декабря décembre diciembre dezember dez dicembre",
}
_MONTH_OF = {name: month for month, names in _MONTHS.items() for name in names.split()}

_NUMERIC = lazy(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d|\.\d{4})(?:\s*[-/.年]\s*(?P<month>\d{1,2})(?!\d)(?:\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d))?)?"
)
_DAY_FIRST = lazy(r"(?<!\d)(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:19|20)\d\d)(?!\d)")
_COMPACT = lazy(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_SHORT_YEAR = lazy(r"(?:(?<=[A-Za-z])\s?|\A)['’‘]\s?(?P<year>\d\d)(?!\d)")
_WORD = lazy(r"[^\W\d_]+")
_DAY = lazy(r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as far as it is given; ``possible`` is False for a month 13 or a day 32."""

    year: int
    month: int | None = None
    day: int | None = None
    possible: bool = True


def read_date(text: str) -> WrittenDate | None:
    """The year or date that a cell gives, among other words or alone; None when there is none.

    Of several years the first counts.
    """
    if len(text) == 4 and text.isascii() and text.isdigit() and text[:2] in ("19", "20"):
        return WrittenDate(int(text))
    for pattern in (_COMPACT, _DAY_FIRST):
        if match := pattern.search(text):
            return _checked(int(match["year"]), int(match["month"]), int(match["day"]))
    match = _NUMERIC.search(text)
    if match is None:
        short = _SHORT_YEAR.search(text)
        return WrittenDate(_full_year(int(short["year"]))) if short else None
    year = int(match["year"])
    if match["month"] is not None and not _is_span_of_years(match):
        return _checked(year, int(match["month"]), int(match["day"]) if match["day"] else None)
    return _with_named_month(text, match, year)


def _full_year(short: int) -> int:
    """The year of ``'22`` or ``'98``; no list of papers begins before 1970."""
    return short + (1900 if short >= 70 else 2000)


def _is_span_of_years(match: re.Match[str]) -> bool:
    """Whether it reads as in ``2019-20``: the later year in two digits."""
    return match["day"] is None and int(match["month"]) > max(12, int(match["year"]) % 100)


def _with_named_month(text: str, year_match: re.Match[str], year: int) -> WrittenDate:
    names = map(month_of, _WORD.findall(text))
    month = next((number for number in names if number), None)
    if month is None:
        return WrittenDate(year)
    rest = text[: year_match.start()] + " " + text[year_match.end() :]
    day = _DAY.search(rest)
    return _checked(year, month, int(day["day"]) if day else None)


def month_of(word: str) -> int | None:
    """The month that a word names in one of the languages that dates are read in."""
    return _MONTH_OF.get(word.lower())


def _checked(year: int, month: int, day: int | None) -> WrittenDate:
    try:
        date(year, month, day or 1)
    except ValueError:
        return WrittenDate(year, month, day, possible=False)
    return WrittenDate(year, month, day, possible=day != 0)


_STAND_INS = frozenset(
    """- -- --- – — ? ?? ??? … ... / x ✗ ✘ ❌ todo todo? tbd tba n/a na n.a. none null nan xxx unknown
    нет неизвестно 无 暂无 未知 なし 不明""".split()
)


def is_stand_in(text: str) -> bool:
    """Whether a cell says that there is nothing to say: ``-``, ``?``, ``TODO``, ``N/A``."""
    return len(text) < 16 and (text in ("...", "…") or text.strip(" *_`().").casefold() in _STAND_INS)
