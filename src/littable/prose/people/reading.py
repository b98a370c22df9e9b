"""A cell with authors beside a record: which names it gives, which it leaves out, and whether it means to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from littable.prose.people.cells import AuthorCell, read_cell
from littable.prose.people.lists import read_list
from littable.prose.people.matching import Matcher, Pairing
from littable.prose.people.names import Likeness, Name
from littable.prose.people.recorded_names import has_collective, is_collective

# Somebody's choice without "et al.": so many first names, or fewer of a long list than make a list.
_FIRST_FEW = 3
_A_LIST = 5
_MOST_WORDS = 5
# A cell with more pieces than that for each of the record's names holds something else.
_MOST_PIECES = 3
_A_FEW = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """The names of a cell in the order written, beside a record's.

    ``pairings`` leaves out what is no person's name: ``aside`` counts it, ``teams`` how many of it are teams,
    companies and institutes. ``exchanged`` maps the places of
    names that are not the record's to the index of the name that belongs there. ``whole`` says that the list
    means to be complete, ``in_team`` that a team is among the record's authors.
    """

    cell: AuthorCell
    matcher: Matcher
    pairings: tuple[Pairing, ...]
    exchanged: Mapping[int, int]
    aside: int
    teams: int
    whole: bool
    in_team: bool

    @property
    def people(self) -> Sequence[Name]:
        """The record's names."""
        return self.matcher.record

    @property
    def indices(self) -> list[int]:
        """Which of the record's names the written ones are, in the order written."""
        return [pairing.index for pairing in self.pairings if pairing.index is not None]

    @property
    def strangers(self) -> list[int]:
        """The places of names that are none of the record's and stand for none of them."""
        return [
            place
            for place, pairing in enumerate(self.pairings)
            if pairing.index is None and place not in self.exchanged
        ]

    @property
    def lacking(self) -> list[int]:
        """The record's names that a complete list lacks; a mononym may be anything and is not missed."""
        if not self.whole:
            return []
        there = {*self.indices, *self.exchanged.values()}
        return [index for index, name in enumerate(self.people) if index not in there and len(name.words) > 1]

    def count(self, least: Likeness) -> int:
        """How many of the written names are at least so much like one of the record's."""
        return sum(pairing.match.likeness >= least for pairing in self.pairings)


def read_beside(written: str, record: Sequence[str], people: Sequence[Name]) -> Reading:
    """Read a cell, written in Markdown, in the light of a record's names."""
    cell = read_cell(written)
    matcher = Matcher(people)
    found = read_list(cell, matcher) if len(cell.pieces) <= _MOST_PIECES * len(people) + _A_FEW else []
    pairings = tuple(pairing for pairing in found if pairing.index is not None or _is_person(pairing))
    exchanged = _exchanged(pairings, len(people), cell.goes_on)
    teams = sum(pairing.index is None and is_collective(pairing.written.name.text) for pairing in found)
    shortened = cell.goes_on or (teams > 0 and len(pairings) < len(people))
    return Reading(
        cell,
        matcher,
        pairings,
        exchanged,
        aside=len(found) - len(pairings),
        teams=teams,
        whole=not shortened and not _is_shortened(pairings, len(people), len(exchanged)),
        in_team=has_collective(record),
    )


def _is_person(pairing: Pairing) -> bool:
    """Whether a name that is not the record's looks like a person's at all."""
    words = pairing.written.name.words
    return (
        1 < len(words) <= _MOST_WORDS
        and any(not word.initial for word in words)
        and all(word.text[0].isupper() or word.particle for word in words)
        and not is_collective(pairing.written.name.text)
    )


def _exchanged(pairings: Sequence[Pairing], total: int, goes_on: bool) -> dict[int, int]:
    """The strangers that stand alone in the place of one of the record's names, which is lacking."""
    found: dict[int, int] = {}
    there = {pairing.index for pairing in pairings}
    for place, pairing in enumerate(pairings):
        if pairing.index is not None:
            continue
        before = pairings[place - 1].index if place else -1
        last = None if goes_on else total
        behind = pairings[place + 1].index if place + 1 < len(pairings) else last
        if before is not None and behind is not None and behind - before == 2 and before + 1 not in there:
            found[place] = before + 1
    return found


def _is_shortened(pairings: Sequence[Pairing], total: int, exchanged: int) -> bool:
    """Whether a list without "et al." is somebody's choice of names: the first few, the first and the last,
    or surnames alone.
    """
    indices = [pairing.index for pairing in pairings if pairing.index is not None]
    count = len(indices) + exchanged
    if len(pairings) <= 1 and total > 1:
        return True
    if sum(pairing.match.likeness is Likeness.SURNAME for pairing in pairings) * 2 > len(indices):
        return True
    if indices == list(range(len(indices))) and not exchanged:
        return count < total and (count <= _FIRST_FEW or count * 2 <= total)
    if indices == [0, total - 1] and total > _FIRST_FEW:
        return True
    return count * 2 < total and count < _A_LIST
