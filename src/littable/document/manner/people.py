"""How a column gives the authors: all or the first, and what stands between and behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from littable.document.manner.names import SUFFIXES, Writing, initials_stand_apart, write_name, writing_of
from littable.patterns import lazy

_LONGEST = 5_000
_LONGEST_NAME = 100
_LONGEST_TAIL = 30
_MOST_WORDS_OF_A_NAME = 6
_ET_AL = lazy(
    r"[\s,，、]*(?:\bet\.?\s?al\b\.?|\b(?:and|&)\s+others\b\.?|\bи\s+др\b\.?|等人?|\.\.\.|…)$", re.IGNORECASE
)
_SEPARATOR = lazy(
    r"\s?[;；]\s?(?:(?:and|&)\s)?|\s?[,，、]\s?(?:(?:and|&|und|и|et)\s)?|\s(?:and|&|und|и)\s|\s?<br\s?/?>\s?",
    re.IGNORECASE,
)
_LAST = lazy(r"\b(?:and|und|и|et)\b|&", re.IGNORECASE)
_INITIALS = lazy(r"(?:[^\W\d_]\.[\s-]?)+|[A-ZА-Я]{1,2}")
_FULL_STOP = lazy(r"(?<=[^\W\d_]{2})\.$")
_MARKUP = frozenset("[]<>*_`|\\0123456789")


@dataclass(frozen=True, slots=True)
class NameList:
    """A cell of authors: the names as written, what parts them, and what says that there are more."""

    names: tuple[str, ...]
    separators: tuple[str, ...]
    tail: str = ""


@dataclass(frozen=True, slots=True)
class AuthorsManner:
    """How a column gives the authors.

    A list of more than ``limit`` names is cut to the first ``kept``, with ``tail`` behind them; None for a
    column that cuts none. ``pair`` stands between two names, ``last`` before the last of more. ``share``
    tells how many cells agree.
    """

    limit: int | None
    kept: int
    tail: str
    between: str
    pair: str
    last: str
    writing: Writing
    spaced: bool
    share: float

    def write(self, names: Sequence[str], teams: Container[str] = ()) -> str:
        """The names in this manner; nothing where there are none. Those of ``teams`` are not shortened."""
        cut = self.limit is not None and len(names) > self.limit
        shown = names[: self.kept] if cut else names
        written = [
            name if name in teams else write_name(name, self.writing, spaced=self.spaced) for name in shown
        ]
        if cut or len(written) < 2:
            return self.between.join(written) + (self.tail if cut else "")
        last = self.pair if len(written) == 2 else self.last
        return self.between.join(written[:-1]) + last + written[-1]


EVERYONE = AuthorsManner(None, 0, "", ", ", ", ", ", ", Writing.FULL, spaced=True, share=1.0)
FIRST = replace(EVERYONE, limit=1, kept=1)


def authors_manner(cells: Sequence[str], *, first_only: bool = False) -> AuthorsManner | None:
    """The manner of most cells, given without emphasis; None where there are none that can be read.

    ``first_only`` says that the header asks for the first author. Otherwise a column whose cells, two or
    more, have one name each is taken to mean the first.
    """
    lists = [found for cell in cells if (found := read_names(cell)) is not None]
    if not lists:
        return None
    limit, kept, tail, share = _cut(lists, first_only=first_only)
    between, pair, last = _separators(lists)
    writing, agreeing = _writing(lists)
    spaced = initials_stand_apart(name for names in lists for name in names.names)
    return AuthorsManner(limit, kept, tail, between, pair, last, writing, spaced, min(share, agreeing))


def read_names(text: str) -> NameList | None:
    """The names in a cell; None where there are none, or more than names."""
    if len(text) > _LONGEST:
        return None
    text = " ".join(text.split())
    end = _ET_AL.search(text, max(0, len(text) - _LONGEST_TAIL))
    body = text[: end.start()] if end else text
    names: list[str] = []
    separators: list[str] = []
    position = 0
    for match in _SEPARATOR.finditer(body):
        if not _belongs_to_name(body, position, match):
            names.append(body[position : match.start()])
            separators.append(match[0])
            position = match.end()
    names.append(_FULL_STOP.sub("", body[position:]))
    if not all(map(_is_name, names)):
        return None
    return NameList(tuple(names), tuple(separators), text[len(body) :])


def _belongs_to_name(body: str, start: int, comma: re.Match[str]) -> bool:
    """Whether the comma stands within a name: before initials or a suffix, or where semicolons part names."""
    if comma[0].strip() != ",":
        return False
    if ";" in body:
        return True
    following = _SEPARATOR.search(body, comma.end())
    word = body[comma.end() : following.start() if following else len(body)].strip()
    if word.casefold() in SUFFIXES:
        return True
    part = body[start : comma.start()].strip()
    return (
        len(word) < _LONGEST_TAIL and bool(_INITIALS.fullmatch(word)) and "," not in part and " " not in part
    )


def _is_name(text: str) -> bool:
    if not any(map(str.isalpha, text)) or not _MARKUP.isdisjoint(text) or len(text) > _LONGEST_NAME:
        return False
    return len(text.split()) <= _MOST_WORDS_OF_A_NAME


def _cut(lists: Sequence[NameList], *, first_only: bool) -> tuple[int | None, int, str, float]:
    """From which number of names on a list is cut, to how many, what stands behind, how many cells agree."""
    cut = [names for names in lists if names.tail]
    whole = [names for names in lists if not names.tail]
    longest = max((len(names.names) for names in whole), default=0)
    if not cut:
        single = sum(len(names.names) == 1 for names in whole)
        if first_only or (single > 1 and single * 3 >= len(whole) * 2):
            return 1, 1, "", single / len(whole)
        return None, 0, "", 1.0
    kept, agreeing = Counter(len(names.names) for names in cut).most_common(1)[0]
    tail = Counter(names.tail for names in cut).most_common(1)[0][0]
    if len(cut) * 2 >= len(lists):  # then a longer list that is whole is an exception
        longest = min(longest, 2)
        agreeing += sum(len(names.names) <= max(longest, kept) for names in whole)
        return max(longest, kept), kept, tail, agreeing / len(lists)
    return max(longest, kept), kept, tail, 1.0


def _separators(lists: Sequence[NameList]) -> tuple[str, str, str]:
    """What stands between names, between two, and before the last of more."""
    between: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    lasts: Counter[str] = Counter()
    for names in lists:
        *others, end = names.separators or ("",)
        between.update(others)
        if end:
            (between if names.tail else lasts if others else pairs)[end] += 1
    pair, last = _commonest(pairs), _commonest(lasts)
    usual = _commonest(between) or next((found for found in (last, pair) if _plain(found)), ", ")
    if not last:
        last = usual if _plain(pair) else pair or usual
    if not pair:
        pair = usual if _plain(last) else f" {last.strip(',; ')} "
    return usual, usual if _plain(pair) else pair, usual if _plain(last) else last


def _commonest(votes: Counter[str]) -> str:
    return votes.most_common(1)[0][0] if votes else ""


def _plain(separator: str) -> bool:
    """Whether there is a separator, and one without a word."""
    return bool(separator) and _LAST.search(separator) is None


def _writing(lists: Sequence[NameList]) -> tuple[Writing, float]:
    """How most names are written, and how many of them."""
    alone = len(lists) == 1 and len(lists[0].names) == 1 and not lists[0].tail
    votes = Counter(writing_of(name) for names in lists for name in names.names)
    writing, count = votes.most_common(1)[0]
    if count * 2 <= votes.total() or (alone and writing is Writing.FAMILY):  # somebody who has one name
        writing, count = Writing.FULL, votes[Writing.FULL] or votes[Writing.FAMILY]
    return writing, count / votes.total()
