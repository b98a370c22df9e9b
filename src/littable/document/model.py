"""The document as readers leave it and rules see it: tables, rows, cells and the entries in them.

All spans are offsets into the one decoded source. Cells and fields hold no text of their own; they cut it
from the source when asked, so a file of 12 MB is held once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from littable.diagnostic import EntryReference
from littable.document.cells import cell_bounds, trim
from littable.document.fields import simple_part, title_parts, unwrap
from littable.document.inline import Link, LinkKind, find_links, has_link, plain
from littable.document.outline import Block
from littable.document.suppressions import Suppression
from littable.papers.identifiers import LinkIdentity, identify
from littable.roles import Role
from littable.text import LineIndex, Span


@dataclass(slots=True, eq=False)
class Cell:
    """A cell: its trimmed text lies from ``start`` to ``end``, its pipes stand at ``outer_start - 1`` and
    ``outer_end``. Plain numbers and not frozen, because there are as many as a file has cells.
    """

    source: str
    start: int
    end: int
    outer_start: int
    outer_end: int

    @property
    def span(self) -> Span:
        """The trimmed text."""
        return Span(self.start, self.end)

    @property
    def outer(self) -> Span:
        """All that stands between the cell's pipes."""
        return Span(self.outer_start, self.outer_end)

    @property
    def text(self) -> str:
        """The trimmed Markdown of the cell, with its escapes."""
        return self.source[self.start : self.end]

    @property
    def empty(self) -> bool:
        """Whether nothing but blanks stands in it."""
        return self.start == self.end


class Row:
    """A line of a table, from its first non-blank to the end of the line."""

    __slots__ = ("_cells", "source", "span")

    def __init__(self, source: str, span: Span) -> None:
        self.source = source
        self.span = span
        self._cells: tuple[Cell, ...] | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells as written, more or fewer than the header has where the row is wrong."""
        if self._cells is None:
            source = self.source
            self._cells = tuple(
                [
                    Cell(source, *trim(source, start, end), start, end)
                    for start, end in cell_bounds(source, self.span.start, self.span.end)
                ]
            )
        return self._cells

    @property
    def text(self) -> str:
        """The line as written."""
        return self.span.of(self.source)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header in plain words, and the role that header and content give it."""

    header: str
    role: Role


class Table:
    """A pipe table.

    ``literature`` tells whether its rows are papers. ``editable`` is False where a cell cannot be located
    with certainty; such a table is checked and never written to.
    """

    def __init__(self, source: str, block: Block, header: Row, delimiter: Row, rows: tuple[Row, ...]) -> None:
        self.source = source
        self.block = block
        self.header = header
        self.delimiter = delimiter
        self.rows = rows
        self.columns: tuple[Column, ...] = ()
        self.literature = False
        self.editable = True
        self._having: dict[tuple[Role, ...], list[int]] = {}

    @property
    def span(self) -> Span:
        """From the header's first non-blank to the end of the last row."""
        return Span(self.header.span.start, (self.rows[-1] if self.rows else self.delimiter).span.end)

    @property
    def width(self) -> int:
        """How many columns the header has; GFM drops what a row has beyond them and pads what it lacks."""
        return len(self.header.cells)

    @cached_property
    def names_authors_below_title(self) -> bool:
        """Whether its title cells hold the authors too, on a line of their own ("Title & Authors")."""
        return any(
            column.role is Role.TITLE and "author" in column.header.casefold() for column in self.columns
        )

    def repeats_header(self, row: Row) -> bool:
        """Whether a row says what the header says, emphasis and case set aside."""
        cells, header = row.cells, self._header_words
        if len(cells) != len(header) or _bare(cells[0]) != header[0] or not any(header):
            return False
        return all(_bare(cell) == words for cell, words in zip(cells, header, strict=True))

    @cached_property
    def _header_words(self) -> list[str]:
        return [_bare(cell) for cell in self.header.cells]

    def having(self, *roles: Role) -> list[int]:
        """The indices of the columns that have one of the roles, in their order."""
        found = self._having.get(roles)
        if found is None:
            found = [index for index, column in enumerate(self.columns) if column.role in roles]
            self._having[roles] = found
        return found


def _bare(cell: Cell) -> str:
    return cell.text.strip("*_~ ").casefold()


@dataclass(frozen=True, slots=True)
class Field:
    """What an entry says in one respect: ``span`` is the text proper, inside wrappers and emphasis."""

    role: Role
    source: str
    span: Span

    @property
    def text(self) -> str:
        """The Markdown as written."""
        return self.source[self.span.start : self.span.end]

    @property
    def plain(self) -> str:
        """The same in plain words."""
        return plain(self.text)


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A link of an entry with the paper it names, if it names one; ``role`` is its column's."""

    link: Link
    role: Role
    identity: LinkIdentity | None

    @property
    def identity_span(self) -> Span | None:
        """Where the identifier stands in the source; None when the URL is written with escapes."""
        if self.identity is None:
            return None
        return self._within((self.identity.id_start, self.identity.id_end))

    @property
    def version_span(self) -> Span | None:
        """Where the version suffix stands in the source, if there is one."""
        identity = self.identity
        if identity is None or identity.version_start is None or identity.version_end is None:
            return None
        return self._within((identity.version_start, identity.version_end))

    @property
    def is_followed(self) -> bool:
        """Whether it leads somewhere: no picture, and not empty."""
        return self.link.kind is not LinkKind.IMAGE and bool(self.link.url)

    @property
    def verbatim(self) -> bool:
        """Whether the URL stands in the source as it reads, so that offsets in it are offsets there."""
        return self.link.url_span.end - self.link.url_span.start == len(self.link.url)

    def _within(self, bounds: tuple[int, int]) -> Span | None:
        if not self.verbatim:
            return None
        start = self.link.url_span.start
        return Span(start + bounds[0], start + bounds[1])


class Entry:
    """One paper as written.

    ``shape`` tells the kind of container (``table`` for a row); ``row`` and ``table`` are where it stands.
    Everything else is read when first asked for.
    """

    __slots__ = (
        "_definitions",
        "_fields",
        "_identities",
        "_identity",
        "_links",
        "_parts",
        "row",
        "shape",
        "table",
    )

    def __init__(self, table: Table, row: Row, definitions: Mapping[str, tuple[str, Span]]) -> None:
        self.table = table
        self.row = row
        self.shape = "table"
        self._definitions = definitions
        self._fields: dict[Role, Field | None] = {}
        self._parts: tuple[Span, Span | None] | None = None
        self._links: tuple[PaperLink, ...] | None = None
        self._identities: tuple[PaperLink, ...] | None = None
        self._identity: tuple[LinkIdentity | None] | None = None

    @property
    def span(self) -> Span:
        """The whole row."""
        return self.row.span

    def cells(self, *roles: Role) -> list[tuple[Role, Cell]]:
        """The cells in columns of the given roles; those that the row lacks are left out."""
        table, cells = self.table, self.row.cells
        return [
            (table.columns[index].role, cells[index]) for index in table.having(*roles) if index < len(cells)
        ]

    def field(self, role: Role) -> Field | None:
        """The text proper of the first filled column with ``role``; None when there is none."""
        if role not in self._fields:
            self._read(role)
        return self._fields[role]

    def _read(self, role: Role) -> None:
        self._fields[role] = None
        for _, cell in self.cells(role):
            if not cell.empty:
                self._fields[role] = self._field_of(role, cell)
                return
        if role is Role.AUTHORS and self.title_below is not None:
            self._fields[role] = Field(role, self.row.source, self.title_below)

    def _field_of(self, role: Role, cell: Cell) -> Field | None:
        source = cell.source
        if role is Role.TITLE:
            span = self._title_parts[0]
        elif role is Role.ABSTRACT:
            span = unwrap(source, cell.span)
        else:
            span = simple_part(source, cell.span)
        return Field(role, source, span) if span.end > span.start else None

    @property
    def _title_parts(self) -> tuple[Span, Span | None]:
        if self._parts is None:
            self._parts = self._read_title()
        return self._parts

    def _read_title(self) -> tuple[Span, Span | None]:
        for _, cell in self.cells(Role.TITLE):
            if not cell.empty:
                links = find_links(cell.source, cell.start, cell.end, self._definitions)
                return title_parts(cell.source, cell.span, links)
        return Span(self.row.span.start, self.row.span.start), None

    @property
    def title_below(self) -> Span | None:
        """The authors' line in a "Title & Authors" cell."""
        combined = any(
            column.role is Role.TITLE and "author" in column.header.casefold()
            for column in self.table.columns
        )
        return self._title_parts[1] if combined else None

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
        """The year or date as written."""
        return self.field(Role.YEAR) or self.field(Role.DATE)

    @property
    def links(self) -> tuple[PaperLink, ...]:
        """The links of every cell but those with the abstract and comments, in order."""
        if self._links is None:
            found: list[PaperLink] = []
            for column, cell in zip(self.table.columns, self.row.cells, strict=False):
                role = column.role
                if role not in _WITHOUT_LINKS and (
                    role is Role.LINK or self._definitions or has_link(cell.text)
                ):
                    found.extend(self._links_of(role, cell))
            self._links = tuple(found)
        return self._links

    def _links_of(self, role: Role, cell: Cell) -> Iterator[PaperLink]:
        links = find_links(cell.source, cell.start, cell.end, self._definitions)
        if not links and role is Role.LINK and not cell.empty:
            links = _written_identifier(cell)
        for link in links:
            followed = link.kind is not LinkKind.IMAGE and bool(link.url)
            yield PaperLink(link, role, identify(link.url) if followed else None)

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
        identity = self.identity
        return identity.arxiv.id if identity is not None and identity.arxiv is not None else None

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


_WITHOUT_LINKS = frozenset({Role.ABSTRACT, Role.COMMENT})


def _written_identifier(cell: Cell) -> list[Link]:
    """An identifier written as text, such as ``arXiv:2403.03218`` or a bare DOI."""
    span = simple_part(cell.source, cell.span)
    text = span.of(cell.source)
    if not text or identify(text) is None:
        return []
    return [Link(LinkKind.TEXT, text, span, span, span)]


@dataclass
class Document:
    """A Markdown text and what was read from it.

    ``blocks`` are its leaf blocks in order, ``tables`` all pipe tables, ``entries`` the papers of those that
    are literature tables.
    """

    path: str
    source: str
    blocks: Sequence[Block]
    tables: tuple[Table, ...] = ()
    entries: tuple[Entry, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    definitions: Mapping[str, tuple[str, Span]] = field(default_factory=dict)

    @cached_property
    def lines(self) -> LineIndex:
        """Offsets to rows and columns."""
        return LineIndex(self.source)
