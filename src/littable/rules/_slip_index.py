"""Many titles, and which of them differ from a given one by a slip of the pen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from littable.rules._slip_search import similar_pairs
from littable.rules._slips import MOST_SLIPS, PARTICLES, is_eligible, is_slip_within, is_split
from littable.rules._titles import Words


class SlipIndex:
    """The titles of a run. They are compared once, all together; what fixing makes of one is compared with
    them when it is added or asked for, and is one of them from then on.
    """

    def __init__(self, titles: Iterable[Words]) -> None:
        self._titles = [words for words in dict.fromkeys(titles) if is_eligible(words)]
        self._similar: dict[Words, list[Words]] = {words: [] for words in self._titles}
        for first, second in similar_pairs(self._titles, 0):
            self._relate(self._titles[first], self._titles[second])
        self._lookup: _Lookup | None = None

    def similar_to(self, words: Words, threshold: float) -> list[Words]:
        """The titles that differ from one by a slip and are as similar as ``threshold`` (0 to 100) asks."""
        self.add(words)
        return [other for other in self._similar.get(words, ()) if is_slip_within(words, other, threshold)]

    def add(self, words: Words) -> None:
        """Take in a title, unless it is known or has too few words."""
        if words in self._similar or not is_eligible(words):
            return
        if self._lookup is None:
            self._lookup = _Lookup(self._titles)
        self._similar[words] = []
        for other in self._lookup.candidates(words):
            if is_slip_within(words, other, 0):
                self._relate(words, other)
        self._lookup.add(words)

    def _relate(self, words: Words, other: Words) -> None:
        self._similar[words].append(other)
        self._similar[other].append(words)


class _Lookup:
    """Titles by their words but articles and prepositions, and by how many of these they have."""

    def __init__(self, titles: Sequence[Words]) -> None:
        self._by_word: dict[str, list[Words]] = defaultdict(list)
        self._by_size: dict[int, list[Words]] = defaultdict(list)
        self._particles: set[str] = set()
        for words in titles:
            self.add(words)

    def add(self, words: Words) -> None:
        """Take in a title."""
        content = set(words) - PARTICLES
        self._particles.update(PARTICLES.intersection(words))
        self._by_size[len(content)].append(words)
        for word in content:
            self._by_word[word].append(words)

    def candidates(self, words: Words) -> set[Words]:
        """The titles that may differ from one by a slip; every one that does is among them.

        With its split words joined and its joined words split as in the other, a title has all but two words
        in common with it, so one of any three. Of the fewest words, none need be in common.
        """
        found: set[Words] = set()
        for form, changes in self._forms(words):
            content = set(form) - PARTICLES
            spare = MOST_SLIPS - changes
            if len(content) <= spare:
                for size in range(len(content) + MOST_SLIPS + 1):
                    found.update(self._by_size.get(size, ()))
            else:
                rarest = sorted(content, key=lambda word: len(self._by_word.get(word, ())))
                for word in rarest[: spare + 1]:
                    found.update(self._by_word.get(word, ()))
        return found

    def _forms(self, words: Words) -> Iterator[tuple[Words, int]]:
        """The title with up to two words split or pairs joined as other titles have them; and how many."""
        ways = list(self._changes(words))
        yield words, 0
        for start, end, new in ways:
            yield (*words[:start], *new, *words[end:]), 1
        for (start, end, new), (later, last, other) in combinations(ways, 2):
            if end <= later:
                yield (*words[:start], *new, *words[end:later], *other, *words[last:]), 2

    def _changes(self, words: Words) -> Iterator[tuple[int, int, Words]]:
        """What may be joined or split: where from, where to, and into what; in order."""
        for at, word in enumerate(words):
            for cut in range(1, len(word)):
                left, right = word[:cut], word[cut:]
                if is_split(word, left, right) and self._knows(left) and self._knows(right):
                    yield at, at + 1, (left, right)
            if at + 1 < len(words) and self._knows(word + words[at + 1]):
                yield at, at + 2, (word + words[at + 1],)

    def _knows(self, word: str) -> bool:
        return word in self._by_word or word in self._particles
