"""List items as a tree, with the blocks that stand in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from littable.document.outline import Block, Kind


@dataclass(slots=True, eq=False)
class Item:
    """A list item: ``start`` is where its mark stands, ``blocks`` are those directly in it, ``children`` the
    items of the lists in it, both in the order of the text. ``parent`` is the item that it stands in.
    """

    start: int
    parent: Item | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where the last block in it ends."""
        own = self.blocks[-1].end if self.blocks else self.start
        return max(own, self.children[-1].end) if self.children else own


def read_items(blocks: Iterable[Block]) -> list[Item]:
    """The outermost items among the blocks, in the order of the text. An empty item has no block and is left
    out.
    """
    outermost: list[Item] = []
    known: dict[int, Item] = {}
    for block in blocks:
        parent: Item | None = None
        for container in block.containers:
            if container.kind is not Kind.ITEM:
                continue
            item = known.get(container.start)
            if item is None:
                item = known[container.start] = Item(container.start, parent)
                (parent.children if parent is not None else outermost).append(item)
            parent = item
        if parent is not None:
            parent.blocks.append(block)
    return outermost
