"""What a slip is, and that the search finds exactly the titles that differ by one."""

from __future__ import annotations

import gzip
import json
import random
from bisect import bisect_right
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract_iter

from littable.prose.spelling import is_misspelling
from littable.rules._slip_index import SlipIndex
from littable.rules._slip_search import similar_pairs
from littable.rules._slips import MOST_SLIPS, are_similar, find_slips
from littable.rules._titles import Words, title_words
from support.shared import SHARED, needs_shared


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


@needs_shared
def test_real_titles_and_their_slips() -> None:
    chance = random.Random(11)
    real = chance.sample(real_titles(), 400)
    titles = list(dict.fromkeys(real + [with_slips(words, chance) for words in real]))
    found = similar_pairs(titles, 0)
    assert len(found) > 120
    assert found == all_similar(titles, 0)


def real_titles() -> list[Words]:
    """The different titles of the shared papers."""
    with gzip.open(SHARED / "arxiv" / "papers.jsonl.gz", "rt", encoding="utf-8") as lines:
        written = [json.loads(line)["title"] or "" for line in lines]
    titles = dict.fromkeys(title_words(" ".join(title.split())) for title in written)
    return [words for words in titles if words]


@needs_shared
def test_no_two_real_papers_are_taken_for_one() -> None:
    titles = real_titles()
    assert len(titles) > 12_000
    assert similar_pairs(titles, 90) == []


# A slip changes no more than seven letters: "towards" has seven, two letters swapped twice are four, "y" for
# "ies" is three, and joining and splitting change only blanks.
_LETTERS_PER_SLIP = 7


def near_pairs(titles: list[Words]) -> Iterator[tuple[int, int]]:
    """The pairs whose letters are at most two slips apart, blanks left out. Every pair is measured, but for
    those whose lengths alone are farther apart.
    """
    most = MOST_SLIPS * _LETTERS_PER_SLIP
    texts = ["".join(words) for words in titles]
    order = sorted(range(len(titles)), key=lambda index: len(texts[index]))
    ordered = [texts[index] for index in order]
    lengths = [len(text) for text in ordered]
    for at, text in enumerate(ordered):
        others = ordered[at + 1 : bisect_right(lengths, len(text) + most)]
        near = extract_iter(text, others, scorer=Levenshtein.distance, score_cutoff=most)
        for _, _, beyond in near:
            pair = order[at], order[at + 1 + beyond]
            yield min(pair), max(pair)


def by_definition(titles: list[Words], threshold: float) -> list[tuple[int, int]]:
    """``all_similar`` for very many titles."""
    near = near_pairs(titles)
    return sorted(pair for pair in near if are_similar(titles[pair[0]], titles[pair[1]], threshold))


@settings(max_examples=200, deadline=None)
@given(_TITLES)
def test_no_slip_is_farther_than_the_measure_for_many_titles_says(titles: list[Words]) -> None:
    assert by_definition(titles, 0) == all_similar(titles, 0)


@needs_shared
@pytest.mark.slow
def test_among_all_real_titles_the_search_finds_what_comparing_all_pairs_finds() -> None:
    """As they are, and with a slip or what looks like one in every tenth."""
    chance = random.Random(3)
    real = real_titles()
    titles = list(dict.fromkeys(real + [with_slips(words, chance) for words in chance.sample(real, 1_300)]))
    found = similar_pairs(titles, 0)
    assert len(found) > 400
    assert found == by_definition(titles, 0)
    assert similar_pairs(titles, 90) == [(a, b) for a, b in found if are_similar(titles[a], titles[b], 90)]


@settings(max_examples=300, deadline=None)
@given(_TITLES, st.integers(0, 40), st.sampled_from([0.0, 90.0]))
def test_titles_asked_for_later_are_compared_with_all_that_are_known(
    titles: list[Words], known: int, threshold: float
) -> None:
    index = SlipIndex(titles[:known])
    for at, words in enumerate(titles[known:], known):
        earlier = [other for other in titles[:at] if are_similar(words, other, threshold)]
        assert sorted(index.similar_to(words, threshold)) == sorted(earlier)
    for words in titles:
        others = [other for other in titles if are_similar(words, other, threshold)]
        assert sorted(index.similar_to(words, threshold)) == sorted(others)


@needs_shared
def test_real_titles_asked_for_later() -> None:
    chance = random.Random(5)
    real = chance.sample(real_titles(), 2_000)
    index = SlipIndex(real)
    later = [words for words in (with_slips(words, chance) for words in real[:300]) if words not in real]
    titles = [*real, *dict.fromkeys(later)]
    pairs = set(by_definition(titles, 0))
    found = {
        (titles.index(other), at)
        for at, words in enumerate(titles)
        if at >= len(real)
        for other in index.similar_to(words, 0)
    }
    assert len(found) > 90
    assert found == {(a, b) for a, b in pairs if b >= len(real)}
