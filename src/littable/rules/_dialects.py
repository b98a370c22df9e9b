"""Tables in the notation of other programs, which GitHub shows as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from littable.document.columns import normalise_header
from littable.document.header_names import loose_roles, plain_role
from littable.document.inline import find_links
from littable.document.model import Document
from littable.document.outline import Block, Kind
from littable.document.table import Table, TableRow
from littable.papers.identifiers import names_paper
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

MULTI_MARKDOWN = "a MultiMarkdown table"
_GRID = lazy(r"\+(?:[-=:]{2,}\+){2,}[ \t\r]*")
_ORG = lazy(r"\|-+(?:\+-+)+\|[ \t\r]*")
_RST = lazy(r"={2,}(?: +={2,})+[ \t\r]*")
_DASHES = lazy(r"-{2,}(?: +-{2,})+[ \t\r]*")
_APART = lazy(r"[ \t]{2,}|\t")
_MARKS = ("+--", "-+-", "+==", "== =", "==  ", "-- -", "--  ", "|\\", "| \\", "||")
_FEWEST_LINES = 3


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """A table that GitHub does not show as it is meant: ``first`` is its first line, ``names`` what heads its
    columns, ``text`` all of it.
    """

    notation: str
    first: Span
    names: tuple[str, ...]
    text: str

    @property
    def about_papers(self) -> bool:
        """Whether its columns or its links are those of a list of papers."""
        names = [normalise_header(name) for name in self.names]
        known = [name for name in names if plain_role(name) is not None or loose_roles(name)]
        titled = any(plain_role(name) is Role.TITLE or Role.TITLE in loose_roles(name) for name in known)
        links = find_links(self.text, 0, len(self.text))
        linked = any(names_paper(link.url) for link in links)
        return titled and (linked or any(plain_role(name) in _TELLING for name in known))


_TELLING = frozenset({Role.AUTHORS, Role.ABSTRACT, Role.VENUE})


def foreign_tables(document: Document) -> Iterator[ForeignTable]:
    """The tables in other notations, in the order of the text."""
    source = document.source
    if not any(mark in source for mark in _MARKS):
        return
    tables = iter(document.tables)
    following: Sequence[Block | None] = [*document.blocks[1:], None]
    before: Block | None = None
    for block, after in zip(document.blocks, following, strict=False):
        found = None
        if block.kind is Kind.PARAGRAPH:
            found = _drawn(source, block) or _below_header(source, block, after)
        elif block.kind is Kind.RULE:
            found = _underlined(source, before, block, after)
        elif block.kind is Kind.TABLE:
            found = _continued(next(tables))
        if found is not None:
            yield found
        before = block


def _drawn(source: str, block: Block) -> ForeignTable | None:
    """A table with lines drawn between its rows."""
    lines = block.lines
    if len(lines) < _FEWEST_LINES or source[lines[0].start] not in "+|=":
        return None
    texts = [line.of(source).strip() for line in lines]
    notation = _notation(texts)
    if notation is None:
        return None
    header = texts[1] if texts[0][0] in "+=" else texts[0]
    names = _APART.split(header) if texts[0][0] == "=" else header.strip("|").split("|")
    text = source[lines[0].start : lines[-1].end]
    return ForeignTable(notation, lines[0], tuple(names), text)


def _notation(texts: Sequence[str]) -> str | None:
    if _GRID.fullmatch(texts[0]) and _GRID.fullmatch(texts[-1]):
        return "a grid table" if all(text.startswith(("+", "|")) for text in texts) else None
    if texts[0].startswith("|"):
        org = all(text.startswith("|") for text in texts) and any(map(_ORG.fullmatch, texts[:3]))
        return "an Org table" if org else None
    bars = [text for text in texts if _RST.fullmatch(text)]
    if texts[0].startswith("=") and len(bars) > 1 and bars[0] == texts[0] and texts[-1] == bars[0]:
        return "a reStructuredText table"
    return None


def _below_header(source: str, block: Block, after: Block | None) -> ForeignTable | None:
    """A header of two lines, whose first has cells across columns (``||``)."""
    if after is None or after.table is None or after.containers != block.containers:
        return None
    last = block.lines[-1]
    text = last.of(source).strip()
    if not text.startswith("|") or not text.endswith("||") or not _is_right_above(source, last, after.start):
        return None
    end = after.table.rows[-1].end if after.table.rows else after.table.delimiter.end
    names = after.table.header.of(source).strip("| ").split("|")
    return ForeignTable(MULTI_MARKDOWN, last, tuple(names), source[last.start : end])


def _is_right_above(source: str, line: Span, start: int) -> bool:
    return source.count("\n", line.end, start) == 1


def _underlined(source: str, before: Block | None, block: Block, after: Block | None) -> ForeignTable | None:
    """A header with dashes below each of its words, and rows below that."""
    dashes = source[block.start : block.end].strip()
    if before is None or after is None or not before.kind is after.kind is Kind.PARAGRAPH:
        return None
    header = before.lines[-1]
    if _DASHES.fullmatch(dashes) is None or not _is_right_above(source, header, block.start):
        return None
    names, columns = _APART.split(header.of(source).strip()), len(dashes.split())
    rows = [_APART.split(line.of(source).strip()) for line in after.lines]
    if len(names) != columns or not any(len(row) == columns for row in rows):
        return None
    text = source[before.lines[0].start : after.lines[-1].end]
    return ForeignTable("a Pandoc table", before.lines[0], tuple(names), text)


def _continued(table: Table) -> ForeignTable | None:
    """A pipe table with a row that goes on on the next line behind a backslash."""
    rows = table.rows
    if not any(_goes_on(above) and below.text.startswith("|") for above, below in pairwise(rows)):
        return None
    names = tuple(cell.text for cell in table.header.cells)
    text = table.source[table.span.start : table.span.end]
    return ForeignTable(MULTI_MARKDOWN, table.header.span, names, text)


def _goes_on(row: TableRow) -> bool:
    return row.text.rstrip().endswith(("|\\", "| \\"))
