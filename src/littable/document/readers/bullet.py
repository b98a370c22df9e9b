"""Lists: items to entries."""

from __future__ import annotations

from collections.abc import Sequence

from littable.document.citations.evidence import LIKELY, score
from littable.document.citations.items import Known, absorb, is_paper, read_item
from littable.document.items import Item, read_items
from littable.document.listing import Listing
from littable.document.page import Page
from littable.document.parts import Parts, listing_of
from littable.document.readers.bullet_candidates import Candidate, Group
from littable.document.readers.bullet_judging import judge
from littable.document.readers.bullet_paragraphs import read_paragraphs
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Span


def read_bullet(page: Page) -> list[Listing]:
    """The papers in lists, and in paragraphs that are as regular as lists."""
    groups: list[Group] = []
    _gather(page, _unclaimed(page, read_items(page.blocks)), None, groups, None)
    found = [_listing(page, papers) for papers in judge(page, groups)]
    return found + [_listing(page, papers) for papers in read_paragraphs(page, [one.span for one in found])]


def _listing(page: Page, papers: Sequence[Candidate]) -> Listing:
    return listing_of(page, Shape.BULLET, [_parts(page, one) for one in papers])


def _parts(page: Page, candidate: Candidate) -> Parts:
    citation = candidate.citation
    assert citation is not None
    cells = _apart(citation.cells)
    last = max((span.end for _, span in cells), default=candidate.start)
    return Parts(Span(candidate.start, max(candidate.end(page.source), last)), cells)


def _apart(cells: Sequence[tuple[Role, Span]]) -> list[tuple[Role, Span]]:
    """The cells in the order of the text, none over another; the title's comes first."""
    kept: list[tuple[Role, Span]] = []
    for role, span in sorted(cells, key=lambda cell: cell[0] is not Role.TITLE):
        if not any(span.start < other.end and other.start < span.end for _, other in kept):
            kept.append((role, span))
    return sorted(kept, key=lambda cell: cell[1])


def _unclaimed(page: Page, items: Sequence[Item]) -> list[Item]:
    claimed = [listing.span for listing in page.listings]
    return [item for item in items if not any(s.start < item.end and item.start < s.end for s in claimed)]


def _gather(
    page: Page, items: Sequence[Item], parent: Candidate | None, groups: list[Group], known: Known | None
) -> list[Candidate]:
    """The candidates of one list, and the groups of the lists within it; ``known`` is what was read already
    within the outermost item.
    """
    found: list[Candidate] = []
    by_list: dict[tuple[int, str], Group] = {}
    for item in items:
        if not page.may_hold_papers(item.start):
            continue
        candidate = _candidate(page, item, parent, groups, known)
        found.append(candidate)
        place = page.section_at(item.start).start, _mark(page, item)
        group = by_list.get(place)
        if group is None:
            group = by_list[place] = Group(parent, [])
            groups.append(group)
        group.candidates.append(candidate)
        candidate.group = group
    return found


def _mark(page: Page, item: Item) -> str:
    """What an item begins with, which is the same in all of a list; any number is one mark."""
    mark = page.source[item.start]
    return "1" if mark.isdigit() else mark


def _candidate(
    page: Page, item: Item, parent: Candidate | None, groups: list[Group], known: Known | None
) -> Candidate:
    citation = read_item(page, item, known)
    candidate = Candidate(item.start, item.end, citation, parent)
    if citation is None:
        candidate.children = _gather(page, item.children, candidate, groups, known or Known())
        return candidate
    candidate.score = score(citation)
    if known is not None:
        known.papers[citation.span] = is_paper(citation, candidate.score)
    known = known or Known()
    if candidate.score < LIKELY and item.children:
        before = len(groups)
        candidate.children = _gather(page, item.children, candidate, groups, known)
        if any(child.score >= LIKELY or child.leads for child in candidate.children):
            candidate.leads = True
            return candidate
        del groups[before:]
    if len(item.blocks) > 1 or item.children:
        absorb(page, item, citation, known)
        candidate.score = score(citation)
    return candidate
