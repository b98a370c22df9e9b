"""Where in a table a new row belongs, told by the order of those that are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import pairwise

from littable.document.dates import read_date
from littable.document.entry import Entry
from littable.papers.arxiv_id import ArxivId
from littable.papers.record import PaperRecord
from littable.patterns import lazy
from littable.roles import Role

Key = tuple[int | str, ...]
# So many steps in one direction, and hardly any in the other, are an order; fewer may be so by chance.
_FEWEST_DATES = 2
_FEWEST_IDS = 3
_FEWEST_TITLES = 4
_EXCEPTIONS = 0.05
_NEARLY_ALL = 0.8
_COUNT = lazy(r"\d{1,9}", re.ASCII)


class Order(Enum):
    """How the rows are sorted."""

    RISING = auto()
    FALLING = auto()


@dataclass(frozen=True, slots=True)
class _Sorting:
    """What rows may be sorted by: a key for each of them, where it has one, and the new row's."""

    keys: Sequence[Key | None]
    own: Key
    fewest: int

    @property
    def order(self) -> Order | None:
        """The order of the keys; None where too few steps tell it, or they differ."""
        known = [key for key in self.keys if key is not None]
        steps = [a < b for a, b in pairwise(known) if a != b]
        rising = sum(steps)
        if len(steps) < self.fewest or min(rising, len(steps) - rising) > len(steps) * _EXCEPTIONS:
            return None
        return Order.RISING if rising * 2 > len(steps) else Order.FALLING

    @property
    def fine(self) -> bool:
        """Whether nearly all rows have a key."""
        return sum(key is not None for key in self.keys) >= len(self.keys) * _NEARLY_ALL


def place_for(entries: Sequence[Entry], record: PaperRecord, day: date | None) -> int:
    """How many of the entries stand above the new row.

    ``day`` is the one by which the table dates the paper. In a rising order the row comes behind those that
    are equal to it, in a falling one before them; in none, at the end.
    """
    by_date = _by_date(entries, day) if day is not None else None
    by_id = _Sorting([_id_key(entry.arxiv_id) for entry in entries], _known_id(record.id), _FEWEST_IDS)
    if by_date is not None and (order := by_date.order):
        finer = by_id.order is order and by_id.fine and len(by_date.own) < 3
        return _place(by_id if finer else by_date, order)
    if _by_number(entries).order is Order.FALLING:
        return 0
    titles = [_title_key(_title(entry)) for entry in entries]
    by_title = _Sorting(titles, _title_key(record.title) or (), _FEWEST_TITLES)
    for sorting in (by_id, by_title):
        order = sorting.order if sorting.fine else None
        if order is not None:
            return _place(sorting, order)
    return len(entries)


def _place(sorting: _Sorting, order: Order) -> int:
    """The place at which the fewest rows stand on the wrong side: in a rising order directly behind the row
    that comes before it, in a falling one directly above the row that comes after it.
    """
    keys, own = sorting.keys, sorting.own
    rising = order is Order.RISING
    after = [key is not None and (key > own if rising else key < own) for key in keys]
    before = [key is not None and (key < own if rising else key > own) for key in keys]
    costs = list(_costs(after, before))
    least = min(costs)
    cheapest = [place for place, cost in enumerate(costs) if cost == least]
    if not rising:
        return next((p for p in cheapest if p == len(keys) or keys[p] is not None), cheapest[0])
    if cheapest[-1] == len(keys):
        return len(keys)
    return next((p for p in reversed(cheapest) if p == 0 or keys[p - 1] is not None), cheapest[-1])


def _costs(wrong_above: Sequence[bool], wrong_below: Sequence[bool]) -> Iterator[int]:
    """For each place, from the top to the end, how many rows would stand on the wrong side of it."""
    cost = sum(wrong_below)
    yield cost
    for above, below in zip(wrong_above, wrong_below, strict=True):
        cost += above - below
        yield cost


def _by_date(entries: Sequence[Entry], day: date) -> _Sorting:
    """The dates as far as most of them are given: years, months or days."""
    given = [_parts(entry) for entry in entries]
    lengths = Counter(len(parts) for parts in given if parts)
    length = lengths.most_common(1)[0][0] if lengths else 1
    keys = [parts[:length] if len(parts) >= length else None for parts in given]
    return _Sorting(keys, (day.year, day.month, day.day)[:length], _FEWEST_DATES)


def _by_number(entries: Sequence[Entry]) -> _Sorting:
    """The numbers of the rows, where they are numbered: those that count down have the newest on top."""
    cells = [entry.cells(Role.NUMBER) for entry in entries]
    texts = [found[0][1].text.strip(" .#") if found else "" for found in cells]
    return _Sorting([(int(text),) if _COUNT.fullmatch(text) else None for text in texts], (0,), _FEWEST_IDS)


def _parts(entry: Entry) -> tuple[int, ...]:
    """Year, month and day as far as the row gives them; nothing where it gives none."""
    written = read_date(entry.date.plain) if entry.date is not None else None
    if written is None or not written.possible:
        return ()
    parts = (written.year, written.month, written.day)
    return tuple(part for part in parts if part is not None)


def _id_key(arxiv_id: str | None) -> Key | None:
    return _known_id(arxiv_id) if arxiv_id else None


def _known_id(arxiv_id: str) -> Key:
    """Year, month and number, whatever the style of the identifier."""
    digits = arxiv_id.rpartition("/")[2].partition(".")
    return (*ArxivId(arxiv_id).submitted, int(digits[2] or digits[0][4:]))


def _title(entry: Entry) -> str:
    return entry.title.plain if entry.title is not None else ""


def _title_key(title: str) -> Key | None:
    """The letters and digits in lower case, as words."""
    words = "".join(c if c.isalnum() else " " for c in title.casefold()).split()
    return tuple(words) or None
