"""Ways in which a written title differs from the record's: a slip, a note beside it, a part, a language."""

from __future__ import annotations

from littable.patterns import lazy
from littable.prose.canonical import Canonical
from littable.prose.equivalence import Hunk
from littable.prose.spelling import is_misspelling
from littable.prose.title.frames import bracket_count, without_arxiv_frame, without_brackets
from littable.prose.title.words import TitlePair, read_title

#: Small words, which an author exchanges without naming another thing.
PARTICLES = frozenset(
    """
    a an and as at by for from in into is of on onto or over the through to toward towards under upon using
    via with
    """.split()
)
_NAMES_AT_END = frozenset({"a", "an", "in"})
_MOST_SLIPS = 2
_APART = lazy(r"[:：|()\[\]（）【】/<>,;.!?、。，–—]|\s-{1,3}\s")
_SHORT = 3
_SHORTENED = 0.7
_ELLIPSIS = lazy(r"(?:\.{2,}|…)[\s)\]*_~`'\"”’]*\Z")
# Small words of other languages in which titles of papers are translated.
_FOREIGN = frozenset(
    """
    au aus auf auprès av avec com con da das de dei del della delle dem den der des di die do dos du een eine
    einer el em en et für het la las le les los mit na och para par per por pour su sur um uma un una und une
    van von vers voor zu zum zur że на для
    """.split()
)
_FOREIGN_WORDS = 2
_OTHER_SCRIPT = 0.3


def is_annotated(pair: TitlePair) -> bool:
    """Whether the record's whole title is there, and all that is beyond it stands apart from it."""
    return _extends(pair.old, pair.new) or all(
        hunk.new_start == hunk.new_end and _is_beside(hunk.old_start, hunk.old_end, pair.old)
        for hunk in pair.hunks
    )


def _extends(whole: Canonical, part: Canonical) -> bool:
    """Whether one title is the other with more before it or behind it, punctuation between."""
    length, more = len(part.words), len(whole.words) - len(part.words)
    if more <= 0:
        return False
    ends = whole.words[more:] == part.words and _is_boundary(more, whole)
    return ends or (whole.words[:length] == part.words and _is_boundary(length, whole))


def _is_beside(start: int, end: int, text: Canonical) -> bool:
    """Whether words stand before the rest of a title, behind it or in brackets, with punctuation between."""
    before = start == 0 or _is_boundary(start, text)
    behind = end == len(text.words) or _is_boundary(end, text)
    at_edge = start == 0 or end == len(text.words)
    return before and behind and (at_edge or _is_bracketed(start, end, text))


def _is_boundary(index: int, text: Canonical) -> bool:
    """Whether punctuation or a change of script parts a word from the one before it."""
    if _APART.search(text.gap(index)):
        return True
    return _is_latin(text.words[index - 1]) != _is_latin(text.words[index])


def _is_bracketed(start: int, end: int, text: Canonical) -> bool:
    return text.gap(start).rstrip()[-1:] in "([（【" and text.gap(end).lstrip()[:1] in ")]）】"


def _is_latin(word: str) -> bool:
    return not any(character.isalpha() and character > "\u024f" for character in word)


def is_slip(pair: TitlePair) -> bool:
    """Whether two titles differ by a slip or two: letters of a word, or a small word."""
    slips = 0
    for hunk in pair.hunks:
        before, after = _sides(hunk, pair)
        if not _are_misspellings(before, after) and not _are_particles(hunk, pair):
            return False
        slips += max(len(before), len(after))
    return slips <= _MOST_SLIPS and len(pair.new.words) > slips


def is_tiny(pair: TitlePair) -> bool:
    """Whether titles that differ by a slip do so only in letters of ordinary words."""
    return all(_are_misspellings(*_sides(hunk, pair)) and not _is_name(hunk, pair) for hunk in pair.hunks)


def _sides(hunk: Hunk, pair: TitlePair) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        pair.old.words[hunk.old_start : hunk.old_end],
        pair.new.words[hunk.new_start : hunk.new_end],
    )


def _are_misspellings(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    return len(before) == len(after) and all(map(is_misspelling, before, after))


def _are_particles(hunk: Hunk, pair: TitlePair) -> bool:
    """Whether only small words differ; at the end of a title ("Hepatitis A") they may be none."""
    words = {word for side in _sides(hunk, pair) for word in side}
    at_end = hunk.old_end == len(pair.old.words) or hunk.new_end == len(pair.new.words)
    return words <= PARTICLES and not (at_end and words & _NAMES_AT_END)


def _is_name(hunk: Hunk, pair: TitlePair) -> bool:
    """Whether a word has capitals inside it, where a letter makes another name (``BERT``, ``BART``)."""
    sides = (
        (pair.old, hunk.old_start, hunk.old_end),
        (pair.new, hunk.new_start, hunk.new_end),
    )
    return any(
        word[1:] != word[1:].lower()
        for text, start, end in sides
        if not text.source.isupper()
        for word in text.between(start, end).split()
    )


def is_cut(pair: TitlePair) -> bool:
    """Whether a title begins as the record's and ends in dots; the last word may be torn."""
    old, new = pair.old, pair.new
    last = len(old.words) - 1
    return (
        _ELLIPSIS.search(old.source) is not None
        and old.words[:last] == new.words[:last]
        and any(word.startswith(old.words[last]) for word in new.words[last : last + 1])
    )


def is_abbreviated(pair: TitlePair) -> bool:
    """Whether a title is a part of the record's, or too short to be one beside it."""
    old, new = pair.old, pair.new
    if len(old.words) <= _SHORT and len(new.words) >= len(old.words) + 2:
        return True
    if _is_part(pair) or _extends(new, old):
        return True
    if bracket_count(old.source) <= bracket_count(new.source):
        return False
    shorter = read_title(without_brackets(without_arxiv_frame(old.source)), old.source)
    if 0 < len(shorter.words) < len(old.words):
        from littable.prose.alignment import differences

        noteless = TitlePair(shorter, new, differences(shorter, new))
        return noteless.same or _is_part(noteless) or len(shorter.words) <= _SHORT
    return False


def _is_part(pair: TitlePair) -> bool:
    if any(hunk.old_start < hunk.old_end for hunk in pair.hunks):
        return False
    if len(pair.old.words) < _SHORTENED * len(pair.new.words):
        return True
    return all(_is_beside(hunk.new_start, hunk.new_end, pair.new) for hunk in pair.hunks)


def is_translated(pair: TitlePair) -> bool:
    """Whether the two are in different scripts, or the written one has another language's small words."""
    old, new = pair.old, pair.new
    if abs(_other_script(old) - _other_script(new)) >= _OTHER_SCRIPT:
        return True
    mine, other = (sum(word in _FOREIGN for word in text.words) for text in (old, new))
    return mine - other >= _FOREIGN_WORDS and mine > sum(word in PARTICLES for word in old.words)


def _other_script(text: Canonical) -> float:
    letters = [word for word in text.words if word[:1].isalpha()]
    return sum(not _is_latin(word) for word in letters) / max(1, len(letters))
