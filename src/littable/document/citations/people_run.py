"""The authors among the atoms of a line: a run of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from littable.document.citations.atoms import Atom, Gap, Kind
from littable.document.citations.nodes import Mark
from littable.document.citations.people import name_strength
from littable.document.citations.plain_titles import is_capitalised_word
from littable.document.citations.titles import count_words
from littable.patterns import lazy
from littable.text import Span

_BY = lazy(r"(?:written\s|authored\s|presented\s)?(?:by|from|von|par|por|от)\s+", re.IGNORECASE)
_JOINED = lazy(r"[^\W\d_][^\s,]* and [^\W\d_][^\s,]*")
_GAPS = (Gap.COMMA, Gap.NONE, Gap.OPEN)


@dataclass(frozen=True, slots=True)
class PeopleRun:
    """Names from atom ``start`` to before ``stop``; ``skip`` characters of the first are "by".

    ``sure`` tells whether they can be nothing else.
    """

    start: int
    stop: int
    sure: bool
    skip: int = 0

    def __contains__(self, at: int) -> bool:
        return self.start <= at < self.stop


def find_people(atoms: Sequence[Atom]) -> PeopleRun | None:
    """The first run of people."""
    for start, atom in enumerate(atoms):
        by = _by(atom)
        if atom.kind is not Kind.NAME and not by and not is_capitalised_word(atom):
            continue
        stop, names, sure = _end_of_run(atoms, start, by > 0)
        if not names and not (sure and stop - start in (2, 3)):
            continue
        if is_bracketed(atom) and stop - start == 1 and not sure:
            continue  # as likely a firm or a laboratory
        return PeopleRun(start, stop, sure or names > 1, by)
    return None


def one_person(atoms: Sequence[Atom]) -> PeopleRun | None:
    """``Lee, Dong-Hyun.`` alone before a title."""
    if len(atoms) == 2 and all(map(is_capitalised_word, atoms)) and atoms[1].gap is Gap.COMMA:
        return PeopleRun(0, 2, False)
    return None


def are_people(atoms: Sequence[Atom]) -> bool:
    """Whether a line is nothing but names, though some are unusual."""
    odd = [atom for atom in atoms if atom.kind not in (Kind.NAME, Kind.MORE)]
    names = len(atoms) - len(odd)
    return names >= 2 and len(odd) * 2 < names + 1 and all(map(_may_be_name, odd))


def people_span(source: str, atoms: Sequence[Atom], run: PeopleRun) -> Span:
    """Where the names of a run stand, with the marks of the emphasis around them left out."""
    first, last = atoms[run.start].start + run.skip, atoms[run.stop - 1].end
    if source[last : last + 1] == "." and source[last - 1].isalpha():
        word = source[max(0, last - 3) : last]
        if word.endswith("al") or (len(word) > 1 and not word[-2].isalpha()):
            last += 1
    return Span(first, last)


def _by(atom: Atom) -> int:
    """How long "by" before a name is."""
    led = atom.kind is Kind.WORDS or (atom.kind is Kind.NAME and atom.text.startswith("by "))
    match = _BY.match(atom.text) if led else None
    return match.end() if match and name_strength(atom.text[match.end() :]) else 0


def is_bracketed(atom: Atom) -> bool:
    """Whether an atom stands in brackets."""
    return atom.group is not None and atom.group.mark in (Mark.ROUND, Mark.SQUARE)


def _may_be_name(atom: Atom) -> bool:
    known = atom.kind in (Kind.WORDS, Kind.NUMBER)
    small = atom.text[:1].islower() and not is_capitalised_word(atom)
    return known and count_words(atom.text) <= 3 and not small


def _end_of_run(atoms: Sequence[Atom], start: int, by: bool) -> tuple[int, int, bool]:
    """Behind a run of people, how many names it surely has, and whether they can be nothing else."""
    at = stop = start
    names, sure, between, joined = 0, by, 0, False
    while at < len(atoms):
        atom = atoms[at]
        if at > start and atom.gap not in _GAPS:
            break
        if atom.kind in (Kind.NAME, Kind.MORE) or (by and at == start):
            names += atom.kind is not Kind.MORE
            sure = sure or atom.surely or atom.kind is Kind.MORE
            between, stop = 0, at + 1
            joined = _JOINED.fullmatch(atom.text) is not None
        elif between or not _may_be_name(atom):
            break
        else:
            between += at > start
            if joined and len(atom.text.split()) == 1:
                stop = at + 1
        at += 1
    return stop, names, sure
