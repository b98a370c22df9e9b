"""Whether a piece of plain text is a date, and where it says the year."""

from __future__ import annotations

import re
from functools import lru_cache

from littable.document.dates import month_of
from littable.patterns import lazy

_YEAR = lazy(r"(?<!\d)(?<!\d\.)(?:19[5-9]|20[0-4])\d(?!\d|\.\d{3})")
_SHORT_YEAR = lazy(r"[A-Za-z]\w*[-\s]?['’‘]\s?\d\d(?!\d)")
_COMPACT = lazy(r"(?:19|20)\d{6}|\d{1,2}/\d{1,2}/(?:19|20)\d\d")
_ORDINAL = lazy(r"\d{1,2}(?:st|nd|rd|th)?", re.IGNORECASE)
_SEPARATORS = " .,/-年月日()[]{}【】（）:~–—"
_TO_BLANKS = str.maketrans(dict.fromkeys(_SEPARATORS, " "))
_LONGEST = 40


@lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else: ``2024``, ``2024-05-01``, ``May 3, 2024``, ``dec 2016``."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    if not _YEAR.search(text) and not _COMPACT.fullmatch(text.strip(_SEPARATORS)):
        return False
    return all(_is_year(word) or _is_day_or_month(word) for word in _words(text))


def is_month_and_day(text: str) -> bool:
    """``August 12``, of which the year follows behind a comma."""
    words = _words(text)
    return 0 < len(words) <= 2 and any(map(month_of, words)) and all(map(_is_day_or_month, words))


def year_in(text: str) -> tuple[int, int] | None:
    """Where a text says the year, in four digits or as in ``CVPR'20``."""
    match = _YEAR.search(text) or _SHORT_YEAR.search(text)
    return match.span() if match else None


def says_year(text: str) -> bool:
    """Whether a text has a year in four digits."""
    return _YEAR.search(text) is not None


def _words(text: str) -> list[str]:
    return text.translate(_TO_BLANKS).split()


def _is_year(word: str) -> bool:
    return word.isdigit() and len(word) in (4, 8) and word[:2] in ("19", "20")


def _is_day_or_month(word: str) -> bool:
    return _ORDINAL.fullmatch(word) is not None or month_of(word) is not None
