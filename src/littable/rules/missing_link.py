from __future__ import annotations

import re
from collections.abc import Iterator

from littable.document.dates import is_stand_in
from littable.document.entry import Entry
from littable.document.model import Document
from littable.document.plain import plain
from littable.document.table import Cell
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._labels import is_label
from littable.rules._paper_links import leads_to_paper
from littable.rules._repetition import repeats_header
from littable.rules._rule import Finding, Rule, rule
from littable.rules._scope import entries_of

_IDENTIFIER = lazy(
    r"10\.\d{4,9}/|arxiv\s{0,3}[:-]\s{0,3}\w|\b(?:isbn|issn|pmid|pmcid|hdl|urn)\b", re.IGNORECASE
)
# In a table without a column for links, a row that has none is odd only where most others do.
_USUAL = 0.5


@rule("LT301")
def missing_link(this: Rule, document: Document, _: Context) -> Iterator[Finding]:
    """A paper has no link and no identifier.

    Why: a reader cannot find the paper, and littable cannot compare it with arXiv. A link to code or a
    picture does not lead to the paper. Empty link cells are LT105's; this rule speaks of tables that link
    their titles, and of link cells that hold a mere word where the address was lost.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Link]() |
        | DoRA: Weight-Decomposed Low-Rank Adaptation | 2024 | https://arxiv.org/abs/2402.09353 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Link](https://arxiv.org/abs/1706.03762) |
        | DoRA: Weight-Decomposed Low-Rank Adaptation | 2024 | https://arxiv.org/abs/2402.09353 |
    """
    for table in document.tables:
        if not table.literature:
            continue
        entries = entries_of(document, table)
        without = [entry for entry in entries if not _leads_somewhere(entry)]
        if table.having(Role.LINK):
            yield from _lost(this, without)
        elif len(without) < len(entries) * _USUAL:
            yield from _unlinked(this, without)


def _leads_somewhere(entry: Entry) -> bool:
    """Whether anything in the row may lead to the paper."""
    return leads_to_paper(entry) or _IDENTIFIER.search(entry.row.text) is not None


def _lost(this: Rule, entries: list[Entry]) -> Iterator[Finding]:
    for entry in entries:
        filled = [cell for _, cell in entry.cells(Role.LINK) if not cell.empty and not is_stand_in(cell.text)]
        if filled and all(map(_is_mere_label, filled)) and not repeats_header(entry):
            yield this.report(filled[0].span, "the link cell holds no link", entry=entry)


def _is_mere_label(cell: Cell) -> bool:
    return is_label(plain(cell.text))


def _unlinked(this: Rule, entries: list[Entry]) -> Iterator[Finding]:
    for entry in entries:
        title = entry.title
        if title is not None and not is_stand_in(title.text) and not repeats_header(entry):
            yield this.report(title.span, "the paper has no link and no identifier", entry=entry)
