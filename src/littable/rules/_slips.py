"""Titles that differ by a slip of the pen, found among any number of titles.

Two titles differ by a slip when, apart from what they begin and end with alike, they differ in one or two
words, each of which

- has a letter wrong, missing, surplus or swapped with its neighbour (two in words of eight or more),
- is joined or split (``pretraining``, ``pre training``),
- is singular for plural, or
- is an article or preposition added or dropped.

A word exchanged for another, a number or a numeral makes another paper; so does a beginning that makes of a
word another (``symmetric``, ``asymmetric``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product
from operator import add

from littable.prose.spelling import LONG, LONGEST, SHORTEST, is_misspelling, singular
from littable.rules._titles import Words

Slip = tuple[Words, Words]

FEWEST_WORDS = 3
MOST_WORDS = 64
MOST_SLIPS = 2

_PARTICLES = frozenset(
    """
    a an the of in on for to with by from at via into onto upon toward towards
    """.split()
)
# "in finite groups" and "infinite groups" are two things.
_NEGATING_PARTICLES = frozenset(["a", "an", "in"])


def are_similar(first: Words, second: Words, threshold: float) -> bool:
    """Whether two titles differ by a slip, and are as similar as ``threshold`` (0 to 100) asks."""
    if not (_eligible(first) and _eligible(second) and is_slip(first, second)):
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(" ".join(first), " ".join(second)) >= threshold


def _eligible(words: Words) -> bool:
    return FEWEST_WORDS <= len(words) <= MOST_WORDS and len(set(words)) >= FEWEST_WORDS


def is_slip(first: Words, second: Words) -> bool:
    """Whether two titles differ, and by no more than two slips."""
    return bool(find_slips(first, second))


def find_slips(first: Words, second: Words) -> tuple[Slip, ...]:
    """The one or two slips in which two titles differ; none when they are equal or differ in more."""
    if first[-1:] != second[-1:] and not _PARTICLES.isdisjoint((*first[-1:], *second[-1:])):
        # At the end of a title, as in "Hepatitis A", it is no article.
        return ()
    a, b = _without_common_ends(first, second)
    for step in _steps(a, b):
        slip = a[: step[0]], b[: step[1]]
        rest_a, rest_b = a[step[0] :], b[step[1] :]
        if not rest_a and not rest_b:
            return (slip,)
        same = _common(rest_a, rest_b)
        rest = len(rest_a) - same, len(rest_b) - same
        exchanged = not same and {step, rest} == {(0, 1), (1, 0)}
        if not exchanged and rest in _steps(rest_a[same:], rest_b[same:]):
            return slip, (rest_a[same:], rest_b[same:])
    return ()


def _without_common_ends(a: Words, b: Words) -> tuple[Words, Words]:
    start = _common(a, b)
    a, b = a[start:], b[start:]
    end = _common(a[::-1], b[::-1])
    return a[: len(a) - end], b[: len(b) - end]


def _common(a: Words, b: Words) -> int:
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _steps(a: Words, b: Words) -> list[tuple[int, int]]:
    """How many words of each a single slip at their beginning can cover."""
    steps = []
    if a and b:
        if is_misspelling(a[0], b[0]):
            steps.append((1, 1))
        if b[1:] and _is_split(a[0], b[0], b[1]):
            steps.append((1, 2))
        if a[1:] and _is_split(b[0], a[0], a[1]):
            steps.append((2, 1))
    if a and a[0] in _PARTICLES:
        steps.append((1, 0))
    if b and b[0] in _PARTICLES:
        steps.append((0, 1))
    return steps


def _is_split(whole: str, left: str, right: str) -> bool:
    if len(whole) < SHORTEST or whole != left + right or not whole.isalpha():
        return False
    return left not in _NEGATING_PARTICLES


def similar_pairs(titles: Sequence[Words], threshold: float) -> list[tuple[int, int]]:
    """The pairs of titles for which ``are_similar`` holds, as ascending indices.

    The titles must be distinct. There may be many: the cost grows with their number, not with its square.
    """
    judged: dict[tuple[int, int], bool] = {}
    for first, second in _candidates(titles):
        pair = (first, second) if first < second else (second, first)
        if first != second and pair not in judged:
            judged[pair] = are_similar(titles[first], titles[second], threshold)
    return sorted(pair for pair, similar in judged.items() if similar)


def _candidates(titles: Sequence[Words]) -> Iterator[tuple[int, int]]:
    """Pairs that may differ by a slip; every pair that does is among them.

    A number is no part of a slip, so titles with different numbers are kept apart from the start.
    """
    groups: dict[Words, list[int]] = defaultdict(list)
    for index, words in enumerate(titles):
        if _eligible(words):
            groups[tuple(word for word in words if not word.isalpha())].append(index)
    for members in groups.values():
        if len(members) > 1:
            yield from _Search(titles, members).run()


_FEW = 4

# A form (a title, perhaps with neighbours joined) on its way: the ranks of the words that others have too,
# the rarest first; the position reached in them; how many may still be left aside; the form's number.
_Place = tuple[list[int], int, int, int]


class _Search:
    """The search among titles with the same numbers.

    Once split words are joined, two slips leave all but two different words in common. So each title
    follows its words from the rarest on, leaving up to two aside, and meets those that follow the same
    words. Where few meet they are candidates; where many do they follow one word more.
    """

    def __init__(self, titles: Sequence[Words], members: Sequence[int]) -> None:
        known = set(chain.from_iterable(titles[index] for index in members))
        self._forms = [(index, form) for index in members for form in _joined(titles[index], known)]
        counts = Counter(chain.from_iterable(set(form) for _, form in self._forms))
        self._names = [word for word, count in reversed(counts.most_common()) if count > 1]
        self._spellings = _Spellings()

    def run(self) -> Iterator[tuple[int, int]]:
        """The candidates; some come more than once."""
        waiting: list[tuple[list[_Place], tuple[int, ...]]] = [(list(self._starts()), ())]
        while waiting:
            places, path = waiting.pop()
            if len(places) <= _FEW:
                yield from combinations([self._forms[place[3]][0] for place in places], 2)
                continue
            ended, following = _advance(places)
            if len(ended) > 1:
                yield from self._meet(ended, path)
            waiting += [(group, (*path, rank)) for rank, group in following.items() if len(group) > 1]

    def _starts(self) -> Iterator[_Place]:
        ranks = {word: rank for rank, word in enumerate(self._names)}
        for number, (_, form) in enumerate(self._forms):
            words = set(form)
            shared = sorted([ranks[word] for word in words if word in ranks])
            spare = MOST_SLIPS - len(words) + len(shared)
            if spare >= 0:
                yield shared, 0, spare, number

    def _meet(self, ended: list[int], path: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        """Candidates among forms that share the words on the path and leave aside all their others."""
        if len(ended) <= _FEW:
            yield from combinations([self._forms[number][0] for number in ended], 2)
            return
        common = {self._names[rank] for rank in path}
        meeting: dict[Words, list[int]] = defaultdict(list)
        for number in ended:
            index, form = self._forms[number]
            for others in self._differing(set(form) - common, common):
                meeting[others].append(index)
        for others, group in meeting.items():
            yield from combinations(group, 2)
            for spelling in product(*map(self._spellings.of, others)):
                if spelling != others:
                    yield from product(group, meeting.get(tuple(sorted(set(spelling))), ()))

    def _differing(self, others: set[str], common: set[str]) -> Iterator[Words]:
        """The words, in order, that must have a counterpart in a title which shares those in common.

        A particle needs none, unless it is itself a misspelling; nor does another way to spell a word in
        common, which the other title may have twice.
        """
        self._spellings.add((*others, *common))
        content = [word for word in others if len(word) >= SHORTEST or word not in _PARTICLES]
        free = [
            word for word in content if word in _PARTICLES or not common.isdisjoint(self._spellings.of(word))
        ]
        for count in range(len(free) + 1):
            for dropped in combinations(free, count):
                yield tuple(sorted(word for word in content if word not in dropped))


def _advance(places: list[_Place]) -> tuple[list[int], dict[int, list[_Place]]]:
    """The forms that can leave aside all that remains of them, and every form by the word it follows next."""
    ended: list[int] = []
    following: dict[int, list[_Place]] = defaultdict(list)
    for shared, position, spare, number in places:
        reach = last = position + spare
        if len(shared) <= last:
            ended.append(number)
            last = len(shared) - 1
        for at in range(position, last + 1):
            following[shared[at]].append((shared, at + 1, reach - at, number))
    return ended, following


def _joined(words: Words, known: set[str]) -> Iterator[Words]:
    """The title, and again with one or two pairs of neighbours joined to a known word."""
    yield words
    pairs = list(map(add, words, words[1:]))
    if known.isdisjoint(pairs):
        return
    places = [at for at, pair in enumerate(pairs) if pair in known]
    for at in places:
        yield *words[:at], pairs[at], *words[at + 2 :]
    for at, later in combinations(places, 2):
        if later > at + 1:
            yield *words[:at], pairs[at], *words[at + 2 : later], pairs[later], *words[later + 2 :]


class _Spellings:
    """Which words may be misspellings of which; a word is compared with the others when first asked for."""

    def __init__(self) -> None:
        self._by_remainder: dict[str, list[str]] = defaultdict(list)
        self._alike: dict[str, list[str]] = {}

    def add(self, words: Iterable[str]) -> None:
        """Take in words; those that are known already cost nothing."""
        for word in words:
            if word not in self._alike:
                self._alike[word] = [word]
                self._compare(word)

    def _compare(self, word: str) -> None:
        nearby: set[str] = set()
        for key in _remainders(word):
            others = self._by_remainder[key]
            nearby.update(others)
            others.append(word)
        for other in nearby:
            if is_misspelling(word, other):
                self._alike[word].append(other)
                self._alike[other].append(word)

    def of(self, word: str) -> list[str]:
        """The word and those taken in that may be the same."""
        return self._alike[word]


def _remainders(word: str) -> set[str]:
    """What is left of a word without one letter, or two of a long one: misspellings have one in common."""
    if len(word) > LONGEST:
        return set()
    once = {word[:at] + word[at + 1 :] for at in range(len(word))}
    keys = {word, singular(word), *once}
    if len(word) >= LONG:
        keys.update(short[:at] + short[at + 1 :] for short in once for at in range(len(short)))
    return keys
