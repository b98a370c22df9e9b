from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Diagnostic, Fix, Severity
from littable.document.columns import assign_columns, is_literature
from littable.document.hidden import without_comments
from littable.document.inline import find_links
from littable.document.listing import Cell
from littable.document.model import Document
from littable.document.outline import Block
from littable.document.table import Table, TableRow
from littable.papers.identifiers import is_scholarly
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.rules._whole_lines import text_end
from littable.text import Edit, Span

if TYPE_CHECKING:
    from littable.rules._stray_pipes import StrayPipes


@rule("LT103", severity=Severity.ERROR, fix=Applicability.SAFE)
def header_mismatch(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The header and the delimiter row below it have different numbers of cells.

    Why: GitHub then sees no table at all, and shows every row as a heap of text and pipes.

    Bad:
        | Title | Year | Link |
        | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Fix safety: safe when all rows have as many cells as the header: the delimiter row is brought to its
    width, in its own style. Safe too when a pipe inside a formula, code or a link tears the header. In any
    other case a repair is only shown, or none is offered.
    """
    for block in document.blocks:
        if block.broken is None:
            continue
        table = _meant_table(document, block, ctx)
        if table is not None:
            yield _judge(this, table)


def _meant_table(document: Document, block: Block, ctx: Context) -> Table | None:
    """The table that somebody meant to write; None when it holds no papers or is only text."""
    assert block.broken is not None
    header, delimiter = (_row(document.source, span) for span in block.broken)
    if len(header.cells) < 2 or not delimiter.cells:
        return None
    below = [line for line in block.lines if line.start > delimiter.span.start]
    rows = tuple(_row(document.source, line) for line in below if "|" in line.of(document.source))
    # What a document's links refer to is the same for all of its tables.
    definitions = document.tables[0].definitions if document.tables else None
    table = Table(document.source, block, header, delimiter, rows, definitions)
    table.columns = assign_columns(table, ctx.settings.columns)
    if _is_about_papers(table) or (ctx.settings.all_tables and rows and header.text.startswith("|")):
        return table
    return None


def _is_about_papers(table: Table) -> bool:
    """Whether it would be a literature table, or its header names a title and its rows link papers."""
    if is_literature(table):
        return True
    links = [find_links(row.text, 0, len(row.text), table.definitions) for row in table.rows]
    scholarly = sum(any(is_scholarly(link.url) for link in found) for found in links)
    return bool(table.having(Role.TITLE)) and bool(links) and scholarly * 2 >= len(links)


def _row(source: str, span: Span) -> TableRow:
    return TableRow(source, Span(span.start, text_end(source, span)))


def _judge(this: Rule, table: Table) -> Diagnostic:
    header, delimiter = len(table.header.cells), len(table.delimiter.cells)
    stray = _stray_pipes(table, header - delimiter)
    if stray is not None:
        pipes = "a pipe" if len(stray.offsets) == 1 else f"{len(stray.offsets)} pipes"
        message = f"{pipes} in {stray.place} must be escaped: header has {header} cells, the delimiter row"
        fix = Fix(f"escape {pipes}", stray.edits, Applicability.SAFE, reshapes=True)
        return this.report(stray.span, f"{message} {delimiter}", fix=fix)
    message = f"header has {header} cells, the delimiter row {delimiter}: GitHub shows no table"
    return this.report(table.delimiter.span, message, fix=_fix(table))


def _stray_pipes(table: Table, surplus: int) -> StrayPipes | None:
    """The pipes that tear the header, when every row agrees with the delimiter row."""
    if not _all_rows_have(table, len(table.delimiter.cells)):
        return None
    from littable.rules._stray_pipes import find_stray_pipes  # late: most headers are whole

    return find_stray_pipes(table.source, table.header.cells, surplus)


def _all_rows_have(table: Table, count: int) -> bool:
    return bool(table.rows) and all(len(without_comments(row.cells, count)) == count for row in table.rows)


def _fix(table: Table) -> Fix | None:
    cells, wanted = table.delimiter.cells, table.width
    if table.rows and _share_with(table, wanted) <= 0.5:
        return None
    certain = _all_rows_have(table, wanted)
    if len(cells) < wanted:
        edit = _lengthened(cells, wanted - len(cells))
    else:
        edit = Edit(Span(cells[wanted - 1].outer.end, cells[-1].outer.end), "")
        certain = certain and _one_alignment(cells)
    applicability = Applicability.SAFE if certain else Applicability.DISPLAY
    return Fix(f"give the delimiter row {wanted} cells", (edit,), applicability, reshapes=True)


def _share_with(table: Table, count: int) -> float:
    fitting = sum(len(without_comments(row.cells, count)) == count for row in table.rows)
    return fitting / len(table.rows)


def _lengthened(cells: Sequence[Cell], count: int) -> Edit:
    """More cells like the last one, without its alignment where the columns differ in it."""
    last = cells[-1]
    text = last.outer.of(last.source)
    if not _one_alignment(cells):
        text = text.replace(":", "-")
    closed = last.source.startswith("|", last.outer.end)
    gap = " " if text.startswith(" ") and not closed else ""
    return Edit(Span(last.outer.end, last.outer.end), f"{gap}|{text}" * count)


def _one_alignment(cells: Sequence[Cell]) -> bool:
    return len({(cell.text.startswith(":"), cell.text.endswith(":")) for cell in cells}) == 1
