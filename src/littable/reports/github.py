"""Annotations of a pull request, as workflow commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from littable.diagnostic import Diagnostic, FileReport, Severity
from littable.places import Places
from littable.reports import ReportOptions
from littable.reports._lines import changes
from littable.reports._palette import Palette
from littable.reports._safe import shown
from littable.reports._summary import not_checked
from littable.text import LineIndex, Span

_ROOM = 200
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(files: Sequence[FileReport], options: ReportOptions) -> Iterator[str]:
    """A workflow command for each finding; what could not be checked follows as plain lines of the log."""
    for report in files:
        places = Places(report.filename, LineIndex(report.text))
        for found in report.diagnostics:
            yield _annotation(report, places, found) + "\n"
    if not options.quiet:
        for line in not_checked(files):
            yield line + "\n"


def _annotation(report: FileReport, places: Places, found: Diagnostic) -> str:
    properties = {
        "title": f"littable ({found.code})",
        "file": report.filename,
        **_lines(report, places, found.span),
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    # The log shows only the message, so it repeats the place, as ruff does.
    heading = f"{report.filename}:{places.at(found.span.start)}: {found.code} {found.message}"
    message = "\n".join((heading, *changes(found, Palette(color=False), _ROOM)))
    return f"::{_COMMANDS[found.severity]} {written}::{_data(message)}"


def _lines(report: FileReport, places: Places, span: Span) -> dict[str, str]:
    """Where the annotation stands in the file that GitHub shows; of a notebook that is its JSON."""
    if report.file_row is not None:
        first, last = report.file_row(span.start), report.file_row(max(span.start, span.end - 1))
        return {"line": str(first), "endLine": str(last)}
    start, end = places.at(span.start), places.at(span.end)
    return {
        "line": str(start.row),
        "col": str(start.column),
        "endLine": str(end.row),
        "endColumn": str(end.column),
    }


def _data(text: str) -> str:
    """Escaped as the runner unescapes it; other controls are made visible."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return shown(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
