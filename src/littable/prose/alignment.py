"""Two token streams to the places where they differ."""

from __future__ import annotations

from littable.patterns import lazy
from littable.prose.canonical import Canonical
from littable.prose.equivalence import Hunk, is_equivalent, words_equivalent

_END = lazy(r"[\s\[(]*(?:\.{2,}|…)?[\])]*\s*\Z")
# Two hunks so many equal tokens apart can be one difference that was aligned unluckily.
_NEAR = 3


def differences(old: Canonical, new: Canonical) -> tuple[Hunk, ...]:
    """The hunks in which two texts differ in meaning, in order."""
    left: list[Hunk] = []
    for hunk in hunks(old.words, new.words):
        if is_equivalent(hunk, old, new):
            continue
        if left and hunk.old_start - left[-1].old_end <= _NEAR:
            both = Hunk(left[-1].old_start, hunk.old_end, left[-1].new_start, hunk.new_end)
            if is_equivalent(both, old, new):
                left.pop()
                continue
        left.append(hunk)
    return tuple(left)


def agree(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether the tokens alone, without their sources, show that two texts say the same."""
    return old == new or all(
        words_equivalent(old[hunk.old_start : hunk.old_end], new[hunk.new_start : hunk.new_end])
        for hunk in hunks(old, new)
    )


def hunks(old: tuple[str, ...], new: tuple[str, ...]) -> list[Hunk]:
    """All hunks in which two token streams differ, in order; between two there is an equal token."""
    from rapidfuzz.distance import Indel

    found: list[Hunk] = []
    for operation in Indel.opcodes(old, new):
        if operation.tag == "equal":
            continue
        hunk = Hunk(operation.src_start, operation.src_end, operation.dest_start, operation.dest_end)
        if found and found[-1].old_end == hunk.old_start and found[-1].new_end == hunk.new_start:
            last = found.pop()
            hunk = Hunk(last.old_start, hunk.old_end, last.new_start, hunk.new_end)
        found.append(hunk)
    return found


def cut_point(old: Canonical, new: Canonical) -> int | None:
    """How many tokens of ``new`` the text ``old`` has when it is ``new`` cut short; None when it is not.

    The last token may be a part of a word, as left by a cut at a fixed length.
    """
    length = len(old.words)
    if length == 0 or length >= len(new.words) + 1:
        return None
    window = Canonical(new.source, new.words[: length + 12], new.starts, new.ends)
    for back in range(min(4, length)):
        head = length - back
        point = _matched(old, window, head)
        if point is not None and (back == 0 or _is_torn(old, head, new, point)):
            return point + back if point < len(window.words) else None
    return None


def _matched(old: Canonical, new: Canonical, head: int) -> int | None:
    """Where in ``new`` the first ``head`` tokens of ``old`` end, when they are all there."""
    if old.words[:head] == new.words[:head]:
        return head
    cut = Canonical(old.source, old.words[:head], old.starts, old.ends)
    found = hunks(cut.words, new.words)
    end = len(new.words)
    if found and found[-1].old_start == found[-1].old_end == head:
        end = found.pop().new_start
    return end if all(is_equivalent(hunk, cut, new) for hunk in found) else None


def _is_torn(old: Canonical, head: int, new: Canonical, point: int) -> bool:
    """Whether the tokens from ``head`` on are the beginning of what follows in the whole text."""
    if point >= len(new.words):
        return False
    torn = _END.sub("", old.source[old.starts[head] :]).casefold()
    whole = new.source[new.starts[point] :].casefold()
    if whole.startswith(torn):
        return True
    words = old.words[head:]
    joined = "".join(new.words[point : point + len(words) + 3]).casefold()
    return joined.startswith("".join(words).casefold()) or (len(words) == 1 and words[0].startswith("\\"))
