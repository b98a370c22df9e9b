"""A Markdown text to a Document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from littable.config.reading import Reading
from littable.document.blocks import read_blocks
from littable.document.coverage import suppressions
from littable.document.entry import Entry
from littable.document.footnotes import read_footnotes
from littable.document.group_rows import group_rows
from littable.document.inline import normalise_label
from littable.document.listing import Cell, Listing
from littable.document.model import Document
from littable.document.outline import Block, Kind
from littable.document.page import Page
from littable.document.readers.table import read_table
from littable.document.starts import REFERENCE_DEFINITION
from littable.document.suppressions import find_comments
from littable.document.table import Table
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Span


def read_document(path: str, source: str, reading: Reading | None = None) -> Document:
    """Read ``source`` as the configuration wants it read."""
    reading = reading or Reading()
    blocks = read_blocks(source, path)
    definitions = _definitions(source, blocks)
    tables = tuple(
        [read_table(source, block, reading.columns, definitions) for block in blocks if block.table]
    )
    page = Page(source, blocks, definitions, reading, tables)
    for table in tables:
        if table.literature:
            table.literature = Shape.TABLE in reading.readers and page.may_hold_papers(table.span.start)
    listings = _listings(page)
    everything = sorted((*tables, *listings), key=lambda listing: listing.span.start)
    footnotes = read_footnotes(page.shown, blocks)
    for listing in everything if footnotes else ():
        listing.footnotes = footnotes
    covered = suppressions(source, blocks, _commented(everything), list(find_comments(source)))
    return Document(path, source, blocks, tables, tuple(listings), _entries(everything), covered)


def _listings(page: Page) -> list[Listing]:
    from littable.document.claiming import claim  # late: a file of tables only needs none of it

    return claim(page)


def _commented(listings: Iterable[Listing]) -> list[Listing]:
    """The listings that a comment may stand in or above: of tables that are a paper each, every one."""
    listings = list(listings)
    papers = [
        Listing(listing.source, listing.shape, [row])
        for listing in listings
        if listing.shape is Shape.KEY_VALUE
        for row in listing.rows
    ]
    described = {paper.span.end for paper in papers}
    others = [
        listing
        for listing in listings
        if listing.shape is not Shape.KEY_VALUE
        and not (isinstance(listing, Table) and listing.span.end in described)
    ]
    return sorted((*papers, *others), key=lambda listing: listing.span.start)


def _entries(listings: Iterable[Listing]) -> tuple[Entry, ...]:
    """The papers of all listings in the order of the text."""
    found = [entry for listing in listings if listing.literature for entry in _rows(listing)]
    if any(a.row.span.start > b.row.span.start for a, b in pairwise(found)):
        found.sort(key=lambda entry: entry.row.span.start)
    return tuple(found)


def _rows(listing: Listing) -> Iterator[Entry]:
    """The rows that are meant as papers: they say something of one, and are neither the header or delimiter
    again nor a heading of the rows below.

    A row with a date and "holiday" in a plan of talks is no paper.
    """
    columns = listing.having(*_OF_A_PAPER)
    header = listing if isinstance(listing, Table) else None
    groups = group_rows(header) if header is not None else ()
    for row in listing.rows:
        if not _says_something(row.cells, columns):
            continue
        if header is None or not (header.repeats_header(row) or row.span.start in groups):
            yield Entry(listing, row)


def _says_something(cells: Sequence[Cell], columns: Sequence[int]) -> bool:
    for index in columns:  # noqa: SIM110 - asked of every row
        if index < len(cells) and cells[index].text.strip(":-"):
            return True
    return False


_OF_A_PAPER = (Role.TITLE, Role.LINK, Role.AUTHORS, Role.ABSTRACT)


def _definitions(source: str, blocks: Sequence[Block]) -> dict[str, tuple[str, Span]]:
    """The link reference definitions by normalised label; the first of several wins (CommonMark §4.7)."""
    found: dict[str, tuple[str, Span]] = {}
    for block in blocks:
        if block.kind is not Kind.PARAGRAPH:
            continue
        for line in block.lines:
            if not source.startswith("[", line.start) or source.find("]:", line.start, line.end) < 0:
                break  # most lines by far
            match = REFERENCE_DEFINITION.match(source, line.start)
            if match is None:
                break
            span = Span(*match.span("url"))
            if source[span.start] == "<":
                span = Span(span.start + 1, span.end - 1)
            found.setdefault(normalise_label(match["label"]), (span.of(source), span))
    return found
