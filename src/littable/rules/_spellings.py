"""Which of many words may be misspellings of which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from littable.prose.spelling import LONG, LONGEST, is_misspelling, singular


class Spellings:
    """The words taken in so far; a word is compared with the others when it is taken in."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._by_remainder: dict[str, list[str]] = defaultdict(list)
        self._alike: dict[str, list[str]] = {}
        self.add(words)

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


def without_others(words: Iterable[str], lexicon: Iterable[str]) -> set[str]:
    """Those of some words that are misspellings of no other word of a lexicon."""
    from rapidfuzz.distance import OSA  # late: only for words that very many titles share
    from rapidfuzz.process import extract_iter

    others = [word for word in lexicon if word.isalpha()]

    def stands_alone(word: str) -> bool:
        near = extract_iter(word, others, scorer=OSA.distance, processor=None, score_cutoff=_FARTHEST)
        return not any(is_misspelling(word, other) for other, _, _ in near if other != word)

    return {word for word in words if stands_alone(word)}


# "policy" and "policies" are three letters apart; no misspelling is farther.
_FARTHEST = 3
