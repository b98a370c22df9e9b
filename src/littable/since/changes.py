"""What changed between two texts of a file: the rows, the headers, and the lines outside tables."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from littable.diagnostic import Diagnostic, Skip
from littable.document.cells import cell_spans
from littable.document.model import Document
from littable.document.table import Table
from littable.since.rows import Said, pair_rows, rows_of
from littable.text import LineIndex, Span


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new in a text: ``entries`` are the offsets at which the papers begin that were added or
    changed, ``lines`` the 1-based lines of all that is new, in order.
    """

    entries: frozenset[int]
    lines: tuple[int, ...]
    index: LineIndex

    def cover(self, span: Span) -> bool:
        """Whether anything on the lines that ``span`` touches is new: a row that was added or changed, the
        header of a table that is new or has another header, a line outside tables.
        """
        first = self.index.row(span.start)
        last = self.index.row(max(span.start, span.end - 1))
        at = bisect_left(self.lines, first)
        return at < len(self.lines) and self.lines[at] <= last

    def concern(self, finding: Diagnostic | Skip) -> bool:
        """Whether a finding is about what is new: where it stands, its paper's row, or the other place that
        belongs to it (a new row above may be what makes an old one a duplicate).
        """
        if self.cover(finding.span):
            return True
        if isinstance(finding, Skip):
            return False
        if finding.entry is not None and finding.entry.offset in self.entries:
            return True
        return any(self.cover(related.span) for related in finding.related)


def find_changes(old: Document | None, new: Document) -> Changes:
    """What is new in ``new``; all of it where there was no ``old``.

    Both must have been read with the same settings. Where rows stand, their padding and the
    order of columns do not count; of rows that say the same, as many are new as there are more of them now.
    """
    if old is None:
        everything = tuple(range(1, len(new.lines.starts) + 1))
        return Changes(frozenset(entry.span.start for entry in new.entries), everything, new.lines)
    if old.source == new.source:
        return Changes(frozenset(), (), new.lines)
    outside = Counter(key for _, key in _outside_tables(old))
    lines = set(_new_lines(new, outside))
    rows = rows_of(new)
    added = [said for said in pair_rows(rows_of(old), rows) if not _was_outside(said, outside)]
    starts = {said.row.span.start for said in added}
    lines |= {new.lines.row(start) for start in starts}
    lines |= set(_new_headers(old, new, rows))
    entries = frozenset(entry.span.start for entry in new.entries if entry.span.start in starts)
    changes = Changes(entries, tuple(sorted(lines)), new.lines)
    return replace(changes, entries=entries.union(_with_new_lines(new, changes)))


def _with_new_lines(new: Document, changes: Changes) -> Iterator[int]:
    """The papers of other shapes of which a line is new: the rest of an item or section is judged with it."""
    papers = (entry for listing in new.listings for entry in new.entries_of(listing))
    return (entry.span.start for entry in papers if changes.cover(entry.span))


def _outside_tables(document: Document) -> Iterator[tuple[int, str]]:
    """Each line outside tables that says something: its number, and what it says."""
    lines, number = document.lines, 1
    for first, behind in [*_table_lines(document), (len(lines.starts) + 1, 0)]:
        for row in range(number, first):
            key = _key(lines.line(row).of(document.source))
            if key:
                yield row, key
        number = behind


def _table_lines(document: Document) -> Iterator[tuple[int, int]]:
    """The line on which each table begins, and the one behind it."""
    for table in document.tables:
        last = table.rows[-1] if table.rows else table.delimiter
        yield document.lines.row(table.header.span.start), document.lines.row(last.span.start) + 1


def _key(line: str) -> str:
    """What a line says, blanks set aside, and pipes and marks of a block quote at either side too."""
    line = line.lstrip(" \t>")
    if "|" not in line:
        return " ".join(line.split())
    cells = (" ".join(line[start:end].split()) for start, end, *_ in cell_spans(line, 0, len(line)))
    return "|".join(cells).rstrip("|")


def _new_lines(new: Document, outside: Counter[str]) -> Iterator[int]:
    """The lines outside tables that did not stand outside tables before; takes the others from ``outside``.

    The two lines that would open a table are new together, since each is judged by the other.
    """
    found = {row for row, key in _outside_tables(new) if not _take(outside, key)}
    yield from found
    for block in new.blocks:
        if block.broken is not None:
            both = {new.lines.row(span.start) for span in block.broken}
            yield from both if both & found else ()


def _take(counts: Counter[str], key: str) -> bool:
    if counts[key] <= 0:
        return False
    counts[key] -= 1
    return True


def _was_outside(said: Said, outside: Counter[str]) -> bool:
    """Whether a row stood in the text before it became one of a table: the table was mended around it."""
    key = _key(said.row.text)
    return bool(key) and _take(outside, key)


def _new_headers(old: Document, new: Document, rows: Iterable[Said]) -> Iterator[int]:
    """The header and delimiter lines of tables whose header no table had; of tables with one header, those
    that have kept the most rows are the old ones.
    """
    headers = Counter(_key(table.header.text) for table in old.tables)
    kept = Counter(said.layout.table for said in rows if said.taken)
    for table in sorted(new.tables, key=lambda table: -kept[table]):
        if not _take(headers, _key(table.header.text)):
            yield from _opening(new, table)


def _opening(document: Document, table: Table) -> tuple[int, int]:
    return document.lines.row(table.header.span.start), document.lines.row(table.delimiter.span.start)
