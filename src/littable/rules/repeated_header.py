from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix, Related
from littable.document.listing import Row
from littable.document.model import Document
from littable.document.starts import DELIMITER_ROW
from littable.document.table import Table
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.rules._scope import checked_tables
from littable.rules._whole_lines import delete_lines
from littable.text import Span


@rule("LT107", fix=Applicability.UNSAFE)
def repeated_header(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The header stands in the table once more, as a row.

    Why: GitHub shows it as if it were a paper. It is often left over when two tables are put together.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | Title | Year | Link |
        | --- | --- | --- |
        | BERT | 2018 | https://arxiv.org/abs/1810.04805 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | BERT | 2018 | https://arxiv.org/abs/1810.04805 |

    Fix safety: unsafe; it may mark where another table was meant to begin, with a blank line before it.
    """
    for table in checked_tables(document, ctx.settings):
        if table.width < 2:
            continue
        for span, what in _repetitions(table):
            edits = (delete_lines(document.lines, span),)
            fix = Fix("delete it", edits, Applicability.UNSAFE, reshapes=True)
            related = (Related(table.header.span, "the header"),)
            yield this.report(span, f"{what} stands in the table as a row", fix=fix, related=related)


def _repetitions(table: Table) -> Iterator[tuple[Span, str]]:
    """Each repeated header, with the delimiter row below it, and each lone delimiter row."""
    rows = iter((*table.rows, None))
    row = next(rows)
    while row is not None:
        following = next(rows)
        if table.repeats_header(row):
            last = row
            if following is not None and _is_delimiter(table, following):
                last, following = following, next(rows)
            yield Span(row.span.start, last.span.end), "the header"
        elif _is_delimiter(table, row):
            yield row.span, "the delimiter row"
        row = following


def _is_delimiter(table: Table, row: Row) -> bool:
    """Whether a row is a delimiter row again; one of single hyphens only says that nothing is known."""
    if "--" not in row.text[:24] or len(row.cells) != table.width:
        return False
    return all("--" in cell.text for cell in row.cells) and DELIMITER_ROW.match(row.text) is not None
