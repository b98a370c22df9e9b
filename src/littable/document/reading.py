"""A Markdown text to a Document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from littable.document.blocks import read_blocks
from littable.document.inline import normalise_label
from littable.document.model import Document, Entry, Row, Table
from littable.document.outline import Block, Kind
from littable.document.readers.table import read_table
from littable.document.starts import REFERENCE_DEFINITION
from littable.document.suppressions import Comment, Reach, Suppression, find_comments
from littable.roles import Role
from littable.text import Span


def read_document(path: str, source: str, columns: Mapping[str, Role] | None = None) -> Document:
    """Read ``source``; ``columns`` maps header texts to roles and has the last word about them."""
    blocks = read_blocks(source) if "|" in source else []
    tables = tuple(read_table(source, block, columns or {}) for block in blocks if block.table)
    definitions = _definitions(source, blocks) if tables and "]:" in source else {}
    entries = tuple(
        Entry(table, row, definitions)
        for table in tables
        if table.literature
        for row in table.rows
        if _is_entry(table, row)
    )
    suppressions = tuple(_suppressions(source, tables))
    return Document(path, source, blocks, tables, entries, suppressions, definitions)


def _is_entry(table: Table, row: Row) -> bool:
    """Whether a row is meant as a paper: not blank, and not the header or delimiter once more."""
    cells = row.cells
    first = cells[0].text
    if not first.strip(":-"):
        return any(cell.text.strip(":-") for cell in cells)
    return not table.repeats_header(row)


def _definitions(source: str, blocks: Sequence[Block]) -> dict[str, tuple[str, Span]]:
    """The link reference definitions by normalised label; the first of several wins (CommonMark §4.7)."""
    found: dict[str, tuple[str, Span]] = {}
    for block in blocks:
        if block.kind is not Kind.PARAGRAPH:
            continue
        for line in block.lines:
            match = REFERENCE_DEFINITION.match(source, line.start)
            if match is None:
                break
            span = Span(*match.span("url"))
            if source[span.start] == "<":
                span = Span(span.start + 1, span.end - 1)
            found.setdefault(normalise_label(match["label"]), (span.of(source), span))
    return found


def _suppressions(source: str, tables: Sequence[Table]) -> Iterator[Suppression]:
    for comment in find_comments(source):
        reach, covers = _coverage(source, tables, comment)
        yield Suppression(comment.span, reach, comment.codes, covers)


def _coverage(source: str, tables: Sequence[Table], comment: Comment) -> tuple[Reach, Span]:
    if comment.whole_file:
        return Reach.FILE, Span(0, len(source) + 1)
    for table in tables:
        if table.span.contains(comment.span):
            row = next((row for row in (table.header, *table.rows) if row.span.contains(comment.span)), None)
            if row is not None:
                return Reach.ROW, Span(row.span.start, row.span.end + 1)
        if table.span.start >= comment.span.end:
            return Reach.TABLE, Span(table.span.start, table.span.end + 1)
    return Reach.TABLE, Span(comment.span.end, comment.span.end)
