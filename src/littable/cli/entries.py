"""``littable entries``: what littable reads in a file."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

import typer

from littable.cli import options as opt

if TYPE_CHECKING:
    from littable.document.entry import Entry
    from littable.document.model import Document
    from littable.document.table import Table


class EntriesFormat(StrEnum):
    """How the entries are printed."""

    table = "table"
    json = "json"
    csv = "csv"


class EntryRow(TypedDict):
    """What is printed of an entry; the keys are those of JSON and the columns of csv, in this order."""

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

    date = read_date(entry.date.plain) if entry.date else None
    return {
        "line": document.lines.row(entry.span.start),
        "end_line": document.lines.row(entry.span.end),
        "shape": entry.shape,
        "title": entry.title.plain if entry.title else None,
        "year": date.year if date else None,
        "authors": list(split_names(entry.authors.plain)) if entry.authors else [],
        "arxiv_id": entry.arxiv_id,
        "doi": entry.doi,
        "links": [link.link.url for link in entry.links if link.is_followed],
        "has_abstract": entry.abstract is not None,
    }


def _table(document: Document, table: Table) -> dict[str, Any]:
    columns: dict[str, str] = {}
    for column in table.columns:
        if column.role.value != "other":
            columns.setdefault(column.role.value, column.header)
    return {
        "line": document.lines.row(table.span.start),
        "literature": table.literature,
        "columns": columns,
        "rows": len(table.rows),
    }


def _as_json(document: Document) -> Iterator[str]:
    from littable.reports._safe import as_json

    data = {
        "entries": [_entry(document, entry) for entry in document.entries],
        "tables": [_table(document, table) for table in document.tables],
    }
    yield as_json(data) + "\n"


def _as_csv(document: Document) -> Iterator[str]:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(EntryRow.__annotations__), lineterminator="\n")
    writer.writeheader()
    writer.writerows(_flat(_entry(document, entry)) for entry in document.entries)
    yield buffer.getvalue()


def _flat(row: EntryRow) -> dict[str, object]:
    from littable.reports._safe import shown

    flat = {**row, "authors": "; ".join(row["authors"]), "links": " ".join(row["links"])}
    return {name: shown(value) if isinstance(value, str) else value for name, value in flat.items()}


def _as_table(document: Document) -> Iterator[str]:
    from littable.reports._safe import shown

    entries = iter(document.entries)
    entry = next(entries, None)
    for table in document.tables:
        data = _table(document, table)
        columns = ", ".join(f"{role}: {shown(header)}" for role, header in data["columns"].items())
        kind = "papers" if data["literature"] else "no papers"
        yield f"line {data['line']}: {kind}, {data['rows']} rows ({columns or 'no column is known'})\n"
        while entry is not None and entry.listing is table:
            yield _line(_entry(document, entry))
            entry = next(entries, None)
    if not document.tables:
        yield "no tables\n"


def _line(row: EntryRow) -> str:
    from littable.reports._safe import shown

    identifier = row["arxiv_id"] or row["doi"] or "-"
    authors = row["authors"][0] + (" et al." if len(row["authors"]) > 1 else "") if row["authors"] else "-"
    text = f"{row['line']:>6}  {row['year'] or '-':<4}  {identifier:<16}  {row['title'] or '-'}  ({authors})"
    return shown(text) + "\n"
