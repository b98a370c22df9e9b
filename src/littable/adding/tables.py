"""Which table of a document is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from littable.document.model import Document
from littable.document.outline import Block, Kind
from littable.document.plain import plain
from littable.document.table import Table
from littable.errors import LittableError
from littable.patterns import lazy

_ATX = lazy(r"#{1,6}[ \t]*|[ \t]+#+[ \t]*$")
_UNDERLINE = lazy(r"[=-]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A table of papers: its number from 1, the heading above it (empty where there is none), its line in
    words.
    """

    number: int
    heading: str
    line: str
    table: Table

    def __str__(self) -> str:
        rows = len(self.table.rows)
        place = f"{self.line}, {rows} {'row' if rows == 1 else 'rows'}"
        return f"{self.number}: {self.heading or 'no heading'} ({place})"


def candidates(document: Document) -> list[Candidate]:
    """The tables of papers, in the order of the text."""
    tables = [table for table in document.tables if table.literature]
    headings = list(_headings(document, tables))
    places = document.places
    return [
        Candidate(number, heading, places.at(table.span.start).line_in_words, table)
        for number, (table, heading) in enumerate(zip(tables, headings, strict=True), 1)
    ]


def choose_table(document: Document, wanted: str | None) -> Candidate:
    """The table meant by a number or a heading; without either, the only one.

    Raises LittableError, with the tables there are, where that names none or several, and where the table
    cannot be written to.
    """
    known = candidates(document)
    if not known:
        raise LittableError(
            f"{document.path}: there is no table of papers; `littable entries` shows what is read"
        )
    found = known if wanted is None else _named(known, wanted)
    if len(found) != 1:
        raise LittableError(f"{document.path}: {_problem(found, wanted)}\n{_listed(found or known)}")
    if not found[0].table.editable:
        raise LittableError(f"{document.path}: the table in {found[0].line} holds NUL characters")
    return found[0]


def _named(known: Sequence[Candidate], wanted: str) -> Sequence[Candidate]:
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(known):
        return [known[int(wanted) - 1]]
    asked = _folded(wanted)
    exact = [candidate for candidate in known if _folded(candidate.heading) == asked]
    return exact or [c for c in known if asked and _folded(c.heading).startswith(asked)]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _problem(found: Sequence[Candidate], wanted: str | None) -> str:
    if wanted is None:
        return "there are several tables of papers; --table chooses one by its number or its heading:"
    if found:
        return f"--table {wanted}: several tables are meant; choose one by its number:"
    return f"--table {wanted}: there is no such table; there are"


def _listed(known: Sequence[Candidate]) -> str:
    return "\n".join(f"  {candidate}" for candidate in known)


def _headings(document: Document, tables: Sequence[Table]) -> Iterator[str]:
    """The nearest heading above each table."""
    blocks = [block for block in document.blocks if block.kind is Kind.HEADING]
    position, heading = 0, ""
    for table in tables:
        while position < len(blocks) and blocks[position].start < table.span.start:
            heading = _words(document.source, blocks[position])
            position += 1
        yield heading


def _words(source: str, block: Block) -> str:
    """The heading as people read it, written with ``#`` or underlined."""
    lines = [line.strip(" \t\r>") for line in source[block.start : block.end].strip().split("\n")]
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[-1]):
        lines.pop()
    return plain(_ATX.sub("", " ".join(lines)))
