"""How the names of a list are written: given name first or last, whole or as initials."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from littable.patterns import lazy
from littable.prose.people.matching import Pairing
from littable.prose.people.names import Likeness, Name
from littable.prose.people.reading import Reading

_CLOSE_INITIALS = lazy(r"(?<!\w)\w\.-?\w\.")
_CLOSE_FAMILY = lazy(r"(?<!\w)\w\.\w{2}")
_SUFFIX = lazy(r",?\s+(?:Jr|Sr|II|III|IV)\.?\Z")
_SUFFIX_COMMA = lazy(r",\s+(?=(?:Jr|Sr|II|III|IV)\.?\Z)")
_HYPHEN = lazy(r"[-‐‑]")


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write a name.

    ``family_first`` puts the family name first, with ``between`` behind it; ``initials`` shortens given
    names, with ``point`` after each letter and ``glue`` between them.
    """

    family_first: bool
    between: str
    initials: bool
    point: str
    glue: str

    def write(self, name: str) -> str:
        """A record's name, given names first, in this style."""
        if not self.family_first and not self.initials:
            return _SUFFIX_COMMA.sub(" ", name)
        given, family = _parts(name)
        if not given:
            return name
        if self.initials:
            given = self.glue.join(map(self._initial, given.split()))
        return f"{family}{self.between}{given}" if self.family_first else f"{given}{self.between}{family}"

    def _initial(self, word: str) -> str:
        parts = [part[0].upper() for part in _HYPHEN.split(word) if part]
        return ("-" if self.point else "").join(part + self.point for part in parts)


def _parts(name: str) -> tuple[str, str]:
    """Given names and family name with its particles; a suffix is left out."""
    words = _SUFFIX.sub("", name).split()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def style_of(reading: Reading) -> Style | None:
    """The style of most names in a list; None where it cannot be told, as of surnames alone."""
    styles = Counter(
        style
        for pairing in reading.pairings
        if pairing.index is not None
        and pairing.match.likeness >= Likeness.SLIP
        and (style := _style(pairing, reading.people[pairing.index])) is not None
    )
    if not styles:
        return None
    style, count = styles.most_common(1)[0]
    return style if count * 2 > styles.total() else None


def _style(pairing: Pairing, record: Name) -> Style | None:
    """How one name is written beside the record's; None where that says nothing."""
    written = pairing.written
    words, text = written.name.words, written.name.text
    family = record.words[-1]
    if len(words) < 2 or pairing.match.likeness is Likeness.SURNAME:
        return None
    ends = [bool(word.spellings & family.spellings) for word in (words[0], words[-1])]
    family_first = ends[0] and not ends[1]
    given = words[1:] if family_first else words[:-1]
    initials = all(word.initial or (len(word.text) <= 3 and word.text.isupper()) for word in given)
    if initials and all(word.initial for word in record.words[:-1]):
        initials = False
    between = ", " if written.comma else " "
    if not initials:
        return Style(family_first, between, False, "", "")
    point = "." if "." in pairing.written.span.of(written.name.source) else ""
    if point and not family_first and _CLOSE_FAMILY.search(text):
        between = ""
    glue = " " if point and not _CLOSE_INITIALS.search(text) else ""
    return Style(family_first, between, True, point, glue)
