"""Headed sections: a heading is a paper's title."""

from __future__ import annotations

from collections import Counter

from littable.document.listing import Listing
from littable.document.page import Page
from littable.document.parts import Parts, listing_of
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Span


def read_section(page: Page) -> list[Listing]:
    """The papers under headings, those below one heading as one listing.

    A heading is a paper's where it reads as a title, what stands below it says so, and others beside it do
    the
    same. Lines in bold type and labelled titles stand for headings where they repeat.
    """
    if not _may_have_papers(page):
        return []
    from littable.document.headed.alone import heading_above
    from littable.document.headed.candidates import Candidate, Contents, candidate_of
    from littable.document.headed.choice import by_parent, choose
    from littable.document.headed.claims import Claims
    from littable.document.headed.runs import read_runs

    claims = Claims(page)
    contents = Contents(page, claims)
    chosen: list[Candidate] = []
    siblings = Counter(section.parent for section in page.sections if section.level)
    for indices in _levels(page):
        taken = sorted(one.span.start for one in chosen)
        starts = set(taken)
        candidates = [
            candidate_of(contents, index, taken)
            for index in indices
            if page.sections[index].start not in starts
        ]
        found = choose(page, [one for one in candidates if one is not None], siblings)
        if len(found) == 1 and (above := heading_above(contents, found[0], taken)) is not None:
            found = [above]
        chosen += found
    chosen += read_runs(page, claims, [one.span for one in chosen])
    papers = [[_parts(one.span, one.found.cells) for one in group] for group in by_parent(chosen)]
    return [listing_of(page, Shape.SECTION, group) for group in papers]


def _may_have_papers(page: Page) -> bool:
    """A cheap answer that is never wrongly no."""
    return len(page.sections) > 1 or "**" in page.source or "itle" in page.source or "题" in page.source


def _levels(page: Page) -> list[list[int]]:
    """The sections by level, the deepest first: what is a paper there is no part of one above."""
    levels: dict[int, list[int]] = {}
    for index, section in enumerate(page.sections):
        if section.level and page.may_hold_papers(section.start):
            levels.setdefault(section.level, []).append(index)
    return [levels[level] for level in sorted(levels, reverse=True)]


def _parts(span: Span, cells: list[tuple[Role, Span]]) -> Parts:
    """The cells in the order of the text; of two that overlap, the first one."""
    parts = Parts(span)
    behind = span.start
    for role, cell in sorted(cells, key=lambda cell: (cell[1].start, -cell[1].end)):
        if cell.start >= behind and cell.end <= span.end and cell.end > cell.start:
            parts.add(role, cell)
            behind = cell.end
    return parts
