"""A list item as a citation: its first paragraph, then what else stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from littable.document.citations.citation import Citation
from littable.document.citations.details import read_details
from littable.document.citations.evidence import LIKELY, score
from littable.document.citations.reading import TakenApart, read_line, read_more
from littable.document.items import Item
from littable.document.outline import Block, Kind
from littable.document.page import Page
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_LONGEST_NAME = 3
_QUOTED = lazy(r"\s*(?:\"[^\"]{12,}\"|“[^“”]{12,}”|《[^《》]{6,}》)")


def holds_table(item: Item) -> bool:
    """Whether a table stands in the item, which is read by others."""
    return any(block.kind is Kind.TABLE for block in item.blocks) or any(map(holds_table, item.children))


def lines_span(paragraph: Block) -> Span:
    """From the first line of a paragraph to the last."""
    return Span(paragraph.lines[0].start, paragraph.lines[-1].end)


@dataclass(slots=True)
class Known:
    """What was read already within an outermost item: ``parts`` of paragraphs, and by their places which of
    them are ``papers`` of their own.
    """

    parts: TakenApart = field(default_factory=dict)
    papers: dict[Span, bool] = field(default_factory=dict)


def read_item(page: Page, item: Item, known: Known | None = None) -> Citation | None:
    """The citation in the first paragraph of an item; None where it does not begin with one."""
    if not item.blocks or holds_table(item):
        return None
    first = item.blocks[0]
    if first.kind is not Kind.PARAGRAPH or (item.children and item.children[0].start < first.start):
        return None
    parts = known.parts if known else None
    citation = read_line(page.shown, lines_span(first), page.definitions, parts)
    if citation.people < 2 or citation.links or not _goes_on_below(item):
        return citation
    below = lines_span(item.blocks[1])
    words = citation.title.words if citation.title is not None else 0
    if words <= _LONGEST_NAME and _QUOTED.match(page.shown, below.start, below.end):
        return read_line(page.shown, Span(citation.span.start, below.end), page.definitions, parts)
    return citation if words else _joined(citation, read_line(page.shown, below, page.definitions, parts))


def _joined(people: Citation, below: Citation) -> Citation:
    """The authors in one paragraph and what they wrote in the next."""
    authors = next((span for role, span in people.cells if role is Role.AUTHORS), None)
    if authors is None or below.title is None or below.label is not None or below.has(Role.AUTHORS):
        return people
    below.span = Span(people.span.start, below.span.end)
    below.people = 2
    below.add(Role.AUTHORS, authors)
    return below


def _goes_on_below(item: Item) -> bool:
    """Whether a second paragraph follows the first in an item."""
    if len(item.blocks) < 2 or (item.children and item.children[0].start < item.blocks[1].start):
        return False
    first, second = item.blocks[:2]
    return second.kind is Kind.PARAGRAPH and first.containers == second.containers


def is_paper(citation: Citation, points: float) -> bool:
    """Whether a paragraph with that much evidence is a paper's, and not what a label says of one."""
    return points >= LIKELY and citation.label is None


def absorb(page: Page, item: Item, citation: Citation, known: Known) -> None:
    """Read what else stands in an item as said of its paper."""
    pieces: list[tuple[int, Block | Item]] = [
        *((block.start, block) for block in item.blocks[1:] if block.start >= citation.span.end),
        *((one.start, one) for one in item.children),
    ]
    pieces.sort(key=lambda piece: piece[0])
    blocks: list[Block] = []
    for _, piece in pieces:
        if isinstance(piece, Item):
            _absorb_child(page, piece, citation, blocks, known)
        else:
            blocks.append(piece)
    _absorb_blocks(page, blocks, citation, known)


def _absorb_child(page: Page, child: Item, citation: Citation, blocks: list[Block], known: Known) -> None:
    first = child.blocks[0] if child.blocks else None
    if first is not None and first.kind is Kind.PARAGRAPH:
        span = lines_span(first)
        if citation.title is not None and _is_own_paper(page, span, known):
            citation.add(Role.COMMENT, span)
            return
    if first is not None:
        blocks.extend(child.blocks)
    for grandchild in child.children:
        _absorb_child(page, grandchild, citation, blocks, known)


def _is_own_paper(page: Page, span: Span, known: Known) -> bool:
    found = known.papers.get(span)
    if found is None:
        own = read_line(page.shown, span, page.definitions, known.parts)
        found = known.papers[span] = is_paper(own, score(own))
    return found


def _absorb_blocks(page: Page, blocks: list[Block], citation: Citation, known: Known) -> None:
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.kind is Kind.PARAGRAPH:
            read_more(page.shown, citation, lines_span(block), page.definitions, known.parts)
        elif block.kind is Kind.HTML:
            at = read_details(page.shown, blocks, at, citation)
        at += 1
