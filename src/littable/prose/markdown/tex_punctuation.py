"""TeX's punctuation in running text: ties, dashes, quotes and escaped signs.

A text may have the same characters without TeX's meaning: ``~60`` says "about", ``--help`` an option.
"""

from __future__ import annotations

from littable.patterns import lazy

_SINGLE_QUOTED = lazy(r"(?<![\w`\\])`(?=[^\s`'])[^`]{1,300}?'(?![\w'])")
_WHOLE_NUMBER = lazy(r"(?<![\w.,])[\d.,]+\Z")
_LONGEST_NUMBER = 20
_THOUSANDS = lazy(r"\d{3}(?!\d)")
_LITERAL = frozenset("%&#_{}<>*")
_NOTHING = frozenset("/-@!")
_SIGNS = {" ": " ", ";": " ", ":": " ", "\\": " ", "|": "‖", "~": "∼"}
_BEFORE_TIE = frozenset(".,;:)]}%$'\"")
_BEFORE_DASH = frozenset(")]}%$'\"")


def single_quotes(text: str) -> set[int]:
    """Where a backtick opens words that an apostrophe closes."""
    return {match.start() for match in _SINGLE_QUOTED.finditer(text)} if "`" in text else set()


def tie(text: str, start: int, end: int) -> str:
    """A run of tildes: a blank, unless they say "about" or stand for a range or a home folder."""
    before, after = _neighbours(text, start, end)
    number = text[max(start - _LONGEST_NUMBER, 0) : start]
    is_range = after.isdigit() and _WHOLE_NUMBER.search(number) is not None
    joins = (before.isalnum() or before in _BEFORE_TIE) and not is_range
    stray = before == " " and (after.isalpha() or after in "([-")
    return " " if joins or stray else text[start:end]


def dash(text: str, start: int, end: int) -> str:
    """Two or three hyphens: a dash between words or inside of one, and nothing else at the edge of a word."""
    before, after = _neighbours(text, start, end)
    between_words = before == " " and after == " "
    inside = (before.isalnum() or before in _BEFORE_DASH) and after not in " >"
    at_edge = start == 0 or end == len(text)
    meant = (between_words or inside) and not at_edge
    return {2: "–", 3: "—"}.get(end - start, text[start:end]) if meant else text[start:end]


def escaped(text: str, start: int, end: int) -> str:
    """A backslash with what is no letter behind it; as it is where it means nothing in TeX."""
    sign = text[start + 1 : end]
    if sign == ",":
        grouped = text[start - 1 : start].isdigit() and _THOUSANDS.match(text, end)
        return "," if grouped else " "
    if sign in _LITERAL:
        return sign
    return "" if sign in _NOTHING else _SIGNS.get(sign, text[start:end])


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters before and behind a place, blanks at the ends of the text."""
    return text[start - 1] if start else " ", text[end : end + 1] or " "
