"""What a slip is, and that the search finds exactly the titles that differ by one."""

from __future__ import annotations

import gzip
import json
import os
import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.prose.spelling import is_misspelling
from littable.rules._slips import are_similar, find_slips, similar_pairs
from littable.rules._titles import Words, title_words

SHARED = Path(os.environ.get("LITTABLE_SHARED", "../shared"))
PAPERS = SHARED / "arxiv" / "papers.jsonl.gz"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("attention", "atention"),
        ("attention", "attenition"),
        ("attention", "attnetion"),
        ("attention", "attontion"),
        ("transformers", "tranfsomers"),
        ("network", "networks"),
        ("policy", "policies"),
        ("approach", "approaches"),
        ("from", "form"),
    ],
)
def test_a_misspelling(one: str, other: str) -> None:
    assert is_misspelling(one, other)
    assert is_misspelling(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cnn", "rnn"),
        ("cnns", "rnns"),
        ("cnn", "xgboost"),
        ("2d", "3d"),
        ("viii", "vii"),
        ("mixed", "taxed"),
        ("fifteenth", "sixteenth"),
        ("supervised", "unsupervised"),
        ("symmetric", "asymmetric"),
        ("implicit", "explicit"),
        ("internal", "external"),
        ("presentation", "representation"),
        ("interclass", "intraclass"),
        ("learning", "reasoning"),
    ],
)
def test_another_word(one: str, other: str) -> None:
    assert not is_misspelling(one, other)
    assert not is_misspelling(other, one)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("The Rise of Rivers", "Rise of Rivers", 1),
        ("Pre-training Small Models", "Pretraining Small Models", 1),
        ("Pretraning of the Small Modles", "Pretraining of Small Modles", 2),
        ("Many Word and Worlds Apart", "Many Words and Wrolds Apart", 2),
        ("A Survey on Rain", "A Survey of Rain", 0),
        ("A Survey of the Rain", "A Survey of Rain in Spain", 0),
        ("Rain, Part II", "Rain, Part III", 0),
        ("Rain v1", "Rain v2", 0),
        ("Rain and Wind", "Rain and Wind Revisited", 0),
        ("Rain and Wind", "Wind and Rain", 0),
        ("Hepatitis Type A", "Hepatitis Type", 0),
        ("Groups in Finite Fields", "Groups Infinite Fields", 0),
        ("Rain and Wind", "rain, and wind!", 0),
    ],
)
def test_slips_in_titles(one: str, other: str, slips: int) -> None:
    assert len(find_slips(title_words(one), title_words(other))) == slips
    assert len(find_slips(title_words(other), title_words(one))) == slips


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-4 on $\\alpha$-Decay", "gpt4 on α decay"),
        ("Don't Stop: Caf\\'e & Bar", "Dont stop, café and bar"),
        ("[**Deep** `Nets`](https://example.org)", "Deep nets"),
        ("Out\\-of\\-the\\-Box", "out of the box"),
        ("“Quoted” – twice", '"quoted" twice'),
    ],
)
def test_forms_of_one_title(one: str, other: str) -> None:
    assert title_words(one) == title_words(other)


def test_signs_that_make_another_title() -> None:
    assert title_words("A Study of C++") != title_words("A Study of C")
    assert title_words("Version 1.5 of it") != title_words("Version 15 of it")


def all_similar(titles: list[Words], threshold: float) -> list[tuple[int, int]]:
    """The definition, applied to every pair."""
    pairs = combinations(range(len(titles)), 2)
    return [(a, b) for a, b in pairs if are_similar(titles[a], titles[b], threshold)]


_WORDS = st.sampled_from(
    """rain rains rian ran reign wind winds wnid the a of from form onto into pre training pretraining
    transformer transformers tranfsormer supervised unsupervised 2 3 ii iii cat cats act x y
    generation generative policy policies in finite infinite""".split()
)
_TITLES = st.lists(st.lists(_WORDS, min_size=1, max_size=7).map(tuple), max_size=40, unique=True)


@settings(max_examples=300, deadline=None)
@given(_TITLES, st.sampled_from([0.0, 90.0]))
def test_the_search_finds_what_comparing_all_pairs_finds(titles: list[Words], threshold: float) -> None:
    assert similar_pairs(titles, threshold) == all_similar(titles, threshold)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, min_size=3, max_size=5), st.data())
def test_many_titles_of_one_mould(mould: list[str], data: st.DataObject) -> None:
    """Titles that share all but one or two words with hundreds of others."""
    fillers = data.draw(st.lists(st.text("abc", min_size=4, max_size=9), min_size=20, max_size=60))
    titles = list(
        dict.fromkeys((*mould, first, "and", second) for first in fillers for second in fillers[:3])
    )
    assert similar_pairs(titles, 0) == all_similar(titles, 0)


def with_slips(words: Words, chance: random.Random) -> Words:
    """The title with one or two random changes, slips or not."""
    changed = list(words)
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(changed))
        word = changed[at]
        cut = chance.randrange(len(word))
        ways = [
            [word[:cut] + word[cut + 1 :] or word],
            [word[:cut] + "e" + word[cut:]],
            [word + "s"],
            [word, "of"],
            ["the", word],
            [word[:cut] or "a", word[cut:]],
            ["".join(changed[at : at + 2])],
        ]
        changed[at : at + 1] = chance.choice(ways)
    return tuple(changed)


@pytest.mark.skipif(not PAPERS.exists(), reason="needs the shared papers")
def test_real_titles_and_their_slips() -> None:
    with gzip.open(PAPERS, "rt", encoding="utf-8") as lines:
        written = [json.loads(line)["title"] for line in lines]
    chance = random.Random(11)
    real = [title_words(" ".join(title.split())) for title in chance.sample([t for t in written if t], 400)]
    titles = list(dict.fromkeys(real + [with_slips(words, chance) for words in real if words]))
    found = similar_pairs(titles, 0)
    assert len(found) > 120
    assert found == all_similar(titles, 0)


@pytest.mark.skipif(not PAPERS.exists(), reason="needs the shared papers")
def test_no_two_real_papers_are_taken_for_one() -> None:
    with gzip.open(PAPERS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    titles = list(dict.fromkeys(title_words(" ".join(r["title"].split())) for r in records if r["title"]))
    assert len(titles) > 12_000
    assert similar_pairs(titles, 90) == []
