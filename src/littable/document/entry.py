"""An entry: one paper as somebody wrote it, read field by field when a rule asks."""

from __future__ import annotations

from dataclasses import dataclass

from littable.diagnostic import EntryReference
from littable.document.beside_title import citation_behind, date_beside
from littable.document.dates import read_date
from littable.document.fields import says_something, simple_part, title_parts, unwrap
from littable.document.footnotes import footnote_of
from littable.document.hidden import without_comments
from littable.document.inline import find_links, has_link
from littable.document.listing import Cell, Listing, Row
from littable.document.names import lines_as_list
from littable.document.paper_link import PaperLink as PaperLink
from littable.document.paper_link import links_of
from littable.document.plain import plain
from littable.papers.identifiers import LinkIdentity
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Span


@dataclass(frozen=True, slots=True)
class Field:
    """What an entry says in one respect: ``span`` is the text proper, inside wrappers and emphasis.

    ``place`` is where it stands and knows how to write there: the entry's row, or a footnote's text.
    """

    role: Role
    place: Row
    span: Span

    @property
    def source(self) -> str:
        """What the span is in."""
        return self.place.source

    @property
    def text(self) -> str:
        """The Markdown as written."""
        return self.source[self.span.start : self.span.end]

    @property
    def plain(self) -> str:
        """The same in plain words; names on lines of their own are set apart by commas."""
        text = self.text
        return plain(lines_as_list(text) if self.role is Role.AUTHORS and "<" in text else text)


class Entry:
    """One paper as written.

    ``row`` is where it stands, among the others of its ``listing``.
    Everything else is read when first asked for.
    """

    __slots__ = (
        "_arxiv_id",
        "_fields",
        "_identities",
        "_identity",
        "_links",
        "_parts",
        "listing",
        "row",
    )

    def __init__(self, listing: Listing, row: Row) -> None:
        self.listing = listing
        self.row = row
        self._fields: dict[Role, Field | None] = {}
        self._parts: tuple[Span, Span | None] | None = None
        self._links: tuple[PaperLink, ...] | None = None
        self._identities: tuple[PaperLink, ...] | None = None
        self._identity: tuple[LinkIdentity | None] | None = None
        self._arxiv_id: tuple[str | None] | None = None

    @property
    def shape(self) -> Shape:
        """What it is listed in."""
        return self.listing.shape

    @property
    def span(self) -> Span:
        """The whole row."""
        return self.row.span

    @property
    def torn(self) -> bool:
        """Whether the row has more cells than the header, comments behind it set aside: a stray pipe may have
        cut one in two, and what a cell seems to say may be another's.
        """
        cells, width = self.row.cells, self.listing.width
        return len(cells) > width and len(without_comments(cells, width)) > width

    def cells(self, *roles: Role) -> list[tuple[Role, Cell]]:
        """The cells in columns of the given roles; those that the row lacks are left out."""
        listing, cells = self.listing, self.row.cells
        return [
            (listing.columns[index].role, cells[index])
            for index in listing.having(*roles)
            if index < len(cells)
        ]

    def field(self, role: Role) -> Field | None:
        """The text proper of the first filled column with ``role``; None when there is none."""
        if role not in self._fields:
            self._read(role)
        return self._fields[role]

    def _first_cell(self, role: Role) -> Cell | None:
        """The first filled cell with ``role``."""
        cells = self.row.cells
        for index in self.listing.having(role):
            if index < len(cells) and cells[index].end > cells[index].start:
                return cells[index]
        return None

    def _read(self, role: Role) -> None:
        cell = self._first_cell(role)
        if cell is not None:
            self._fields[role] = self._field_of(role, cell)
        elif role is Role.AUTHORS:
            span = self.title_below or self._cited_authors
            self._fields[role] = Field(role, self.row, span) if span is not None else None
        else:
            self._fields[role] = None

    @property
    def _cited_authors(self) -> Span | None:
        """The names in a citation behind the title."""
        cell = self._first_cell(Role.TITLE)
        cited = citation_behind(cell.source, cell.start, cell.end) if cell is not None else None
        return cited.authors if cited is not None else None

    def _field_of(self, role: Role, cell: Cell) -> Field | None:
        source = cell.source
        if role is Role.TITLE:
            if self._parts is None:
                self._parts = self._read_title(cell)
            span = self._parts[0]
        elif role is Role.ABSTRACT:
            return self._abstract_of(cell)
        else:
            span = simple_part(source, cell.span)
            if role is Role.AUTHORS and self.torn and not _are_names(span.of(source)):
                return None
        return Field(role, self.row, span) if span.end > span.start else None

    def _abstract_of(self, cell: Cell) -> Field | None:
        note = footnote_of(cell, self.listing.footnotes)
        place = self.row if note is None else note
        span = unwrap(place.source, cell.span if note is None else note.span)
        return Field(Role.ABSTRACT, place, span) if says_something(place.source, span) else None

    def passages(self, *roles: Role) -> list[Field]:
        """The filled cells in columns of the given roles, whole and as written; of one that only points to a
        footnote, the footnote's text.
        """
        found = []
        for role, cell in self.cells(*roles):
            note = footnote_of(cell, self.listing.footnotes) if role is Role.ABSTRACT else None
            if note is not None:
                found.append(Field(role, note, note.span))
            elif not cell.empty:
                found.append(Field(role, self.row, cell.span))
        return found

    @property
    def _title_parts(self) -> tuple[Span, Span | None]:
        if self._parts is None:
            self._parts = self._read_title(self._first_cell(Role.TITLE))
        return self._parts

    def _read_title(self, cell: Cell | None) -> tuple[Span, Span | None]:
        if cell is None:
            return Span(self.row.span.start, self.row.span.start), None
        links = find_links(cell.source, cell.start, cell.end, self.listing.definitions)
        return title_parts(cell.source, cell.span, links)

    @property
    def title_below(self) -> Span | None:
        """The authors' line in a title cell: that of "Title & Authors", or one of nothing but names where
        there is no column for them.
        """
        below = self._title_parts[1]
        if below is None or self.listing.names_authors_below_title:
            return below
        if self.listing.having(Role.AUTHORS):
            return None
        return below if _are_names(below.of(self.row.source)) else None

    @property
    def title(self) -> Field | None:
        """The title as written, without badges, numbering and link."""
        return self.field(Role.TITLE)

    @property
    def abstract(self) -> Field | None:
        """The text about the paper, inside its wrappers."""
        return self.field(Role.ABSTRACT)

    @property
    def authors(self) -> Field | None:
        """The authors as written."""
        return self.field(Role.AUTHORS)

    @property
    def date(self) -> Field | None:
        """The year or date as written: in a column of its own, else beside the title or behind the venue."""
        return (
            self.field(Role.YEAR) or self.field(Role.DATE) or self._date_beside_title or self._date_of_venue
        )

    @property
    def _date_beside_title(self) -> Field | None:
        cell, title = self._first_cell(Role.TITLE), self.title
        if cell is None or title is None or title.span == cell.span:
            return None
        links = find_links(cell.source, cell.start, cell.end, self.listing.definitions)
        span = date_beside(cell.source, cell.span, title.span, links)
        return Field(Role.DATE, self.row, span) if span is not None else None

    @property
    def _date_of_venue(self) -> Field | None:
        venue = self.field(Role.VENUE)
        return venue if venue is not None and read_date(venue.plain) is not None else None

    @property
    def links(self) -> tuple[PaperLink, ...]:
        """The links of every cell but those with the abstract and comments, in order."""
        if self._links is None:
            found: list[PaperLink] = []
            cells = self.row.cells
            for index, role in self.listing.linking_columns:
                if index < len(cells):
                    cell = cells[index]
                    if role is Role.LINK or self.listing.definitions or has_link(cell.text):
                        found += links_of(role, cell, self.listing.definitions)
            self._links = tuple(found)
        return self._links

    @property
    def identities(self) -> tuple[PaperLink, ...]:
        """The links that name the paper: those in link cells, else the title's own. Never those of an
        abstract, a comment or a code column, which name other papers.
        """
        if self._identities is None:
            self._identities = self._find_identities()
        return self._identities

    def _find_identities(self) -> tuple[PaperLink, ...]:
        named = [link for link in self.links if link.identity is not None]
        for role in (Role.LINK, Role.TITLE):
            own = tuple([link for link in named if link.role is role])
            if any(link.identity.malformed is None for link in own if link.identity):
                return own
        return tuple([link for link in named if link.role in (Role.LINK, Role.TITLE)])

    @property
    def identity(self) -> LinkIdentity | None:
        """The paper's identifier: an arXiv one if any link has it, else the first DOI."""
        if self._identity is None:
            self._identity = (self._find_identity(),)
        return self._identity[0]

    def _find_identity(self) -> LinkIdentity | None:
        first = None
        for link in self.identities:
            identity = link.identity
            if identity is not None and identity.malformed is None:
                if identity.arxiv is not None:
                    return identity
                first = first or identity
        return first

    @property
    def arxiv_id(self) -> str | None:
        """The arXiv identifier without version."""
        if self._arxiv_id is None:
            arxiv = self.identity.arxiv if self.identity is not None else None
            self._arxiv_id = (arxiv.id if arxiv is not None else None,)
        return self._arxiv_id[0]

    @property
    def doi(self) -> str | None:
        """The DOI that a link names."""
        dois = (link.identity.doi for link in self.identities if link.identity)
        return next((doi.value for doi in dois if doi), None)

    @property
    def reference(self) -> EntryReference:
        """The entry as a finding names it."""
        title = self.title
        return EntryReference((title.plain or None) if title else None, self.arxiv_id, self.row.span.start)


def _are_names(text: str) -> bool:
    from littable.document.headed.people import is_one_name, names_in  # late: asked where there is doubt

    return bool(names_in(text)) or is_one_name(text)
