"""Whether two texts are versions of one abstract, two papers' abstracts, or one is somebody's own words.

This never decides whether something changed; it is asked when something did, and only says what kind
of text stands there. Doubt falls to "own words", which is not reported.
"""

from __future__ import annotations

from enum import Enum

from littable.prose.canonical import Canonical

# Below this share of changed words the text is plainly a version of the record's.
_MOSTLY_SAME = 0.5
# Shared runs of three tokens: a paraphrase by another hand has hardly any.
_RUN = 3
_SHARED_RUNS = 0.1
# Shared content words: two abstracts of one field share fewer, two versions of one abstract more.
_SHARED_CONTENT = 0.17
# A text of fewer words is a note or a summary unless it repeats the record's phrases.
_ABSTRACT_WORDS = 60
_FEWEST_WORDS = 8


class Affinity(Enum):
    """What a written text is to a record that it differs from."""

    SAME_TEXT = "same text"
    OTHER_PAPER = "other paper"
    OWN_WORDS = "own words"


def affinity(old: Canonical, new: Canonical, ratio: float) -> Affinity:
    """Judge a text whose share of changed words is ``ratio``."""
    if len(old.words) < _FEWEST_WORDS:
        return Affinity.OWN_WORDS
    if ratio < _MOSTLY_SAME or _shared_runs(old.words, new.words) >= _SHARED_RUNS:
        return Affinity.SAME_TEXT
    if len(old.words) < _ABSTRACT_WORDS or not _same_script(old.words, new.words):
        return Affinity.OWN_WORDS
    if _shared_content(old.words, new.words) >= _SHARED_CONTENT:
        return Affinity.SAME_TEXT
    return Affinity.OTHER_PAPER


def _shared_runs(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    mine, other = _runs(old), _runs(new)
    return len(mine & other) / max(1, min(len(mine), len(other)))


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[index : index + _RUN] for index in range(len(words) - _RUN + 1)}


def _shared_content(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    mine, other = _content(old), _content(new)
    return len(mine & other) / max(1, min(len(mine), len(other)))


def _content(words: tuple[str, ...]) -> set[str]:
    return {word for word in words if len(word) >= 6 or (len(word) > 1 and not word.islower())}


def _same_script(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    return abs(_latin_share(old) - _latin_share(new)) < 0.4


def _latin_share(words: tuple[str, ...]) -> float:
    letters = [word for word in words if word[0].isalpha()]
    return sum(word.isascii() for word in letters) / max(1, len(letters))
