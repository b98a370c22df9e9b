"""One line for each finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from littable.diagnostic import FileReport
from littable.places import Places
from littable.reports import ReportOptions
from littable.reports._lines import heading
from littable.reports._palette import Palette
from littable.reports._summary import closing
from littable.text import LineIndex


def render(files: Sequence[FileReport], options: ReportOptions) -> Iterator[str]:
    """``README.md:12:5: LT501 [*] message`` for each finding, then the summary."""
    palette = Palette(options.color)
    for report in files:
        places = Places(report.filename, LineIndex(report.text))
        for found in report.diagnostics:
            yield heading(report, places, found, palette) + "\n"
    for line in closing(files, options):
        yield line + "\n"
