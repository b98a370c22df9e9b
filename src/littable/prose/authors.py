"""The authors as somebody wrote them down beside the record's: the same, shortened, or wrong.

A shortened list is respected; a cell that has hardly a name in common with the record holds something else
(another paper's authors, affiliations, a team) and is not judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from littable.diagnostic import Change
from littable.patterns import lazy
from littable.prose.people.edits import author_edits
from littable.prose.people.matching import Pairing, follows
from littable.prose.people.names import Likeness, Word
from littable.prose.people.reading import Reading, read_beside
from littable.prose.people.recorded_names import recorded_names
from littable.text import Edit, apply_edits


class AuthorVerdict(StrEnum):
    """What a written list of authors is to a record's; where several defects meet, the first of them here."""

    SAME = "same"
    SHORTENED = "shortened"
    OTHER = "other"
    MISSPELT = "misspelt"
    MISSING = "missing"
    EXTRA = "extra"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class AuthorComparison:
    """The outcome of ``compare_authors``.

    ``changes`` are names that are wrong, old to new; ``missing`` and ``extra`` names that are lacking or too
    many. ``agreeing`` of the ``written`` names are the record's, which has ``total``; ``full`` of them say
    more than a family name and initials. ``tiny`` says that every change is one of letters, ``cut`` that the
    list stops before the end, ``goes_on`` that it says so ("et al."), ``open_end`` that names too many are
    at the end only. ``edits`` have spans in the written text; there are none where the list is written in a
    way that they cannot keep.
    """

    verdict: AuthorVerdict
    changes: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    reordered: bool = False
    agreeing: int = 0
    written: int = 0
    total: int = 0
    full: int = 0
    tiny: bool = False
    cut: bool = False
    goes_on: bool = False
    open_end: bool = False
    edits: tuple[Edit, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether there is anything to report."""
        return self.verdict not in (AuthorVerdict.SAME, AuthorVerdict.SHORTENED, AuthorVerdict.OTHER)

    @property
    def supports(self) -> bool:
        """Whether a full name, or two with initials, show that the row is about the record's paper."""
        return self.verdict is not AuthorVerdict.OTHER and (self.full >= 1 or self.agreeing >= 2)

    @property
    def strangers(self) -> bool:
        """Whether the cell names people of whom none is the record's."""
        return self.verdict is AuthorVerdict.OTHER and self.written > 0 and self.agreeing == 0


_LONGEST = 100_000
_OTHER = AuthorComparison(AuthorVerdict.OTHER)
# The commonest cell by far, of lists that programs write; it needs no closer reading.
_FIRST_OF_SEVERAL = lazy(r"(?P<name>[^\W\d_]{2,} [^\W\d_]{2,}),? et\.? ?al\.?")
_FIRST_AUTHOR = AuthorComparison(
    AuthorVerdict.SHORTENED, agreeing=1, written=1, full=1, cut=True, goes_on=True
)


def compare_authors(written: str, record: Sequence[str]) -> AuthorComparison:
    """Say what a cell with authors, written in Markdown, is to the names of a record, which may hold TeX."""
    if not record or len(written) > _LONGEST:
        return _OTHER
    first = _FIRST_OF_SEVERAL.fullmatch(written)
    if first and first["name"] == record[0] and len(record) > 1:
        return replace(_FIRST_AUTHOR, total=len(record))
    return _compare_closely(written, tuple(record))


# A run asks about one pair several times: to report, for how far a title's fix can be trusted, when fixing.
@lru_cache(maxsize=4096)
def _compare_closely(written: str, record: tuple[str, ...]) -> AuthorComparison:
    people = recorded_names(record)
    if not people:
        return _OTHER
    reading = read_beside(written, record, people)
    found = _judge(reading)
    edits = author_edits(reading, _extra(reading)) if found.wrong else ()
    if edits and _judge(read_beside(apply_edits(written, edits), record, people)).wrong:
        return found
    return replace(found, edits=edits)


def _judge(reading: Reading) -> AuthorComparison:
    pairings = reading.pairings
    agreeing, total = reading.count(Likeness.SAME), len(reading.people)
    if not _is_about(reading):
        known = reading.count(Likeness.KIN)
        return replace(
            _OTHER, agreeing=agreeing, written=0 if known > agreeing else len(pairings), total=total
        )
    changes, extra, lacking = _changes(reading), _extra(reading), reading.lacking
    reordered = _is_reordered(reading)
    return AuthorComparison(
        _verdict(reading, changes, lacking, extra, reordered),
        changes,
        tuple(reading.people[index].source for index in lacking),
        tuple(pairings[place].written.name.text for place in extra),
        reordered,
        agreeing=agreeing,
        written=len(pairings),
        total=total,
        full=sum(map(_is_full, pairings)),
        tiny=not reading.exchanged,
        cut=len(pairings) < total and reading.indices == list(range(len(pairings))),
        goes_on=reading.cell.goes_on,
        open_end=bool(extra) and extra == list(range(len(pairings) - len(extra), len(pairings))),
    )


def _verdict(
    reading: Reading, changes: Sequence[Change], lacking: Sequence[int], extra: Sequence[int], reordered: bool
) -> AuthorVerdict:
    if changes:
        return AuthorVerdict.MISSPELT
    if lacking:
        return AuthorVerdict.MISSING
    if extra:
        return AuthorVerdict.EXTRA
    if reordered:
        return AuthorVerdict.REORDERED
    return AuthorVerdict.SAME if reading.whole else AuthorVerdict.SHORTENED


_WEIGHTS = {Likeness.EXACT: 1.0, Likeness.SAME: 1.0, Likeness.SURNAME: 0.8, Likeness.SLIP: 0.8}
_INITIALS_WEIGHT = 0.4


def _is_about(reading: Reading) -> bool:
    """Whether two thirds of what the cell names are the record's authors, so that the rest can be judged."""
    pairings = reading.pairings
    if len(pairings) == 1 and pairings[0].match.likeness is Likeness.SLIP and pairings[0].index != 0:
        return False
    named = len(pairings) + reading.aside - reading.teams
    return named > 0 and sum(map(_weight, pairings)) * 3 >= named * 2


def _weight(pairing: Pairing) -> float:
    if pairing.match.slip and not any(len(word.text) > 1 for word in _right_words(pairing)):
        return _INITIALS_WEIGHT
    return _WEIGHTS.get(pairing.match.likeness, 0.0)


def _is_full(pairing: Pairing) -> bool:
    """Whether a name is the record's by two whole words."""
    whole = sum(not word.initial for word in pairing.written.name.words)
    return whole > 1 and pairing.match.likeness >= Likeness.SAME


def _right_words(pairing: Pairing) -> list[Word]:
    """The words of a misspelt name that are not misspelt."""
    wrong = pairing.match.slip[0] if pairing.match.slip else None
    return [word for word in pairing.written.name.words if word is not wrong]


def _changes(reading: Reading) -> tuple[Change, ...]:
    """The names that are wrong, each as a whole."""
    changes: list[Change] = []
    for place, pairing in enumerate(reading.pairings):
        name = pairing.written.name
        if place in reading.exchanged:
            changes.append(Change(name.text, reading.people[reading.exchanged[place]].source))
        elif pairing.match.slip:
            wrong, right = pairing.match.slip
            head = name.source[name.span.start : wrong.span.start]
            changes.append(Change(name.text, head + right.text + name.source[wrong.span.end : name.span.end]))
    return tuple(changes)


# Lists are cut at such numbers of names, and nothing in a record says so.
_USUAL_CUTS = frozenset({1, 2, 3, 5, 10, 20, 50, 100})


def _extra(reading: Reading) -> list[int]:
    """The places of names too many. A record that may have been cut, or has a team that may stand for them,
    cannot tell; nor can a cell that has other things beside names.
    """
    strangers, total = reading.strangers, len(reading.people)
    if reading.aside or reading.in_team:
        return []
    at_end = strangers == list(range(total, len(reading.pairings)))
    may_be_cut = at_end and (len(strangers) > 1 or total in _USUAL_CUTS)
    return [] if may_be_cut else strangers


def _is_reordered(reading: Reading) -> bool:
    """Whether the names stand in another order; of a shortened list, whether the first few do.

    Mononyms are set aside: often they are halves of a name.
    """
    known = [
        (pairing.index, pairing.written.name)
        for pairing in reading.pairings
        if pairing.index is not None
        and pairing.match.likeness >= Likeness.SAME
        and len(reading.people[pairing.index].words) > 1
    ]
    indices = [index for index, _ in known]
    if indices == sorted(indices) or follows([name for _, name in known], reading.matcher):
        return False
    return reading.whole or sorted(indices) == list(range(len(reading.pairings)))
