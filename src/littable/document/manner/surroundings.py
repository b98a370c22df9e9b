"""What a column puts around its texts: ``<details>``, emphasis, a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from littable.document.entry import Entry
from littable.patterns import lazy
from littable.roles import Role

_CLOSERS = lazy(r"(?:\s*</[A-Za-z][A-Za-z0-9]*\s*>|\*{1,3}|_{1,3}|~~)*")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands before and behind a text, and the share of cells that have it so."""

    before: str = ""
    behind: str = ""
    share: float = 1.0


NOTHING_AROUND = Surroundings()


def surroundings(entries: Sequence[Entry], index: int, role: Role) -> Surroundings:
    """What most cells of a column have around the text of a role; nothing where there is no such text."""
    votes: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        if (pair := _around(entry, index, role)) is not None:
            votes[pair] += 1
    if not votes:
        return NOTHING_AROUND
    (before, behind), count = votes.most_common(1)[0]
    return Surroundings(before, behind, count / votes.total())


def _around(entry: Entry, index: int, role: Role) -> tuple[str, str] | None:
    """What stands in the cell before the text proper, and behind it what closes that; further texts in the
    cell, such as a translation, do not count. None where the text is not in the cell.
    """
    cells, field = entry.row.cells, entry.field(role)
    if field is None or index >= len(cells) or not cells[index].span.contains(field.span):
        return None
    span, source = cells[index].span, field.source
    if field.span.start - span.start > _LONGEST:
        return None
    closers = _CLOSERS.match(source, field.span.end, min(span.end, field.span.end + _LONGEST))
    return source[span.start : field.span.start], closers[0] if closers else ""
