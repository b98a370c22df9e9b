"""A table of one row below a heading: what it says of the paper that the heading names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from littable.document.columns import normalise_header
from littable.document.headed.labels import LineLabel, roles_of
from littable.document.headed.lines import Nature, Statement
from littable.document.headed.link_lines import links_in
from littable.document.outline import Block
from littable.document.page import Page
from littable.document.table import Table
from littable.roles import Role

_TELLING = frozenset({Role.AUTHORS, Role.DATE, Role.YEAR, Role.VENUE, Role.LINK})
_ENOUGH = 2


def read_one_row(page: Page, block: Block) -> list[Statement]:
    """The cells of a table as labelled values; nothing if the table is none that tells of one paper."""
    table = _table_of(page, block)
    if table is None or table.literature or len(table.rows) != 1:
        return []
    found = list(_statements(page, block, table))
    told = {statement.roles[0] for statement in found if statement.roles}
    return found if len(told & _TELLING) >= _ENOUGH and Role.TITLE not in told else []


def _table_of(page: Page, block: Block) -> Table | None:
    at = bisect_left(page.tables, block.start, key=lambda table: table.span.start)
    if at < len(page.tables) and page.tables[at].block is block:
        return page.tables[at]
    return None


def _statements(page: Page, block: Block, table: Table) -> Iterator[Statement]:
    for header, cell in zip(table.header.cells, table.rows[0].cells, strict=False):
        if cell.empty:
            continue
        links = links_in(page, cell.span)
        name = normalise_header(header.text)
        if roles := roles_of(name):
            label = LineLabel(name, roles, cell.start, strong=True)
            yield Statement(cell.span, Nature.TEXT, block.containers, label, links)
        elif links and links[0].span.start == cell.start:
            yield Statement(cell.span, Nature.LINKS, block.containers, None, links)
