"""Papers listed one below the other, in whatever shape: rows of cells as spans of the source.

They hold no text of their own but cut it from the source when asked, so a file of 12 MB is held once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from littable.document import starts
from littable.document.cells import unescape
from littable.patterns import lazy
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Edit, Span


@dataclass(slots=True, eq=False)
class Cell:
    """What a row says in one respect: its trimmed text lies from ``start`` to ``end``, all that belongs to it
    from ``outer_start`` to ``outer_end`` (in a pipe table, its pipes stand right before and behind that).

    Plain numbers and not frozen, because there are as many as a file has cells.
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
        """All that belongs to the cell."""
        return Span(self.outer_start, self.outer_end)

    @property
    def text(self) -> str:
        """The trimmed text as written, with its escapes."""
        return self.source[self.start : self.end]

    @property
    def empty(self) -> bool:
        """Whether nothing but blanks stands in it."""
        return self.start == self.end


class Row:
    """A paper's place: its span and one cell for each column of its listing; a cell of which the paper says
    nothing is empty. This one is running Markdown, an item or a section.
    """

    __slots__ = ("_cells", "source", "span")

    def __init__(self, source: str, span: Span, cells: tuple[Cell, ...] | None = None) -> None:
        self.source = source
        self.span = span
        self._cells = cells

    @property
    def cells(self) -> tuple[Cell, ...]:
        """One cell for each column."""
        return self._cells or ()

    @property
    def text(self) -> str:
        """All of it as written."""
        return self.source[self.span.start : self.span.end]

    def written(self, markdown: str) -> str:
        """Markdown for a table cell as it must be written to say the same here."""
        return unescape(_LINE_BREAKS.sub(" ", markdown))

    def says(self, text: str, markdown: str) -> bool:
        """Whether a text of this row is how ``markdown`` is written here; lines may break anywhere."""
        return " ".join(text.split()) == self.written(markdown)

    def keeps_cells(self, edits: Iterable[Edit]) -> bool:
        """Whether the row still has its cells after the edits: no line becomes the beginning of a block."""
        source = self.source
        for edit in edits:
            line = source.rfind("\n", 0, edit.span.start) + 1
            if not source[line : edit.span.start].strip(_PREFIX):
                end = source.find("\n", edit.span.end)
                rest = (edit.text + source[edit.span.end : len(source) if end < 0 else end]).lstrip()
                if rest != source[edit.span.start : edit.span.end] and _begins_block(rest):
                    return False
        return True


_LINE_BREAKS = lazy(r"[ \t]*(?:\r\n|[\n\r])[ \t]*")
_PREFIX = " \t>"


def _begins_block(line: str) -> bool:
    return not line or starts.starts_block(line, 0) or line.startswith(("|", "=", ":-"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header in plain words (empty where there is none), and the role that header and content
    give it.
    """

    header: str
    role: Role


class Listing:
    """Papers in one place and one shape: ``rows`` of cells, which ``columns`` give their roles.

    ``definitions`` are the link references of the document, by normalised label: URL and its span;
    ``footnotes`` the texts of its footnotes, by theirs.

    ``literature`` tells whether its rows are papers. ``editable`` is False where a cell cannot be located
    with certainty; such a listing is checked and never written to.
    """

    def __init__(
        self,
        source: str,
        shape: Shape,
        rows: Sequence[Row],
        columns: tuple[Column, ...] = (),
        definitions: Mapping[str, tuple[str, Span]] | None = None,
        *,
        literature: bool = True,
    ) -> None:
        self.source = source
        self.shape = shape
        self.rows = tuple(rows)
        self.columns = columns
        self.definitions = definitions or {}
        self.literature = literature
        self.footnotes: Mapping[str, Row] = {}
        self.editable = True
        self._having: dict[tuple[Role, ...], list[int]] = {}

    @property
    def span(self) -> Span:
        """From the first row to the last."""
        return Span(self.rows[0].span.start, self.rows[-1].span.end)

    @property
    def fillable(self) -> bool:
        """Whether there is room for what a row does not say, between its pipes."""
        return False

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    @cached_property
    def linking_columns(self) -> list[tuple[int, Role]]:
        """The columns whose links belong to the entry: all but those with abstracts and comments."""
        without = (Role.ABSTRACT, Role.COMMENT)
        return [
            (index, column.role) for index, column in enumerate(self.columns) if column.role not in without
        ]

    @cached_property
    def names_authors_below_title(self) -> bool:
        """Whether its title cells hold the authors too, on a line of their own ("Title & Authors")."""
        return any(
            column.role is Role.TITLE and "author" in column.header.casefold() for column in self.columns
        )

    def having(self, *roles: Role) -> list[int]:
        """The indices of the columns that have one of the roles, in their order."""
        found = self._having.get(roles)
        if found is None:
            found = [index for index, column in enumerate(self.columns) if column.role in roles]
            self._having[roles] = found
        return found
