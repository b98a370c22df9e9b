"""Which reader reads what: each place is claimed once."""

from __future__ import annotations

from collections.abc import Iterable

from littable.document.listing import Listing
from littable.document.page import Page
from littable.shapes import Shape


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
            found = read(page)
            page.listings = [*_outside(page.listings, found), *found]
    return sorted(page.listings, key=lambda listing: listing.span.start)


def _outside(listings: Iterable[Listing], found: Iterable[Listing]) -> Iterable[Listing]:
    """The listings without the rows that were claimed as parts of others: the items of a section."""
    claimed = [row.span for listing in found for row in listing.rows]
    for listing in listings:
        kept = [row for row in listing.rows if not any(span.contains(row.span) for span in claimed)]
        if len(kept) == len(listing.rows):
            yield listing
        elif kept:
            listing.rows = tuple(kept)
            yield listing
