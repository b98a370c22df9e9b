from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix, Related
from littable.document.entry import Entry
from littable.document.model import Document
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._duplicates import identifier_span, repeated_in_table
from littable.rules._rule import Finding, Rule, rule
from littable.rules._whole_lines import delete_lines
from littable.shapes import Shape


@rule("LT401", fix=Applicability.UNSAFE)
def duplicate_paper(this: Rule, document: Document, context: Context) -> Iterator[Finding]:
    """A paper stands twice in one table.

    Why: readers count it twice, and whoever corrects one row leaves the other wrong. The identifier decides,
    whatever form the link takes: the abstract's page, the PDF, a version, a mirror, the DOI. Rows whose
    titles have nothing in common are left to LT405.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | Attention Is All You Need | 2017 | https://arxiv.org/pdf/1706.03762v5 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Fix safety: unsafe, and offered only where both rows say the same, letter by letter, but for blanks and a
    column of row numbers. The later row is deleted.
    """
    for repeat in repeated_in_table(document, context):
        if not repeat.agree:
            continue
        later, first, line = repeat.later.entry, repeat.first.entry, repeat.first.line
        named = later.arxiv_id or later.doi
        related = Related(identifier_span(first), "first stands here")
        fix = _without(document, later, line) if _said(later) == _said(first) else None
        message = f"{named} is in this {later.shape.whole} already, in {line}"
        yield this.report(identifier_span(later), message, entry=later, related=[related], fix=fix)


def _said(entry: Entry) -> list[str]:
    """All that a row says but for its number; of other shapes, all that is written."""
    if entry.shape is not Shape.TABLE:
        return entry.row.text.split() if entry.shape is Shape.BULLET else [str(entry.span)]
    columns = entry.listing.columns
    cells = enumerate(entry.row.cells)
    written = [
        " ".join(cell.text.split())
        for at, cell in cells
        if at >= len(columns) or columns[at].role is not Role.NUMBER
    ]
    while written and not written[-1]:
        written.pop()
    return written


def _without(document: Document, entry: Entry, line: str) -> Fix:
    edit = delete_lines(document.lines, entry.span)
    return Fix(
        f"delete the {entry.shape.noun}, which repeats {line}", (edit,), Applicability.UNSAFE, reshapes=True
    )
