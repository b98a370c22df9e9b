"""A list item as a citation: its first paragraph, then what else stands in it."""

from __future__ import annotations

from littable.document.citations.citation import Citation
from littable.document.citations.details import read_details
from littable.document.citations.evidence import LIKELY, score
from littable.document.citations.reading import read_line, read_more
from littable.document.items import Item
from littable.document.outline import Block, Kind
from littable.document.page import Page
from littable.roles import Role
from littable.text import Span


def holds_table(item: Item) -> bool:
    """Whether a table stands in the item, which is read by others."""
    return any(block.kind is Kind.TABLE for block in item.blocks) or any(map(holds_table, item.children))


def lines_span(paragraph: Block) -> Span:
    """From the first line of a paragraph to the last."""
    return Span(paragraph.lines[0].start, paragraph.lines[-1].end)


def read_item(page: Page, item: Item) -> Citation | None:
    """The citation in the first paragraph of an item; None where it does not begin with one."""
    if not item.blocks or holds_table(item):
        return None
    first = item.blocks[0]
    if first.kind is not Kind.PARAGRAPH or (item.children and item.children[0].start < first.start):
        return None
    return read_line(page.shown, lines_span(first), page.definitions)


def absorb(page: Page, item: Item, citation: Citation) -> None:
    """Read what else stands in an item as said of its paper."""
    pieces: list[tuple[int, Block | Item]] = [
        *((block.start, block) for block in item.blocks[1:]),
        *((one.start, one) for one in item.children),
    ]
    pieces.sort(key=lambda piece: piece[0])
    blocks: list[Block] = []
    for _, piece in pieces:
        if isinstance(piece, Item):
            _absorb_child(page, piece, citation, blocks)
        else:
            blocks.append(piece)
    _absorb_blocks(page, blocks, citation)


def _absorb_child(page: Page, child: Item, citation: Citation, blocks: list[Block]) -> None:
    first = child.blocks[0] if child.blocks else None
    if first is not None and first.kind is Kind.PARAGRAPH:
        own = read_line(page.shown, lines_span(first), page.definitions)
        if citation.title is not None and score(own) >= LIKELY and own.label is None:
            citation.add(Role.COMMENT, lines_span(first))
            return
    if first is not None:
        blocks.extend(child.blocks)
    for grandchild in child.children:
        _absorb_child(page, grandchild, citation, blocks)


def _absorb_blocks(page: Page, blocks: list[Block], citation: Citation) -> None:
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.kind is Kind.PARAGRAPH:
            read_more(page.shown, citation, lines_span(block), page.definitions)
        elif block.kind is Kind.HTML:
            at = read_details(page.shown, blocks, at, citation)
        at += 1
