"""Edits of whole lines: what a container puts before a row goes with it."""

from __future__ import annotations

from littable.text import Edit, LineIndex, Span


def delete_lines(lines: LineIndex, span: Span) -> Edit:
    """Delete the lines that ``span`` reaches into, with their line ends.

    The last line of a text that does not end in a line end takes the one before it along, so that the
    text ends as it did.
    """
    first, last = lines.row(span.start), lines.row(max(span.start, span.end - 1))
    start = lines.starts[first - 1]
    if last < len(lines.starts):
        return Edit(Span(start, lines.starts[last]), "")
    before = lines.line(first - 1).end if first > 1 else start
    return Edit(Span(before, len(lines.text)), "")


def text_end(source: str, span: Span) -> int:
    """Where the text of a line ends, before blanks and the carriage return of its line end."""
    return span.start + len(span.of(source).rstrip(" \t\v\f\r"))
