r"""Where a written text has lost the blank between two sentences that the record has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from littable.patterns import lazy
from littable.prose.alignment import hunks
from littable.prose.canonical import Canonical, canonical
from littable.prose.urls import is_url
from littable.text import Edit, Span

_STOP = r"(?:[.!?]{1,3}|…)"
_MARKUP = r"[)\]}\"'”’»*_`$\\]{0,9}"
_BRACKETS = r"[()\[\]{}\"'“”‘’«»]{0,9}"
_CAPITAL = "[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ]"
_RUN_ON = lazy(rf"(?P<end>{_MARKUP}{_STOP})(?P<newline>\\n)?(?P<marks>{_BRACKETS})")
_RECORDED = lazy(rf"{_MARKUP}{_STOP}(?P<closing>{_MARKUP})(?:\s+(?P<opening>\S{{0,20}}))")
_CANDIDATE = lazy(rf"[^\W_]{_MARKUP}{_STOP}(?:\\n)?{_BRACKETS}(?:{_CAPITAL}[^\W\d_A-Z]|[AI]\s)")
# Part of every candidate, and found at full speed, since few characters begin it.
_STOP_AND_CAPITAL = lazy(rf"[.!?…](?:\\n)?{_BRACKETS}{_CAPITAL}")
_NEWLINE = lazy(r"\\n(?=[A-Z\s]|\Z)")
_AGREEING = 3


def may_have_lost_breaks(written: str) -> bool:
    """Whether a full stop stands between two letters as it would between two sentences."""
    return _STOP_AND_CAPITAL.search(written) is not None and _CANDIDATE.search(written) is not None


def lost_breaks(written: str, record: str) -> list[Edit]:
    r"""The edits that put a blank between sentences which run into each other (``tasks.We``).

    A place counts where the record has the same full stop and a blank or line end behind it, between words
    that are the same on both sides. A line end that was written as ``\n`` becomes the blank.
    """
    old, new = canonical(_NEWLINE.sub("  ", written)), canonical(record)
    edits: list[Edit] = []
    for place, other in _common_gaps(old, new):
        if written[old.starts[place]].isupper() or _follows_address(old, place):
            recorded = _RECORDED.fullmatch(new.gap(other))
            edit = _edit(old, written, place, recorded) if recorded else None
            edits += [edit] if edit else []
    return edits


def _edit(old: Canonical, written: str, place: int, recorded: re.Match[str]) -> Edit | None:
    """The blank before token ``place``, if the sentence before it ends there without one."""
    start, end = old.ends[place - 1], old.starts[place]
    if _follows_address(old, place):
        dot = written.rfind(".", end, start) + 1
        return Edit(Span(dot, dot), " ")
    match = _RUN_ON.fullmatch(written, start, end) if start < end else None
    if match is None or _is_initial(written[old.starts[place - 1] : start]):
        return None
    if match["newline"]:
        return Edit(Span(*match.span("newline")), " ")
    if match["marks"] and recorded["opening"] and recorded["closing"]:
        return None  # nobody can tell which marks belong to which sentence
    at = match.end("end") if recorded["opening"] else end
    return Edit(Span(at, at), " ")


def _follows_address(text: Canonical, place: int) -> bool:
    """Whether a token was read from the end of an address, as in ``https://ex.org/a.We``."""
    return text.starts[place] == text.starts[place - 1] and is_url(text.words[place - 1])


def _is_initial(word: str) -> bool:
    """Whether a word is one capital letter, which may be an initial (``J.Smith``)."""
    return len(word) == 1 and word.isupper()


def _common_gaps(old: Canonical, new: Canonical) -> Iterator[tuple[int, int]]:
    """The pairs of gaps between words that both texts have, by the token that follows each gap: those in a
    run of at least three words.
    """
    position = shift = 0
    for start, end, behind in (*_changed(old, new), (len(old.words), 0, 0)):
        if start - position >= _AGREEING:
            yield from ((place, place + shift) for place in range(position + 1, start))
        position, shift = end, behind - end


def _changed(old: Canonical, new: Canonical) -> list[tuple[int, int, int]]:
    """Where the words differ: tokens ``start:end`` of the old text, and the new one's token behind them."""
    return [(hunk.old_start, hunk.old_end, hunk.new_end) for hunk in hunks(old.words, new.words)]
