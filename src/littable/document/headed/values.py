"""What a piece of text could be by its words alone: a title, a year, prose."""

from __future__ import annotations

from littable.document.dates import read_date
from littable.document.fields import strip_blanks
from littable.document.headed.link_lines import is_wordy
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_LONGEST_TITLE = 300
_YEAR = lazy(r"(?<![\d.])(?:19|20)\d\d(?![\d.]\d|\d)")


def dated(source: str, span: Span) -> list[tuple[Role, Span]]:
    """A year beside a venue's name as two cells; any other date as one."""
    year = _YEAR.search(source, span.start, span.end)
    text = span.of(source)
    if year is None:
        return [(Role.DATE, span)] if read_date(plain(text)) is not None else [(Role.VENUE, span)]
    date = read_date(plain(text))
    name = strip_blanks(source, Span(span.start, year.start()))
    letters = name.of(source).strip(" *_`,;:'’·|/([-")
    if date is None or date.month is not None or not letters:
        return [(Role.DATE, span)]
    start = name.start + name.of(source).index(letters)
    return [(Role.VENUE, Span(start, start + len(letters))), (Role.YEAR, Span(*year.span()))]


def is_number(words: str) -> bool:
    """Whether a heading only counts: "3", "Paper 12", nothing."""
    return _COUNTED.fullmatch(words) is not None


_COUNTED = lazy(r"(?:(?i:paper|article|no|nr|day|week|论文|文献|第)\W{0,3})?\d{0,4}\W{0,3}篇?")


def key(words: str) -> str:
    """The letters and digits of a title, case aside."""
    return "".join(c for c in words.casefold() if c.isalnum())


def weight(text: str) -> int:
    """The length of a text; a Chinese character says as much as some Latin letters."""
    size = len(text)
    return size if text.isascii() else size + sum(1 for c in text[:2_000] if c >= "\u2e80") * 2


def is_line(text: str) -> bool:
    """Whether a text is one line with as many words as a title has."""
    return "\n" not in text and len(text) <= _LONGEST_TITLE and is_wordy(text)


def is_title(words: str) -> bool:
    """Whether a short text reads as a title in Latin letters rather than as a sentence."""
    return (
        len(words) <= _LONGEST_TITLE
        and words.count(" ") >= 2
        and is_latin(words)
        and not words.endswith((".", "。", ":", "；", ";"))
        and words[:1].isupper() | words[:1].isdigit() | (words[:1] in "$\"“'")
    )


def is_latin(words: str) -> bool:
    """Whether most letters are Latin ones; False where there are none."""
    letters = [c for c in words[:200] if c.isalpha()]
    return bool(letters) and sum(c < "\u0250" for c in letters) > len(letters) * 0.7
