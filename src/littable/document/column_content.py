"""What the cells of a table's columns hold: words, links, dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from littable.document.dates import is_stand_in, read_date
from littable.document.inline import find_links
from littable.document.listing import Column, Row
from littable.document.plain import plain
from littable.papers.identifiers import names_paper
from littable.patterns import lazy
from littable.text import Span

_SAMPLE = 40
_LONGEST_DATE = 24
_CITED = lazy(r"[^\W\d_][\w.' -]{0,40}\bet\.? al\b[., ]*(?:[(\[]?\d{4}[a-z]?[)\]]?)?")


class HeadedTable(Protocol):
    """A table of any shape whose columns have headers."""

    @property
    def header(self) -> Row:
        """The row that names the columns."""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows below it."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, once they have been assigned."""

    @property
    def definitions(self) -> Mapping[str, tuple[str, Span]]:
        """The link references of the document."""

    @property
    def names_authors_below_title(self) -> bool:
        """Whether its title cells hold the authors too."""


class Content:
    """What the cells of one column hold, those that say nothing left out; shares are of the others."""

    def __init__(self, texts: Sequence[str], definitions: Mapping[str, tuple[str, Span]]) -> None:
        self._texts = texts
        self._definitions = definitions
        self.filled = len(texts)

    @cached_property
    def scholarly(self) -> float:
        """The share that links a paper."""
        return self._share(any(map(names_paper, found)) for found in self._urls)

    @cached_property
    def linked(self) -> float:
        """The share that links anything."""
        return self._share(map(bool, self._urls))

    @cached_property
    def dated(self) -> float:
        """The share that is short and gives a year or date."""
        return self._share(len(text) <= _LONGEST_DATE and read_date(text) is not None for text in self._words)

    @cached_property
    def worded(self) -> float:
        """The share that reads like titles."""
        return self._share(map(is_title_like, self._words))

    @cached_property
    def named(self) -> float:
        """The share with a capital letter."""
        return self._share(any(map(str.isupper, text)) for text in self._words)

    @cached_property
    def length(self) -> float:
        """How many characters a reader sees in a cell, in the middle."""
        return sum(map(len, self._words)) / (self.filled or 1)

    def _share(self, found: Iterable[bool]) -> float:
        return sum(found) / (self.filled or 1)

    @cached_property
    def _urls(self) -> list[list[str]]:
        return [
            [link.url for link in find_links(text, 0, len(text), self._definitions)] for text in self._texts
        ]

    @cached_property
    def _words(self) -> list[str]:
        return list(map(plain, self._texts))


def sample_rows(table: HeadedTable) -> Sequence[Row]:
    """Up to 40 rows, evenly spread."""
    rows = table.rows
    if len(rows) <= _SAMPLE:
        return rows
    return [rows[number * len(rows) // _SAMPLE] for number in range(_SAMPLE)]


def texts_of(rows: Sequence[Row], index: int) -> list[str]:
    """What the cells of one column say, those that say nothing left out."""
    texts = [row.cells[index].text for row in rows if index < len(row.cells)]
    return [text for text in texts if text and not is_stand_in(text)]


def content_of(table: HeadedTable, rows: Sequence[Row], index: int) -> Content:
    """What the column at an index holds in the given rows."""
    return Content(texts_of(rows, index), table.definitions)


def is_title_like(text: str) -> bool:
    """Whether plain words have as many words as titles have, and are no citation."""
    if len(text) < 12 or _CITED.fullmatch(text):
        return False
    return text.count(" ") >= 2 or not text.isascii()
