"""What it costs to find similar titles: ``python benchmarks/similar_titles.py [SIZE…]``.

The sets, each of so many different titles but for the last:

- invented: words as frequent as in a language, every hundredth title again with a slip;
- real: halves of the real titles in the shared folder put together anew, every hundredth again with a slip
  (left out where that folder is missing);
- moulds: "A Survey of X in Y" and the like, where titles share most of their words;
- one mould: "Deep Learning for X in Y", where every title shares its words with every other;
- equal: a thousand titles over and over.

Each size runs in a process of its own, so that the peak of its memory is seen; normalisation is part of the
time.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path

from littable.rules._slip_search import similar_pairs
from littable.rules._titles import title_words

SIZES = (1_000, 10_000, 100_000)
VOCABULARY = 30_000
SLIPS_PER_TITLE = 0.01
SHARED = Path(os.environ.get("LITTABLE_SHARED") or Path(__file__).parents[2] / "shared")
PAPERS = SHARED / "arxiv" / "papers.jsonl.gz"
_SYLLABLES = [onset + vowel for onset in "b c d f g l m n p r s t v st tr pl".split() for vowel in "aeiou"]
_MOULDS = (
    "A Survey of {} in {}",
    "A Survey on {} for {}",
    "{} for {}: A Review",
    "Towards {} with {}",
    "Learning {} from {}",
    "On the {} of {}",
    "Deep {} Networks for {}",
    "A Note on the {} of {} in Deep Learning",
)


def invented(chance: random.Random) -> Iterator[str]:
    """Titles of 5 to 14 words as frequent as in a language."""
    words = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    while True:
        title = " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(5, 14))).title()
        yield title
        if chance.random() < SLIPS_PER_TITLE:
            yield with_slip(title, chance)


def real(chance: random.Random) -> Iterator[str]:
    """The first half of a real title and the second of another."""
    with gzip.open(PAPERS, "rt", encoding="utf-8") as lines:
        titles = [title.split() for line in lines if (title := json.loads(line)["title"])]
    while True:
        one, other = chance.choices(titles, k=2)
        title = " ".join((*one[: len(one) // 2], *other[len(other) // 2 :]))
        yield title
        if chance.random() < SLIPS_PER_TITLE:
            yield with_slip(title, chance)


def moulds(chance: random.Random) -> Iterator[str]:
    """Titles of a few moulds, with two words each of their own."""
    words = vocabulary(chance)[:3_000]
    while True:
        yield chance.choice(_MOULDS).format(*chance.sample(words, 2))


def one_mould(chance: random.Random) -> Iterator[str]:
    """Titles of one mould."""
    words = vocabulary(chance)[:3_000]
    while True:
        yield "Deep Learning for {} in {}".format(*chance.sample(words, 2))


def equal(chance: random.Random) -> Iterator[str]:
    """A thousand titles, over and over."""
    titles = invented(chance)
    few = [next(titles) for _ in range(1_000)]
    while True:
        yield chance.choice(few)


SETS: dict[str, Callable[[random.Random], Iterator[str]]] = {
    "invented": invented,
    "real": real,
    "moulds": moulds,
    "one mould": one_mould,
    "equal": equal,
}


def titles(name: str, count: int, seed: int = 7) -> list[str]:
    """``count`` titles of a set, different ones but for the set of equal ones."""
    source = SETS[name](random.Random(seed))
    if name == "equal":
        return [next(source) for _ in range(count)]
    made: dict[str, None] = {}
    while len(made) < count:
        made[next(source)] = None
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
    at = chance.randrange(1, max(2, len(word)))
    return title.replace(word, word[:at] + word[at + 1 :], 1)


def measure(name: str, count: int) -> None:
    """Print CPU seconds and peak MiB for ``count`` titles, and how many pairs were found."""
    made = titles(name, count)
    before = time.process_time()
    words = list(dict.fromkeys(map(title_words, made)))
    found = similar_pairs(words, 90)
    seconds = time.process_time() - before
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(found))


def compare(name: str, sizes: list[int]) -> None:
    """Print a line for each size of a set, and how the time grows."""
    seconds = []
    for size in sizes:
        command = [sys.executable, __file__, "--measure", name, str(size)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seconds.append(float(answer[0]))
        peak, pairs = float(answer[1]), answer[2]
        print(f"{name:>9} {size:>9,} titles  {seconds[-1]:8.2f} CPU s  {peak:8.0f} MiB  {pairs:>6} pairs")
    for (small, large), (before, after) in zip(pairwise(sizes), pairwise(seconds), strict=True):
        print(f"{name:>9} {small:,} to {large:,} titles: {after / before:.1f} times the time")


def main(sizes: list[int]) -> None:
    for name in SETS:
        if name == "real" and not PAPERS.exists():
            print(f"{name:>9} left out: no {PAPERS.name} in a shared folder (LITTABLE_SHARED)")
        else:
            compare(name, sizes)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
