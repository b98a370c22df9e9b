"""Pipe tables: rows to entries."""

from __future__ import annotations

from collections.abc import Mapping

from littable.document.columns import assign_columns, is_literature
from littable.document.outline import Block
from littable.document.table import Table, TableRow
from littable.roles import Role
from littable.text import Span


def read_table(
    source: str, block: Block, configured: Mapping[str, Role], definitions: Mapping[str, tuple[str, Span]]
) -> Table:
    """The table of a block, with its columns' roles and whether it is a literature table."""
    lines = block.table
    assert lines is not None
    spans = (lines.header, lines.delimiter, *lines.rows)
    if "\r" in source:
        spans = tuple(_without_return(source, span) for span in spans)
    header, delimiter, *rows = [TableRow(source, span) for span in spans]
    table = Table(source, block, header, delimiter, tuple(rows), definitions)
    table.editable = (
        "\0" not in header.text and all("\0" not in row.text for row in rows) if "\0" in source else True
    )
    table.columns = assign_columns(table, configured)
    table.literature = is_literature(table)
    return table


def _without_return(source: str, span: Span) -> Span:
    return Span(span.start, span.end - 1) if source.endswith("\r", span.start, span.end) else span
