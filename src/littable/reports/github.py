"""Annotations of a pull request, as workflow commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from littable.diagnostic import Diagnostic, FileReport, Severity
from littable.reports import ReportOptions
from littable.reports._lines import changes
from littable.reports._palette import Palette
from littable.reports._safe import shown
from littable.reports._summary import not_checked
from littable.text import LineIndex

_ROOM = 200
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(files: Sequence[FileReport], options: ReportOptions) -> Iterator[str]:
    """A workflow command for each finding; what could not be checked follows as plain lines of the log."""
    for report in files:
        index = LineIndex(report.text)
        for found in report.diagnostics:
            yield _annotation(report, index, found) + "\n"
    if not options.quiet:
        for line in not_checked(files):
            yield line + "\n"


def _annotation(report: FileReport, index: LineIndex, found: Diagnostic) -> str:
    start = index.position(found.span.start)
    end = index.position(found.span.end)
    properties = {
        "title": f"littable ({found.code})",
        "file": report.filename,
        "line": str(start.row),
        "col": str(start.column),
        "endLine": str(end.row),
        "endColumn": str(end.column),
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    # The log shows only the message, so it repeats the place, as ruff does.
    heading = f"{report.filename}:{start.row}:{start.column}: {found.code} {found.message}"
    message = "\n".join((heading, *changes(found, Palette(color=False), _ROOM)))
    return f"::{_COMMANDS[found.severity]} {written}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as the runner unescapes it; other controls are made visible."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return shown(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
