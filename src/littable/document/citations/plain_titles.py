"""The title of a citation where no link, emphasis or quotation sets it off."""

from __future__ import annotations

from collections.abc import Sequence

from littable.document.citations.atoms import Atom, Gap, Kind
from littable.document.citations.nodes import Mark
from littable.document.citations.titles import count_words
from littable.patterns import lazy

_CAPITALISED = lazy(r"(?:(?:and|&|и|et|und|y)\s+)?[^\W\d_a-zа-я][^\s,]*")
_BRACKETS = (Mark.ROUND, Mark.SQUARE)
_LEADING_ON = frozenset("a an the of for in on with to from by via and or as at is are".split())
_WORD_BEGIN = lazy(r"(?<![^\W_])[^\W_]")
_JOINED = lazy(r"[^\W\d_]+,? (?:and|&) [^\W\d_]+")
_LONGEST_SHORT_FORM = 8
_LONGEST_GROUP = 12
_LONGEST_NAME = 4
_EMPHASES = (Mark.STRONG, Mark.CODE, Mark.QUOTE, Mark.EMPHASIS)


def unmarked(atoms: Sequence[Atom]) -> tuple[int, int] | None:
    """Which atoms are the title where nothing sets it off: the first and the last of them.

    What comes first is the title, unless it is people, and what follows them is longer.
    """
    start = _behind_prefix(atoms)
    line = atoms[start].line if start < len(atoms) else 0
    stop = next(
        (at for at in range(start, len(atoms)) if atoms[at].line != line or atoms[at].kind is Kind.LINK),
        len(atoms),
    )
    if start >= stop:
        return None
    people = _end_of_people(atoms, start, stop)
    if people == stop and stop - start > 1:
        return None
    if people:
        behind = _behind_prefix(atoms, people, stop)
        if (
            behind < stop
            and (atoms[behind].kind in (Kind.WORDS, Kind.PLACE) or _is_title_after_all(atoms, behind, stop))
            and _reaches(atoms, behind, stop, 2)
        ):
            return behind, _end_of_title(atoms, behind, stop)
    return start, _end_of_title(atoms, start, stop)


def _is_title_after_all(atoms: Sequence[Atom], at: int, stop: int) -> bool:
    """Whether what looks like a name is the title: behind a colon, or it is long or has a subtitle."""
    if atoms[at].gap is not Gap.STOP:
        return atoms[at].gap is Gap.COLON
    if count_words(atoms[at].text) > _LONGEST_NAME:
        return True
    return at + 1 < stop and atoms[at + 1].gap is Gap.COLON and atoms[at + 1].kind is Kind.WORDS


def _reaches(atoms: Sequence[Atom], start: int, stop: int, words: int) -> bool:
    end = _end_of_title(atoms, start, stop)
    return sum(count_words(atom.text) for atom in atoms[start : end + 1]) > words


def _behind_prefix(atoms: Sequence[Atom], start: int = 0, stop: int | None = None) -> int:
    """Behind dates, places, numbers and tags in brackets."""
    stop = len(atoms) if stop is None else stop
    while start < stop and (
        _is_prefix(atoms[start], atoms[start + 1] if start + 1 < stop else None)
        or _is_before_date(atoms, start, stop)
    ):
        start += 1
    return start


def _is_before_date(atoms: Sequence[Atom], at: int, stop: int) -> bool:
    """Whether dashes part a word or two, a date and then the title: ``Nature - 2019 - Title``."""
    if at + 2 >= stop or count_words(atoms[at].text) > 2 or atoms[at].group is not None:
        return False
    date = atoms[at + 1]
    if date.kind is not Kind.DATE or date.gap is not Gap.DASH:
        return False
    return any(_is_long(atom) and atom.gap is Gap.DASH for atom in atoms[at + 2 : min(stop, at + 4)])


def _is_prefix(atom: Atom, following: Atom | None) -> bool:
    if atom.kind in (Kind.DATE, Kind.NUMBER, Kind.IDENTIFIER, Kind.LINK):
        return True
    if atom.kind is Kind.PLACE and atom.surely:
        return True
    mark = atom.group.mark if atom.group is not None else None
    if mark in _BRACKETS:
        return True
    if following is None or count_words(atom.text) > 2:
        return False
    if mark in _EMPHASES:
        return following.group is not atom.group
    return following.gap is Gap.DASH and _is_long(following)  # a short name, a dash, the title


def _is_long(atom: Atom) -> bool:
    return atom.kind is Kind.WORDS and count_words(atom.text) > 3 and atom.text[:1].isupper()


def _end_of_people(atoms: Sequence[Atom], start: int, stop: int) -> int:
    """Behind the people that the atoms begin with, 0 where they do not."""
    at, names, sure = start, 0, 0
    while at < stop:
        atom = atoms[at]
        if at > start and atom.gap not in (Gap.COMMA, Gap.NONE, Gap.OPEN):
            break
        if atom.kind not in (Kind.NAME, Kind.MORE) and not is_capitalised_word(atom):
            break
        names += atom.kind is Kind.NAME
        sure += atom.surely or atom.kind is Kind.MORE
        at += 1
    if not (sure or names > 1):
        return 0
    if at < stop and atoms[at].gap is Gap.COMMA and not sure and names < 3:
        return 0
    return at


def is_capitalised_word(atom: Atom) -> bool:
    """Whether an atom is one word that may be half of a name (``Bitvai, Zsolt``)."""
    return atom.kind is Kind.WORDS and _CAPITALISED.fullmatch(atom.text) is not None


def _end_of_title(atoms: Sequence[Atom], start: int, stop: int) -> int:
    """The last atom of a title that begins at ``start``."""
    at = start
    while at + 1 < stop and _goes_on(atoms, start, at + 1, stop):
        at += 1
    return at


def _goes_on(atoms: Sequence[Atom], start: int, at: int, stop: int) -> bool:
    atom, first = atoms[at], atoms[start]
    if atom.group is not first.group and not (
        atom.group is None and first.group is not None and at > start + 1
    ):
        return _is_inside(atoms, at, stop)
    if atom.gap in (Gap.DASH, Gap.LINE, Gap.START):
        return False
    if atom.gap is Gap.COLON:
        return True
    if atom.gap is Gap.STOP:
        return False
    if atom.gap is Gap.COMMA:
        if _ends_enumeration(atoms, at):
            return True
        return atom.kind is Kind.WORDS and not _is_people_next(atoms, at, stop)
    return True


def _is_inside(atoms: Sequence[Atom], at: int, stop: int) -> bool:
    """Whether a group stands within a title: more of the title follows it without a separator."""
    atom = atoms[at]
    if atom.gap not in (Gap.OPEN, Gap.NONE) or atom.kind in (Kind.DATE, Kind.PLACE):
        return False
    if atom.group is not None and (atom.group.mark is Mark.QUOTE or _is_short_form(atoms, at, stop)):
        return True
    behind = range(at + 1, min(stop, at + _LONGEST_GROUP))
    following = next((atoms[one] for one in behind if atoms[one].group is not atom.group), None)
    if following is None or following.gap not in (Gap.OPEN, Gap.NONE) or following.kind is not Kind.WORDS:
        return False
    glued = atom.group is not None and atom.group.start == atoms[at - 1].end  # as in "O(n)"
    return glued or following.text[:1].islower() or atoms[at - 1].text.rpartition(" ")[2] in _LEADING_ON


def _is_short_form(atoms: Sequence[Atom], at: int, stop: int) -> bool:
    """Whether the initials of the words before stand in brackets amid a title."""
    letters = atoms[at].text
    if at + 1 >= stop or not 2 <= len(letters) <= _LONGEST_SHORT_FORM or not letters[:2].isalnum():
        return False
    following = atoms[at + 1]
    if following.kind is not Kind.WORDS or following.gap not in (Gap.OPEN, Gap.NONE):
        return False
    words = _WORD_BEGIN.findall(atoms[at - 1].text.lower())
    wanted = letters.lower().removesuffix("s")
    return wanted.isalpha() and "".join(words[-len(wanted) :]) == wanted


def _ends_enumeration(atoms: Sequence[Atom], at: int) -> bool:
    """Whether two words joined by "and" end a row of single words: "Concepts, Progress, Tasks and Trends"."""
    atom, before = atoms[at], atoms[at - 1]
    if atom.kind is not Kind.NAME or atom.surely or _JOINED.fullmatch(atom.text) is None:
        return False
    return before.kind is Kind.WORDS and before.gap is Gap.COMMA and len(before.text.split()) == 1


def _is_people_next(atoms: Sequence[Atom], at: int, stop: int) -> bool:
    """Whether a single word begins a run of names."""
    following = atoms[at + 1] if at + 1 < stop else None
    return (
        len(atoms[at].text.split()) == 1
        and following is not None
        and following.gap is Gap.COMMA
        and following.kind in (Kind.NAME, Kind.MORE, Kind.DATE, Kind.PLACE)
        and following.surely
    )
