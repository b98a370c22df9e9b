"""What it costs to find similar titles: ``python benchmarks/similar_titles.py [SIZE…]``.

Titles are made of words as frequent as in a language, some of them again with a slip. Each size runs in a
process of its own, so that the peak of its memory is seen; normalisation is part of the time.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from itertools import accumulate, pairwise

from littable.rules._slips import similar_pairs
from littable.rules._titles import title_words

SIZES = (1_000, 10_000, 100_000)
VOCABULARY = 30_000
SLIPS_PER_TITLE = 0.01
_SYLLABLES = [onset + vowel for onset in "b c d f g l m n p r s t v st tr pl".split() for vowel in "aeiou"]


def titles(count: int, seed: int = 7) -> list[str]:
    """``count`` different titles of 5 to 14 words, every hundredth with a slip in a word of another."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    made: dict[str, None] = {}
    while len(made) < count:
        title = " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(5, 14))).title()
        made[title] = None
        if chance.random() < SLIPS_PER_TITLE and len(made) < count:
            made[with_slip(title, chance)] = None
    return list(made)


def vocabulary(chance: random.Random) -> list[str]:
    """Different words of two to five syllables."""
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5)))] = None
    return list(words)


def with_slip(title: str, chance: random.Random) -> str:
    """The title with one letter left out of its longest word."""
    word = max(title.split(), key=len)
    at = chance.randrange(1, len(word))
    return title.replace(word, word[:at] + word[at + 1 :], 1)


def measure(count: int) -> None:
    """Print CPU seconds and peak MiB for ``count`` titles, and how many pairs were found."""
    made = titles(count)
    before = time.process_time()
    words = list(dict.fromkeys(map(title_words, made)))
    found = similar_pairs(words, 90)
    seconds = time.process_time() - before
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(found))


def main(sizes: list[int]) -> None:
    seconds = []
    for size in sizes:
        command = [sys.executable, __file__, "--measure", str(size)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seconds.append(float(answer[0]))
        peak, pairs = float(answer[1]), answer[2]
        print(f"{size:>9,} titles  {seconds[-1]:8.2f} CPU s  {peak:8.0f} MiB  {pairs:>6} pairs")
    for (small, large), (before, after) in zip(pairwise(sizes), pairwise(seconds), strict=True):
        print(f"{small:,} to {large:,} titles: {after / before:.1f} times the time")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(int(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
