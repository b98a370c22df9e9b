"""A title as somebody wrote it down beside the record's: the same, misspelt, shortened, another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from littable.diagnostic import Change
from littable.prose.title.forms import (
    PARTICLES,
    is_abbreviated,
    is_annotated,
    is_cut,
    is_slip,
    is_tiny,
    is_translated,
)
from littable.prose.title.words import TitlePair, read_pair
from littable.text import Edit


class TitleVerdict(StrEnum):
    """What a written title is to a record's.

    ANNOTATED has the record's whole title with something beside it, such as a translation or a nickname;
    ABBREVIATED is a part of it or a short name; RENAMED shares most words with it, DIFFERENT does not.
    """

    SAME = "same"
    ANNOTATED = "annotated"
    MISSPELT = "misspelt"
    ABBREVIATED = "abbreviated"
    TRANSLATED = "translated"
    RENAMED = "renamed"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class TitleComparison:
    """The outcome of ``compare_titles``.

    ``edits`` have spans in the written title and turn it into the record's; a translated title has none.
    ``ratio`` is the share of words that differ and ``shared`` that of words that matter which both have, from
    0 to 1; ``words`` is how many the written title has.
    ``tiny`` says of MISSPELT that only letters of ordinary words differ.
    """

    verdict: TitleVerdict
    changes: tuple[Change, ...] = ()
    edits: tuple[Edit, ...] = ()
    ratio: float = 0.0
    shared: float = 0.0
    words: int = 0
    tiny: bool = False

    @property
    def agrees(self) -> bool:
        """Whether this is the record's title beyond doubt, though a letter may be wrong or more beside it."""
        return self.verdict in (TitleVerdict.SAME, TitleVerdict.ANNOTATED) or self.tiny


# Longer ones are no titles.
_LONGEST = 1_000
_RENAMED = 0.5


def compare_titles(written: str, record: str) -> TitleComparison:
    """Say what a title written in Markdown is to the record's, which may hold TeX."""
    if written == record:
        return TitleComparison(TitleVerdict.SAME)
    if max(len(written), len(record)) > _LONGEST:
        return TitleComparison(TitleVerdict.DIFFERENT, ratio=1.0)
    return _compare_closely(written, record)


# A run asks about one pair several times: to gather versions, to report, for how far a fix can be trusted.
@lru_cache(maxsize=4096)
def _compare_closely(written: str, record: str) -> TitleComparison:
    pair = read_pair(written, record)
    if not pair.old.words or not pair.new.words:
        return TitleComparison(TitleVerdict.ABBREVIATED, ratio=1.0)
    if pair.same:
        return TitleComparison(TitleVerdict.SAME)
    verdict = _verdict(pair)
    if verdict is TitleVerdict.TRANSLATED:
        return TitleComparison(verdict, ratio=pair.ratio, words=len(pair.old.words))
    from littable.prose.phrases import phrases  # late: most titles differ in nothing
    from littable.prose.title.edits import title_edits

    return TitleComparison(
        verdict,
        phrases(pair.hunks, pair.old, pair.new),
        title_edits(pair),
        pair.ratio,
        _shared(pair),
        words=len(pair.old.words),
        tiny=verdict is TitleVerdict.MISSPELT and is_tiny(pair),
    )


def _verdict(pair: TitlePair) -> TitleVerdict:
    if is_annotated(pair):
        return TitleVerdict.ANNOTATED
    if is_cut(pair):
        return TitleVerdict.ABBREVIATED
    if is_slip(pair):
        return TitleVerdict.MISSPELT
    if is_translated(pair):
        return TitleVerdict.TRANSLATED
    if is_abbreviated(pair):
        return TitleVerdict.ABBREVIATED
    return TitleVerdict.RENAMED if _shared(pair) >= _RENAMED else TitleVerdict.DIFFERENT


def _shared(pair: TitlePair) -> float:
    """The share of content words that two titles have in common."""
    mine, other = (
        Counter(word for word in text.words if word not in PARTICLES) for text in (pair.old, pair.new)
    )
    return (mine & other).total() / max(1, mine.total(), other.total())
