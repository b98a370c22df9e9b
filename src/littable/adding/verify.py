"""Whether a row was added and nothing else happened: the new text is read again and compared with the old."""

from __future__ import annotations

from collections.abc import Sequence

from littable.adding.rows import NewRow
from littable.checker import check_document
from littable.config import Settings
from littable.document.entry import Entry
from littable.document.model import Document
from littable.document.table import Table
from littable.errors import FixError
from littable.papers.record import PaperRecord
from littable.rules._context import Context
from littable.rules._registry import all_rules
from littable.rules._titles import title_words
from littable.text import Span

# A cell is left empty where nobody but the user can say what belongs there.
_MAY_BE_FOUND = frozenset({"LT105"})


def verify_row(before: Document, after: Document, table: Table, row: NewRow, record: PaperRecord) -> Entry:
    """The entry as which the new row is read; ``table`` is that of the old document.

    Raises FixError where anything but the row differs, or where it reads otherwise than it was meant.
    """
    at, text = row.edit.span.start, row.edit.text
    if after.source != before.source[:at] + text + before.source[at:]:
        raise _refusal(before, record, "would change more than a line")
    entry = next((entry for entry in after.entries if at < entry.span.start < at + len(text)), None)
    if entry is None or not _same_but_for(entry, before, after, table):
        raise _refusal(before, record, "would change how the tables are read")
    if tuple(cell.text for cell in entry.row.cells) != row.cells:
        raise _refusal(before, record, "would not be read with the cells that were meant")
    if entry.arxiv_id != record.id or entry.title is None or not _same(entry.title.text, row.title):
        raise _refusal(before, record, "would be read as another paper")
    return entry


def verify_shape(document: Document, rows: Sequence[Span], settings: Settings) -> None:
    """Raises FixError where the rules about the shape of tables find something in one of the new rows."""
    rules = [rule for rule in all_rules() if rule.code.startswith("LT1") and rule.code not in _MAY_BE_FOUND]
    report = check_document(document, rules, Context(settings))
    found = {
        diagnostic.code for diagnostic in report.diagnostics for row in rows if row.touches(diagnostic.span)
    }
    if found:
        raise FixError(
            f"{document.path}: adding would bring up {', '.join(sorted(found))}; nothing was written"
        )


def _refusal(document: Document, record: PaperRecord, reason: str) -> FixError:
    return FixError(f"{document.path}: the row of {record.id} {reason}; nothing was written")


def _same(written: str, meant: str) -> bool:
    """Whether it is the title that was written, or the part of it that stands beside a link in it."""
    words = set(title_words(written))
    return written == meant or (bool(words) and words <= set(title_words(meant)))


def _same_but_for(entry: Entry, before: Document, after: Document, table: Table) -> bool:
    """Whether the documents have the same tables and papers, but for one entry in one table.

    What a column of a doubtful header holds may be read otherwise with one row more; its cells are the same.
    """
    if len(before.tables) != len(after.tables) or len(before.suppressions) != len(after.suppressions):
        return False
    tables = zip(before.tables, after.tables, strict=True)
    if not all(_same_table(old, new, entry if old is table else None) for old, new in tables):
        return False
    kept = [_said(after, other) for other in after.entries if other is not entry]
    return kept == [_said(before, other) for other in before.entries]


def _said(document: Document, entry: Entry) -> tuple[str, str | None]:
    return entry.span.of(document.source), entry.arxiv_id


def _same_table(old: Table, new: Table, entry: Entry | None) -> bool:
    if (entry is not None) != (entry is not None and entry.listing is new):
        return False
    kept = [row.text for row in new.rows if entry is None or row.span != entry.row.span]
    outside = (old.literature, old.header.text, old.delimiter.text, [row.text for row in old.rows])
    return outside == (new.literature, new.header.text, new.delimiter.text, kept)
