"""List items as a tree, with the blocks that stand in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from littable.document.outline import Block, Kind


@dataclass(slots=True, eq=False)
class Item:
    """A list item: ``start`` is where its mark stands, ``end`` where the last block in it ends.

    ``blocks`` are those directly in it, ``children`` the items of the lists in it, both in the order of the
    text. ``parent`` is the item that it stands in.
    """

    start: int
    end: int
    parent: Item | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)


# Nobody nests lists so deep; what does was made to break readers.
_DEEPEST = 32


def read_items(blocks: Iterable[Block]) -> list[Item]:
    """The outermost items among the blocks, in the order of the text. An empty item has no block and is left
    out; what is nested deeper than 32 items counts for the item at that depth.
    """
    outermost: list[Item] = []
    known: dict[int, Item] = {}
    for block in blocks:
        parent: Item | None = None
        path = [container for container in block.containers if container.kind is Kind.ITEM]
        for container in path[:_DEEPEST]:
            item = known.get(container.start)
            if item is None:
                item = known[container.start] = Item(container.start, block.end, parent)
                (parent.children if parent is not None else outermost).append(item)
            item.end = block.end
            parent = item
        if parent is not None:
            parent.blocks.append(block)
    return outermost
