"""``littable entries``: what littable reads in a file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NotRequired, TypedDict

import typer

from littable.cli import options as opt
from littable.shapes import Shape

if TYPE_CHECKING:
    from littable.document.entry import Entry
    from littable.document.listing import Listing
    from littable.document.model import Document


class EntriesFormat(StrEnum):
    """How the entries are printed."""

    table = "table"
    json = "json"
    csv = "csv"


class EntryRow(TypedDict):
    """What is printed of an entry; the keys are those of JSON and the columns of csv, in this order.

    Lines of a notebook are those of a cell.
    """

    cell: NotRequired[int]
    line: int
    end_line: int
    shape: str
    title: str | None
    year: int | None
    authors: list[str]
    arxiv_id: str | None
    doi: str | None
    links: list[str]
    has_abstract: bool


def entries(
    file: Annotated[Path, typer.Argument(help="A Markdown file; `-` reads standard input.")],
    format: Annotated[EntriesFormat, typer.Option(help="How to print.")] = EntriesFormat.table,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
) -> None:
    """Show the papers that littable reads in a file, and the columns that it sees."""
    from littable.cli.run import Run
    from littable.document.reading import read_document

    run = Run({}, config, isolated)
    source = run.read(file)
    if source is None:
        raise typer.Exit(2)
    document = read_document(str(file), source.text, run.settings_for(file).reading)
    writers = {EntriesFormat.table: _as_table, EntriesFormat.json: _as_json, EntriesFormat.csv: _as_csv}
    for piece in writers[format](document):
        typer.echo(piece, nl=False)


def _entry(document: Document, entry: Entry) -> EntryRow:
    from littable.document.dates import read_date
    from littable.document.names import split_names

    places = document.places
    place = places.at(entry.span.start)
    date = read_date(entry.date.plain) if entry.date else None
    row: EntryRow = {
        "line": place.row,
        "end_line": places.at(entry.span.end).row,
        "shape": entry.shape,
        "title": entry.title.plain if entry.title else None,
        "year": date.year if date else None,
        "authors": list(split_names(entry.authors.plain)) if entry.authors else [],
        "arxiv_id": entry.arxiv_id,
        "doi": entry.doi,
        "links": [link.link.url for link in entry.links if link.is_followed],
        "has_abstract": entry.abstract is not None,
    }
    return row if place.cell is None else {"cell": place.cell, **row}


def _table(document: Document, table: Listing, papers: Collection[int]) -> dict[str, Any]:
    """A table, in pipes or HTML; ``papers`` are the offsets of tables each of which is one paper."""
    return {
        "line": document.places.at(table.span.start).row,
        "literature": table.literature or table.span.start in papers,
        "columns": _columns(table),
        "rows": len(table.rows),
    }


def _papers_of_pairs(document: Document) -> set[int]:
    """Where the tables begin each of which is one paper."""
    pairs = [listing for listing in document.listings if listing.shape is Shape.KEY_VALUE]
    rows = [row.span for listing in pairs for row in listing.rows]
    return {table.span.start for table in document.tables if any(span.contains(table.span) for span in rows)}


def _as_json(document: Document) -> Iterator[str]:
    from littable.reports._safe import as_json

    papers = _papers_of_pairs(document)
    data = {
        "entries": [_entry(document, entry) for entry in document.entries],
        "tables": [_table(document, table, papers) for table in document.tables_of_all_kinds],
    }
    yield as_json(data) + "\n"


def _as_csv(document: Document) -> Iterator[str]:
    import csv
    import io

    from littable.file_names import is_notebook

    buffer = io.StringIO()
    names = [name for name in EntryRow.__annotations__ if name != "cell" or is_notebook(document.path)]
    writer = csv.DictWriter(buffer, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_flat(_entry(document, entry)) for entry in document.entries)
    yield buffer.getvalue()


def _flat(row: EntryRow) -> dict[str, object]:
    from littable.reports._safe import shown

    flat = {**row, "authors": "; ".join(row["authors"]), "links": " ".join(row["links"])}
    return {name: shown(value) if isinstance(value, str) else value for name, value in flat.items()}


def _as_table(document: Document) -> Iterator[str]:
    papers = _papers_of_pairs(document)
    tables = [table for table in document.tables if table.span.start not in papers]
    listings = sorted((*tables, *document.listings), key=lambda listing: listing.span.start)
    for listing in listings:
        yield f"{document.places.at(listing.span.start).line_in_words}: {_described(listing)}\n"
        for entry in document.entries_of(listing) if listing.literature else ():
            yield _line(_entry(document, entry))
    if not listings:
        yield "no tables and no lists of papers\n"


def _described(listing: Listing) -> str:
    """What a listing is: ``papers, 12 rows (title: Title, year: Year)``."""
    from littable.reports._lines import count
    from littable.reports._safe import shown

    amount = count(len(listing.rows), _NOUNS[listing.shape])
    kind = "papers" if listing.literature else "no papers"
    if listing.shape not in (Shape.TABLE, Shape.HTML_TABLE):
        return f"{kind}, {amount}"
    columns = ", ".join(f"{role}: {shown(header)}" for role, header in _columns(listing).items())
    return f"{kind}, {amount} ({columns or 'no column is known'})"


def _columns(listing: Listing) -> dict[str, str]:
    """The header of the first column of each role that is known."""
    columns: dict[str, str] = {}
    for column in listing.columns:
        if column.role.value != "other":
            columns.setdefault(column.role.value, column.header)
    return columns


_NOUNS = {
    Shape.TABLE: "row",
    Shape.HTML_TABLE: "HTML row",
    Shape.KEY_VALUE: "key-value table",
    Shape.BULLET: "list item",
    Shape.SECTION: "section",
}


def _line(row: EntryRow) -> str:
    from littable.reports._safe import shown

    identifier = row["arxiv_id"] or row["doi"] or "-"
    authors = row["authors"][0] + (" et al." if len(row["authors"]) > 1 else "") if row["authors"] else "-"
    place = f"{row['cell']}:{row['line']}" if "cell" in row else row["line"]
    text = f"{place:>6}  {row['year'] or '-':<4}  {identifier:<16}  {row['title'] or '-'}  ({authors})"
    return shown(text) + "\n"
