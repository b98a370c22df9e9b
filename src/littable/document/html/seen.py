"""The lines of a cell with what a reader sees in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from littable.document.html.lines import Line, lines_of
from littable.document.html.tags import Tag
from littable.document.html.words import is_link_label, label_of
from littable.document.inline import Link, LinkKind, find_links
from littable.document.page import Page
from littable.document.plain import plain
from littable.text import Span


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of a cell with its plain words and links; ``folded`` tells that it is a whole ``<details>``,
    ``linking`` that it has no word but the labels of links.
    """

    span: Span
    folded: bool
    words: str
    links: Sequence[Link]
    linking: bool

    @property
    def wordy(self) -> bool:
        """Whether a reader sees any word."""
        return sum(map(str.isalnum, self.words)) > 1


def see(page: Page, tags: Sequence[Tag], cell: Span) -> list[SeenLine]:
    """The lines of a cell."""
    return [_see(page, line) for line in lines_of(page.shown, cell, tags)]


def _see(page: Page, line: Line) -> SeenLine:
    source, span = page.shown, line.span
    words = plain(span.of(source))
    links = find_links(source, span.start, span.end, page.definitions)
    return SeenLine(span, line.folded, words, links, bool(links) and _only_links(source, words, links))


def _only_links(source: str, words: str, links: Sequence[Link]) -> bool:
    """Whether a line is nothing but labels of links."""
    labels = [label_of(source, link) for link in links if link.kind is not LinkKind.IMAGE]
    return bool(labels) and is_link_label(words) and all(map(is_link_label, labels))
