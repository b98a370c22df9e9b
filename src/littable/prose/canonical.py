"""A text to the tokens that carry its meaning, however it was written."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from littable.patterns import lazy
from littable.prose.lexer import lex, lex_words
from littable.prose.markup import mask
from littable.prose.urls import PLACEHOLDER, URL

_CHUNK = lazy(r"\S+")
# Soft hyphens, zero-width blanks and joiners, marks of direction: they stand anywhere, in addresses too.
_INVISIBLE = lazy("[\u00ad\u200b-\u200f\u2060\u2061-\u2064\ufeff]+")
_COMMANDS = r"\{(?:[\s{}]|\\[A-Za-z]+(?:\{[A-Za-z!0-9]{1,20}\}(?=\{))?)*"
_WITHIN_LINK = lazy(rf"\s*(?:\}}\s*(?:{_COMMANDS})?|{_COMMANDS}|\]\(\s*)\Z")


@dataclass(frozen=True, slots=True)
class Canonical:
    """The tokens of ``source``: three tuples of one length.

    ``words`` holds the canonical forms, ``starts`` and ``ends`` their half-open spans in ``source``.
    Spans never overlap, but tokens read from one sign (``²``) share a span.
    """

    source: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def between(self, first: int, last: int) -> str:
        """The source from token ``first`` up to and without token ``last``."""
        return self.source[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def gap(self, index: int) -> str:
        """The source between token ``index - 1`` and token ``index``."""
        start = self.ends[index - 1] if index > 0 else 0
        end = self.starts[index] if index < len(self.starts) else len(self.source)
        return self.source[start:end]


def canonical(text: str) -> Canonical:
    """The tokens of ``text`` with their spans."""
    if not text.isascii() and _INVISIBLE.search(text):
        return _with_invisible(text)
    masked = mask(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for chunk in _CHUNK.finditer(masked):
        offset = chunk.start()
        for word, start, end in lex(chunk[0]):
            if word == "%" and _is_stray_percent(words):
                continue
            words.append(word)
            starts.append(offset + start)
            ends.append(offset + end)
    if _may_hold_link(masked):
        _merge_addresses(text, words, starts, ends)
    return Canonical(text, tuple(words), tuple(starts), tuple(ends))


def _with_invisible(text: str) -> Canonical:
    """Read the text without what nobody sees in it, and tell where the tokens stand with it."""
    runs = [match.span() for match in _INVISIBLE.finditer(text)]
    read = canonical(_INVISIBLE.sub("", text))
    removed = list(accumulate((end - start for start, end in runs), initial=0))
    places = [start - before for (start, _), before in zip(runs, removed, strict=False)]
    return Canonical(
        text,
        read.words,
        tuple(start + removed[bisect_right(places, start)] for start in read.starts),
        tuple(end + removed[bisect_right(places, end - 1)] for end in read.ends),
    )


def canonical_words(text: str) -> tuple[str, ...]:
    """The tokens of ``text`` alone: several times faster than with spans."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    masked = mask(text)
    words = lex_words(masked.split())
    if _may_hold_link(masked) and sum(word.startswith(URL) for word in words) > 1:
        return canonical(text).words
    if "%" in words:
        return tuple(_without_stray_percents(words))
    return tuple(words)


def _may_hold_link(masked: str) -> bool:
    return "{" in masked or "}" in masked or "](" in masked


def _is_stray_percent(before: list[str]) -> bool:
    """Whether a percent sign follows a word: a comment sign that was left over from TeX."""
    return not before or (len(before[-1]) > 1 and before[-1].isalpha())


def _without_stray_percents(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in words:
        if word != "%" or not _is_stray_percent(kept):
            kept.append(word)
    return kept


def _merge_addresses(text: str, words: list[str], starts: list[int], ends: list[int]) -> None:
    """Read an address that stands both as target and as text of one link (``\\href{u}{u}``) once."""
    kept = 0
    for index in range(len(words)):
        if kept and _is_same_link(text, words[kept - 1], ends[kept - 1], words[index], starts[index]):
            ends[kept - 1] = ends[index]
            words[kept - 1] = words[index] if words[kept - 1] == PLACEHOLDER else words[kept - 1]
            continue
        words[kept], starts[kept], ends[kept] = words[index], starts[index], ends[index]
        kept += 1
    del words[kept:], starts[kept:], ends[kept:]


def _is_same_link(text: str, word: str, end: int, following: str, start: int) -> bool:
    if not (word.startswith(URL) and following.startswith(URL)):
        return False
    if word != following and PLACEHOLDER not in (word, following):
        return False
    return start - end < 80 and _WITHIN_LINK.match(text[end:start]) is not None
