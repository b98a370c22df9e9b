from __future__ import annotations

from collections.abc import Iterator, Sequence

from littable.diagnostic import Diagnostic, Severity
from littable.document.columns import sample_rows
from littable.document.dates import read_date
from littable.document.inline import find_links
from littable.document.model import Document
from littable.document.outline import Kind
from littable.document.plain import plain
from littable.document.table import Table
from littable.papers.identifiers import names_paper
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._paper_links import leads_to_paper
from littable.rules._rule import Finding, Rule, rule

_EXPECTED = (Role.YEAR, Role.AUTHORS, Role.ABSTRACT)
_TEXT_ABOUT_PAPERS = frozenset({Role.AUTHORS, Role.ABSTRACT})


@rule("LT101", severity=Severity.ERROR)
def missing_column(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """A table of papers lacks a column that a reader needs.

    Why: without a title a row names no paper, and without a link nobody can follow it. These two are
    errors. A year, the authors and an abstract tell whether a paper is worth following; that they are
    missing is only a note, once for all tables of a file that lack the same.

    What is told in another place is not missing: the link when titles or other cells carry it, the year
    when there is a date, a venue with a year (`NeurIPS 2017`) or a heading that names it, the authors when
    they stand below the title.

    Bad:
        | Title | Year | Authors | Abstract |
        | --- | --- | --- | --- |
        | Attention Is All You Need | 2017 | Ashish Vaswani et al. | We propose the Transformer. |

    Good:
        | Title | Year | Authors | Abstract |
        | --- | --- | --- | --- |
        | [BERT](https://arxiv.org/abs/1810.04805) | 2018 | Jacob Devlin et al. | We introduce BERT. |

    Options: `required-columns` names the columns that must be there (at first `title` and `link`); to lack
    one of them is an error. A `date` column serves for `year`.
    """
    required = ctx.settings.required_columns
    for table in document.tables:
        for role in _missing(document, table, required):
            yield this.report(table.header.span, f"no {role} column")
    for roles, tables in _wanting(document, required).items():
        yield _note(this, roles, tables[0], len(tables) - 1)


def _missing(document: Document, table: Table, required: Sequence[Role]) -> Iterator[Role]:
    """The required columns that the table lacks."""
    if not table.literature:
        if Role.TITLE in required and _is_papers_without_titles(table):
            yield Role.TITLE
        return
    for role in dict.fromkeys(required):
        if _lacks(table, role) and not (role is Role.LINK and _links_elsewhere(document, table)):
            yield role


def _wanting(document: Document, required: Sequence[Role]) -> dict[tuple[Role, ...], list[Table]]:
    """The tables by what else they lack and do not tell in another place."""
    found: dict[tuple[Role, ...], list[Table]] = {}
    dated: frozenset[int] | None = None
    for table in document.tables:
        roles = [role for role in _EXPECTED if role not in required and _lacks(table, role)]
        if table.literature and Role.YEAR in roles:
            dated = _under_dated_headings(document) if dated is None else dated
            if table.block.start in dated or _venues_tell_years(table):
                roles.remove(Role.YEAR)
        if table.literature and roles:
            found.setdefault(tuple(roles), []).append(table)
    return found


def _note(this: Rule, roles: Sequence[Role], table: Table, more: int) -> Diagnostic:
    *first, last = (str(role) for role in roles)
    named = f"{', '.join(first)} or {last}" if first else last
    others = f", nor in {more} more table{'' if more == 1 else 's'}" if more else ""
    return this.report(table.header.span, f"no column for {named}{others}", severity=Severity.NOTE)


def _lacks(table: Table, role: Role) -> bool:
    serving = (Role.YEAR, Role.DATE) if role is Role.YEAR else (role,)
    if table.having(*serving):
        return False
    return role is not Role.AUTHORS or not table.names_authors_below_title


def _links_elsewhere(document: Document, table: Table) -> bool:
    """Whether some row has a link in its title or another cell; without rows nothing can be said."""
    entries = document.entries_of(table)
    return not entries or any(map(leads_to_paper, entries))


def _venues_tell_years(table: Table) -> bool:
    rows = sample_rows(table)
    for index in table.having(Role.VENUE):
        texts = [row.cells[index].text for row in rows if index < len(row.cells)]
        filled = [text for text in texts if text]
        if filled and sum(read_date(plain(text)) is not None for text in filled) * 2 >= len(filled):
            return True
    return False


def _under_dated_headings(document: Document) -> frozenset[int]:
    """Where the tables begin that stand under a heading which names a year."""
    above: list[tuple[int, bool]] = []
    found = set()
    for block in document.blocks:
        if block.kind is Kind.HEADING:
            while above and above[-1][0] >= block.level:
                above.pop()
            above.append((block.level, read_date(document.source[block.start : block.end]) is not None))
        elif block.table is not None and any(dated for _, dated in above):
            found.add(block.start)
    return frozenset(found)


def _is_papers_without_titles(table: Table) -> bool:
    """Whether the rows link papers and tell about them, and no column could hold their names."""
    roles = {column.role for column in table.columns}
    if Role.LINK not in roles or roles & {Role.TITLE, Role.OTHER} or not roles & _TEXT_ABOUT_PAPERS:
        return False
    rows, columns = sample_rows(table), table.having(Role.LINK)
    cells = [[row.cells[index].text for index in columns if index < len(row.cells)] for row in rows]
    linked = sum(any(_links_paper(table, text) for text in texts) for texts in cells)
    return bool(rows) and linked * 2 >= len(rows)


def _links_paper(table: Table, text: str) -> bool:
    urls = [link.url for link in find_links(text, 0, len(text), table.definitions)]
    return any(map(names_paper, urls))
