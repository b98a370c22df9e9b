"""What a reader has found of papers that stand in no table: parts by role, made one listing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from littable.document.fields import strip_blanks
from littable.document.listing import Cell, Column, Listing, Row
from littable.document.page import Page
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Span

_ORDER = (
    *(Role.NUMBER, Role.YEAR, Role.DATE, Role.TITLE, Role.AUTHORS, Role.VENUE, Role.LINK, Role.CODE),
    *(Role.TOPIC, Role.ABSTRACT, Role.COMMENT, Role.OTHER),
)


@dataclass(slots=True)
class Parts:
    """A paper: ``span`` is all of it, ``cells`` where it says what, in the order of the text. Of one role
    there may be several (links), and none where the paper does not say it.
    """

    span: Span
    cells: list[tuple[Role, Span]] = field(default_factory=list)

    def add(self, role: Role, span: Span) -> None:
        """Say where a part stands."""
        self.cells.append((role, span))


def listing_of(page: Page, shape: Shape, papers: Sequence[Parts], row: type[Row] = Row) -> Listing:
    """The papers as a listing that has a column for each part that any of them has; ``row`` knows how text is
    written there.
    """
    columns = tuple(Column("", role) for role in _roles(papers))
    rows = [row(page.shown, paper.span, _cells(page.shown, paper, columns)) for paper in papers]
    return Listing(page.source, shape, rows, columns, page.definitions)


def _roles(papers: Iterable[Parts]) -> Iterable[Role]:
    most: Counter[Role] = Counter()
    for paper in papers:
        most |= Counter(role for role, _ in paper.cells)
    return (role for role in _ORDER for _ in range(most[role]))


def _cells(source: str, paper: Parts, columns: Iterable[Column]) -> tuple[Cell, ...]:
    waiting: dict[Role, list[Span]] = {}
    for role, span in reversed(paper.cells):
        waiting.setdefault(role, []).append(span)
    return tuple(_cell(source, paper, waiting.get(column.role)) for column in columns)


def _cell(source: str, paper: Parts, waiting: list[Span] | None) -> Cell:
    if not waiting:
        return Cell(source, *(paper.span.end,) * 4)
    outer = waiting.pop()
    text = strip_blanks(source, outer)
    return Cell(source, text.start, max(text.start, text.end), outer.start, outer.end)
