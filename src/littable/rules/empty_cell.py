from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Fix
from littable.document.dates import is_stand_in
from littable.document.entry import Entry
from littable.document.fields import unwrap
from littable.document.hidden import is_comment
from littable.document.listing import Cell
from littable.document.model import Document
from littable.document.table import Table
from littable.papers.sources import Found
from littable.roles import Role
from littable.rules._cell_writing import write_cell
from littable.rules._context import Context
from littable.rules._paper_links import leads_to_paper
from littable.rules._rule import Finding, Need, Rule, rule
from littable.text import Edit, Span

if TYPE_CHECKING:
    from littable.rules._record.cells import Written

_GROUPS = {Role.YEAR: (Role.YEAR, Role.DATE), Role.DATE: (Role.YEAR, Role.DATE)}
_USUALLY_FILLED = (Role.YEAR, Role.AUTHORS, Role.ABSTRACT)
_NOTHING = frozenset({"&nbsp;", "<br>", "<br/>", "<br />"})
_SHORT = 80
_LONGEST_STAND_IN = 16
_PICTURES = ("<img", "![")


@rule("LT105", fix=Applicability.SAFE, needs=(Need.PAPERS,))
def empty_cell(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """A cell that should say something is empty, or says only `-`, `?`, `TODO` or `N/A`.

    Why: a gap is easy to overlook in a long table, and the reader takes it for all that there is to know.

    Title and link are always looked at; a link cell may be empty when the title or another cell carries the
    link. Year, authors and abstract are looked at only where at least half of the rows have them, for a
    column that is mostly empty is optional. A row that holds nothing but one heading is left alone.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | BERT | TODO | https://arxiv.org/abs/1810.04805 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | BERT | 2018 | https://arxiv.org/abs/1810.04805 |

    Fix safety: when the paper's record is known, the gap is filled from it: safe when the row names the
    identifier and its title agrees with the record, unsafe when the title is missing or only resembles it.
    It is written in the manner of the other rows: their form of dates, all authors or the first, the same
    wrapper. Nothing is written where they do not agree in one, or where they hold somebody's own words.

    Options: `required-columns` (at first `title` and `link`) names what is looked at even where it is
    mostly empty.
    """
    for table in document.tables:
        if table.literature:
            entries = [e for e in document.entries_of(table) if not e.torn and not _is_heading(e)]
            with_gaps = [entry for entry in entries if any(map(_is_gap, entry.row.cells))]
            for role in _looked_at(ctx.settings.required_columns) if with_gaps else ():
                yield from _gaps(this, table, entries, with_gaps, role, ctx)


def _looked_at(required: Sequence[Role]) -> Iterator[Role]:
    seen: set[tuple[Role, ...]] = set()
    for role in (Role.TITLE, *_USUALLY_FILLED, *required):
        group = _GROUPS.get(role, (role,))
        if group not in seen:
            seen.add(group)
            yield role


def _gaps(
    this: Rule,
    table: Table,
    entries: Sequence[Entry],
    with_gaps: Sequence[Entry],
    role: Role,
    ctx: Context,
) -> Iterator[Finding]:
    """The rows in which every column of the role's kind is empty, of those that have any gap."""
    roles = _GROUPS.get(role, (role,))
    columns = table.having(*roles)
    if not columns or (role is Role.AUTHORS and table.names_authors_below_title):
        return
    gaps = [entry for entry in with_gaps if _says_nothing(entry, columns)]
    if role is Role.LINK:
        gaps = [entry for entry in gaps if not leads_to_paper(entry)]
    named = role is Role.TITLE or not set(roles).isdisjoint(ctx.settings.required_columns)
    if not gaps or not (named or _usually_filled(entries, columns)):
        return
    for entry in gaps:
        index = next(index for index in columns if index < len(entry.row.cells))
        cell = entry.row.cells[index]
        fix = None if is_comment(cell.text) else _fix(table, entries, entry, index, ctx)
        yield this.report(_shown(cell), _message(table, index, cell), entry=entry, fix=fix)


def _is_heading(entry: Entry) -> bool:
    """Whether the row holds one text without a link and nothing else: a heading between rows."""
    only: Cell | None = None
    for cell in entry.row.cells:
        if not cell.empty:
            if only is not None:
                return False
            only = cell
    return only is not None and "://" not in only.text and len(entry.listing.columns) > 1


def _says_nothing(entry: Entry, columns: Sequence[int]) -> bool:
    cells, there = entry.row.cells, False
    for index in columns:
        if index < len(cells):
            cell = cells[index]
            if cell.end - cell.start > _SHORT or not _is_gap(cell):
                return False
            there = True
    return there


def _usually_filled(entries: Sequence[Entry], columns: Sequence[int]) -> bool:
    """Whether at least half of the rows have words there, pictures not counted."""
    filled = 0
    for entry in entries:
        cells = entry.row.cells
        there = [cells[index] for index in columns if index < len(cells)]
        filled += any(not _is_gap(cell) and not cell.text.startswith(_PICTURES) for cell in there)
    return filled * 2 >= len(entries)


def _is_gap(cell: Cell) -> bool:
    length = cell.end - cell.start
    if length == 0:
        return True
    first = cell.source[cell.start]
    if length > _SHORT or first.isdigit() or (length > _LONGEST_STAND_IN and first not in "<[&"):
        return False
    text = cell.text
    if is_stand_in(text) or text in _NOTHING or is_comment(text):
        return True
    return text.startswith("<") and text.endswith(">") and _is_empty_wrapper(cell)


def _is_empty_wrapper(cell: Cell) -> bool:
    inside = unwrap(cell.source, cell.span)
    return inside.start >= inside.end


def _shown(cell: Cell) -> Span:
    """What is wrong: the stand-in, or the gap between the pipes."""
    return cell.outer if cell.empty else cell.span


def _message(table: Table, index: int, cell: Cell) -> str:
    column = table.columns[index]
    if not cell.empty and is_stand_in(cell.text):
        return f"`{cell.text}` instead of a value for {column.header or column.role}"
    return f"empty cell for {column.header or column.role}"


def _fix(table: Table, entries: Sequence[Entry], entry: Entry, index: int, ctx: Context) -> Fix | None:
    lookup = ctx.facts.paper(entry.arxiv_id) if entry.arxiv_id else None
    cell = entry.row.cells[index]
    if not isinstance(lookup, Found) or cell.text in _NOTHING:
        return None
    from littable.rules._filling import filling  # late: most tables have no gap whose paper is known

    found = filling(table, entries, entry, index, lookup.record, ctx)
    if found is None:
        return None
    title = f"fill in the {table.columns[index].role} from {lookup.record.origin}"
    edits = (_write(cell, found.written),)
    return Fix(title, edits, found.applicability, reveals=True)


def _write(cell: Cell, written: Written) -> Edit:
    """The text in the cell, inside what is wrapped around nothing."""
    if cell.empty or is_stand_in(cell.text):
        return write_cell(cell, written.cell)
    return Edit(unwrap(cell.source, cell.span), written.text)
