"""The blocks of a document below their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from littable.document.outline import Block, Kind
from littable.document.starts import ATX_HEADING
from littable.patterns import lazy
from littable.text import Span

_HTML_HEADING = lazy(
    r"^[ \t]*<h(?P<level>[1-6])(?:\s[^<>]*)?>(?P<text>(?:(?!</?h[1-6]).)*)</h(?P=level)>[ \t]*",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
# What stands in one of these is no heading of the page.
_NESTING = lazy(
    r"<(?P<end>/?)(?:table|details|ul|ol|dl|div|center|blockquote|section|article)\b", re.IGNORECASE
)


@dataclass(slots=True, eq=False)
class Section:
    """A heading with the blocks below it, up to the next heading of any level.

    ``level`` is 0 for what stands before the first heading, 1 to 6 else; ``title`` is the heading's text
    without its marks (empty for level 0). ``parent`` is the section above in rank.
    """

    level: int
    title: Span
    start: int
    parent: Section | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where its last block ends."""
        return self.blocks[-1].end if self.blocks else max(self.title.end, self.start)


def read_sections(source: str, blocks: Sequence[Block]) -> list[Section]:
    """The sections in the order of the text, the one before the first heading first.

    A heading inside a container is a block of its section. ``<h2>…</h2>`` is a heading as well, and what
    stands behind it in the same block of HTML is a block below it.
    """
    current = Section(0, Span(0, 0), 0)
    sections = [current]
    for block, heading in _with_headings(source, blocks):
        if heading is None:
            current.blocks.append(block)
            continue
        level, title = heading
        above: Section | None = current
        while above is not None and above.level >= level:
            above = above.parent
        current = Section(level, title, block.start, above)
        sections.append(current)
    return sections


def _with_headings(source: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, tuple[int, Span] | None]]:
    """The blocks, each with the level and text of the heading that it is."""
    for block in blocks:
        if block.containers:
            yield block, None
        elif block.kind is Kind.HTML:
            yield from _of_html(source, block)
        else:
            yield block, _heading(source, block)


def _of_html(source: str, block: Block) -> Iterator[tuple[Block, tuple[int, Span] | None]]:
    """A block of HTML as its headings and what stands between them."""
    position = seen = block.start
    depth = 0
    for match in _HTML_HEADING.finditer(source, block.start, block.end):
        depth += sum(-1 if tag["end"] else 1 for tag in _NESTING.finditer(source, seen, match.start()))
        seen = match.end()
        if depth > 0:
            continue
        before = _trimmed(source, position, match.start())
        if before.end > before.start:
            yield replace(block, start=before.start, end=before.end), None
        heading = replace(block, start=match.start(), end=match.end())
        yield heading, (int(match["level"]), _trimmed(source, *match.span("text")))
        position = match.end()
    if position == block.start:
        yield block, None
        return
    rest = _trimmed(source, position, block.end)
    if rest.end > rest.start:
        yield replace(block, start=rest.start, end=rest.end), None


def _heading(source: str, block: Block) -> tuple[int, Span] | None:
    if block.kind is not Kind.HEADING:
        return None
    start, end = block.start, block.end
    if marks := ATX_HEADING.match(source, start):
        line_end = source.find("\n", start, end)
        end = end if line_end < 0 else line_end
        return block.level, _without_closing(source, _trimmed(source, marks.end(), end))
    return block.level, _trimmed(source, start, _underline(source, start, end))


def _without_closing(source: str, title: Span) -> Span:
    """A heading's text without the marks that may close it (CommonMark §4.2)."""
    text = title.of(source)
    open_text = text.rstrip("#")
    if open_text and open_text[-1] not in " \t":
        return title
    return Span(title.start, title.start + len(open_text.rstrip()))


def _underline(source: str, start: int, end: int) -> int:
    """Where the last line of a heading that is underlined begins."""
    last = end
    while last > start and source[last - 1] in " \t\r\n":
        last -= 1
    return source.rfind("\n", start, last) + 1


def _trimmed(source: str, start: int, end: int) -> Span:
    piece = source[start:end]
    stripped = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(stripped))
