"""A Markdown text to a Document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from littable.document.blocks import read_blocks
from littable.document.code_spans import code_spans
from littable.document.entry import Entry
from littable.document.inline import normalise_label
from littable.document.model import Document
from littable.document.outline import Block, Kind
from littable.document.readers.table import read_table
from littable.document.starts import REFERENCE_DEFINITION
from littable.document.suppressions import Comment, Reach, Suppression, find_comments
from littable.document.table import Cell, Table
from littable.roles import Role
from littable.text import Span


def read_document(path: str, source: str, columns: Mapping[str, Role] | None = None) -> Document:
    """Read ``source``; ``columns`` maps header texts to roles and has the last word about them."""
    comments = list(find_comments(source))
    blocks = read_blocks(source) if "|" in source or comments else []
    definitions = _definitions(source, blocks)
    tables = tuple(read_table(source, block, columns or {}, definitions) for block in blocks if block.table)
    entries = tuple([entry for table in tables if table.literature for entry in _entries(table)])
    shown = _in_code(source, blocks, comments) if comments else set()
    suppressions = tuple(
        _suppression(source, tables, comment) for comment in comments if comment.span not in shown
    )
    return Document(path, source, blocks, tables, entries, suppressions)


def _entries(table: Table) -> Iterator[Entry]:
    """The rows that are meant as papers: they say something of one, and not the header or delimiter again.

    A row with a date and "holiday" in a plan of talks is no paper.
    """
    columns = table.having(*_OF_A_PAPER)
    for row in table.rows:
        if _says_something(row.cells, columns) and not table.repeats_header(row):
            yield Entry(table, row)


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
            match = REFERENCE_DEFINITION.match(source, line.start)
            if match is None:
                break
            span = Span(*match.span("url"))
            if source[span.start] == "<":
                span = Span(span.start + 1, span.end - 1)
            found.setdefault(normalise_label(match["label"]), (span.of(source), span))
    return found


def _in_code(source: str, blocks: Sequence[Block], comments: Sequence[Comment]) -> set[Span]:
    """The spans of the comments that are shown as code: they are examples, as in a page about littable."""
    code = [Span(block.start, block.end) for block in blocks if block.kind is Kind.CODE]
    shown = set()
    for comment in comments:
        start = source.rfind("\n", 0, comment.span.start) + 1
        end = source.find("\n", comment.span.end)
        line = source[start : len(source) if end < 0 else end]
        spans = code + [Span(start + at, start + to) for at, to in code_spans(line)]
        if any(span.contains(comment.span) for span in spans):
            shown.add(comment.span)
    return shown


def _suppression(source: str, tables: Sequence[Table], comment: Comment) -> Suppression:
    reach, covers = _coverage(source, tables, comment)
    return Suppression(comment.span, reach, comment.codes, covers)


def _coverage(source: str, tables: Sequence[Table], comment: Comment) -> tuple[Reach, Span]:
    if comment.whole_file:
        return Reach.FILE, Span(0, len(source) + 1)
    start = comment.span.start
    following = bisect_right(tables, start, key=lambda table: table.span.start)
    if following and tables[following - 1].span.contains(comment.span):
        table = tables[following - 1]
        rows = (table.header, *table.rows) if start <= table.header.span.end else table.rows
        row = rows[max(bisect_right(rows, start, key=lambda row: row.span.start) - 1, 0)]
        if row.span.contains(comment.span):
            return Reach.ROW, Span(row.span.start, row.span.end + 1)
    if following < len(tables):
        span = tables[following].span
        return Reach.TABLE, Span(span.start, span.end + 1)
    return Reach.TABLE, Span(comment.span.end, comment.span.end)
