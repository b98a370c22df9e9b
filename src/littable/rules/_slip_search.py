"""Titles that differ by a slip of the pen, found among any number of titles."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, combinations, product
from operator import add

from littable.rules._slips import MOST_SLIPS, PARTICLES, is_eligible, is_slip_within
from littable.rules._spellings import Spellings, without_others
from littable.rules._titles import Words

# So few are compared with each other at once.
_FEW = 2
# A word that more than one form in so many has is looked at before the search; see _Search.
_FREQUENT = 50

# A form on its way: the ranks of the words that others have too, the rarest first; the position reached in
# them; how many may still be left aside; the form's number.
_Place = tuple[list[int], int, int, int]


def similar_pairs(titles: Sequence[Words], threshold: float) -> list[tuple[int, int]]:
    """The pairs of titles for which ``are_similar`` holds, as ascending indices.

    The titles must be distinct. There may be many: the cost grows with their number, not with its square.
    """
    judged: dict[tuple[int, int], bool] = {}
    with _no_collection():
        for first, second in _candidates(titles):
            pair = (first, second) if first < second else (second, first)
            if first != second and pair not in judged:
                judged[pair] = is_slip_within(titles[first], titles[second], threshold)
    return sorted(pair for pair, similar in judged.items() if similar)


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for cycles: there are none, and it would look through millions of tuples time and again,
    which takes a quarter of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _candidates(titles: Sequence[Words]) -> Iterator[tuple[int, int]]:
    """Pairs that may differ by a slip; every pair that does is among them.

    A number is no part of a slip, so titles with different numbers are kept apart from the start.
    """
    groups: dict[Words, list[int]] = defaultdict(list)
    for index, words in enumerate(titles):
        if is_eligible(words):
            groups[tuple([word for word in words if not word.isalpha()])].append(index)
    for members in groups.values():
        if len(members) > 1:
            yield from _Search(titles, members).run()


class _Search:
    """The search among titles with the same numbers.

    Once split words are joined and articles and prepositions set aside, two slips leave all but two different
    words in common. So each form of a title follows its words from the rarest on, leaving up to two aside,
    and meets those that follow the same words. Where few meet they are candidates; where many do they follow
    one word more. A word can only be left aside when there is another way to spell it; of words that very
    many titles share, such as "deep learning", this is found out first, because else all of these would meet
    again and again.
    """

    def __init__(self, titles: Sequence[Words], members: Sequence[int]) -> None:
        lexicon = set(chain.from_iterable([titles[index] for index in members]))
        self._owners: list[int] = []
        self._forms: list[Words] = []
        self._spares: list[int] = []
        for index in members:
            for form, joins in _forms(titles[index], lexicon):
                self._owners.append(index)
                self._forms.append(form)
                self._spares.append(MOST_SLIPS - joins)
        counts = Counter(chain.from_iterable(map(set, self._forms)))
        for particle in PARTICLES:
            del counts[particle]
        self._names = [word for word, count in reversed(counts.most_common()) if count > 1]
        self._ranks = {word: rank for rank, word in enumerate(self._names)}
        self._fixed = self._never_left_aside(counts, lexicon)
        self._spellings = Spellings(PARTICLES)

    def _never_left_aside(self, counts: Counter[str], lexicon: set[str]) -> set[int]:
        often = max(_FREQUENT, len(self._owners) // _FREQUENT)
        frequent = [word for word, count in counts.items() if count > often]
        return {self._ranks[word] for word in without_others(frequent, lexicon)} if frequent else set()

    def run(self) -> Iterator[tuple[int, int]]:
        """The candidates; some come more than once."""
        owners = self._owners
        waiting: list[tuple[list[_Place], tuple[int, ...]]] = [(list(self._starts()), ())]
        while waiting:
            places, path = waiting.pop()
            if len(places) <= _FEW:
                yield from combinations([owners[place[3]] for place in places], 2)
                continue
            ended, following = self._advance(places)
            if len(ended) > 1 and (self._spent(ended) or self._fixed.issuperset(path)):
                yield from self._meet([place[3] for place in ended], path)
            waiting += [(group, (*path, rank)) for rank, group in following.items() if len(group) > 1]

    def _starts(self) -> Iterator[_Place]:
        ranks = self._ranks
        for number, form in enumerate(self._forms):
            content = set(form) - PARTICLES
            shared = [ranks[word] for word in content if word in ranks]
            spare = self._spares[number] - len(content) + len(shared)
            if spare >= 0:
                shared.sort()
                yield shared, 0, spare, number

    def _spent(self, ended: list[_Place]) -> bool:
        """Whether a form has left aside as much as it may. If not, all of these have also left aside one word
        of the path, and meet there.
        """
        return any(len(shared) == position + spare for shared, position, spare, _ in ended)

    def _advance(self, places: list[_Place]) -> tuple[list[_Place], dict[int, list[_Place]]]:
        """The forms that can leave aside all that remains of them, and each by the word it follows next."""
        ended: list[_Place] = []
        following: dict[int, list[_Place]] = defaultdict(list)
        fixed = self._fixed
        for place in places:
            shared, position, spare, number = place
            reach = position + spare
            for at, rank in enumerate(shared[position : reach + 1], position):
                following[rank].append((shared, at + 1, reach - at, number))
                if rank in fixed:
                    break
            else:
                if len(shared) <= reach:
                    ended.append(place)
        return ended, following

    def _meet(self, ended: list[int], path: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        """Candidates among forms that share the words on the path and leave aside all their others."""
        if len(ended) <= _FEW:
            yield from combinations([self._owners[number] for number in ended], 2)
            return
        common = PARTICLES.union([self._names[rank] for rank in path])
        meeting: dict[Words, list[int]] = defaultdict(list)
        for number in ended:
            meeting[tuple(sorted(set(self._forms[number]) - common))].append(self._owners[number])
        self._spellings.add(common.union(*meeting))
        for others, group in list(meeting.items()):
            for fewer in self._without_needless(others, common):
                meeting[fewer] += group
        for others, group in meeting.items():
            if len(group) > 1:
                yield from combinations(group, 2)
            for spelling in self._other_spellings(others):
                yield from product(group, meeting.get(spelling, ()))

    def _without_needless(self, others: Words, common: frozenset[str]) -> Iterator[Words]:
        """The words without one or more that need no counterpart in a title which shares those in common:
        other ways to spell an article or preposition, or a word in common, which the other may have twice.
        """
        needless = [word for word in others if not common.isdisjoint(self._spellings.of(word))]
        for count in range(1, len(needless) + 1):
            for dropped in combinations(needless, count):
                yield tuple([word for word in others if word not in dropped])

    def _other_spellings(self, words: Words) -> Iterator[Words]:
        ways = list(map(self._spellings.of, words))
        if max(map(len, ways), default=1) > 1:
            for spelling in product(*ways):
                if spelling != words:
                    yield tuple(sorted(set(spelling)))


def _forms(words: Words, lexicon: set[str]) -> Iterator[tuple[Words, int]]:
    """The title, and again with one or two pairs of neighbours joined to a known word; and how many."""
    yield words, 0
    pairs = list(map(add, words, words[1:]))
    if lexicon.isdisjoint(pairs):
        return
    places = [at for at, pair in enumerate(pairs) if pair in lexicon]
    for at in places:
        yield (*words[:at], pairs[at], *words[at + 2 :]), 1
    for at, later in combinations(places, 2):
        if later > at + 1:
            yield (*words[:at], pairs[at], *words[at + 2 : later], pairs[later], *words[later + 2 :]), 2
