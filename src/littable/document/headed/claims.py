"""What other readers have claimed, for those who look for papers around it."""

from __future__ import annotations

from bisect import bisect_left

from littable.document.headed.labels import label_at
from littable.document.headed.link_lines import is_wordy
from littable.document.listing import Listing, Row
from littable.document.page import Page
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Span

# A lone item among the notes on a paper may be any citation; a table, or two items, are a list.
_A_LIST = 4
_A_PAPER = 2
_SOMETHING = 1


class Claims:
    """Where others' papers begin. ``starts`` are in the order of the text, ``weights`` what each tells."""

    def __init__(self, page: Page) -> None:
        found: list[tuple[int, int]] = []
        for listing in page.listings:
            if listing.literature:
                found += [(row.span.start, _weight(listing, row)) for row in listing.rows]
        found += [(table.span.start, _A_LIST) for table in page.tables if table.literature]
        found.sort()
        self.starts = [start for start, _ in found]
        self.weights = [weight for _, weight in found]

    def cut(self, span: Span) -> int | None:
        """Where a list of others' papers begins in a text, if there is one."""
        total = 0
        first: int | None = None
        at = bisect_left(self.starts, span.start)
        while at < len(self.starts) and self.starts[at] < span.end:
            if self.weights[at] and first is None:
                first = self.starts[at]
            total += self.weights[at]
            if total >= _A_LIST:
                return first
            at += 1
        return None

    def within(self, span: Span) -> bool:
        """Whether anything of others begins in a text."""
        at = bisect_left(self.starts, span.start)
        return at < len(self.starts) and self.starts[at] < span.end


def _weight(listing: Listing, row: Row) -> int:
    if listing.shape is not Shape.BULLET:
        return _A_LIST
    if label_at(listing.source, *_first_words(listing.source, row)) is not None:
        return 0
    titles = (row.cells[index] for index in listing.having(Role.TITLE))
    return _A_PAPER if any(is_wordy(plain(cell.text)) for cell in titles) else _SOMETHING


def _first_words(source: str, row: Row) -> tuple[int, int]:
    """The first line of an item behind its mark."""
    end = source.find("\n", row.span.start, row.span.end)
    mark = _MARK.match(source, row.span.start, row.span.end)
    return mark.end() if mark else row.span.start, row.span.end if end < 0 else end


_MARK = lazy(r"(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")
