"""Differences as phrases that people read."""

from __future__ import annotations

import re
from collections import Counter

from littable.diagnostic import Change
from littable.patterns import lazy
from littable.prose.canonical import Canonical
from littable.prose.equivalence import Hunk
from littable.prose.markup import LINK, MONEY, NOTHING, RAISED, mask_markup
from littable.prose.tex import ACCENTED, SYMBOLS, decode_accents

_COMMAND = lazy(r"\\([A-Za-z]+) ?")
_ACCENTED = lazy(ACCENTED)
_BRACES = lazy(r"(?<!\\)[{}$]")
_ESCAPE = lazy(r"\\([^\sA-Za-z])")
_TICKS = lazy(r"``|''")
_SPACES = lazy(r"\s+")
_EDGES = " \t\n,;:!?\"'`*"
_PARTS_OF_ONE = lazy(r"[-‐‑–_^.,/{}$\\~%]*\Z")
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"]
)


def phrases(hunks: tuple[Hunk, ...], old: Canonical, new: Canonical) -> tuple[Change, ...]:
    """The changes in reading order, numbers and names first, equal ones counted once."""
    found: Counter[tuple[str, str]] = Counter()
    for hunk in _readable(hunks, old, new):
        pair = (_phrase(old, hunk.old_start, hunk.old_end), _phrase(new, hunk.new_start, hunk.new_end))
        if pair[0] != pair[1]:
            found[pair] += 1
    ordered = sorted(found, key=lambda pair: _weight(*pair))
    return tuple(Change(before, after, found[before, after]) for before, after in ordered)


def plain(source: str) -> str:
    """A piece of text without markup, as a reader sees it."""
    text = mask_markup(source)
    text = text.replace(LINK, "this https URL").replace(RAISED, "^").replace(NOTHING, "")
    text = _ACCENTED.sub(lambda match: decode_accents(match[0]), text)
    text = _COMMAND.sub(_symbol, text)
    text = _ESCAPE.sub(r"\1", _BRACES.sub("", text)).replace(MONEY, "$")
    return _SPACES.sub(" ", _TICKS.sub('"', text)).strip()


def _symbol(match: re.Match[str]) -> str:
    symbol = SYMBOLS.get(match[1])
    return match[0] if symbol is None else "×" if match[1] == "times" else symbol


def _readable(hunks: tuple[Hunk, ...], old: Canonical, new: Canonical) -> list[Hunk]:
    """The hunks grown to whole words and joined where only a small word stands between."""
    joined: list[Hunk] = []
    for hunk in hunks:
        grown = _grow(hunk, old, new)
        if joined and _belong_together(joined[-1], grown, old):
            last = joined.pop()
            grown = Hunk(last.old_start, grown.old_end, last.new_start, grown.new_end)
        joined.append(grown)
    return joined


def _belong_together(first: Hunk, second: Hunk, old: Canonical) -> bool:
    between = old.words[first.old_end : second.old_start]
    if not between:
        return True
    both_replace = first.old_start < first.old_end and second.new_start < second.new_end
    return both_replace and len(between) == 1 and between[0] in _SMALL_WORDS


def _grow(hunk: Hunk, old: Canonical, new: Canonical) -> Hunk:
    """Take in the rest of a word of which only a part changed (``3x``, ``closed-loop``)."""
    old_start, new_start = hunk.old_start, hunk.new_start
    while (
        old_start
        and new_start
        and (_is_one_word(old, old_start) or _is_one_word(new, new_start))
        and old.words[old_start - 1] == new.words[new_start - 1]
    ):
        old_start, new_start = old_start - 1, new_start - 1
    old_end, new_end = hunk.old_end, hunk.new_end
    while (
        old_end < len(old.words)
        and new_end < len(new.words)
        and (_is_one_word(old, old_end) or _is_one_word(new, new_end))
        and old.words[old_end] == new.words[new_end]
    ):
        old_end, new_end = old_end + 1, new_end + 1
    return Hunk(old_start, old_end, new_start, new_end)


def _is_one_word(text: Canonical, index: int) -> bool:
    """Whether a token and the one before it are parts of one written word."""
    if not 0 < index < len(text.words):
        return False
    gap = text.gap(index)
    if "." in gap and not text.words[index][0].isdigit():
        return False
    return "," not in gap and _PARTS_OF_ONE.match(gap) is not None


def _phrase(text: Canonical, start: int, end: int) -> str:
    if start == end:
        return ""
    first, last = _with_brackets(text.source, text.starts[start], text.ends[end - 1])
    return plain(text.source[first:last]).strip(_EDGES)


def _with_brackets(source: str, start: int, end: int) -> tuple[int, int]:
    """The bounds with the bracket or bar beside them that belongs to one inside (``(CUT)``, ``|D|``)."""
    inside = source[start:end]
    for opening, closing in ("()", "[]"):
        excess = inside.count(opening) - inside.count(closing)
        start -= excess < 0 and source[start - 1 : start] == opening
        end += excess > 0 and source[end : end + 1] == closing
    if inside.count("|") % 2 == 1:
        width = 2 if source.startswith("\\|", end) else 1
        end += width if source[end + width - 1 : end + width] == "|" else 0
    return start, end


def _weight(before: str, after: str) -> int:
    """Numbers weigh most, then names, then words."""
    both = before + " " + after
    if any(character.isdigit() for character in both):
        return 0
    return 1 if any(_is_name(word) for word in both.split()) else 2


def _is_name(word: str) -> bool:
    return word[1:] != word[1:].lower() or "://" in word
