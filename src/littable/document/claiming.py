"""Which reader reads what: each place is claimed once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from littable.document.listing import Listing
from littable.document.page import Page
from littable.shapes import Shape
from littable.text import Span


def claim(page: Page) -> list[Listing]:
    """The listings of a page other than its pipe tables, in the order of the text.

    The surest shape comes first: a table says what it is, a list less so, and a section with a list in it is
    one paper only where its heading is a title and the list tells of it.
    """
    from littable.document.readers.bullet import read_bullet
    from littable.document.readers.html_table import read_html_table
    from littable.document.readers.key_value import read_key_value
    from littable.document.readers.section import read_section

    readers = {
        Shape.KEY_VALUE: read_key_value,
        Shape.HTML_TABLE: read_html_table,
        Shape.BULLET: read_bullet,
        Shape.SECTION: read_section,
    }
    for shape, read in readers.items():
        if shape in page.reading.readers:
            found = list(_without(read(page), _begins_in, [one for one in page.listings if one.literature]))
            page.listings = [*_without(page.listings, _is_in, found), *found]
    return sorted(page.listings, key=lambda listing: listing.span.start)


def _without(
    listings: Iterable[Listing], unwanted: Callable[[Span, Sequence[Span]], bool], claiming: Iterable[Listing]
) -> Iterable[Listing]:
    """The listings without the rows that others have claimed: what stands in a cell of a table, the items of
    a section.
    """
    claimed = sorted((row.span for listing in claiming for row in listing.rows), key=_start)
    for listing in listings:
        kept = [row for row in listing.rows if not unwanted(row.span, claimed)]
        if len(kept) == len(listing.rows):
            yield listing
        elif kept:
            listing.rows = tuple(kept)
            yield listing


def _begins_in(span: Span, claimed: Sequence[Span]) -> bool:
    """Whether a span begins in one of those that are in order and touch each other nowhere."""
    before = bisect_right(claimed, span.start, key=_start) - 1
    return before >= 0 and span.start < claimed[before].end


def _is_in(span: Span, claimed: Sequence[Span]) -> bool:
    """Whether a span lies wholly in one of those."""
    before = bisect_right(claimed, span.start, key=_start) - 1
    return before >= 0 and claimed[before].contains(span)


def _start(span: Span) -> int:
    return span.start
