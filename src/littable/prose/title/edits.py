"""Edits that turn a written title into the record's, word for word, and leave the rest as it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from littable.patterns import lazy
from littable.prose.canonical import Canonical
from littable.prose.equivalence import Hunk
from littable.prose.title.words import TitlePair, read_pair
from littable.text import Edit, Span, apply_edits, smallest_edit

# From this share of changed words on, the title is replaced as a whole.
_LARGELY = 0.6
_FURTHEST = 6
_SPACES = lazy(r"\s+")
_MARKS = lazy(r"\\[A-Za-z]+\s*\{?|[{}$*_`<>\\~]")
_MARKUP = frozenset("*_`<>[]{}$~\\")
_BEFORE = lazy(r"[$\"'“‘¿¡({\\]*\Z")
_BEHIND = lazy(r"[$\"'”’?!)}.]*")
_REACH = 8
_EMPHASIS = lazy(r"(?<!\\)(?:\*+|`+|~~|\$+|(?<!\w)_+|_+(?!\w))")


def title_edits(pair: TitlePair) -> tuple[Edit, ...]:
    """The smallest edits that hold, with spans in the written title and text as the record writes it."""
    old, new = pair.old, pair.new
    if pair.ratio < _LARGELY:
        edits = tuple(_edit(hunk, old, new) for hunk in _closed(pair.hunks, old, new))
        if _holds(edits, old, new):
            return edits
    everything = Hunk(0, len(old.words), 0, len(new.words))
    return (_edit(everything, old, new),)


def _holds(edits: tuple[Edit, ...], old: Canonical, new: Canonical) -> bool:
    try:
        edited = apply_edits(old.source, edits)
    except ValueError:  # two differences grew into each other
        return False
    return read_pair(edited, new.source).same


def _closed(hunks: tuple[Hunk, ...], old: Canonical, new: Canonical) -> list[Hunk]:
    """The hunks, each grown until its slices close what they open."""
    closed: list[Hunk] = []
    for hunk in (part for whole in hunks for part in _parted(whole, old)):
        for _ in range(_FURTHEST):
            if _is_whole(hunk, old, new):
                break
            hunk = Hunk(
                max(0, hunk.old_start - 1),
                min(len(old.words), hunk.old_end + 1),
                max(0, hunk.new_start - 1),
                min(len(new.words), hunk.new_end + 1),
            )
        closed.append(hunk)
    return closed


def _parted(hunk: Hunk, old: Canonical) -> Iterator[Hunk]:
    """Word by word, where words stand for as many others and markup is among them."""
    count = hunk.old_end - hunk.old_start
    if count != hunk.new_end - hunk.new_start or _MARKUP.isdisjoint(
        old.between(hunk.old_start, hunk.old_end)
    ):
        yield hunk
        return
    for place in range(count):
        mine, other = hunk.old_start + place, hunk.new_start + place
        yield Hunk(mine, mine + 1, other, other + 1)


def _is_whole(hunk: Hunk, old: Canonical, new: Canonical) -> bool:
    sides = (old, hunk.old_start, hunk.old_end), (new, hunk.new_start, hunk.new_end)
    return all(
        start == end
        or (_is_balanced(text.between(start, end)) and text.source.count("$", 0, text.starts[start]) % 2 == 0)
        for text, start, end in sides
    )


def _is_balanced(piece: str) -> bool:
    """Whether what a piece opens (mathematics, braces, emphasis, code) it closes."""
    marks = Counter(mark[0] for mark in _EMPHASIS.findall(piece))
    return all(count % 2 == 0 for count in marks.values()) and piece.count("{") == piece.count("}")


def _edit(hunk: Hunk, old: Canonical, new: Canonical) -> Edit:
    """Write the record's words between the neighbours that stay, with the punctuation it has there.

    Where markup stands beside the words, they are exchanged without what is between.
    """
    left, right = _gaps(hunk.old_start, hunk.old_end, old)
    before, behind = (_clean(gap.of(new.source)) for gap in _gaps(hunk.new_start, hunk.new_end, new))
    text = _cased(_SPACES.sub(" ", new.between(hunk.new_start, hunk.new_end)), hunk, old)
    keeps_left, keeps_right = (not _MARKUP.isdisjoint(gap.of(old.source)) for gap in (left, right))
    if left == right and keeps_left:
        return _insertion(hunk, left, before + text if hunk.old_start else text + behind)
    start = left.end if keeps_left else left.start
    end = right.start if keeps_right else right.end
    if text:
        text = ("" if keeps_left else before) + text + ("" if keeps_right else behind)
    elif not keeps_left and not keeps_right:
        text = before if hunk.new_start else behind if hunk.new_end < len(new.words) else ""
    return smallest_edit(old.source, Span(start, end), text)


def _cased(text: str, hunk: Hunk, old: Canonical) -> str:
    """A word that stands for one other, with a capital where that has one; in a title all in capitals, so."""
    written = old.between(hunk.old_start, hunk.old_end)
    if not (text.isalpha() and written.isalpha() and text[1:].islower()):
        return text
    if written.isupper() and len(written) > 1:
        return text.upper() if old.source.isupper() else text
    return text.capitalize() if written[0].isupper() else text.lower()


def _gaps(start: int, end: int, text: Canonical) -> tuple[Span, Span]:
    """What stands before and behind the tokens ``start:end``, up to their neighbours or to the end of what
    belongs to the title. Of no tokens, both are the one gap.
    """
    first = text.ends[start - 1] if start else _marks_before(text)
    last = text.starts[end] if end < len(text.words) else _marks_behind(text)
    if start == end:
        return Span(first, last), Span(first, last)
    return Span(first, text.starts[start]), Span(text.ends[end - 1], last)


def _marks_before(text: Canonical) -> int:
    place = text.starts[0]
    found = _BEFORE.search(text.source, max(0, place - _REACH), place)
    return found.start() if found else place


def _marks_behind(text: Canonical) -> int:
    found = _BEHIND.match(text.source, text.ends[-1])
    return found.end() if found else text.ends[-1]


def _clean(gap: str) -> str:
    """What parts two words in the record, without markup."""
    return _SPACES.sub(" ", _MARKS.sub("", gap))


def _insertion(hunk: Hunk, gap: Span, text: str) -> Edit:
    place = gap.start if hunk.old_start else gap.end
    return Edit(Span(place, place), text)
