"""Spans, edits and exact conversion between bytes and text."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from littable.errors import EncodingError

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in the decoded source."""

    start: int
    end: int

    def of(self, source: str) -> str:
        """The text that the span covers in ``source``."""
        return source[self.start : self.end]

    def touches(self, other: Span) -> bool:
        """Whether the two overlap or meet at an edge."""
        return self.start <= other.end and other.start <= self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace what ``span`` covers by ``text``; an empty span inserts, an empty text deletes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Position:
    """A place as people read it: row and column are 1-based, columns count code points."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """The decoded text of a file, without its byte order mark, and whether it had one.

    ``text`` keeps every line end as it is, so ``encode`` gives the bytes back exactly.
    """

    text: str
    bom: bool = False

    @classmethod
    def decode(cls, data: bytes) -> Source:
        """Decode UTF-8, with or without a byte order mark.

        Raises EncodingError with the offset of the first byte that is not UTF-8.
        """
        bom = data.startswith(codecs.BOM_UTF8)
        try:
            return cls(data[len(codecs.BOM_UTF8) :].decode() if bom else data.decode(), bom)
        except UnicodeDecodeError as error:
            offset = error.start + (len(codecs.BOM_UTF8) if bom else 0)
            raise EncodingError(f"not UTF-8: byte {data[offset]:#04x} at offset {offset}", offset) from None

    @property
    def raw(self) -> str:
        """What stands in the file, which is the text."""
        return self.text

    def with_text(self, text: str) -> Source:
        """The file with another text."""
        return Source(text, self.bom)

    def encode(self) -> bytes:
        """The bytes of the file."""
        return (codecs.BOM_UTF8 if self.bom else b"") + self.text.encode()


@dataclass(slots=True)
class LineIndex:
    """Turns offsets into rows and columns; a line ends at ``\\n``, ``\\r\\n`` or ``\\r``."""

    text: str
    _starts: list[int] = field(default_factory=list, repr=False)

    @property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        if not self._starts:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        return self._starts

    def row(self, offset: int) -> int:
        """The 1-based line on which ``offset`` lies."""
        return bisect_right(self.starts, offset)

    def position(self, offset: int) -> Position:
        """The 1-based row and column of ``offset``."""
        row = self.row(offset)
        return Position(row, offset - self.starts[row - 1] + 1)

    def line(self, row: int) -> Span:
        """The span of a 1-based line, without its line end."""
        start = self.starts[row - 1]
        end = self.starts[row] if row < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)


def smallest_edit(source: str, span: Span, text: str) -> Edit:
    """The edit that puts ``text`` in the place of ``span``, without what both begin and end with alike."""
    written = span.of(source)
    head = _in_common(written, text)
    tail = _in_common(written[head:][::-1], text[head:][::-1])
    return Edit(Span(span.start + head, span.end - tail), text[head : len(text) - tail])


def _in_common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after ``edits``, which may come in any order but must not overlap.

    Raises ValueError when two edits overlap or begin at one place, or one lies outside the text.
    """
    pieces: list[str] = []
    position = 0
    last_start = -1
    for edit in sorted(edits):
        if edit.span.start < position or edit.span.start == last_start or edit.span.end > len(text):
            raise ValueError(f"overlapping or misplaced edit at {edit.span}")
        last_start = edit.span.start
        pieces.append(text[position : edit.span.start])
        pieces.append(edit.text)
        position = edit.span.end
    pieces.append(text[position:])
    return "".join(pieces)
