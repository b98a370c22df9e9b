"""Which HTML tables are literature."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from littable.document.columns import normalise_header
from littable.document.header_names import plain_role
from littable.document.html.evidence import (
    are_results,
    groups,
    is_output,
    speaks_against,
    trimmed,
)
from littable.document.html.grid import Grid, GridRow, lay_out
from littable.document.html.headed import header_rows, read_headed
from littable.document.html.paper import PaperRead
from littable.document.html.papers import read_paper
from littable.document.html.row import HtmlRow
from littable.document.html.seen import see
from littable.document.html.table import HtmlListing, html_row
from littable.document.html.tags import Tag
from littable.document.html.tree import HtmlTable
from littable.document.listing import Column, Listing
from littable.document.outline import Kind
from littable.document.page import Page
from littable.document.parts import Parts, listing_of
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Span

_MOST = 0.6
_REPEATED = 2


@dataclass(slots=True)
class _Found:
    """A table without a header that papers may stand in."""

    papers: list[PaperRead]
    others: int
    chosen: bool
    fallback: Listing | None

    @property
    def complete(self) -> list[PaperRead]:
        return [paper for paper in self.papers if paper.complete]

    @property
    def meant(self) -> list[PaperRead]:
        """The papers, and rows that have a title where those have theirs."""
        places = {paper.place for paper in self.complete}
        return [paper for paper in self.papers if paper.complete or (paper.likely and paper.place in places)]


class TableReader:
    """Takes the tables of a page, inner ones first, and tells which are literature."""

    def __init__(self, page: Page, tags: Sequence[Tag]) -> None:
        self.page = page
        self.tags = tags
        self._found: list[_Found] = []
        self._listings: list[Listing] = []
        self._claimed: set[HtmlTable] = set()

    def take(self, table: HtmlTable) -> None:
        """Read a table unless one in it was claimed."""
        if any(inner in self._claimed for inner in table.nested):
            self._claimed.add(table)
            return
        grid = lay_out(table)
        if not grid.rows:
            return
        may = self.page.may_hold_papers(table.tag.start)
        header = header_rows(self.page, grid)
        headed = read_headed(self.page, self.tags, grid, header) if header else None
        rows = grid.rows[len(header) :]
        if headed is not None and headed.literature and not is_output(self.page, table, headed):
            headed.literature = may
            self._claimed.add(table)
            self._listings.append(headed)
            return
        other = self._other(table, grid, headed)
        plain_rows = may and not speaks_against(self.page, header) and not are_results(self.page, rows)
        if plain_rows and not self._holds(table, items=True):
            self._take_by_content(table, grid, rows, other)
        elif other is not None:
            self._listings.append(other)

    def listings(self) -> list[Listing]:
        """The tables in the order of the text; of those that are no literature, the innermost."""
        enough = sum(len(found.complete) for found in self._found) >= _REPEATED
        for found in self._found:
            if self._is_literature(found, enough=enough):
                rows = [paper.parts for paper in found.meant]
                self._listings.append(listing_of(self.page, Shape.HTML_TABLE, rows, HtmlRow))
            elif found.fallback is not None:
                self._listings.append(found.fallback)
        return sorted(_apart(self._listings), key=_start)

    @staticmethod
    def _is_literature(found: _Found, *, enough: bool) -> bool:
        complete = len(found.complete)
        if not complete or not (enough or found.chosen):
            return False
        return complete >= _MOST * (len(found.papers) + found.others)

    def _take_by_content(
        self, table: HtmlTable, grid: Grid, rows: Sequence[GridRow], other: Listing | None
    ) -> None:
        if (labelled := self._labelled(grid)) is not None:
            papers, others = [labelled], 0
        else:
            papers, others = self._papers(rows)
            if len(rows) < len(grid.rows):  # what names the columns has named no title
                others += sum(not paper.title_links_paper for paper in papers)
                papers = [paper for paper in papers if paper.title_links_paper]
        found = _Found(papers, others, self.page.is_chosen(table.tag.start), other)
        self._found.append(found)
        if found.complete:
            self._claimed.add(table)

    def _papers(self, rows: Sequence[GridRow]) -> tuple[list[PaperRead], int]:
        papers: list[PaperRead] = []
        others = 0
        for group in groups(self.page, rows):
            read = [*self._read(group)]
            papers += [paper for paper in read if Role.TITLE in paper.roles]
            others += sum(Role.TITLE not in paper.roles for paper in read)
        return papers, others

    def _read(self, group: Sequence[GridRow]) -> Iterator[PaperRead]:
        """The paper of a row; where several cells hold one each, those."""
        cells = [cell.span for row in group for cell in row.cells.values()]
        seen = [see(self.page, self.tags, cell) for cell in cells]
        wordy = [at for at, lines in enumerate(seen) if any(line.wordy for line in lines)]
        if not wordy or not any(line.links for lines in seen for line in lines):
            return
        if len(wordy) > 1:
            spans = [trimmed(self.page, cell) for cell in cells]
            alone = [read_paper(self.page, spans[at], [seen[at]]) for at in wordy]
            if sum(paper.complete for paper in alone) > 1:
                yield from (paper for paper in alone if paper.complete)
                return
        paper = read_paper(self.page, Span(group[0].row.start, group[-1].row.end), seen)
        paper.place = [column for row in group for column in row.cells][paper.place]
        yield paper

    def _labelled(self, grid: Grid) -> PaperRead | None:
        """One paper told in rows of a label and a value."""
        if grid.width != 2 or len(grid.rows) < 3 or any(len(row.cells) != 2 for row in grid.rows):
            return None
        source, read = self.page.shown, PaperRead(Parts(Span(grid.rows[0].row.start, grid.rows[-1].row.end)))
        known = 0
        for row in grid.rows:
            role = plain_role(normalise_header(row.cells[0].span.of(source)))
            value = trimmed(self.page, row.cells[1].span)
            known += role is not None
            if role is not None and value.end > value.start and role not in read.roles:
                read.parts.add(role, value)
                read.roles.add(role)
        if 2 * known < len(grid.rows) or Role.TITLE not in read.roles:
            return None
        read.sure = True
        return read

    def _other(self, table: HtmlTable, grid: Grid, headed: HtmlListing | None) -> Listing | None:
        """The table as one of other things; None where Markdown in its cells may be read as something."""
        if table.nested or self._holds(table):
            return None
        if headed is not None:
            headed.literature = False
            return headed
        source = self.page.shown
        rows = [
            html_row(
                source,
                row.row.span,
                [row.cells[at].span if at in row.cells else None for at in range(grid.width)],
            )
            for row in grid.rows
        ]
        start = grid.rows[0].row.start
        listing = HtmlListing(
            self.page.source, rows, html_row(source, Span(start, start), [None] * grid.width)
        )
        listing.columns = tuple([Column("", Role.OTHER)] * grid.width)
        return listing

    def _holds(self, table: HtmlTable, *, items: bool = False) -> bool:
        """Whether Markdown in its cells has lists or tables, and unless only ``items`` matter, headings."""
        blocks = self.page.blocks
        start = table.tag.start
        for at in range(bisect_left(blocks, table.tag.end, key=lambda block: block.start), len(blocks)):
            block = blocks[at]
            if block.start >= table.end:
                break
            if block.kind is Kind.TABLE or (block.kind is Kind.HEADING and not items):
                return True
            if any(container.start > start for container in block.containers):
                return True
        return False


def _apart(listings: Sequence[Listing]) -> Iterator[Listing]:
    """Those of papers, and of the others those that stand in none of them."""
    papers = sorted((listing for listing in listings if listing.literature), key=_start)
    others = [listing for listing in listings if not listing.literature]
    for listing in others:
        at = bisect_left(papers, listing.span.end, key=_start) - 1
        if at < 0 or papers[at].span.end <= listing.span.start:
            yield listing
    yield from papers


def _start(listing: Listing) -> int:
    return listing.span.start
