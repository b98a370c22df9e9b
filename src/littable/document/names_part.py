"""The names in a cell of authors, apart from the year and the institution behind them."""

from __future__ import annotations

import re
from typing import NamedTuple

from littable.patterns import lazy
from littable.text import Span

_YEAR = lazy(r"[\s,，;]*[\s,，;(（\[](?P<year>(?:19|20)\d\d)[a-z]?[)）\]]?\Z")
_INSTITUTION = lazy(r"\s?[(（][^\W\d][^()（）\d]{1,80}[)）]\Z")
# "(and 12 others)" says that names are missing, and is about the names.
_ABOUT_NAMES = lazy(r"\b(?:others|more|et al)\b|等|и др", re.IGNORECASE)
_SEVERAL = lazy(r"[,;，；、&]|\b(?:and|et al)\b")
_LONGEST_YEAR = 12
_LONGEST_INSTITUTION = 84


class NamesPart(NamedTuple):
    """Where the names stand, and the year behind them, as in ``Vaswani et al., 2017``."""

    names: Span
    year: Span | None = None


def names_part(source: str, span: Span) -> NamesPart:
    """The names of a text that is nothing but authors, with what may stand behind them."""
    if span.end <= span.start:
        return NamesPart(span)
    last = source[span.end - 1]
    if last.isdigit() or last in ")）]" or source[span.end - 2].isdigit():
        year = _YEAR.search(source, max(span.start + 1, span.end - _LONGEST_YEAR), span.end)
        if year is not None and _has_letters(source[span.start : year.start()]):
            return NamesPart(Span(span.start, year.start()), Span(*year.span("year")))
    return NamesPart(_without_institution(source, span)) if last in ")）" else NamesPart(span)


def _without_institution(source: str, span: Span) -> Span:
    """The names of several people whose institution is told once, behind the last."""
    match = _INSTITUTION.search(source, max(span.start + 1, span.end - _LONGEST_INSTITUTION), span.end)
    if match is None or _ABOUT_NAMES.search(match[0]):
        return span
    names = source[span.start : match.start()]
    if "(" in names or "（" in names or _SEVERAL.search(names) is None:
        return span
    return Span(span.start, match.start())


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))
