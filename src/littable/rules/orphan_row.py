from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Diagnostic, Fix
from littable.document.hidden import without_comments
from littable.document.listing import Row
from littable.document.model import Document
from littable.document.outline import Block, Kind
from littable.document.table import Table, TableRow
from littable.file_names import is_notebook
from littable.notebook.cells import CELL_BREAK
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.rules._whole_lines import text_end
from littable.text import Edit, Span

if TYPE_CHECKING:
    from littable.rules._cell_kinds import ColumnKinds


@rule("LT108", fix=Applicability.DISPLAY)
def orphan_row(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """A line looks like a row but stands outside the table.

    Why: a blank line, a heading or a line with a comment ends a table. What follows is shown as plain text
    with pipes in it, and no program finds these papers.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

        | BERT | 2018 | https://arxiv.org/abs/1810.04805 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | BERT | 2018 | https://arxiv.org/abs/1810.04805 |

    Fix safety: shown only. To take away what cuts the table is one way; a header of their own for the rows
    below may be the one that was meant.
    """
    cut: _Cut | None = None
    tables = iter(document.tables)
    for block in document.blocks:
        if block.table is not None:
            table = next(tables)
            shown = table.literature or ctx.settings.all_tables
            cut = _Cut(table, table.span.end) if shown else None
        elif cut is None or block.containers != cut.table.block.containers:
            continue
        elif _in_another_cell(document, cut.end, block.start):
            cut = None
        elif block.kind is Kind.PARAGRAPH and block.broken is None:
            for run in _runs(document, block, cut):
                yield cut.report(this, document, run)
                cut.end = run.end
        elif block.kind is Kind.HEADING:
            cut.headed = True


def _in_another_cell(document: Document, before: int, behind: int) -> bool:
    """Whether two places of a notebook stand in two of its cells, which are documents of their own."""
    return is_notebook(document.path) and document.source.find(CELL_BREAK, before, behind) >= 0


@dataclass(slots=True)
class _Cut:
    """The last table and where the last thing ends that is a row of it or was meant to be.

    ``headed`` tells whether a heading stands between, under which another table may begin.
    """

    table: Table
    end: int
    headed: bool = False
    kinds: ColumnKinds | None = None

    def fits(self, row: Row) -> bool:
        """Whether a line could be a row of the table."""
        width = self.table.width
        cells = without_comments(row.cells, width)
        if abs(len(cells) - width) > (0 if self.headed else 1):
            return False
        from littable.rules._cell_kinds import ColumnKinds  # late: most tables are whole

        self.kinds = self.kinds or ColumnKinds(self.table)
        return self.kinds.agree([self.kinds.of(cell.text) for cell in cells])

    def report(self, this: Rule, document: Document, run: Span) -> Diagnostic:
        """The finding for one run of lines."""
        lines = document.lines
        count = lines.row(run.end) - lines.row(run.start) + 1
        rows = "row stands" if count == 1 else f"{count} rows stand"
        message = f"{rows} outside the table: {_cause(document, self.end, run)} ends it"
        return this.report(run, message, fix=_fix(document, self, run))


def _runs(document: Document, block: Block, cut: _Cut) -> Iterator[Span]:
    """The runs of consecutive lines of a paragraph that could be rows."""
    start, end = -1, -1
    for line in block.lines:
        row = TableRow(document.source, Span(line.start, text_end(document.source, line)))
        if document.source.startswith("|", line.start) and len(row.cells) > 1 and cut.fits(row):
            start, end = (row.span.start if start < 0 else start), row.span.end
        elif start >= 0:
            yield Span(start, end)
            start = -1
    if start >= 0:
        yield Span(start, end)


def _cause(document: Document, end: int, run: Span) -> str:
    """What ends the table: the first text between it and the run, or the blank line if there is none."""
    lines = document.lines
    after = lines.row(end) + 1
    for number in range(after, lines.row(run.start)):
        text = _words(document, number)
        if text:
            what = "comment" if text.startswith("<!--") else "heading" if text.startswith("#") else "text"
            return f"the {what} in {_named(document, number)}"
    return f"the blank {_named(document, after)}"


def _named(document: Document, number: int) -> str:
    places = document.places
    return places.at(document.lines.starts[number - 1]).line_in_words


def _words(document: Document, number: int) -> str:
    """What a line says, without the marks of a block quote."""
    return document.lines.line(number).of(document.source).lstrip(" \t>").rstrip()


def _fix(document: Document, cut: _Cut, run: Span) -> Fix | None:
    """Take blank lines away; move comments above the table."""
    lines = document.lines
    first, last = lines.row(cut.end) + 1, lines.row(run.start) - 1
    between = [_words(document, number) for number in range(first, last + 1)]
    gap = Span(lines.starts[first - 1], lines.starts[last])
    if not between or cut.end > gap.start:
        return None
    if not any(between):
        title = "delete the blank line" if len(between) == 1 else "delete the blank lines"
        return Fix(title, (Edit(gap, ""),), Applicability.DISPLAY, reshapes=True)
    comments = all(text.startswith("<!--") and text.endswith("-->") for text in between)
    if not comments or cut.table.block.containers:
        return None
    above = lines.starts[lines.row(cut.table.span.start) - 1]
    edits = (Edit(Span(above, above), gap.of(document.source)), Edit(gap, ""))
    return Fix("move the comment above the table", edits, Applicability.DISPLAY, reshapes=True)
