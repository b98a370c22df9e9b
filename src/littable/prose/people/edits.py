"""Edits that put a list of authors right in the manner in which it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from littable.patterns import lazy
from littable.prose.alignment import hunks
from littable.prose.people.matching import Pairing
from littable.prose.people.reading import Reading
from littable.prose.people.style import Style, style_of
from littable.text import Edit, Span

_PLAIN = lazy(
    r"(?:[\s,;，；、•·/&+]|<br\s*/?>|\b(?:and|und|et|и|та|och|og|en|和|与|與|及|と)\b)+", re.IGNORECASE
)
_AND = lazy(r"(?<!<)\b[^\W\d_]|&|\+")


def author_edits(reading: Reading, extra: Sequence[int]) -> tuple[Edit, ...]:
    """The smallest edits, with spans in the cell; none where its manner cannot be kept.

    ``extra`` are the places of the names to be taken out.
    """
    if extra == reading.strangers == [] and not (
        reading.lacking or reading.exchanged or _disordered(reading)
    ):
        return tuple(_spelling(pairing) for pairing in reading.pairings if pairing.match.slip)
    if reading.aside or extra != reading.strangers or not _is_plain(reading) or _begins_otherwise(reading):
        return ()
    style = style_of(reading)
    if style is None and (reading.lacking or reading.exchanged):
        return ()
    return _rebuilt(reading, style)


def _disordered(reading: Reading) -> bool:
    return reading.indices != sorted(reading.indices)


def _spelling(pairing: Pairing) -> Edit:
    """Write the one word that is wrong as the record does."""
    assert pairing.match.slip is not None
    wrong, right = pairing.match.slip
    return Edit(wrong.span, right.text.upper() if wrong.text.isupper() else right.text)


def _is_plain(reading: Reading) -> bool:
    """Whether nothing but names and separators stands between the first name and the last."""
    source, text = reading.cell.source, reading.cell.text
    spans = [pairing.written.span for pairing in reading.pairings]
    return all(span.of(source) == span.of(text) for span in spans) and all(
        _PLAIN.fullmatch(source, first.end, second.start) for first, second in pairwise(spans)
    )


def _begins_otherwise(reading: Reading) -> bool:
    """Whether the first name is written in another manner (``Last, First, First Last``) and would move."""
    commas = [pairing.written.comma for pairing in reading.pairings]
    if all(commas) or not any(commas):
        return False
    first = reading.pairings[0].index
    wanted = {*reading.indices, *reading.lacking, *reading.exchanged.values()}
    return first is None or first != min(wanted)


def _rebuilt(reading: Reading, style: Style | None) -> tuple[Edit, ...]:
    """The list as it should be, with every name and separator that can stay left as it is."""
    spans = [pairing.written.span for pairing in reading.pairings]
    gaps = [Span(first.end, second.start) for first, second in pairwise(spans)]
    old = [*(span for pair in zip(spans, gaps, strict=False) for span in pair), spans[-1]]
    names = _texts(reading, style)
    new = _joined(names, reading, [gap.of(reading.cell.source) for gap in gaps])
    written = tuple(span.of(reading.cell.source) for span in old)
    return tuple(
        Edit(
            Span(old[hunk.old_start].start, old[hunk.old_end - 1].end)
            if hunk.old_start < hunk.old_end
            else _place(old, hunk.old_start),
            "".join(new[hunk.new_start : hunk.new_end]),
        )
        for hunk in hunks(written, tuple(new))
    )


def _place(spans: Sequence[Span], index: int) -> Span:
    place = spans[index - 1].end if index else spans[0].start
    return Span(place, place)


def _texts(reading: Reading, style: Style | None) -> dict[int, str]:
    """The wanted names in order, by their index: as written where they are, else in the list's style."""
    found: dict[int, str] = {}
    for pairing in reading.pairings:
        if pairing.index is not None:
            found[pairing.index] = _corrected(pairing, reading.cell.source)
    if style is not None:
        for index in (*reading.lacking, *reading.exchanged.values()):
            found[index] = style.write(reading.people[index].source)
    return dict(sorted(found.items()))


def _corrected(pairing: Pairing, source: str) -> str:
    span = pairing.written.span
    if pairing.match.slip is None:
        return span.of(source)
    edit = _spelling(pairing)
    return source[span.start : edit.span.start] + edit.text + source[edit.span.end : span.end]


def _joined(names: dict[int, str], reading: Reading, gaps: Sequence[str]) -> list[str]:
    """The names with separators between: those that stand there now, where the same names meet."""
    usual, last = _separators(gaps)
    indices = list(names)
    meeting = {
        (first.index, second.index): gap
        for (first, second), gap in zip(pairwise(reading.pairings), gaps, strict=True)
    }
    joined: list[str] = []
    for place, (first, second) in enumerate(pairwise(indices)):
        at_end = place == len(indices) - 2
        gap = meeting.get((first, second))
        if gap is None or (_AND.search(gap) is not None) != (at_end and _AND.search(last) is not None):
            two = len(indices) == 2 and _AND.search(last) is not None
            gap = (last.lstrip(",;") if two else last) if at_end else usual
        joined += (names[first], gap)
    return [*joined, names[indices[-1]]]


def _separators(gaps: Sequence[str]) -> tuple[str, str]:
    """What stands between two names of the list, and before the last one."""
    if not gaps:
        return ", ", ", "
    plain = [gap for gap in gaps if not _AND.search(gap)]
    usual = Counter(plain).most_common(1)[0][0] if plain else ", "
    return usual, gaps[-1] if _AND.search(gaps[-1]) else usual
