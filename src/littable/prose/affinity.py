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
# In a short text a single shared term makes many runs, so more is asked of it.
_SHARED_RUNS_IF_SHORT = 0.3
# Shared words that not every abstract has: of 13,000 pairs of two papers 1 in 150 shares so many, and all
# but 1 in 400 of the abstracts that were written anew.
_SHARED_CONTENT = 0.145
# A text of fewer words (some 300 characters) is a note or a summary unless it repeats the record's phrases.
_ABSTRACT_WORDS = 45
# So is a text of fewer words than these in which nobody says "we".
_SUMMARY_WORDS = 110
_FEWEST_WORDS = 8
# A line or two that share phrases with the record are a title or a quotation.
_FEWEST_REWRITTEN = 25
_AUTHORS_VOICE = frozenset({"we", "our", "us"})
# Words that make up 7 to 25 % of an English abstract and hardly any of another language's.
_ENGLISH_SHARE = 0.05
_ENGLISH = frozenset(
    {"the", "of", "and", "to", "that", "for", "with", "this", "by", "are", "is", "we", "from", "which"}
)
_EVERYWHERE = frozenset(
    """and the that for this with models from our are model based these propose which while performance data
    framework across can learning methods language demonstrate large however results existing experiments
    introduce such training show using state their into time both tasks paper through have high real two
    approach datasets method art novel address more but often work over multi its first has between only
    world under accuracy code available also not task where achieves extensive information when than further
    analysis new systems without dataset level""".split()
)


class Affinity(Enum):
    """What a written text is to a record that it differs from."""

    SAME_TEXT = "same text"
    OTHER_PAPER = "other paper"
    OWN_WORDS = "own words"


def affinity(old: Canonical, new: Canonical, ratio: float) -> Affinity:
    """Judge a text whose share of changed words is ``ratio``."""
    if len(old.words) < _FEWEST_WORDS:
        return Affinity.OWN_WORDS
    if ratio >= _MOSTLY_SAME and len(old.words) < _FEWEST_REWRITTEN:
        return Affinity.OWN_WORDS
    is_short = len(old.words) < _ABSTRACT_WORDS
    enough = _SHARED_RUNS_IF_SHORT if is_short else _SHARED_RUNS
    if ratio < _MOSTLY_SAME or _shared_runs(old.words, new.words) >= enough:
        return Affinity.SAME_TEXT
    if is_short or not _same_language(old.words, new.words) or _is_summary(old.words):
        return Affinity.OWN_WORDS
    if _shared_content(old.words, new.words) >= _SHARED_CONTENT:
        return Affinity.SAME_TEXT
    return Affinity.OTHER_PAPER


def _is_summary(words: tuple[str, ...]) -> bool:
    return len(words) < _SUMMARY_WORDS and _AUTHORS_VOICE.isdisjoint(words)


def _shared_runs(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    mine, other = _runs(old), _runs(new)
    return len(mine & other) / max(1, min(len(mine), len(other)))


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[index : index + _RUN] for index in range(len(words) - _RUN + 1)}


def _shared_content(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    mine, other = _content(old), _content(new)
    return len(mine & other) / max(1, min(len(mine), len(other)))


def _content(words: tuple[str, ...]) -> set[str]:
    return {word for word in words if len(word) > 2 and word not in _EVERYWHERE}


def _same_language(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    if abs(_latin_share(old) - _latin_share(new)) >= 0.4:
        return False
    return (_english_share(old) >= _ENGLISH_SHARE) == (_english_share(new) >= _ENGLISH_SHARE)


def _english_share(words: tuple[str, ...]) -> float:
    return sum(word in _ENGLISH for word in words) / len(words)


def _latin_share(words: tuple[str, ...]) -> float:
    letters = [word for word in words if word[0].isalpha()]
    return sum(word.isascii() for word in letters) / max(1, len(letters))
