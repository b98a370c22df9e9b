"""HTML tables: rows to entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from littable.document.listing import Listing
from littable.document.page import Page
from littable.patterns import lazy

if TYPE_CHECKING:
    from littable.document.html.tree import HtmlTable

_TABLE = lazy(r"<table[\s>/]", re.IGNORECASE)
_DEEPEST = 6


def read_html_table(page: Page) -> list[Listing]:
    """The HTML tables of a page with a row: those of papers, and of the others the innermost."""
    if _TABLE.search(page.source) is None:
        return []
    from littable.document.html.claims import TableReader
    from littable.document.html.tags import read_tags
    from littable.document.html.tree import read_tables

    tags = read_tags(page.shown, page.blocks)
    reader = TableReader(page, tags)
    for table in _inner_first(read_tables(page.shown, tags)):
        if table.depth <= _DEEPEST:
            reader.take(table)
    return reader.listings()


def _inner_first(tables: Sequence[HtmlTable]) -> Iterator[HtmlTable]:
    """Every table, those in its cells before it."""
    waiting = [(table, False) for table in reversed(tables)]
    while waiting:
        table, seen = waiting.pop()
        if seen:
            yield table
        else:
            waiting.append((table, True))
            waiting += [(inner, False) for inner in reversed(table.nested)]
