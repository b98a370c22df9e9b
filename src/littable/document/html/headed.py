"""HTML tables whose first row names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from littable.document.columns import assign_columns, is_literature, normalise_header, sample_rows
from littable.document.header_names import AGAINST, loose_roles, plain_role
from littable.document.html.grid import Grid, GridRow
from littable.document.html.lines import lines_of
from littable.document.html.papers import read_paper
from littable.document.html.seen import see
from littable.document.html.table import HtmlListing, html_row
from littable.document.html.tags import Tag
from littable.document.html.title import date_before
from littable.document.inline import find_links, has_link
from littable.document.labelled import read_label
from littable.document.listing import Cell, Column
from littable.document.page import Page
from littable.document.plain import plain
from littable.document.torn_links import torn_link
from littable.papers.identifiers import identify
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_LONG = 100
_LONGEST_NAME = 28
_DATED = frozenset({Role.YEAR, Role.DATE, Role.VENUE})
# An identifier for a script of the page, as in ``data-arxiv-id="2403.03218v2"``: read without its version.
_ATTRIBUTE = lazy(
    r"\s[\w-]*(?:arxiv|doi)[\w-]*\s*=\s*[\"'](?:arxiv:)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7}|10\.\d{4,9}/[^\s\"'<>]+?)"
    r"(?:v\d{1,3})?[\"']",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Paper:
    """A row with what belongs to it beyond the columns."""

    span: Span
    cells: list[Span | None]
    more: list[tuple[Role, Span]] = field(default_factory=list)


def header_rows(page: Page, grid: Grid) -> Sequence[GridRow]:
    """The rows that name the columns."""
    named = list(takewhile(lambda row: row.row.head or _is_header(row), grid.rows))
    if named:
        return named if len(named) < len(grid.rows) else named[:1]
    return grid.rows[:1] if grid.rows and grid.width > 1 and _names_columns(page, grid.rows[0]) else []


def _is_header(row: GridRow) -> bool:
    return len(row.cells) > 1 and all(cell.header for cell in row.cells.values())


def _names_columns(page: Page, row: GridRow) -> bool:
    """Whether a row of ordinary cells says what columns hold, and nothing else."""
    names = [normalise_header(cell.span.of(page.shown)) for cell in row.cells.values()]
    plainly = [plain_role(name) for name in names]
    titled = Role.TITLE in plainly or any(Role.TITLE in loose_roles(name) for name in names)
    known = sum(
        role is not None or bool(loose_roles(name)) for role, name in zip(plainly, names, strict=True)
    )
    if titled and known >= 2 and 2 * known >= len([name for name in names if name]):
        return True
    named = known + sum(name in AGAINST for name in names)
    return named > 0 and len(names) > 1 and all(names) and _has_only_words(page, row, names)


def _has_only_words(page: Page, row: GridRow, names: Sequence[str]) -> bool:
    """Whether a row has in each cell a few words without a number or a link, which no row of papers has."""
    if any(len(name) > _LONGEST_NAME or any(map(str.isdigit, name)) for name in names):
        return False
    texts = [cell.span.of(page.shown) for cell in row.cells.values()]
    return not any(has_link(text) or "<img" in text or "![" in text for text in texts)


def read_headed(page: Page, tags: Sequence[Tag], grid: Grid, header: Sequence[GridRow]) -> HtmlListing | None:
    """The table with its columns' roles, and whether its rows are papers; None where it has no other row."""
    source = page.shown
    names: dict[int, Span] = {}
    for row in header:
        names |= {
            column: cell.span
            for column, cell in row.cells.items()
            if plain(cell.span.of(source)) or column not in names
        }
    first = header[0].row.span
    head = html_row(
        source, Span(first.start, header[-1].row.end), [names.get(at) for at in range(grid.width)]
    )
    papers = list(_papers(page, tags, grid, grid.rows[len(header) :], head.text))
    if not papers:
        return None
    rows = [html_row(source, paper.span, paper.cells) for paper in papers]
    listing = HtmlListing(page.source, rows, head, (), page.definitions)
    listing.columns = assign_columns(listing, page.reading.columns)
    listing.literature = is_literature(listing) or _is_identified(source, listing)
    if listing.literature:
        _complete(page, tags, listing, papers)
    return listing


def _is_identified(source: str, listing: HtmlListing) -> bool:
    """Whether the rows have a title, and attributes that name papers."""
    rows = sample_rows(listing)
    return bool(listing.having(Role.TITLE)) and 2 * sum(
        bool(_identifier(source, row.span)) for row in rows
    ) >= len(rows)


def _papers(
    page: Page, tags: Sequence[Tag], grid: Grid, rows: Sequence[GridRow], header: str
) -> Iterator[_Paper]:
    """The rows; one that spans the table and tells of the row above belongs to that."""
    above: _Paper | None = None
    for row in rows:
        if _is_wide(row, grid.width):
            if above is not None and (told := _told(page, tags, row)) is not None:
                above.more.append((Role.ABSTRACT, told))
                above.span = Span(above.span.start, row.row.end)
            continue
        if row.row.head or _is_header(row) or row.row.span.of(page.shown) == header:
            continue
        if above is not None:
            yield above
        above = _Paper(
            row.row.span, [row.cells[at].span if at in row.cells else None for at in range(grid.width)]
        )
    if above is not None:
        yield above


def _is_wide(row: GridRow, width: int) -> bool:
    """Whether one cell takes the room of all columns: a caption, or more about the row above."""
    return (
        width > 1 and len(row.cells) == 1 and not row.covered and next(iter(row.cells.values())).columns > 1
    )


def _told(page: Page, tags: Sequence[Tag], row: GridRow) -> Span | None:
    span = next(iter(row.cells.values())).span
    lines = lines_of(page.shown, span, tags)
    label = read_label(page.shown, lines[0].span.start, lines[0].span.end) if lines else None
    labelled = label is not None and Role.ABSTRACT in label.roles
    folded = any(line.folded for line in lines)
    return span if labelled or folded or len(plain(span.of(page.shown))) >= _LONG else None


def _complete(page: Page, tags: Sequence[Tag], listing: HtmlListing, papers: Sequence[_Paper]) -> None:
    """Read what stands with the title in its cell, and identifiers in attributes."""
    titled = next(iter(listing.having(Role.TITLE)), None)
    told = {column.role for column in listing.columns}
    if titled is not None:
        for paper in papers:
            _divide(page, tags, paper, titled, told)
    if not any(_names_paper(listing, row.cells) for row in listing.rows):
        for paper in papers:
            paper.more += _identifier(page.shown, paper.span)
    _widen(page.shown, listing, papers)


def _divide(page: Page, tags: Sequence[Tag], paper: _Paper, titled: int, told: set[Role]) -> None:
    """Of a cell with several lines, the title keeps its own; what no column says is found in the others."""
    cell = paper.cells[titled]
    if cell is not None and not told & _DATED and (before := date_before(page.shown, cell)):
        paper.more.append((Role.VENUE, before))
    if cell is None or len(lines_of(page.shown, cell, tags)) < 2:
        return
    if torn_link(page.shown, find_links(page.shown, cell.start, cell.end, page.definitions)) is not None:
        return
    read = read_paper(page, paper.span, [see(page, tags, cell)])
    title = next((span for role, span in read.parts.cells if role is Role.TITLE), None)
    if title is None:
        return
    paper.cells[titled] = title
    paper.more += [
        (role, span) for role, span in read.parts.cells if role is not Role.TITLE and _is_new(role, told)
    ]


def _is_new(role: Role, told: set[Role]) -> bool:
    if role in (Role.LINK, Role.CODE, Role.OTHER):
        return True
    return not (_DATED if role in _DATED else {role}) & told


def _names_paper(listing: HtmlListing, cells: Sequence[Cell]) -> bool:
    return any(
        identify(link.url) is not None
        for index in listing.having(Role.LINK, Role.TITLE)
        for link in find_links(cells[index].source, cells[index].start, cells[index].end, listing.definitions)
    )


def _identifier(source: str, span: Span) -> list[tuple[Role, Span]]:
    found = _ATTRIBUTE.search(source, span.start, span.end)
    return [(Role.LINK, Span(*found.span("id")))] if found else []


def _widen(source: str, listing: HtmlListing, papers: Sequence[_Paper]) -> None:
    """Give the listing a column for whatever a row says beyond its columns."""
    most: dict[Role, int] = {}
    for paper in papers:
        counted: dict[Role, int] = {}
        for role, _ in paper.more:
            counted[role] = counted.get(role, 0) + 1
            most[role] = max(most.get(role, 0), counted[role])
    roles = [role for role in Role for _ in range(most.get(role, 0))]
    listing.rows = tuple(
        [html_row(source, paper.span, [*paper.cells, *_placed(paper, roles)]) for paper in papers]
    )
    listing.columns = (*listing.columns, *(Column("", role) for role in roles))


def _placed(paper: _Paper, roles: Sequence[Role]) -> Iterator[Span | None]:
    waiting: Mapping[Role, list[Span]] = {role: [] for role in roles}
    for role, span in reversed(paper.more):
        waiting[role].append(span)
    return (waiting[role].pop() if waiting[role] else None for role in roles)
