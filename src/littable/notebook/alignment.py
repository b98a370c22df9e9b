"""Which strings of a list are still there after an edit, and where a new text is to be cut into strings."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from littable.text import Span, smallest_edit


def align(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indices of equal strings, rising in both: what is only once in either holds the rest together.

    The time grows with n log n.
    """
    pairs: list[tuple[int, int]] = []
    anchors = [(-1, -1), *_anchors(old, new), (len(old), len(new))]
    for (before, before_new), (behind, behind_new) in pairwise(anchors):
        i, j = before + 1, before_new + 1
        while i < behind and j < behind_new and old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        same = 0
        while (
            behind - same > i
            and behind_new - same > j
            and old[behind - same - 1] == new[behind_new - same - 1]
        ):
            same += 1
        pairs += [(behind - at, behind_new - at) for at in range(same, 0, -1)]
        pairs.append((behind, behind_new))
    return pairs[:-1]


def pair_up(old: Sequence[str], new: Sequence[str], *, evenly: bool = False) -> list[int | None]:
    """For each new string the index of the old one that it equals or takes the place of; None for one more.

    ``evenly``: where others stand than before, only as many for as many take their places.
    """
    partners: list[int | None] = [None] * len(new)
    done, done_new = 0, 0
    for i, j in [*align(old, new), (len(old), len(new))]:
        count = min(i - done, j - done_new)
        if not evenly or i - done == j - done_new:
            partners[done_new : done_new + count] = range(done, done + count)
        if j < len(new):
            partners[j] = i
        done, done_new = i + 1, j + 1
    return partners


def cut(strings: Sequence[str], text: str) -> list[str]:
    """The new ``text`` of a cell in strings, cut where those of the old one were: after each line, as Jupyter
    does, or wherever else.
    """
    old, new = _lines("".join(strings)), _lines(text)
    ends = list(accumulate(map(len, strings)))
    cuts = list(_cuts_by_line(old, ends))
    after_each = all(line_cuts[-1:] == [len(line)] for line, line_cuts in zip(old, cuts, strict=True))
    pieces = [""] * ends.count(0)
    rest = ""
    for line, partner in zip(new, pair_up(old, new, evenly=True), strict=True):
        position = 0
        for end in _new_cuts(line, partner, old, cuts, after_each=after_each):
            pieces.append(rest + line[position:end])
            rest, position = "", end
        rest += line[position:]
    return [*pieces, rest] if rest else pieces


def _new_cuts(
    line: str, partner: int | None, old: Sequence[str], cuts: Sequence[list[int]], *, after_each: bool
) -> list[int]:
    if partner is None:
        return [len(line)] if after_each else []
    return cuts[partner] if old[partner] == line else _moved(old[partner], cuts[partner], line)


def _moved(old: str, cuts: Sequence[int], new: str) -> list[int]:
    """The cuts of a line that has changed: those at its end, and those outside what changed in it."""
    at_end = [len(new)] * cuts.count(len(old))
    if len(at_end) == len(cuts):
        return at_end
    changed = smallest_edit(old, Span(0, len(old)), new).span
    before = [cut for cut in cuts if cut <= changed.start and cut < len(old)]
    behind = [
        cut + len(new) - len(old) for cut in cuts if changed.start < cut >= changed.end and cut < len(old)
    ]
    return before + behind + at_end


def _cuts_by_line(lines: Sequence[str], ends: Sequence[int]) -> Iterator[list[int]]:
    """Where strings end in each line, as offsets in it; the start of a line counts to the one before."""
    start, at = 0, ends.count(0)
    for line in lines:
        found = []
        while at < len(ends) and ends[at] <= start + len(line):
            found.append(ends[at] - start)
            at += 1
        yield found
        start += len(line)


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest rising run of pairs among the strings that stand once in either list."""
    counts, counts_new = Counter(old), Counter(new)
    places = {value: i for i, value in enumerate(old) if counts[value] == 1}
    pairs = [(places[value], j) for j, value in enumerate(new) if counts_new[value] == 1 and value in places]
    ends: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (i, _) in enumerate(pairs):
        pile = bisect_left(ends, i)
        before.append(piles[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [i]
        piles[pile : pile + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
