"""Differences between two token streams that are none.

Some things cannot be said of one text alone. ``par- ticularly`` may be a hyphenated word or two words
until the other text has ``particularly``; ``EmoNet2`` may have lost a superscript or be a name. Here
both sides of a difference are known, so those are decided, exactly: nothing is similar, it is equal
or it is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from littable.patterns import lazy
from littable.prose.canonical import Canonical
from littable.prose.tex import GREEK_SPELLING, KNOWN_COMMANDS
from littable.prose.urls import PLACEHOLDER, URL, is_url

_TAG = lazy(r"[\s(>,;.]*(?:<[^<>]{1,80}>[\s,;.)]*)+<?\Z")
_ADDRESS_LIKE = lazy(r"[\w()\[\]-]+[./:]\S*\w")
_DASHES = lazy(r"[-‐‑‒–—―−]|dash\}?|\{x201[0-5]\}")
_MACRO = lazy(r"\\[A-Za-z]{2,}")
_LONGEST_NAME = 4
_NEGATIONS = frozenset({"no", "not"})
_SIGN_SHAPES = {
    "-": _DASHES,
    "/": re.compile(r"/"),
    "*": re.compile(r"\*"),
    "∼": re.compile(r"~|\\sim"),
    "#": re.compile(r"#"),
    "<": re.compile(r"<"),
    ">": re.compile(r">"),
}


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens ``old_start:old_end`` of one text stand where the other has ``new_start:new_end``."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def is_equivalent(hunk: Hunk, old: Canonical, new: Canonical) -> bool:
    """Whether both sides of a difference say the same."""
    before = old.words[hunk.old_start : hunk.old_end]
    after = new.words[hunk.new_start : hunk.new_end]
    if PLACEHOLDER in before or PLACEHOLDER in after:
        return _fits(before, after, hunk, old, new)
    if (
        _is_swallowed_tag(hunk, old, new)
        or _is_written_out(before, after)
        or _is_introduced(before, after, old)
    ):
        return True
    before_key = _meaningful(before, old, hunk.old_start, _around(new, hunk.new_start, hunk.new_end))
    after_key = _meaningful(after, new, hunk.new_start, _around(old, hunk.old_start, hunk.old_end))
    return joins_equal(before_key, after_key) or _spelled_equal(before_key, after_key)


def words_equivalent(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether two runs of tokens say the same as far as the tokens alone can tell."""
    if PLACEHOLDER in before or PLACEHOLDER in after:
        return len(before) == len(after) and all(map(_same_or_hidden, before, after))
    return joins_equal(before, after)


def joins_equal(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether two runs of tokens differ only in where words are parted.

    Digits never run together: ``1 2`` is not ``12``. Sentence case is set aside at the start of a word.
    """
    if before == after:
        return True
    if any(is_url(word) for word in (*before, *after)):
        return False
    # "not able" is not "notable".
    if len(before) != len(after) and not _NEGATIONS.isdisjoint((*before[:-1], *after[:-1])):
        return False
    left, left_starts = _join(before)
    right, right_starts = _join(after)
    if len(left) != len(right) or left.casefold() != right.casefold():
        return False
    if len(before) == len(after):
        return left == right
    return all(
        mine == other or index in left_starts or index in right_starts
        for index, (mine, other) in enumerate(zip(left, right, strict=True))
    )


def _join(words: tuple[str, ...]) -> tuple[str, set[int]]:
    joined = ""
    starts: set[int] = set()
    for word in words:
        if joined and joined[-1].isdigit() and word[0].isdigit():
            joined += " "
        starts.add(len(joined))
        joined += word
    return joined, starts


def _around(text: Canonical, start: int, end: int) -> str:
    """The source of tokens ``start:end`` with what stands between them and their neighbours."""
    begin = text.ends[start - 1] if start else 0
    stop = text.starts[end] if end < len(text.starts) else len(text.source)
    return text.source[begin:stop]


def _meaningful(words: tuple[str, ...], text: Canonical, first: int, other: str) -> tuple[str, ...]:
    """Leave out signs that the other side has too, though not as a token of its own.

    A superscript that only the markup lost (``EmoNet2`` for ``EmoNet$^2$``) goes as well, but never
    after a digit, where it is a power.
    """
    kept: list[str] = []
    for offset, word in enumerate(words):
        shape = _SIGN_SHAPES.get(word)
        if shape is not None and shape.search(other):
            continue
        if word == "^" and _raises_a_name(text, first + offset) and "_" not in other:
            continue
        kept.append(word)
    return tuple(kept)


def _raises_a_name(text: Canonical, index: int) -> bool:
    return index > 0 and text.words[index - 1][-1].isalpha()


def _spelled_equal(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """``π`` and ``pi``, where only one side has the letter."""
    if any(word in GREEK_SPELLING for word in before) == any(word in GREEK_SPELLING for word in after):
        return False
    spelled_before = tuple(GREEK_SPELLING.get(word, word) for word in before)
    spelled_after = tuple(GREEK_SPELLING.get(word, word) for word in after)
    return joins_equal(spelled_before, spelled_after)


def _is_written_out(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether the record has only an author's macro (``\\ours``) where somebody wrote what it stands for."""
    return len(after) == 1 and 0 < len(before) <= _LONGEST_NAME and is_macro(after[0])


def _is_introduced(before: tuple[str, ...], after: tuple[str, ...], old: Canonical) -> bool:
    """Whether an author's macro stands for a name that its own text introduces in brackets (``(DoRA)``)."""
    if len(before) != 1 or not after or not is_macro(before[0]):
        return False
    return re.search(r"\(" + r"\W{0,2}".join(map(re.escape, after)) + r"s?\)", old.source) is not None


def is_macro(word: str) -> bool:
    """Whether a token is a command that only its author knows."""
    return _MACRO.fullmatch(word) is not None and word not in KNOWN_COMMANDS


def _is_swallowed_tag(hunk: Hunk, old: Canonical, new: Canonical) -> bool:
    """Something like ``<pad>`` that a page took for HTML and did not show."""
    if (hunk.old_start == hunk.old_end) == (hunk.new_start == hunk.new_end):
        return False
    text, start, end = (
        (new, hunk.new_start, hunk.new_end)
        if hunk.old_start == hunk.old_end
        else (old, hunk.old_start, hunk.old_end)
    )
    return "<" in text.gap(start) and _TAG.match(_around(text, start, end)) is not None


def _fits(
    before: tuple[str, ...], after: tuple[str, ...], hunk: Hunk, old: Canonical, new: Canonical
) -> bool:
    """Whether placeholders on either side can stand for the addresses of the other."""
    if len(before) == len(after):
        return all(map(_same_or_hidden, before, after))
    if before == (PLACEHOLDER,):
        return _is_address_like(_around(new, hunk.new_start, hunk.new_end), after)
    if after == (PLACEHOLDER,):
        return _is_address_like(_around(old, hunk.old_start, hunk.old_end), before)
    return False


def _same_or_hidden(mine: str, other: str) -> bool:
    if PLACEHOLDER in (mine, other):
        return is_url(mine) and is_url(other)
    return mine == other


def _is_address_like(source: str, words: tuple[str, ...]) -> bool:
    """arXiv links whatever looks like a host name, so ``this http URL`` may hide ``model.eval()``."""
    if len(words) == 2 and words[0].startswith(URL):
        return _ADDRESS_LIKE.fullmatch(source.strip().rstrip(".,;:)")) is not None
    return _ADDRESS_LIKE.fullmatch(source.strip(" \n\t(){}$.,;:'\"")) is not None
