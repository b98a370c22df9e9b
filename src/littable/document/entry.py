"""An entry: one paper as somebody wrote it, read field by field when a rule asks."""

from __future__ import annotations

from littable.diagnostic import EntryReference
from littable.document.dates import read_date
from littable.document.field import Field as Field
from littable.document.fields import says_something, simple_part, unwrap
from littable.document.footnotes import footnote_of
from littable.document.hidden import without_comments
from littable.document.inline import has_link
from littable.document.listing import Cell, Listing, Row
from littable.document.names_part import names_part
from littable.document.paper_link import PaperLink as PaperLink
from littable.document.paper_link import identity_of, links_of, naming
from littable.document.title_cell import are_names, authors_below, citation_in, date_in, read_title_cell
from littable.papers.identifiers import LinkIdentity
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Span


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
            cited = citation_in(self._first_cell(Role.TITLE))
            span = self.title_below or (cited.authors if cited is not None else None)
            self._fields[role] = Field(role, self.row, span) if span is not None else None
        else:
            self._fields[role] = None

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
            if role is Role.AUTHORS:
                span = names_part(source, span).names
                if self.torn and not are_names(span.of(source)):
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
        return read_title_cell(cell, self.listing)

    @property
    def title_below(self) -> Span | None:
        """The authors in a title cell, on a line of their own or behind a dash."""
        below = self._title_parts[1]
        return authors_below(self.row.source, below, self.listing) if below is not None else None

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
        """The year or date as written: in a column of its own, else beside the title, behind the venue or
        behind the authors.
        """
        return self.field(Role.YEAR) or self.field(Role.DATE) or self._date_elsewhere

    @property
    def _date_elsewhere(self) -> Field | None:
        cell, title = self._first_cell(Role.TITLE), self.title
        span = date_in(cell, title.span, self.listing) if cell is not None and title is not None else None
        if span is not None:
            return Field(Role.DATE, self.row, span)
        venue = self.field(Role.VENUE)
        if venue is not None and read_date(venue.plain) is not None:
            return venue
        authors = self._first_cell(Role.AUTHORS)
        if authors is None:
            return None
        year = names_part(authors.source, simple_part(authors.source, authors.span)).year
        return Field(Role.DATE, self.row, year) if year is not None else None

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
            self._identities = naming(self.links)
        return self._identities

    @property
    def identity(self) -> LinkIdentity | None:
        """The paper's identifier: an arXiv one if any link has it, else the first DOI."""
        if self._identity is None:
            self._identity = (identity_of(self.identities),)
        return self._identity[0]

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
