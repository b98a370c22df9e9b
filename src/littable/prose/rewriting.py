"""Edits that make a written text say what the record says.

An edit replaces the tokens of one difference by the record's own text for them. It may not cut through
markup: where a slice opens a brace that it does not close, or crosses from prose into mathematics, it
grows until it stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from littable.patterns import lazy
from littable.prose.alignment import differences
from littable.prose.alignment import hunks as all_hunks
from littable.prose.canonical import Canonical, canonical
from littable.prose.equivalence import Hunk
from littable.prose.markup import mask, mask_markup
from littable.text import Edit, Span, apply_edits, smallest_edit

# From this share of changed words on, the text is replaced as a whole.
_LARGELY_REWRITTEN = 0.5
# How often hunks that do not hold by themselves take in the words beside them.
_TRIES = 5
_SPACES = lazy(r"\s+")
_ESCAPED = lazy(r"\\.", re.DOTALL)
_BRACE = lazy(r"[{}]")
_DOLLARS = lazy(r"(?<!\\)\$+")
# What stands between words and would open or close markup if it came along with one of them.
_MARKS = lazy(r"\\[A-Za-z]+\s*\{?|[{}$*_`<>]|\\[()\[\]]")


def rewrite(hunks: tuple[Hunk, ...], old: Canonical, new: Canonical, ratio: float) -> tuple[Edit, ...]:
    """The smallest edits that hold; the whole text where much changed or where nothing less holds."""
    if ratio < _LARGELY_REWRITTEN:
        edits = _small_edits(list(hunks), old, new)
        # At last with the differences that mean nothing.
        edits = edits or _small_edits(all_hunks(old.words, new.words), old, new)
        if edits:
            return edits
    return (_whole(old, new),)


def _small_edits(hunks: list[Hunk], old: Canonical, new: Canonical) -> tuple[Edit, ...]:
    """Edits of the hunks; those that do not hold by themselves take in their neighbours, a few times."""
    for attempt in range(_TRIES):
        edits = _merge([_edit(hunk, old, new) for hunk in _closed(hunks, old, new)])
        if edits is None:
            failing: set[int] = set(range(len(hunks)))
        else:
            left = _left(edits, old, new)
            if not left:
                return edits
            failing = {_nearest(hunk, hunks) for hunk in left}
        margin = 2**attempt
        hunks = [_widened(hunk, margin, old, new) if at in failing else hunk for at, hunk in enumerate(hunks)]
    return ()


def _left(edits: tuple[Edit, ...], old: Canonical, new: Canonical) -> tuple[Hunk, ...]:
    """Where the edited text still says something else than the record."""
    edited = canonical(apply_edits(old.source, edits))
    return () if edited.words == new.words else differences(edited, new)


def _nearest(place: Hunk, hunks: Sequence[Hunk]) -> int:
    """The number of the hunk that stands nearest to a place in the record."""
    return min(
        range(len(hunks)),
        key=lambda at: max(hunks[at].new_start - place.new_end, place.new_start - hunks[at].new_end),
    )


def _widened(hunk: Hunk, margin: int, old: Canonical, new: Canonical) -> Hunk:
    """The hunk with so many words more on either side, as far as both texts have the same ones there."""
    before = after = 0
    while before < min(margin, hunk.old_start, hunk.new_start):
        before += 1
    while after < margin and hunk.old_end + after < len(old.words) and hunk.new_end + after < len(new.words):
        after += 1
    return Hunk(hunk.old_start - before, hunk.old_end + after, hunk.new_start - before, hunk.new_end + after)


def complete(old: Canonical, new: Canonical, point: int) -> tuple[Edit, ...]:
    """The edits that give a text which was cut short its end, from token ``point`` of the record on."""
    common = _common_head(old, new, point)
    if common:
        span = Span(old.ends[common - 1], len(old.source.rstrip()))
        tail = new.source[new.ends[point - len(old.words) + common - 1] :]
        edits = (Edit(span, _collapse(tail)),)
        if not _left(edits, old, new):
            return edits
    return (_whole(old, new),)


def _common_head(old: Canonical, new: Canonical, point: int) -> int:
    """How many tokens before the cut can stay: the last ones may be torn."""
    shift = point - len(old.words)
    for length in range(len(old.words), max(0, len(old.words) - 5), -1):
        if 0 < length + shift <= len(new.words) and old.words[length - 1] == new.words[length + shift - 1]:
            return length
    return 0


def _whole(old: Canonical, new: Canonical) -> Edit:
    """Replace the text inside what is around it: a heading, a paragraph's tags."""
    masked = mask(old.source)
    start = min(old.starts[0], len(masked) - len(masked.lstrip()))
    return Edit(Span(start, len(masked.rstrip())), _collapse(new.source).strip())


def _collapse(text: str) -> str:
    return _SPACES.sub(" ", text).rstrip()


def _closed(hunks: Iterable[Hunk], old: Canonical, new: Canonical) -> list[Hunk]:
    """The hunks, each grown until it can be cut out of both texts."""
    closed: list[Hunk] = []
    for hunk in hunks:
        grown = _grow(hunk, old, new)
        while closed and grown.old_start <= closed[-1].old_end:
            last = closed.pop()
            grown = Hunk(
                min(last.old_start, grown.old_start),
                max(last.old_end, grown.old_end),
                min(last.new_start, grown.new_start),
                max(last.new_end, grown.new_end),
            )
        closed.append(grown)
    return closed


_FURTHEST = 12


def _grow(hunk: Hunk, old: Canonical, new: Canonical) -> Hunk:
    for _ in range(_FURTHEST):
        left = _leans(old.between(hunk.old_start, hunk.old_end))
        right = _leans(new.between(hunk.new_start, hunk.new_end))
        if left == right == (False, False):
            break
        hunk = Hunk(
            max(0, hunk.old_start - (left[0] or right[0])),
            min(len(old.words), hunk.old_end + (left[1] or right[1])),
            max(0, hunk.new_start - (left[0] or right[0])),
            min(len(new.words), hunk.new_end + (left[1] or right[1])),
        )
    return hunk


def _leans(source: str) -> tuple[bool, bool]:
    """Whether a slice closes something opened before it, and whether it leaves something open."""
    bare = _ESCAPED.sub("", source)
    depth = lowest = 0
    for brace in _BRACE.findall(bare):
        depth += 1 if brace == "{" else -1
        lowest = min(lowest, depth)
    odd = mask_markup(bare).count("$") % 2 == 1
    return lowest < 0 or odd, depth > lowest or odd


def _edit(hunk: Hunk, old: Canonical, new: Canonical) -> Edit:
    text = _collapse(new.between(hunk.new_start, hunk.new_end))
    if (
        text
        and _is_mathematics(new, new.starts[hunk.new_start])
        and not _is_mathematics(old, _place(hunk, old))
    ):
        text = f"${text}$"
    if hunk.old_start < hunk.old_end:
        span = Span(old.starts[hunk.old_start], old.ends[hunk.old_end - 1])
        return Edit(span, text) if text else _deletion(hunk, span, old, new)
    return _insertion(hunk, text, old, new)


def _place(hunk: Hunk, old: Canonical) -> int:
    """Where in the written text a hunk begins."""
    if hunk.old_start < hunk.old_end:
        return old.starts[hunk.old_start]
    return old.ends[hunk.old_start - 1] if hunk.old_start else 0


def _is_mathematics(text: Canonical, place: int) -> bool:
    """Whether a place lies between two dollars."""
    return len(_DOLLARS.findall(mask_markup(text.source)[:place])) % 2 == 1


_OPENS_OR_CLOSES = frozenset("<>[]{}$`")


def _deletion(hunk: Hunk, span: Span, old: Canonical, new: Canonical) -> Edit:
    """Take the words away with what stood around them alone: between their neighbours stands what the
    record has there, a full stop or a blank. Only where that would cut markup do the words go alone.
    """
    start = old.ends[hunk.old_start - 1] if hunk.old_start else min(old.starts[0], span.start)
    end = old.starts[hunk.old_end] if hunk.old_end < len(old.words) else len(old.source.rstrip())
    around = old.source[start : span.start] + old.source[span.end : end]
    if not _OPENS_OR_CLOSES.isdisjoint(around):
        return Edit(span, "")
    text = _SPACES.sub(" ", _MARKS.sub("", new.gap(hunk.new_start))) if hunk.old_start else ""
    return smallest_edit(old.source, Span(start, end), text if end < len(old.source) else text.rstrip())


def _insertion(hunk: Hunk, text: str, old: Canonical, new: Canonical) -> Edit:
    """Put words in with the blanks that the record has around them."""
    if hunk.old_start == 0:
        return Edit(
            Span(old.starts[0], old.starts[0]), text + _SPACES.sub(" ", _MARKS.sub("", new.gap(hunk.new_end)))
        )
    place = old.ends[hunk.old_start - 1]
    before = _SPACES.sub(" ", _MARKS.sub("", new.gap(hunk.new_start)))
    return Edit(Span(place, place), before + text)


def _merge(edits: list[Edit]) -> tuple[Edit, ...] | None:
    """The edits in order; None when two overlap."""
    ordered = sorted(edits)
    for first, second in pairwise(ordered):
        if second.span.start < first.span.end or first.span == second.span:
            return None
    return tuple(ordered)
