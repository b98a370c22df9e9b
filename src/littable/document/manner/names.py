"""How one name is written, and another name written in the same way.

The names to be written have the given names first, as records have them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum, auto

from littable.patterns import lazy

_INITIALS_FIRST = lazy(r"(?:[^\W\d_]\.[ -]?)+[^\W\d_].*")
_FAMILY_FIRST = lazy(r"[^,]*?[^\W\d_]{2},?\s+(?P<initials>(?:[^\W\d_]\.[ -]?)+|[A-ZА-Я]{1,2})")
_BARE_FIRST = lazy(r"[A-ZА-Я]{1,2}\s+[^\W\d_]{2,}(?:-[^\W\d_]+)*")
_BETWEEN_INITIALS = lazy(r"(?<![^\W\d_])[^\W\d_]\.(\s?)(?=[^\W\d_]\.)")
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


class Writing(Enum):
    """A way to write a name."""

    FULL = auto()
    FULL_FAMILY_FIRST = auto()  # Vaswani, Ashish
    INITIALS = auto()  # A. Vaswani
    BARE_INITIALS = auto()  # A Vaswani
    INITIALS_BEHIND = auto()  # Vaswani A.
    INITIALS_BEHIND_COMMA = auto()  # Vaswani, A.
    BARE_INITIALS_BEHIND = auto()  # Vaswani A
    FAMILY = auto()  # Vaswani


_BARE = (Writing.BARE_INITIALS, Writing.BARE_INITIALS_BEHIND)


def writing_of(name: str) -> Writing:
    """How a name is written, as far as it can be told without knowing whose it is."""
    if " " not in name and "." not in name:
        return Writing.FAMILY if name.casefold() != name else Writing.FULL
    if _INITIALS_FIRST.fullmatch(name):
        return Writing.INITIALS
    if behind := _FAMILY_FIRST.fullmatch(name):
        if "." not in behind["initials"]:
            return Writing.BARE_INITIALS_BEHIND
        return Writing.INITIALS_BEHIND_COMMA if "," in name else Writing.INITIALS_BEHIND
    if _BARE_FIRST.fullmatch(name):
        return Writing.BARE_INITIALS
    suffix = name.rpartition(",")[2].strip().casefold() in SUFFIXES
    return Writing.FULL_FAMILY_FIRST if "," in name and not suffix else Writing.FULL


def initials_stand_apart(names: Iterable[str]) -> bool:
    """Whether there is a blank between the initials of most names that have two or more."""
    votes = Counter(bool(gap) for name in names for gap in _BETWEEN_INITIALS.findall(name))
    return votes[True] >= votes[False]


def write_name(name: str, writing: Writing, *, spaced: bool) -> str:
    """A name in another writing; ``spaced`` puts a blank between initials. A single word stays as it is."""
    given, family, suffix = _parted(name)
    if not given or writing is Writing.FULL:
        return name
    if writing is Writing.FAMILY:
        return family
    if writing is Writing.FULL_FAMILY_FIRST:
        return f"{family}, {' '.join(given)}{suffix}"
    glue = " " if spaced and writing not in _BARE else ""
    initials = glue.join(_initial(word, "" if writing in _BARE else ".") for word in given)
    if writing in (Writing.INITIALS, Writing.BARE_INITIALS):
        return f"{initials} {family}{suffix}"
    return f"{family}{',' if writing is Writing.INITIALS_BEHIND_COMMA else ''} {initials}{suffix}"


def _parted(name: str) -> tuple[list[str], str, str]:
    """Given names, family name with its particles (``van der Berg``), and a suffix (``, Jr.``)."""
    words = name.split()
    suffix = ""
    if len(words) > 2 and words[-1].casefold() in SUFFIXES:
        suffix = f"{',' if words[-2].endswith(',') else ''} {words[-1]}"
        words = [*words[:-2], words[-2].rstrip(",")]
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return words[:start], " ".join(words[start:]), suffix


def _initial(word: str, point: str) -> str:
    """``J.-P.`` of ``Jean-Pierre``, ``A.`` of ``Ashish`` and ``A.``; without points ``JP`` and ``A``."""
    letters = [part[0].upper() for part in re.split(r"[-‐‑]", word) if part]
    return ("-" if point else "").join(letter + point for letter in letters)
