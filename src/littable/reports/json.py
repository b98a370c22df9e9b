"""One JSON document; littable.schema.json in this folder describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from littable.diagnostic import Diagnostic, EntryReference, FileReport, Fix, Skip
from littable.places import Place, Places
from littable.reports import ReportOptions, rule_url
from littable.reports._safe import as_json
from littable.reports._summary import Summary, summarise
from littable.text import LineIndex, Span

VERSION = 1


def render(files: Sequence[FileReport], _: ReportOptions) -> Iterator[str]:
    """The object of version 1, a piece for each finding so that a large one need not stand in memory."""
    yield f'{{\n  "version": {VERSION},\n  "diagnostics": ['
    yield from _items(_diagnostic(*found) for found in _found(files))
    yield ',\n  "skipped": ['
    yield from _items(
        _skip(file, places, skip, code)
        for file, places in _placed(files)
        for skip in file.skips
        for code in skip.codes
    )
    yield f',\n  "summary": {_written(_summary(summarise(files)), 2)}\n}}\n'


def _items(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The items of a list that has been opened, and its end."""
    separator = "\n    "
    for item in items:
        yield separator + _written(item, 4)
        separator = ",\n    "
    yield "]" if separator == "\n    " else "\n  ]"


def _written(value: dict[str, Any], indent: int) -> str:
    return as_json(value).replace("\n", "\n" + " " * indent)


def _placed(files: Iterable[FileReport]) -> Iterator[tuple[FileReport, Places]]:
    return ((file, Places(file.filename, LineIndex(file.text))) for file in files)


def _found(files: Iterable[FileReport]) -> Iterator[tuple[FileReport, Places, Diagnostic]]:
    return ((file, places, found) for file, places in _placed(files) for found in file.diagnostics)


def _diagnostic(file: FileReport, places: Places, found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "severity": str(found.severity),
        "message": found.message,
        "filename": file.filename,
        **_locations(places, found.span),
        "entry": _entry(places, found.entry) if found.entry else None,
        "changes": [{"old": change.old, "new": change.new} for change in found.changes],
        "verdict": found.verdict,
        "copied_from": found.copied_from,
        "fix": _fix(places, found.fix) if found.fix else None,
        "url": rule_url(found.name),
    }


def _locations(places: Places, span: Span) -> dict[str, Any]:
    start, end = places.at(span.start), places.at(span.end)
    return {"cell": start.cell, "location": _location(start), "end_location": _location(end)}


def _location(place: Place) -> dict[str, int]:
    return {"row": place.row, "column": place.column}


def _entry(places: Places, entry: EntryReference) -> dict[str, Any]:
    place = places.at(entry.offset)
    return {"title": entry.title, "arxiv_id": entry.arxiv_id, "cell": place.cell, "line": place.row}


def _fix(places: Places, fix: Fix) -> dict[str, Any]:
    edits = [{"content": edit.text, **_locations(places, edit.span)} for edit in fix.edits]
    return {"title": fix.title, "applicability": str(fix.applicability), "edits": edits}


def _skip(file: FileReport, places: Places, skip: Skip, code: str) -> dict[str, Any]:
    place = places.at(skip.span.start)
    return {
        "filename": file.filename,
        "cell": place.cell,
        "row": place.row,
        "code": code,
        "subject": skip.subject,
        "reason": skip.reason,
    }


def _summary(summary: Summary) -> dict[str, int]:
    keys = ("files", "tables", "lists", "entries", "errors", "warnings", "notes", "fixable")
    return {key: getattr(summary, key) for key in keys}
