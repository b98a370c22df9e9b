"""What kind of thing a cell holds, to tell whether a row's cells stand under their own headers.

A row with too few or too many cells is mended only where the kinds leave no doubt which cell is missing or
torn. Kinds are compared with those of the rows that have the right number of cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from littable.document.columns import sample_rows
from littable.document.dates import is_stand_in, read_date
from littable.document.inline import Link, find_links, has_link
from littable.document.plain import plain
from littable.document.table import Table
from littable.papers.identifiers import identify, names_paper
from littable.text import Span

_LONG = 240
_LONGEST_DATE = 24
_TITLE_WORDS = 3
_SEEN_OFTEN = 0.1


class Kind(Enum):
    """What a cell holds."""

    NOTHING = "nothing"
    DATE = "date"
    PAPER = "paper"
    LINK = "link"
    LINKED_WORDS = "linked words"
    WORDS = "words"
    LONG = "long"


_TEXT = frozenset({Kind.LINKED_WORDS, Kind.WORDS, Kind.LONG})
_LINKED = frozenset({Kind.LINKED_WORDS, Kind.PAPER, Kind.LINK})


def _kind_of(text: str, definitions: Mapping[str, tuple[str, Span]]) -> Kind:
    if not text or is_stand_in(text):
        return Kind.NOTHING
    if len(text) >= _LONG or text.startswith(("<details", "<p>")):
        return Kind.LONG
    words = plain(text)
    if links := find_links(text, 0, len(text), definitions):
        return _kind_of_linked(links, words)
    if has_link(text):
        return Kind.WORDS
    if identify(text) is not None:
        return Kind.PAPER
    return Kind.DATE if len(text) <= _LONGEST_DATE and read_date(words) is not None else Kind.WORDS


def _kind_of_linked(links: Sequence[Link], words: str) -> Kind:
    if len(words.split()) >= _TITLE_WORDS and "://" not in words:
        return Kind.LINKED_WORDS
    named = any(names_paper(link.url) for link in links)
    return Kind.PAPER if named else Kind.LINK


class ColumnKinds:
    """The kinds that the columns of a table hold."""

    def __init__(self, table: Table) -> None:
        self._definitions = table.definitions
        sampled = [row for row in sample_rows(table) if len(row.cells) == table.width]
        rows = [row.cells for row in sampled if not table.repeats_header(row)]
        self.columns = [_often(self.of(cells[index].text) for cells in rows) for index in range(table.width)]

    def of(self, text: str) -> Kind:
        """The kind of a trimmed cell text of the table."""
        return _kind_of(text, self._definitions)

    def agree(self, kinds: Sequence[Kind | None]) -> bool:
        """Whether no kind contradicts its column; None stands for a cell that is not judged."""
        return all(
            kind is None or _fits(kind, column) for kind, column in zip(kinds, self.columns, strict=False)
        )

    def holds_text(self, index: int) -> bool:
        """Whether a column holds sentences, in which a pipe may stand."""
        return bool(self.columns[index] & _TEXT)

    def ends_at(self, kinds: Sequence[Kind]) -> bool:
        """Whether the last of ``kinds`` belongs to its own column and to none of the following."""
        last, index = kinds[-1], len(kinds) - 1
        return (
            self.agree(kinds)
            and last in self.columns[index]
            and not any(last in later for later in self.columns[index + 1 :])
        )

    def gap_in(self, kinds: Sequence[Kind]) -> int | None:
        """The one place where a cell can be missing from ``kinds``, which are one too few; else None."""
        places = [
            index
            for index in range(len(self.columns))
            if self.agree([*kinds[:index], Kind.NOTHING, *kinds[index:]])
        ]
        return places[0] if len(places) == 1 else None


def _often(kinds: Iterable[Kind]) -> frozenset[Kind]:
    counted = Counter(kinds)
    del counted[Kind.NOTHING]
    total = sum(counted.values())
    return frozenset(kind for kind, count in counted.items() if count >= total * _SEEN_OFTEN)


def _fits(kind: Kind, column: frozenset[Kind]) -> bool:
    if kind is Kind.NOTHING or not column or kind in column:
        return True
    return any(kind in family and column & family for family in (_TEXT, _LINKED))
