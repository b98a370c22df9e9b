"""Where the Markdown of a notebook stands in its JSON.

Everything but the way to the cells' sources is skipped by the decoder of the standard library. What was
located is compared with what that decoder reads in the whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from littable.errors import UnreadableFile
from littable.patterns import lazy
from littable.text import Span

_BLANKS = lazy(r"[ \t\n\r]*")
_FORMATS = (3, 4)


@dataclass(frozen=True, slots=True)
class Cell:
    """The source of a Markdown cell: the span of its value in the JSON, and each string in it.

    ``strings`` are the spans of the strings with their quotes, ``values`` what they say; ``listed`` tells
    whether they stand in a list. ``glue`` is what stands between them in the cell's text.
    """

    span: Span
    strings: tuple[Span, ...]
    values: tuple[str, ...]
    listed: bool
    glue: str = ""

    @property
    def text(self) -> str:
        """The Markdown of the cell."""
        return self.glue.join(self.values)


def find_cells(text: str) -> list[Cell | None]:
    """The cells of the notebook with the JSON ``text``, in order; None for a cell that is not Markdown.

    Raises UnreadableFile for what is no notebook, and where a source cannot be located with certainty.
    """
    version, said = _said(_loaded(text))
    try:
        cells = [
            _glued(cell, version) for cell in _Walk(text).cells("worksheets" if version == 3 else "cells")
        ]
        certain = [cell and cell.text for cell in cells] == said
    except (ValueError, TypeError, IndexError, RecursionError):  # of two keys of one name the first is odd
        certain = False
    if not certain:
        raise UnreadableFile("a notebook whose cells cannot be located with certainty")
    return cells


def without_markdown(text: str) -> Any:
    """What a notebook says beside its Markdown, to be compared with another."""
    data = json.loads(text, parse_constant=str)
    for cell in _cells_of(data)[1]:
        if cell.get("cell_type") == "markdown":
            cell["source"] = None
    return data


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise UnreadableFile("no notebook that can be read: its JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UnreadableFile(f"no notebook: not JSON in {place} ({error.msg})") from None
    except ValueError:
        raise UnreadableFile("no notebook that can be read: a number in its JSON is too long") from None


def _said(data: Any) -> tuple[int, list[str | None]]:
    """The format of a notebook and the Markdown of its cells, as the decoder reads them."""
    version, cells = _cells_of(data)
    return version, [_markdown(cell, number, version) for number, cell in enumerate(cells, 1)]


def _cells_of(data: Any) -> tuple[int, list[dict[str, Any]]]:
    if not isinstance(data, dict) or "nbformat" not in data:
        raise UnreadableFile("no notebook: its JSON has no nbformat")
    version = data["nbformat"]
    if type(version) is not int or version not in _FORMATS:
        raise UnreadableFile(f"a notebook of format {str(version)[:20]}; 3 and 4 can be read")
    sheets = data.get("worksheets") if version == 3 else [data]
    cells: list[Any] = []
    for sheet in sheets if isinstance(sheets, list) else [None]:
        listed = sheet.get("cells") if isinstance(sheet, dict) else None
        if not isinstance(listed, list) or not all(isinstance(cell, dict) for cell in listed):
            raise UnreadableFile("no notebook: it has no list of cells")
        cells += listed
    return version, cells


def _markdown(cell: dict[str, Any], number: int, version: int) -> str | None:
    if cell.get("cell_type") != "markdown":
        return None
    source = cell.get("source")
    values = [source] if isinstance(source, str) else source
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise UnreadableFile(f"no notebook: the source of cell {number} is no text")
    return _glue(values, version).join(values)


def _glue(values: Sequence[str], version: int) -> str:
    """Format 3 knows lists of lines without their ends, too; the first line tells, as for nbformat itself."""
    return "\n" if version == 3 and values and not values[0].endswith(("\n", "\r")) else ""


def _glued(cell: Cell | None, version: int) -> Cell | None:
    if cell is None or not cell.listed:
        return cell
    return Cell(cell.span, cell.strings, cell.values, cell.listed, _glue(cell.values, version))


class _Walk:
    """Goes through valid JSON to the sources of the cells. Of a repeated key the last counts, as in json."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._decode = json.JSONDecoder().raw_decode

    def cells(self, key: str) -> list[Cell | None]:
        """The cells below ``key``: ``cells``, or ``worksheets``, each with cells of its own."""
        found: list[Cell | None] = []
        self._skip_blanks()
        for name in self._members():
            if name != key or self._text[self._at] != "[":
                self._value()
            elif key == "cells":
                found = [self._cell() for _ in self._items()]
            else:
                found = [cell for _ in self._items() for cell in self.cells("cells")]
        return found

    def _cell(self) -> Cell | None:
        kind, source = None, None
        for name in self._members():
            if name == "source":
                source = self._source()
            else:
                value = self._value()
                kind = value if name == "cell_type" else kind
        return source if kind == "markdown" else None

    def _source(self) -> Cell:
        start, listed = self._at, self._text[self._at] == "["
        strings, values = [], []
        for _ in self._items() if listed else (None,):
            begin = self._at
            values.append(self._value())
            strings.append(Span(begin, self._at))
        return Cell(Span(start, self._at), tuple(strings), tuple(values), listed)

    def _value(self) -> Any:
        value, self._at = self._decode(self._text, self._at)
        return value

    def _members(self) -> Iterator[str]:
        """The keys of the object here, each with its value to be read before the next."""
        for _ in self._items():
            key = self._value()
            self._skip_blanks()
            self._at += 1
            self._skip_blanks()
            yield key

    def _items(self) -> Iterator[None]:
        """Stands at each item of the list or object here; each is to be read before the next."""
        self._at += 1
        self._skip_blanks()
        while self._text[self._at] not in "]}":
            yield
            self._skip_blanks()
            if self._text[self._at] == ",":
                self._at += 1
                self._skip_blanks()
        self._at += 1

    def _skip_blanks(self) -> None:
        blanks = _BLANKS.match(self._text, self._at)
        self._at = blanks.end() if blanks else self._at
