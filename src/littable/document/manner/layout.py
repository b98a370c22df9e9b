"""How the lines of a table are laid out: outer pipes, blanks beside the text, columns of one width."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from littable.document.listing import Cell, Row

_USUAL = 0.75
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Padding:
    """A column whose cells are filled with blanks to one width.

    ``width`` is what stands between the pipes, as ``measure`` counts it; ``left`` and ``right`` tell at which
    sides the blanks stand.
    """

    width: int
    measure: Callable[[str], int]
    left: bool
    right: bool

    def pad(self, cell: str) -> str:
        """The cell, blanks at its sides included, filled to the width; one that is longer as it is."""
        lacking = max(0, self.width - self.measure(cell))
        before = lacking // 2 if self.left and self.right else lacking if self.left else 0
        return " " * before + cell + " " * (lacking - before)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a row is written: whether it opens and closes with a pipe, and the blanks within each cell."""

    opened: bool
    closed: bool
    before: str
    behind: str
    paddings: tuple[Padding | None, ...]

    def write(self, cells: Sequence[str]) -> str:
        """A row of these cells, without container prefix and line end.

        Outer pipes that the table does without are written where the row could not be read without them.
        """
        opened = self.opened or not cells[0][:1].isalpha()
        closed = self.closed or not cells[-1]
        written = [self._cell(text, padding) for text, padding in zip(cells, self.paddings, strict=True)]
        line = "|".join(written)
        line = f"|{line}" if opened else line.lstrip()
        return f"{line}|" if closed else line.rstrip()

    def _cell(self, text: str, padding: Padding | None) -> str:
        cell = f"{self.before}{text}{self.behind}"
        if text.endswith("\\") and not self.behind:
            cell += " "  # or the pipe would be escaped
        return padding.pad(cell) if padding is not None else cell


def layout_of(rows: Sequence[Row], width: int) -> Layout:
    """The layout that most of the rows have, which may be the header alone; ``width`` counts the columns."""
    whole = [row.cells for row in rows if len(row.cells) == width] or [row.cells for row in rows]
    cells = [cell for row in whole for cell in row[:width] if not cell.empty]
    return Layout(
        opened=_most(row.text.startswith("|") for row in rows),
        closed=_most(_is_closed(row, width) for row in rows),
        before=" " if _most(cell.start > cell.outer_start for cell in cells) else "",
        behind=" " if _most(cell.outer_end > cell.end for cell in cells) else "",
        paddings=tuple(_padding([row[index] for row in whole if index < len(row)]) for index in range(width)),
    )


def _is_closed(row: Row, width: int) -> bool:
    """Whether a pipe stands behind the last cell; one does where a comment follows."""
    text = row.text.rstrip()
    return len(row.cells) > width or (text.endswith("|") and not text.endswith("\\|"))


def _most(answers: Iterable[bool]) -> bool:
    votes = Counter(answers)
    return votes[True] >= votes[False]


def _padding(cells: Sequence[Cell]) -> Padding | None:
    """How a column is filled up; None where its cells differ in width, or are as wide as their texts."""
    short = [cell for cell in cells if cell.outer_end - cell.outer_start <= _LONGEST]
    texts = [cell.source[cell.outer_start : cell.outer_end] for cell in short]
    if len(texts) < 2 or not any(len(text.strip()) + 2 < len(text) for text in texts):
        return None
    for measure in (display_width, len):
        width, count = Counter(map(measure, texts)).most_common(1)[0]
        if count >= len(texts) * _USUAL:
            return Padding(width, measure, *_sides([text for text in texts if measure(text) == width]))
    return None


def _sides(texts: Sequence[str]) -> tuple[bool, bool]:
    """At which sides more than one blank stands."""
    left = sum(text.startswith("  ") and bool(text.strip()) for text in texts)
    right = sum(text.endswith("  ") and bool(text.strip()) for text in texts)
    slack = max(left, right)
    return left * 2 > slack, right * 2 > slack or not slack


def display_width(text: str) -> int:
    """How many columns of a terminal the text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
