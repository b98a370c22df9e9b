"""What one reader reads in a text, as a small table."""

from __future__ import annotations

from typing import NamedTuple

from littable.config.reading import Reading
from littable.document.dates import read_date
from littable.document.entry import Entry
from littable.document.names import split_names
from littable.document.reading import read_document
from littable.shapes import Shape


class ReadPaper(NamedTuple):
    """A paper as ``littable entries`` shows it; ``links`` are those that may lead to it."""

    lines: tuple[int, int]
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    id: str | None = None
    links: tuple[str, ...] = ()
    abstract: str | None = None


def read_papers(text: str, *shapes: Shape) -> list[ReadPaper]:
    """The papers of a text in the order of the text; only ``shapes`` are read, if any are given."""
    document = read_document("a.md", text, Reading(readers=shapes or tuple(Shape)))
    return [_paper(text, entry) for entry in document.entries]


def _paper(text: str, entry: Entry) -> ReadPaper:
    date = read_date(entry.date.plain) if entry.date else None
    span = entry.span
    return ReadPaper(
        (text.count("\n", 0, span.start) + 1, text.count("\n", 0, span.end) + 1),
        entry.title.plain if entry.title else "",
        split_names(entry.authors.plain) if entry.authors else (),
        date.year if date else None,
        entry.arxiv_id or entry.doi,
        tuple(link.link.url for link in entry.links if link.is_followed),
        entry.abstract.plain if entry.abstract else None,
    )
