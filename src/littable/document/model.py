"""The document as readers leave it and rules see it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from littable.document.entry import Entry
from littable.document.listing import Listing
from littable.document.outline import Block
from littable.document.suppressions import Suppression
from littable.document.table import Table
from littable.places import Places
from littable.shapes import Shape
from littable.text import LineIndex


@dataclass
class Document:
    """A Markdown text and what was read from it.

    ``blocks`` are its leaf blocks in order, ``tables`` all pipe tables, ``listings`` the other shapes in
    which something is listed, ``entries`` the papers of those that are literature.
    """

    path: str
    source: str
    blocks: Sequence[Block]
    tables: tuple[Table, ...] = ()
    listings: tuple[Listing, ...] = ()
    entries: tuple[Entry, ...] = ()
    suppressions: tuple[Suppression, ...] = ()

    @cached_property
    def lines(self) -> LineIndex:
        """Offsets to rows and columns."""
        return LineIndex(self.source)

    @property
    def tables_of_all_kinds(self) -> list[Listing]:
        """The tables in pipes and in HTML, in the order of the text."""
        html = [listing for listing in self.listings if listing.shape is Shape.HTML_TABLE]
        return sorted((*self.tables, *html), key=lambda listing: listing.span.start)

    @property
    def lists(self) -> list[Listing]:
        """The lists and the headed sections that are papers."""
        return [listing for listing in self.listings if listing.shape in (Shape.BULLET, Shape.SECTION)]

    @cached_property
    def places(self) -> Places:
        """Offsets to places as people name them."""
        return Places(self.path, self.lines)

    def entries_of(self, listing: Listing) -> tuple[Entry, ...]:
        """The papers of one listing."""
        entries, span = self.entries, listing.span
        first = bisect_left(entries, span.start, key=lambda entry: entry.row.span.start)
        last = bisect_left(entries, span.end, key=lambda entry: entry.row.span.start)
        return tuple([entry for entry in entries[first:last] if entry.listing is listing])
