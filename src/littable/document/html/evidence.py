"""What speaks for and against papers in the rows of an HTML table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from littable.document.columns import normalise_header
from littable.document.header_names import AGAINST
from littable.document.html.grid import GridRow
from littable.document.html.table import HtmlListing
from littable.document.html.tree import HtmlTable
from littable.document.inline import has_link
from littable.document.page import Page
from littable.document.plain import plain
from littable.patterns import lazy
from littable.text import Span

_SCORES = 2
_LONGEST_SCORE = 80
# 97.60/99.29, 0.28 (4), 31.2%, 12M
_SCORE = lazy(r"[-+(]{0,2}\d{1,3}(?:\.\d+)?[%MKG]?(?:\s?[/(±|]\s?[\d.]+[%)]?){0,4}|\d*\.\d+[%)]?")


def groups(page: Page, rows: Sequence[GridRow]) -> Iterator[list[GridRow]]:
    """Rows that tell of one paper: those beside a picture that reaches over them."""
    group: list[GridRow] = []
    for row in rows:
        beside = [cell for cell in row.covered.values() if not has_words(page, cell.span)]
        if group and beside:
            group.append(row)
            continue
        if group:
            yield group
        group = [row]
    if group:
        yield group


def has_words(page: Page, span: Span) -> bool:
    """Whether a reader sees any word."""
    return sum(map(str.isalnum, plain(span.of(page.shown)))) > 1


def trimmed(page: Page, span: Span) -> Span:
    """The span without blanks at either side."""
    piece = span.of(page.shown)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))


def is_output(page: Page, table: HtmlTable, listing: HtmlListing) -> bool:
    """Whether a program printed it: a data frame of which no paper is linked."""
    printed = "dataframe" in table.tag.of(page.shown)
    return printed and not any(has_link(row.text) for row in listing.rows)


def are_results(page: Page, rows: Sequence[GridRow]) -> bool:
    """Whether most of the rows that link anything have measurements beside it."""
    linking = [row for row in rows if any(has_link(cell.span.of(page.shown)) for cell in row.cells.values())]
    measured = sum(_scores(page, row) >= _SCORES for row in linking)
    return bool(linking) and 2 * measured >= len(linking)


def _scores(page: Page, row: GridRow) -> int:
    texts = (
        cell.span.of(page.shown) for cell in row.cells.values() if cell.end - cell.start < _LONGEST_SCORE
    )
    return sum(_SCORE.fullmatch(plain(text)) is not None for text in texts)


def speaks_against(page: Page, header: Sequence[GridRow]) -> bool:
    """Whether a header names what only tables of other things have."""
    names = [normalise_header(cell.span.of(page.shown)) for row in header for cell in row.cells.values()]
    return any(name in AGAINST for name in names)
