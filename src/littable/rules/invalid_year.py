from __future__ import annotations

from collections.abc import Iterator

from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._repetition import repeats_header
from littable.rules._rule import Finding, Rule, rule
from littable.rules._wording import quoted
from littable.rules._years import fault, year_cells


@rule("LT201")
def invalid_year(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The year or date cannot be read.

    Why: a table is sorted, filtered and cited by its years. A slip such as `20224`, or a month 13, puts the
    paper in the wrong place or drops it. An empty cell is not meant here, nor a word such as *in press* or
    *to appear*.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 20117 | https://arxiv.org/abs/1706.03762 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
    """
    for entry, cell in year_cells(document, ctx):
        reason = fault(cell)
        if reason is not None and not repeats_header(entry):
            yield this.report(cell.span, f"{quoted(cell.text)} cannot be read: {reason}", entry=entry)
