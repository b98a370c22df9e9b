"""A piece of TeX in running text and the edits that turn it into Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from littable.text import Edit, Span


@dataclass(frozen=True, slots=True)
class Residue:
    """TeX from ``start`` to ``end`` of a cell's text; ``edits`` have spans in the same text.

    Without edits nobody but the author knows what it stands for. ``certain`` is False where the edits are
    the likely reading and no more.
    """

    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    certain: bool = True


def replaced(start: int, end: int, text: str, *, certain: bool = True) -> Residue:
    """A residue that one edit replaces as a whole."""
    return Residue(start, end, (Edit(Span(start, end), text),), certain)
