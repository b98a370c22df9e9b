from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from littable.diagnostic import Applicability, Fix
from littable.document.listing import Row
from littable.document.model import Document
from littable.document.table import Table
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.rules._scope import checked_tables
from littable.rules._whole_lines import delete_lines
from littable.text import Span

_FEWEST_ROWS = 2
_FEWEST_SEPARATORS = 2


@rule("LT106", fix=Applicability.SAFE)
def blank_row(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """A row has nothing in it.

    Why: it shows as an empty line of the table, and every program that reads the list meets a paper
    without a title.

    Blank rows that set groups apart are left alone: three groups or more, as many blank rows between any two,
    and no group of a single row. One at the beginning or the end of a table separates nothing.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | | | |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Fix safety: safe; the line is deleted and no text with it.
    """
    for table in checked_tables(document, ctx.settings):
        for run in _without_separators(table, list(_runs(table))):
            span = Span(run[0].span.start, run[-1].span.end)
            lines = "the line" if len(run) == 1 else f"{len(run)} lines"
            edits = (delete_lines(document.lines, span),)
            fix = Fix(f"delete {lines}", edits, Applicability.SAFE, reshapes=True)
            yield this.report(span, "blank row" if len(run) == 1 else f"{len(run)} blank rows", fix=fix)


def _without_separators(table: Table, runs: list[list[Row]]) -> list[list[Row]]:
    """The runs of blank rows, those that stand between groups of several rows left out."""
    rows = table.rows
    inner = [run for run in runs if run[0] is not rows[0] and run[-1] is not rows[-1]]
    if len(inner) < _FEWEST_SEPARATORS or len({len(run) for run in inner}) > 1:
        return runs
    if min(_groups(table)) < _FEWEST_ROWS:
        return runs
    return [run for run in runs if run not in inner]


def _groups(table: Table) -> Iterator[int]:
    """How many rows each group between blank rows has."""
    filled = [any(not cell.empty for cell in row.cells) for row in table.rows]
    return (sum(1 for _ in group) for there, group in groupby(filled) if there)


def _runs(table: Table) -> Iterator[list[Row]]:
    run: list[Row] = []
    for row in table.rows:
        if all(cell.empty for cell in row.cells):
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run
