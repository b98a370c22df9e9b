"""Rows that head the rows below them, such as ``| **Surveys** | | |``, and are no papers."""

from __future__ import annotations

from collections.abc import Sequence

from littable.document.inline import find_links
from littable.document.listing import Cell, Listing, Row
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role

_EMPHASISED = lazy(
    r"(?:[^\w\s<*_]{1,4}\s*)?(?:\*\*.+\*\*|__.+__|\*[^*]+\*|_[^_]+_|<(?:b|strong|h[1-6]|u|big|center|em|i|mark)\b.*>"
    r"|#{1,6}\s.+)"
)
_LONGEST = 200
_FEW_WORDS = 2
_SAMPLE = 12


def group_rows(listing: Listing) -> set[int]:
    """Where the rows of a table begin that head those below them: each holds one text, in one cell or in all,
    that leads to no paper.

    A text that stands where titles do may be a title without anything else. It heads rows where it is
    emphasised as other titles are not, and is short or not the only one.
    """
    if listing.width < 2:
        return set()
    sure: set[int] = set()
    perhaps: list[tuple[int, Cell]] = []
    for row in listing.rows[:-1]:
        only = _only_text(row.cells)
        if only is None or only.end - only.start > _LONGEST:
            continue
        links = find_links(only.source, only.start, only.end, listing.definitions)
        if any(not link.url.startswith("#") for link in links):
            continue
        if links or _stands_for_all(listing, row, only):
            sure.add(row.span.start)
        elif _EMPHASISED.fullmatch(only.text):
            perhaps.append((row.span.start, only))
    if perhaps and not _titles_are_emphasised(listing):
        several = len(perhaps) + len(sure) > 1
        sure |= {start for start, cell in perhaps if several or _is_short(cell)}
    return sure


def _stands_for_all(listing: Listing, row: Row, only: Cell) -> bool:
    """Whether a row's one text stands in its only cell, in several, or where no title does."""
    if len(row.cells) == 1 or sum(not cell.empty for cell in row.cells) > 1:
        return True
    return not any(row.cells[index] is only for index in listing.having(Role.TITLE) if index < len(row.cells))


def _is_short(cell: Cell) -> bool:
    return sum(any(map(str.isalnum, word)) for word in plain(cell.text).split()) <= _FEW_WORDS


def _only_text(cells: Sequence[Cell]) -> Cell | None:
    """The one filled cell of a row, or the first of several that all say the same."""
    only: Cell | None = None
    for cell in cells:
        if cell.end > cell.start:
            if only is not None and cell.text != only.text:
                return None
            only = only or cell
    return only


def _titles_are_emphasised(listing: Listing) -> bool:
    """Whether the titles of other rows are emphasised, too."""
    column = listing.having(Role.TITLE)[0]
    rows = listing.rows[:: max(1, len(listing.rows) // _SAMPLE)]
    cells = [row.cells for row in rows if column < len(row.cells)]
    texts = [row[column].text for row in cells if _only_text(row) is None]
    return sum(_EMPHASISED.fullmatch(text) is not None for text in texts) * 3 > len(texts)
