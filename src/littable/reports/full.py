"""Each finding with its source line, the words that differ, and the fix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from littable.diagnostic import Applicability, Diagnostic, FileReport, Fix
from littable.places import Places
from littable.reports import ReportOptions
from littable.reports._lines import changes, count, heading, place
from littable.reports._palette import Palette
from littable.reports._safe import shown
from littable.reports._summary import closing
from littable.reports._window import Window, around, cut
from littable.text import LineIndex, Span

_LEAST_ROOM = 20
_MOST_RELATED = 5


def render(files: Sequence[FileReport], options: ReportOptions) -> Iterator[str]:
    """A paragraph for each finding, then the summary."""
    palette = Palette(options.color)
    for report in files:
        index = LineIndex(report.text)
        places = Places(report.filename, index)
        for found in report.diagnostics:
            lines = _Paragraph(report, index, places, found, palette, options.width).lines()
            yield "\n".join(lines) + "\n\n"
    for line in closing(files, options):
        yield line + "\n"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    report: FileReport
    index: LineIndex
    places: Places
    found: Diagnostic
    palette: Palette
    width: int

    def lines(self) -> Iterator[str]:
        """Where and what, the source, which paper, what differs, other places, what to do."""
        window = self._window()
        yield heading(self.report, self.places, self.found, self.palette)
        yield from self._source(window)
        stroke = self.palette.gutter(f"{self._margin} =")
        differing = changes(self.found, self.palette, self._room)
        for line in (*self._paper(window), *differing, *self._origin(), *self._related(), *self._help()):
            yield f"{stroke} {line}"

    @property
    def _focus(self) -> Span:
        """What to show: in a text too long to be shown, the first place that the fix would change."""
        span = self.found.span
        if self.found.fix and span.end - span.start > self._room_for(self.index.row(span.start)):
            inside = (edit.span for edit in sorted(self.found.fix.edits) if span.contains(edit.span))
            return next(inside, span)
        return span

    @property
    def _row(self) -> int:
        return self.index.row(self._focus.start)

    @property
    def _margin(self) -> str:
        return " " * len(self._number)

    @property
    def _number(self) -> str:
        """The line's number as people count it."""
        return str(self.places.at(self._focus.start).row)

    @property
    def _room(self) -> int:
        return self._room_for(self._row)

    def _room_for(self, row: int) -> int:
        return max(self.width - len(f"{row} | "), _LEAST_ROOM)

    def _window(self) -> Window:
        focus = self._focus
        line = self.index.line(self._row)
        start = min(focus.start, line.end) - line.start
        end = min(focus.end, line.end) - line.start
        return around(line.of(self.report.text), start, max(start, end), self._room)

    def _source(self, window: Window) -> Iterator[str]:
        """The line, cut to the terminal, and a mark under what is meant."""
        mark = self.palette.severity("^" * window.length, self.found.severity)
        yield self.palette.gutter(f"{self._margin} |")
        yield f"{self.palette.gutter(f'{self._number} |')} {window.text}".rstrip()
        yield f"{self.palette.gutter(f'{self._margin} |')} {' ' * window.offset}{mark}"

    def _paper(self, window: Window) -> Iterator[str]:
        """Which paper it is, unless that can be read off the lines above."""
        entry = self.found.entry
        if not entry:
            return
        names = [shown(name) for name in (entry.title, entry.arxiv_id) if name]
        if names and not any(name in window.text or name in self.found.message for name in names):
            yield f"paper: {cut(', '.join(names), self._room - len('paper: '))}"

    def _origin(self) -> Iterator[str]:
        if self.found.copied_from:
            yield f"copied from {shown(self.found.copied_from)}"

    def _related(self) -> Iterator[str]:
        related = self.found.related
        for other in related[:_MOST_RELATED]:
            where = place(self.report, self.places, other.span.start, self.palette)
            yield f"{where}{self.palette.quiet(':')} {shown(other.message)}"
        if len(related) > _MOST_RELATED:
            yield f"… and {count(len(related) - _MOST_RELATED, 'more place')}"

    def _help(self) -> Iterator[str]:
        if self.found.fix:
            yield f"{self.palette.quiet('help')}: {shown(self.found.fix.title)}{_reservation(self.found.fix)}"


def _reservation(fix: Fix) -> str:
    match fix.applicability:
        case Applicability.SAFE:
            return ""
        case Applicability.UNSAFE:
            return " (with `--unsafe`)"
        case Applicability.DISPLAY:
            return " (by hand)"
