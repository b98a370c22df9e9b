"""What is gathered of one paper, and how it is made cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from littable.document.headed.head import Head
from littable.document.headed.heading import read_head
from littable.document.headed.link_lines import is_wordy
from littable.document.headed.values import dated, is_latin, weight
from littable.document.page import Page
from littable.document.plain import plain
from littable.roles import Role
from littable.text import Span


class Rank(IntEnum):
    """Which of several texts about a paper is its abstract: the named one, then its likes, then prose.

    A remark is shorter than what is called prose.
    """

    ABSTRACT = 0
    NAMED = 1
    LIKE = 2
    TEXT = 3
    NOTES = 4
    REMARK = 5


@dataclass(slots=True)
class Found:
    """A paper as read below a heading: its cells, and what of it was said how.

    ``names`` counts its authors where they are given, ``labels`` the roles that labels name. ``refers`` tells
    that the paper below has another title, so that the heading names something else: a program, a data set.
    ``words`` is the title in plain words; ``lone_name`` may be an author's, if others have theirs there.
    """

    head: Head
    cells: list[tuple[Role, Span]] = field(default_factory=list)
    names: int = 0
    lone_name: Span | None = None
    linked: bool = False
    prose: bool = False
    labels: set[Role] = field(default_factory=set)
    texts: bool = False
    words: str = ""
    refers: bool = False


class Gathered:
    """What was found of one paper, and which of it is given where several things say the same."""

    def __init__(self, page: Page, head: Head) -> None:
        self.page = page
        self.source = page.shown
        self.found = Found(head)
        self.titles: list[tuple[str, Span]] = []
        self.original: Span | None = None
        self.abstracts: list[tuple[Rank, Span]] = []
        self.dates: list[tuple[bool, Span]] = []
        self.venues: list[Span] = []
        self.authors: Span | None = None
        self.links: list[tuple[Role, Span]] = []
        self.seen = 0
        self.published: Span | None = None

    def finish(self) -> Found:
        """The paper with its cells."""
        found, head = self.found, self.found.head
        title, words = self._title()
        cells = [*head.cells, *self.links]
        if title is not None:
            cells.append((Role.TITLE, title))
        found.words = words
        if self.authors is not None:
            cells = [cell for cell in cells if cell[0] is not Role.AUTHORS]
            cells.append((Role.AUTHORS, self.authors))
        if self.abstracts:
            cells.append((Role.ABSTRACT, self._abstract()))
        self._add_dates(cells)
        found.cells = cells
        return found

    def _title(self) -> tuple[Span | None, str]:
        head = self.found.head
        latin = [span for _, span in self.titles if is_latin(plain(span.of(self.source)))]
        chosen = latin[0] if latin else None
        if chosen is None and self.titles and not is_wordy(head.words):
            chosen = self.titles[0][1]
        if chosen is None and self.original is not None:
            chosen = self.original
        if chosen is None:
            return (head.title if head.words else None), head.words
        labelled = read_head(self.page, chosen)
        self.links += labelled.cells
        self.found.linked = self.found.linked or labelled.leads
        if head.own is not None:
            self.links.append(head.own)
        return labelled.title, labelled.words

    def _abstract(self) -> Span:
        best = min(rank for rank, _ in self.abstracts)
        texts = [span for rank, span in self.abstracts if rank == best]
        return texts[0] if best < Rank.TEXT else max(texts, key=lambda span: weight(span.of(self.source)))

    def _add_dates(self, cells: list[tuple[Role, Span]]) -> None:
        has_date = any(role in (Role.YEAR, Role.DATE) for role, _ in cells)
        plainly = [span for first, span in self.dates if first] or [span for _, span in self.dates]
        if plainly:
            cells[:] = [(role, span) for role, span in cells if role not in (Role.YEAR, Role.DATE)]
            has_date = True
            cells += dated(self.source, plainly[0])
        elif not has_date and not self.venues and self.published is not None:
            cells.append((Role.YEAR, self.published))
        for venue in self.venues[:1]:
            cells += [(Role.VENUE, venue)] if has_date else dated(self.source, venue)
