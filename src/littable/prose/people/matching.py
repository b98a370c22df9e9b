"""Which of a record's names the names of a list are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from littable.prose.people.names import Likeness, Name, NameMatch, compare_names
from littable.text import Span

# So many comparisons of two names at most, per cell: lists of thousands of authors are matched word by word.
_MOST_COMPARISONS = 30_000
_NEARBY = 2
# A word that more of the record's names have tells too little to compare with them all.
_MOST_SHARED = 60


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name in a cell; ``comma`` says that a comma stands inside it (``Last, First``)."""

    name: Name
    span: Span
    comma: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """A written name and which of the record's names it is; ``index`` is None for none of them."""

    written: WrittenName
    index: int | None
    match: NameMatch


class Matcher:
    """Finds written names among a record's."""

    def __init__(self, record: Sequence[Name]) -> None:
        self.record = record
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._known: dict[tuple[str, int], NameMatch] = {}
        self._left = _MOST_COMPARISONS
        for index, name in enumerate(record):
            self._by_key[name.key].append(index)
            for word in name.words:
                for spelling in word.spellings:
                    self._by_word[spelling].append(index)

    def exact(self, name: Name) -> list[int]:
        """The record's names with the same words."""
        return self._by_key.get(name.key, [])

    def sharing(self, name: Name) -> list[int]:
        """The record's names that have a whole word in common with it which is not too common."""
        found: set[int] = set()
        for word in name.words:
            if not word.initial:
                for spelling in word.spellings:
                    indices = self._by_word.get(spelling, ())
                    if len(indices) <= _MOST_SHARED:
                        found.update(indices)
        return sorted(found)

    def compare(self, name: Name, index: int) -> NameMatch:
        """What a written name is to the record's name at ``index``."""
        key = name.text, index
        if key not in self._known:
            if self._left <= 0:
                return NameMatch(Likeness.NONE)
            self._left -= 1
            self._known[key] = compare_names(name, self.record[index])
        return self._known[key]

    def is_known(self, name: Name) -> bool:
        """Whether a name is one of the record's, given name or initials included."""
        return bool(self.exact(name)) or any(
            self.compare(name, index).likeness >= Likeness.SAME for index in self.sharing(name)
        )


def pair_off(names: Sequence[WrittenName], matcher: Matcher) -> list[Pairing]:
    """Give each written name at most one of the record's and each of these to one name: first those with the
    same words, then the same names, then surnames, then names that differ by a slip or share a family name.
    """
    if in_places := _in_places(names, matcher):
        return in_places
    found: dict[int, tuple[int, NameMatch]] = {}
    free = set(range(len(matcher.record)))
    for place, written in enumerate(names):
        _take(place, _exact(written.name, free, matcher), free, found)
    options = {
        place: _options(written.name, _expected(place, found), matcher)
        for place, written in enumerate(names)
        if place not in found
    }
    for least in (Likeness.SAME, Likeness.SURNAME, Likeness.SLIP, Likeness.KIN):
        for place, choices in options.items():
            if place not in found:
                fitting = ((index, match) for index, match in choices if match.likeness >= least)
                _take(place, next((choice for choice in fitting if choice[0] in free), None), free, found)
    nothing = None, NameMatch(Likeness.NONE)
    return [Pairing(written, *found.get(place, nothing)) for place, written in enumerate(names)]


def _in_places(names: Sequence[WrittenName], matcher: Matcher) -> list[Pairing]:
    """Each name with the one in its place, when all are the same: two people may have the same initials."""
    if len(names) != len(matcher.record):
        return []
    pairings = [
        Pairing(written, place, matcher.compare(written.name, place)) for place, written in enumerate(names)
    ]
    return pairings if all_known(pairings) else []


def all_known(pairings: Sequence[Pairing]) -> bool:
    """Whether every name is one of the record's."""
    return all(pairing.match.likeness >= Likeness.SAME for pairing in pairings)


def follows(names: Sequence[Name], matcher: Matcher) -> bool:
    """Whether names can be found in the record one after the other."""
    index = 0
    for name in names:
        while index < len(matcher.record) and matcher.compare(name, index).likeness < Likeness.SAME:
            index += 1
        index += 1
    return index <= len(matcher.record)


def _take(
    place: int, choice: tuple[int, NameMatch] | None, free: set[int], found: dict[int, tuple[int, NameMatch]]
) -> None:
    if choice is not None:
        free.discard(choice[0])
        found[place] = choice


def _exact(name: Name, free: set[int], matcher: Matcher) -> tuple[int, NameMatch] | None:
    index = next((index for index in matcher.exact(name) if index in free), None)
    return None if index is None else (index, NameMatch(Likeness.EXACT))


def _expected(place: int, found: Mapping[int, tuple[int, NameMatch]]) -> int:
    """Where in the record the name at ``place`` should be: after the one before it."""
    return found[place - 1][0] + 1 if place - 1 in found else place


def _options(name: Name, expected: int, matcher: Matcher) -> list[tuple[int, NameMatch]]:
    """The record's names that are like ``name``: the likest first, of equal ones the nearest to its place."""
    nearby = range(max(0, expected - _NEARBY), min(len(matcher.record), expected + _NEARBY + 1))
    matches = [(index, matcher.compare(name, index)) for index in {*nearby, *matcher.sharing(name)}]
    alike = [choice for choice in matches if choice[1].likeness is not Likeness.NONE]
    return sorted(alike, key=lambda choice: (-choice[1].likeness, abs(choice[0] - expected), choice[0]))
