"""What readers look at: a document's blocks, headings and tables, and what was claimed already."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property

from littable.config.reading import Reading
from littable.document.listing import Listing
from littable.document.outline import Block, Kind
from littable.document.plain import plain
from littable.document.sections import Section, read_sections
from littable.document.table import Table
from littable.text import Span


@dataclass
class Page:
    """A document while it is read.

    ``definitions`` are its link references, ``tables`` its pipe tables, ``listings`` what readers have
    claimed so far.
    """

    source: str
    blocks: Sequence[Block]
    definitions: Mapping[str, tuple[str, Span]]
    reading: Reading
    tables: Sequence[Table] = ()
    listings: list[Listing] = field(default_factory=list)

    @cached_property
    def shown(self) -> str:
        """The source with the marks of block quotes made blanks where they stand before the further lines of
        a paragraph or of HTML, and between the paragraphs of one quote, so that a text over several lines can
        be read as one; every offset is the source's.
        """
        pieces: list[str] = []
        position = 0
        previous: Block | None = None
        for block in self.blocks:
            depth = sum(container.kind is Kind.QUOTE for container in block.containers)
            if depth:
                gaps = list(_prefixes(self.source, block, depth) if block.kind is Kind.HTML else _gaps(block))
                if previous is not None and _are_paragraphs_of_quote(self.source, previous, block):
                    gaps.insert(0, Span(previous.lines[-1].end, block.lines[0].start))
                for gap in gaps:
                    pieces += self.source[position : gap.start], gap.of(self.source).replace(">", " ")
                    position = gap.end
            previous = block
        return "".join(pieces) + self.source[position:] if pieces else self.source

    @cached_property
    def sections(self) -> list[Section]:
        """The sections in the order of the text."""
        return read_sections(self.source, self.blocks)

    def section_at(self, offset: int) -> Section:
        """The section that an offset stands in."""
        return self.sections[max(bisect_right(self._section_starts, offset) - 1, 0)]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def headings_at(self, offset: int) -> Iterable[str]:
        """The headings above an offset in plain words, the nearest first."""
        section: Section | None = self.section_at(offset)
        while section is not None and section.level:
            yield plain(section.title.of(self.source))
            section = section.parent

    def may_hold_papers(self, offset: int) -> bool:
        """Whether the configuration lets papers be looked for at an offset (``sections``)."""
        patterns = self.reading.sections
        if not patterns:
            return True
        headings = [heading.casefold() for heading in self.headings_at(offset)]
        named = {pattern.casefold() for pattern in patterns}
        unwanted = [pattern[1:].strip() for pattern in named if pattern.startswith("!")]
        wanted = [pattern for pattern in named if not pattern.startswith("!")]
        if _any_fits(headings, unwanted):
            return False
        return not wanted or _any_fits(headings, wanted)

    def is_chosen(self, offset: int) -> bool:
        """Whether the configuration names the place as one of papers, so that less evidence is enough."""
        patterns = self.reading.sections
        wanted = [pattern.casefold() for pattern in patterns if not pattern.startswith("!")]
        return _any_fits([heading.casefold() for heading in self.headings_at(offset)], wanted)


def _any_fits(headings: Iterable[str], patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(heading, pattern) for heading in headings for pattern in patterns)


def _prefixes(source: str, block: Block, depth: int) -> Iterable[Span]:
    """The marks of quotes before the lines of a block of HTML."""
    marks = re.compile(rf"^(?:[ \t]*>){{1,{depth}}}", re.MULTILINE)
    return (Span(*found.span()) for found in marks.finditer(source, block.start, block.end))


def _are_paragraphs_of_quote(source: str, first: Block, second: Block) -> bool:
    """Whether two blocks are paragraphs of one quote with nothing but its marks between."""
    if first.containers != second.containers or second.containers[-1].kind is not Kind.QUOTE:
        return False
    if not (first.lines and second.lines and first.kind is second.kind is Kind.PARAGRAPH):
        return False
    return not source[first.lines[-1].end : second.lines[0].start].strip(" \t\r\n>")


def _gaps(block: Block) -> Iterable[Span]:
    """What stands between the lines of a paragraph: line ends, and the prefixes of containers."""
    return (
        Span(line.end, following.start) for line, following in zip(block.lines, block.lines[1:], strict=False)
    )
