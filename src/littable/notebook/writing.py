"""The source of a cell written anew: strings that did not change stay as they are, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from littable.notebook.alignment import cut, pair_up
from littable.notebook.scan import Cell
from littable.patterns import lazy
from littable.text import Span

# An escape of a character beyond ASCII; an even number of backslashes before it escapes nothing.
_ESCAPED_LETTER = lazy(r"(?<!\\)(?:\\\\)*+\\u(?!00[0-7])[0-9a-fA-F]{4}")


class CellWriter:
    """Writes sources into the JSON of one notebook, in its manner."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._manners: dict[Span, bool] = {}

    def write(self, cell: Cell, markdown: str) -> str:
        """The JSON of the cell's source, a string or a list of strings, with another text."""
        if not cell.listed:
            return self._string(markdown, cell.span, cell.span)
        strings = markdown.split(cell.glue) if cell.glue else cut(cell.values, markdown)
        partners = pair_up(cell.values, strings)
        written = [self._in_list(cell, string, at) for string, at in zip(strings, partners, strict=True)]
        return self._list(cell, written, partners) if written else "[]"

    def _in_list(self, cell: Cell, string: str, at: int | None) -> str:
        if at is None:
            return self._string(string, cell.span, cell.span)
        span = cell.strings[at]
        return span.of(self._text) if cell.values[at] == string else self._string(string, span, cell.span)

    def _list(self, cell: Cell, written: Sequence[str], partners: Sequence[int | None]) -> str:
        """The list with what stands between its strings, and before the first and behind the last."""
        empty = Span(cell.span.end - 1, cell.span.end - 1)
        first, last = (cell.strings[0], cell.strings[-1]) if cell.strings else (empty, empty)
        lead = self._text[cell.span.start : first.start]
        between = [self._text[one.end : other.start] for one, other in pairwise(cell.strings)]
        usual = between[-1] if between else self._separator(cell, lead)
        parts = [lead, written[0]]
        for string, above in zip(written[1:], partners[:-1], strict=True):
            parts += [between[above] if above is not None and above < len(between) else usual, string]
        return "".join([*parts, self._text[last.end : cell.span.end]])

    def _separator(self, cell: Cell, lead: str) -> str:
        """What would part the strings of a list that has one or none: its own layout, or the file's."""
        blanks = lead[1:]
        if "\n" in blanks or "\r" in blanks:
            return f",{blanks}"
        return ", " if self._text[cell.span.start - 1] in " \t" else ","

    def _string(self, value: str, span: Span, cell: Span) -> str:
        """A string that escapes letters beyond ASCII where the old one does, else its cell, else the file."""
        escapes = _escapes_letters(span.of(self._text))
        return json.dumps(value, ensure_ascii=self._manner(cell) if escapes is None else escapes)

    def _manner(self, cell: Span) -> bool:
        if cell not in self._manners:
            escapes = _escapes_letters(cell.of(self._text))
            self._manners[cell] = self._escapes_letters if escapes is None else escapes
        return self._manners[cell]

    @cached_property
    def _escapes_letters(self) -> bool:
        return _escapes_letters(self._text) or False


def _escapes_letters(text: str) -> bool | None:
    """Whether JSON escapes letters beyond ASCII; None where it has none."""
    if not text.isascii():
        return False
    return True if _ESCAPED_LETTER.search(text) else None
