"""A table line to cell spans, as cmark-gfm splits it, and text made safe for a cell.

GFM §4.10 and cmark-gfm's ``row_from_string``: a pipe separates unless a backslash stands right before it
(whatever stands before that backslash), a leading pipe opens the first cell, and a trailing pipe closes
the last one.
"""

from __future__ import annotations

from littable.patterns import lazy

_BLANK = " \t\v\f"


def cell_spans(text: str, start: int, end: int) -> list[tuple[int, int, int, int]]:
    """Each cell of the row ``text[start:end]``: where its trimmed text starts and ends, and then where all
    that stands between its separating pipes does. An all-blank cell is empty at the place to write into.

    ``start`` is the row's first non-blank and ``end`` the end of its line without the line end. Empty when
    the line is no row at all (blank, or a single pipe).
    """
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    position = start + 1 if text.startswith("|", start, end) else start
    spans = []
    while position < end:
        stop = text.find("|", position, end)
        while stop > position and text[stop - 1] == "\\":
            stop = text.find("|", stop + 1, end)
        if stop < 0:
            stop = end
        first, last = position, stop
        if last - first > 2:
            first += text[first] == " "
            last -= text[last - 1] == " "
        if last - first < 2 or text[first] in _BLANK or text[last - 1] in _BLANK:
            first, last = _trim(text, position, stop)
        spans.append((first, last, position, stop))
        position = stop + 1
    return spans


def cell_count(text: str, start: int, end: int) -> int:
    """How many cells the row ``text[start:end]`` has; 0 when it is no row."""
    if text.find("\\|", start, end) >= 0:
        return len(cell_spans(text, start, end))
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    if end <= start:
        return 0
    opened = text[start] == "|"
    closed = text[end - 1] == "|" and end - start > 1
    if opened and end - start == 1:
        return 0
    return text.count("|", start, end) - opened - closed + 1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds without blanks at either side."""
    piece = text[start:end]
    stripped = piece.strip(_BLANK)
    if not stripped:
        return (start + 1, start + 1) if piece else (start, start)
    start += len(piece) - len(piece.lstrip(_BLANK))
    return start, start + len(stripped)


_LINE_BREAKS = lazy(r"[ \t]*(?:\r\n|[\n\r])[ \t]*")


def escape(text: str) -> str:
    r"""``text`` as it must be written to stand in one cell: pipes escaped, line ends made blanks.

    GFM takes the backslash of ``\|`` away before the cell is read as inline text, even in code, so the
    cell says ``text`` again after ``unescape``. A backslash at the end would escape the closing pipe, so
    a blank follows it.
    """
    written = _LINE_BREAKS.sub(" ", text).replace("|", "\\|")
    return written + " " if written.endswith("\\") else written


def unescape(text: str) -> str:
    r"""What a cell's source says to the inline reader: ``\|`` is a pipe."""
    return text.replace("\\|", "|")
