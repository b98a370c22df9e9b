"""An HTML table as a listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from littable.document.html.row import HtmlRow
from littable.document.listing import Cell, Column, Listing, Row
from littable.shapes import Shape
from littable.text import Span


class HtmlListing(Listing):
    """The papers of an HTML table; ``header`` is the row that names its columns, empty where none does."""

    def __init__(
        self,
        source: str,
        rows: Sequence[Row],
        header: Row,
        columns: tuple[Column, ...] = (),
        definitions: Mapping[str, tuple[str, Span]] | None = None,
        *,
        literature: bool = False,
    ) -> None:
        super().__init__(source, Shape.HTML_TABLE, rows, columns, definitions, literature=literature)
        self.header = header
        self.editable = "\0" not in source


def html_row(source: str, span: Span, cells: Sequence[Span | None]) -> HtmlRow:
    """A row with its cells; those that it lacks are empty ones at its end."""
    return HtmlRow(source, span, tuple([_cell(source, span, cell) for cell in cells]))


def _cell(source: str, row: Span, span: Span | None) -> Cell:
    if span is None:
        return Cell(source, row.end, row.end, row.end, row.end)
    piece = source[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Cell(source, start, max(start, span.start + len(piece.rstrip())), span.start, span.end)
