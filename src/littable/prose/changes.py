"""What has changed between a text as somebody wrote it down and the record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from littable.diagnostic import Change
from littable.prose.affinity import Affinity, affinity
from littable.prose.alignment import agree, cut_point, differences
from littable.prose.canonical import Canonical, canonical, canonical_words
from littable.prose.equivalence import Hunk
from littable.prose.phrases import phrases
from littable.prose.rewriting import complete, rewrite
from littable.text import Edit


class Verdict(StrEnum):
    """What a written text is to a record's."""

    SAME = "same"
    COSMETIC = "cosmetic"
    CHANGED = "changed"
    TRUNCATED = "truncated"
    FOREIGN = "foreign"
    OWN_WORDS = "own-words"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of ``compare``.

    ``edits`` have spans in the written text and turn it into one that says what the record says;
    ``ratio`` is the share of words that changed, from 0 to 1.
    """

    verdict: Verdict
    changes: tuple[Change, ...] = ()
    edits: tuple[Edit, ...] = ()
    ratio: float = 0.0


def compare(written: str, record: str) -> Comparison:
    """Say whether ``written`` still says, word by word, what ``record`` says, and what differs."""
    if written == record or written.split() == record.split():
        return Comparison(Verdict.SAME)
    if len(written) > _TIMES_LONGER * len(record) + _LONGEST_NOTE:
        return Comparison(Verdict.OWN_WORDS, ratio=1.0)
    return _compare_closely(written, record)


# A text so much longer than the record's is something else, and is not read word by word.
_TIMES_LONGER = 20
_LONGEST_NOTE = 20_000


# A run asks about one pair several times: which versions to ask for, what to report, what is left to fix.
@lru_cache(maxsize=4096)
def _compare_closely(written: str, record: str) -> Comparison:
    if agree(canonical_words(written), canonical_words(record)):
        return Comparison(Verdict.COSMETIC)
    return _compare_tokens(canonical(written), canonical(record))


def _compare_tokens(old: Canonical, new: Canonical) -> Comparison:
    if not old.words or not new.words:
        return Comparison(Verdict.OWN_WORDS, ratio=1.0)
    found = differences(old, new)
    if not found:
        return Comparison(Verdict.COSMETIC)
    ratio = _ratio(found, old, new)
    point = cut_point(old, new)
    if point is not None and len(old.words) >= _FEWEST_WORDS:
        return Comparison(Verdict.TRUNCATED, phrases(found, old, new), complete(old, new, point), ratio)
    match affinity(old, new, ratio):
        case Affinity.OTHER_PAPER:
            return Comparison(Verdict.FOREIGN, ratio=ratio)
        case Affinity.OWN_WORDS:
            return Comparison(Verdict.OWN_WORDS, ratio=ratio)
        case Affinity.SAME_TEXT:
            told = phrases(found, old, new)
            if not told:  # what reads alike has not changed
                return Comparison(Verdict.COSMETIC)
            return Comparison(Verdict.CHANGED, told, rewrite(found, old, new, ratio), ratio)


# Fewer words than these are a note, even when an abstract begins with them.
_FEWEST_WORDS = 8


def _ratio(found: tuple[Hunk, ...], old: Canonical, new: Canonical) -> float:
    touched = sum(max(hunk.old_end - hunk.old_start, hunk.new_end - hunk.new_start) for hunk in found)
    return min(1.0, touched / max(len(old.words), len(new.words)))
