r"""Signs of TeX that are no commands: quotation marks, ties, thin spaces, powers, protecting braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from littable.patterns import lazy
from littable.rules._tex.residue import Residue, replaced
from littable.text import Edit, Span

_DOUBLE_RUN = lazy(r"(?<!`)``(?!`)")
_DOUBLE = lazy(r"(?<![`\w\\])``(?=[^\s`])[^`]{1,300}?(?<=\S)(''(?!')|\"(?!\w))")
_SINGLE_RUN = lazy(r"(?<!`)`(?!`)")
_SINGLE = lazy(r"(?<![`\w\\])`(?=[^\s`'])[^`']{1,80}(?<=[^\s\\])('(?![\w']))")

_ABBREVIATIONS = (
    r"(?:e\.g\.|i\.e\.|cf\.|vs\.|al\.|resp\.|[Ff]igs?\.|[Ss]ecs?\.|[Ee]qs?\.|[Tt]abs?\.|[Rr]efs?\.),?"
)
_NAMED = r"\b(?:Figures?|Tables?|Sections?|Equations?|Algorithms?|Theorems?|Lemmas?|Appendix|Chapters?)"
_UNITS = (
    r"(?:[numck]?m|[mµnu]?s|[kMGT]?Hz|[kMGT]i?B|fps|FPS|dB|[kM]?W|[kMG]?eV|[km]?g|min|h|years?|days?|hours?)"
)
_TIE = lazy(
    rf"{_ABBREVIATIONS}(~)(?=\S)"
    rf"|{_NAMED}(~)(?=[\d(\\])"
    r"|[^\W\d_]{2}(~)(?=\(\w)"
    r"|[A-Za-z\d).,:](~)(?=\\{1,2}(?:cite|ref|eqref|cref|citep|citet|autoref|url|href)\b)"
    rf"|\d(~)(?={_UNITS}(?![A-Za-z\d]))"
    r"|\\{1,2}[A-Za-z]{2,}(~)(?=[A-Za-z(])"
)
# Between two words a tilde can also be a range ("low~high"); beside other TeX it is a tie.
_TIE_OF_WORDS = lazy(r"(?:[A-Za-z]{2}|\d[A-Za-z]|[A-Za-z]\d)[.,;:)]?(~)(?=[A-Za-z]{2}|v\d)")
_OTHER_TEX = lazy(r"\\[A-Za-z]{2}|\\[%,]|[$\ue010]|``")
_THIN = lazy(r"(?<=[\d\ue010%])\\{1,2},\s?(?=[A-Za-zµμΩ°%])")
_CONTROL_SPACE = lazy(r"(?<=[.\ue010%])\\{1,2} (?=\S)")
_AT = lazy(r"(?<=[A-Z.])\\{1,2}@(?=[.,:;)\s]|\Z)")
_BREAK = lazy(r"(?<=[.!?:;])\\\\\s(?=\S)")
_SPACED_BREAK = lazy(r"(?<=\w\s)\\\\\s(?=[^\W\d_]{2})")
_ESCAPED = lazy(r"(?<!\\)\\\\([%&_#$])")
_GROUPED_DIGITS = lazy(r"(?<=\d)\{,\}(?=\d{3}(?!\d))")
_DEGREE = lazy(r"\^\{?\\{1,2}circ(?![A-Za-z])\}?")
_POWER = lazy(r"(?<=[\w)\]])\^\{([\w+\-−*/., ]{1,16})\}")
_PROTECTED = lazy(
    r"(?<![\w\\{}$^])\{([A-Z]{1,8})\}(?!(?:st|nd|rd|th)\b)(?=[a-z]{2})|(?<=[^\W\d_])\{([^\W\d_a-zA-Z])\}|\{([^\W\d_a-zA-Z])\}(?=[^\W\d_])"
)

_DROPPED = ((_THIN, " "), (_CONTROL_SPACE, " "), (_AT, ""), (_BREAK, " "), (_SPACED_BREAK, ""))


def quotation_marks(text: str) -> list[Residue]:
    """Quotation marks as TeX writes them, where no backtick of their kind can be meant as code."""
    found: list[Residue] = []
    for run, pattern, mark in ((_DOUBLE_RUN, _DOUBLE, '"'), (_SINGLE_RUN, _SINGLE, "'")):
        starts = {match.start() for match in run.finditer(text)}
        quotations = [match for match in pattern.finditer(text) if match.start() in starts]
        if starts and len(quotations) == len(starts):
            found += [_quotation(match, mark) for match in quotations]
    return found


def _quotation(match: re.Match[str], mark: str) -> Residue:
    opening = Edit(Span(match.start(), match.start() + len(mark) * (2 if mark == '"' else 1)), mark)
    closing = Edit(Span(*match.span(1)), mark)
    return Residue(match.start(), match.end(), (opening, closing) if match[1] != mark else (opening,))


def signs(text: str) -> Iterator[Residue]:
    """The other signs of a text in which code, markup and formulas are hidden."""
    if "~" in text:
        yield from _ties(text)
    if "{" in text or "^" in text:
        yield from _braces(text)
    if "\\" in text:
        yield from _backslashes(text)


def _ties(text: str) -> Iterator[Residue]:
    patterns = (_TIE, _TIE_OF_WORDS) if _OTHER_TEX.search(text) else (_TIE,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            place = match.span(match.lastindex or 0)
            yield Residue(*_word_around(text, *place), (Edit(Span(*place), " "),))


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The word with what is next to a tie, so that a message shows where it stands."""
    before = text.rfind(" ", max(0, start - 20), start) + 1 or start
    after = text.find(" ", end, end + 20)
    return before, after if after >= 0 else end


def _braces(text: str) -> Iterator[Residue]:
    for match in _GROUPED_DIGITS.finditer(text):
        yield replaced(*match.span(), ",")
    for match in _DEGREE.finditer(text):
        yield replaced(*match.span(), "°")
    for match in _POWER.finditer(text):
        yield replaced(*match.span(), f"<sup>{match[1]}</sup>")
    for match in _PROTECTED.finditer(text):
        yield replaced(*match.span(), match[match.lastindex or 0])


def _backslashes(text: str) -> Iterator[Residue]:
    for match in _ESCAPED.finditer(text):
        yield replaced(*match.span(), "%" if match[1] == "%" else "\\" + match[1])
    for pattern, instead in _DROPPED:
        for match in pattern.finditer(text):
            yield replaced(*match.span(), instead)
