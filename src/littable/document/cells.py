"""A table line to cell spans, as cmark-gfm splits it, and text made safe for a cell.

GFM §4.10 and cmark-gfm's ``row_from_string``: a pipe separates unless a backslash stands right before it
(whatever stands before that backslash), a leading pipe opens the first cell, and a trailing pipe closes
the last one.
"""

from __future__ import annotations

from littable.patterns import lazy

_BLANK = " \t\v\f"
_STRIPPED = " \t\v\f\r\n"


def cell_bounds(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outer bounds of each cell of the row ``text[start:end]``, between its separating pipes.

    ``start`` is the row's first non-blank and ``end`` the end of its line without the line end.
    Empty when the line is no row at all (blank, or a single pipe).
    """
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    position = start + 1 if text.startswith("|", start, end) else start
    bounds = []
    while position < end:
        pipe = text.find("|", position, end)
        while pipe > position and text[pipe - 1] == "\\":
            pipe = text.find("|", pipe + 1, end)
        if pipe < 0:
            bounds.append((position, end))
            break
        bounds.append((position, pipe))
        position = pipe + 1
    return bounds


def cell_count(text: str, start: int, end: int) -> int:
    """How many cells the row ``text[start:end]`` has; 0 when it is no row."""
    if text.find("\\|", start, end) >= 0:
        return len(cell_bounds(text, start, end))
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    if end <= start:
        return 0
    opened = text[start] == "|"
    closed = text[end - 1] == "|" and end - start > 1
    if opened and end - start == 1:
        return 0
    return text.count("|", start, end) - opened - closed + 1


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds without blanks at either side; an all-blank cell is empty at its first possible place."""
    if end - start > 2:
        first, last = start + (text[start] == " "), end - (text[end - 1] == " ")
        if text[first] not in _STRIPPED and text[last - 1] not in _STRIPPED:
            return first, last
    piece = text[start:end]
    stripped = piece.strip(_STRIPPED)
    if not stripped:
        return (start + 1, start + 1) if end > start and piece[0] in _BLANK else (start, start)
    start += len(piece) - len(piece.lstrip(_STRIPPED))
    return start, start + len(stripped)


_UNESCAPED_PIPE = lazy(r"(?<!\\)\|")
_LINE_BREAKS = lazy(r"[ \t]*(?:\r\n|[\n\r])[ \t]*")


def escape(text: str) -> str:
    r"""``text`` as it must be written to stand in one cell: pipes escaped, line ends made blanks.

    GFM takes the backslash of ``\|`` away before the cell is read as inline text, even in code, so the
    cell says ``text`` again after ``unescape``. A backslash at the end would escape the closing pipe, so
    a blank follows it.
    """
    written = _LINE_BREAKS.sub(" ", text).replace("|", "\\|")
    return written + " " if written.endswith("\\") else written


def escape_pipes(text: str) -> str:
    """``text`` with its bare pipes escaped and those already escaped left as they are."""
    return _UNESCAPED_PIPE.sub(r"\\|", text)


def unescape(text: str) -> str:
    r"""What a cell's source says to the inline reader: ``\|`` is a pipe."""
    return text.replace("\\|", "|")
