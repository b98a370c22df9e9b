from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.hidden import without_comments
from littable.document.listing import Cell, Row
from littable.document.model import Document
from littable.document.table import Table
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.rules._scope import checked_tables, entry_of
from littable.rules._whole_lines import text_end
from littable.rules._wording import shortened
from littable.text import Edit, Span

if TYPE_CHECKING:
    from littable.rules._cell_kinds import ColumnKinds
    from littable.rules._stray_pipes import StrayPipes

_QUOTED = 40


@rule("LT102", severity=Severity.ERROR, fix=Applicability.SAFE)
def row_cell_count(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    r"""A row has more or fewer cells than the header.

    Why: GitHub drops the cells that are too many without a word, and shows empty ones for those that are
    missing. Often one pipe is the cause: every `|` ends a cell, in a formula or in code too, so half an
    abstract may never reach the reader.

    A comment behind the last cell (`| [//]: # (seen in June)`, `| <!-- seen -->`) is kept out of sight on
    purpose and is not reported: nothing that is meant to be read is lost.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | On the norm $|x|$ of attention | 2024 | https://arxiv.org/abs/2403.03218 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | On the norm $\|x\|$ of attention | 2024 | https://arxiv.org/abs/2403.03218 |

    Fix safety: safe where the cause is certain. A pipe is escaped when it stands inside a formula, code, a
    link or an HTML element, and escaping just these pipes makes the row fit. An empty cell is added at the
    end when the last cell that is there plainly belongs to its own column, and an empty cell too many is
    taken away. A likely repair is only shown, and text is never dropped.
    """
    for table in checked_tables(document, ctx.settings):
        kinds: ColumnKinds | None = None
        for row in table.rows:
            if len(row.cells) == table.width or all(cell.empty for cell in row.cells):
                continue
            cells = without_comments(row.cells, table.width)
            if len(cells) == table.width:
                continue
            from littable.rules._cell_kinds import ColumnKinds  # late: most rows are whole

            kinds = kinds or ColumnKinds(table)
            if "|" not in row.text:
                span, message, fix = _judge_text_below(document, table, row)
            elif len(cells) < table.width:
                span, message, fix = _judge_short(table, row, cells, kinds)
            else:
                span, message, fix = _judge_long(table, cells, kinds)
            yield this.report(span, message, entry=entry_of(document, row), fix=fix)


_Judgement = tuple[Span, str, Fix | None]


def _judge_short(table: Table, row: Row, cells: Sequence[Cell], kinds: ColumnKinds) -> _Judgement:
    end = text_end(row.source, row.span)
    span, message = Span(max(end - 1, row.span.start), end), f"row has {_cells(len(cells), table)}"
    own, missing = [kinds.of(cell.text) for cell in cells], table.width - len(cells)
    certain = _is_heading_of_rows(row, cells) or kinds.ends_at(own)
    if not certain and missing == 1:
        gap = kinds.gap_in(own)
        if gap is not None and gap < len(cells):
            return span, f"{message}: nothing for {table.columns[gap].header}", _add_before(cells[gap])
    if not kinds.agree(own):
        return span, message, None
    applicability = Applicability.SAFE if certain else Applicability.DISPLAY
    plural = "an empty cell" if missing == 1 else f"{missing} empty cells"
    edit = Edit(Span(end, end), _empty_cells(row, cells, missing))
    return span, message, Fix(f"add {plural} at the end", (edit,), applicability, reshapes=True)


def _add_before(cell: Cell) -> Fix:
    edit = Edit(Span(cell.outer.start, cell.outer.start), "  |")
    return Fix("add an empty cell for it", (edit,), Applicability.DISPLAY, reshapes=True)


def _is_heading_of_rows(row: Row, cells: Sequence[Cell]) -> bool:
    """Whether the row is a heading between rows, such as ``| **Surveys** |``."""
    return len(cells) == 1 and row.text.startswith("|") and "://" not in cells[0].text


def _judge_text_below(document: Document, table: Table, row: Row) -> _Judgement:
    fix = None
    if row is table.rows[-1] and not table.block.containers:
        line_start = document.lines.starts[document.lines.row(row.span.start) - 1]
        edit = Edit(Span(line_start, line_start), _line_end(row.source, line_start))
        fix = Fix("put a blank line before it", (edit,), Applicability.DISPLAY, reshapes=True)
    end = text_end(row.source, row.span)
    return Span(row.span.start, end), "text right below the table is read as a row of it", fix


def _line_end(source: str, line_start: int) -> str:
    return "\r\n" if source.startswith("\r\n", line_start - 2) else source[line_start - 1]


def _empty_cells(row: Row, cells: Sequence[Cell], count: int) -> str:
    """What to write behind a row for ``count`` more cells, in its own style."""
    last = cells[-1]
    tight = not last.empty and last.outer == last.span and not row.text.startswith("| ")
    closed = row.source.startswith("|", last.outer.end)
    cell = "|" if tight else "  |"
    if closed:
        return cell * count
    return ("|" if tight and not row.text.endswith("\\") else " |") + cell * count


def _judge_long(table: Table, cells: Sequence[Cell], kinds: ColumnKinds) -> _Judgement:
    from littable.rules._stray_pipes import find_stray_pipes

    source = cells[0].source
    surplus = len(cells) - table.width
    stray = find_stray_pipes(source, cells, surplus)
    if stray is not None:
        return _judge_stray(table, cells, stray, kinds)
    if all(cell.empty for cell in cells[table.width :]):
        return _judge_empty_surplus(table, cells, kinds)
    dropped = Span(cells[table.width].span.start, cells[-1].span.end)
    if dropped.start == dropped.end:
        dropped = Span(cells[table.width - 1].outer.end, cells[-1].outer.end)
    message = f"row has {_cells(len(cells), table)}: GitHub drops `{shortened(dropped.of(source), _QUOTED)}`"
    return dropped, message, _guess(table, cells, kinds, surplus)


def _judge_stray(table: Table, cells: Sequence[Cell], stray: StrayPipes, kinds: ColumnKinds) -> _Judgement:
    joined = _joined(cells, stray.offsets)
    fits = kinds.agree([kinds.of(text) for text in joined])
    applicability = Applicability.SAFE if fits else Applicability.DISPLAY
    pipes = "the pipe" if len(stray.offsets) == 1 else f"the {len(stray.offsets)} pipes"
    message = f"row has {_cells(len(cells), table)}: {pipes} in {stray.place} must be escaped"
    return stray.span, message, Fix(f"escape {pipes}", stray.edits, applicability, reshapes=True)


def _joined(cells: Sequence[Cell], offsets: Sequence[int]) -> list[str]:
    """The cells' texts when the pipes at ``offsets`` separate nothing."""
    texts, start = [], cells[0].outer.start
    bare = set(offsets)
    for cell in cells:
        if cell.outer.end not in bare:
            texts.append(cell.source[start : cell.outer.end].strip())
            start = cell.outer.end + 1
    return texts


def _judge_empty_surplus(table: Table, cells: Sequence[Cell], kinds: ColumnKinds) -> _Judgement:
    last, end = cells[table.width - 1], cells[-1].outer.end
    surplus = len(cells) - table.width
    if kinds.agree([kinds.of(cell.text) for cell in cells[: table.width]]):
        edit = Edit(Span(last.outer.end, end), "")
        title = f"remove the empty cell{'' if surplus == 1 else 's'} at the end"
        fix: Fix | None = Fix(title, (edit,), Applicability.SAFE, reshapes=True)
    else:
        fix = _guess(table, cells, kinds, surplus)
    which = "the last one is" if surplus == 1 else f"the last {surplus} are"
    return Span(last.outer.end, end), f"row has {_cells(len(cells), table)}: {which} empty", fix


def _guess(table: Table, cells: Sequence[Cell], kinds: ColumnKinds, surplus: int) -> Fix | None:
    """The one way in which neighbouring cells are one torn text, when no other reading fits."""
    from littable.rules._stray_pipes import escaping, separators

    own = [kinds.of(cell.text) for cell in cells]
    if kinds.agree(own[: table.width]):
        return None
    ways = [
        index
        for index in range(table.width)
        if kinds.holds_text(index) and kinds.agree([*own[:index], None, *own[index + surplus + 1 :]])
    ]
    if len(ways) != 1:
        return None
    pipes = separators(cells)[ways[0] : ways[0] + surplus]
    title = "escape the pipe" if surplus == 1 else f"escape {surplus} pipes"
    return Fix(f"{title} in {table.columns[ways[0]].header}", escaping(pipes), Applicability.DISPLAY, True)


def _cells(count: int, table: Table) -> str:
    return f"{count} cell{'' if count == 1 else 's'}, the header {table.width}"
