"""What stands with a title in its cell: authors, and when the paper came out."""

from __future__ import annotations

from littable.document.beside_title import Citation, citation_behind, date_beside, names_behind
from littable.document.fields import simple_part
from littable.document.inline import find_links
from littable.document.listing import Cell, Listing
from littable.document.names_part import names_part
from littable.document.plain import plain
from littable.document.title_parts import title_parts
from littable.roles import Role
from littable.text import Span

_SET_OFF = "*_)]>"


def read_title_cell(cell: Cell, listing: Listing) -> tuple[Span, Span | None]:
    """The title, and what stands in its cell below it or behind a dash: authors or a venue."""
    source = cell.source
    links = find_links(source, cell.start, cell.end, listing.definitions)
    title, below = title_parts(source, cell.span, links)
    if below is None and (listing.names_authors_below_title or not listing.having(Role.AUTHORS)):
        behind = names_behind(source, cell.span, links)
        if behind is not None and (
            listing.names_authors_below_title or source[behind.title.end - 1] in _SET_OFF
        ):
            before = [link for link in links if link.span.end <= behind.title.end]
            return title_parts(source, behind.title, before)[0], behind.names
    return title, below


def authors_below(source: str, below: Span, listing: Listing) -> Span | None:
    """The authors' line in a title cell: that of "Title & Authors", or one of nothing but names where there
    is no column for them.
    """
    if not listing.names_authors_below_title and listing.having(Role.AUTHORS):
        return None
    named = names_part(source, simple_part(source, below))
    names = named.names if named.year is not None else below
    text = names.of(source)
    return names if listing.names_authors_below_title or are_names(text) or _are_family_first(text) else None


def are_names(text: str) -> bool:
    """Whether a text is nothing but the names of people."""
    from littable.document.headed.people import is_one_name, names_in  # late: asked where there is doubt

    return bool(names_in(text)) or is_one_name(text)


def _are_family_first(text: str) -> bool:
    """Whether a text is names with their initials behind: ``Vaswani, A., Shazeer, N.``."""
    from littable.document.html.words import is_names  # late: as above

    return "." in text and "," in text and is_names(plain(text))


def citation_in(cell: Cell | None) -> Citation | None:
    """The citation behind a title, which names its authors."""
    return citation_behind(cell.source, cell.start, cell.end) if cell is not None else None


def date_in(cell: Cell, title: Span, listing: Listing) -> Span | None:
    """The year or date beside a title."""
    if title == cell.span:
        return None
    links = find_links(cell.source, cell.start, cell.end, listing.definitions)
    return date_beside(cell.source, cell.span, title, links)
