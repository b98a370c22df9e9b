"""One person's name, and whether another way to write it is the same name.

Initials stand for given names, accents and umlauts may be missing or spelt out, middle names and particles
may be left out, family and given names may change places, hyphens and blanks join or part given names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from littable.patterns import lazy
from littable.prose.markup import NOTHING
from littable.prose.people.plain_letters import plain_letters
from littable.prose.spelling import letters_apart
from littable.prose.tex import ACCENTED, decode_accents
from littable.text import Span

_LETTER = r"[^\W\d_]"
_WORD = lazy(
    rf"(?:{ACCENTED}|{_LETTER}|\\x[0-9A-Fa-f]{{2}})"
    rf"(?:{ACCENTED}|{_LETTER}|\\x[0-9A-Fa-f]{{2}}|[\u0300-\u036f{NOTHING}]|['’ʼ´`‘](?={_LETTER}))*"
)
_DROPPED = str.maketrans(dict.fromkeys("'’ʼ´`‘" + NOTHING))
# Titles and suffixes, which people add and leave out.
_HONOURS = frozenset("dr prof professor mr mrs ms phd jr sr ii iii iv".split())
_LONGEST_GROUP = 3
_LONGEST_PARTICLE = 4
_SHORT_FORM = 3


class Likeness(IntEnum):
    """What a written name is to a record's, from nothing to the same.

    SLIP is the name with a letter or two wrong in one word; KIN shares the family name alone, which may be
    the same person under another given name; SURNAME gives the family name only.
    """

    NONE = 0
    KIN = 1
    SLIP = 2
    SURNAME = 3
    SAME = 4
    EXACT = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: how it may be spelt in plain letters, ``plain`` being without accents, and where it
    stands in the source. A ``particle`` (``van``, ``de``, ``bin``) may be left out of a family name.
    """

    spellings: frozenset[str]
    plain: str
    text: str
    span: Span
    particle: bool = False

    @property
    def initial(self) -> bool:
        """Whether it is a single letter."""
        return len(self.text) == 1


@dataclass(frozen=True, slots=True)
class Name:
    """A name as its words, in the order written; ``source`` is the text that their spans lie in."""

    words: tuple[Word, ...]
    source: str

    @property
    def span(self) -> Span:
        """From the first word to the last one."""
        return Span(self.words[0].span.start, self.words[-1].span.end)

    @property
    def text(self) -> str:
        """The name as written."""
        return self.span.of(self.source)

    @property
    def key(self) -> str:
        """The same for names whose words are the same, in whatever order."""
        return " ".join(sorted(word.plain for word in self.words))


def read_name(text: str, span: Span | None = None) -> Name:
    """The words of a name, those of ``span`` where it is given, without titles and suffixes."""
    span = span or Span(0, len(text))
    words = [_word(match[0], Span(*match.span())) for match in _WORD.finditer(text, span.start, span.end)]
    kept = [word for word in words if _HONOURS.isdisjoint(word.spellings)]
    return Name(_with_particles(kept if any(len(word.text) > 1 for word in kept) else words), text)


def _with_particles(words: list[Word]) -> tuple[Word, ...]:
    """Tell particles: short words in small letters before a longer word, in a name that has capitals."""
    if all(not word.text.islower() or len(word.text) > _LONGEST_PARTICLE for word in words):
        return tuple(words)
    capitals = any(not word.text.islower() for word in words)
    return tuple(
        replace(word, particle=True)
        if capitals
        and 1 < len(word.text) <= _LONGEST_PARTICLE
        and word.text.islower()
        and following is not None
        and len(following.text) > 1
        else word
        for word, following in zip(words, [*words[1:], None], strict=True)
    )


def _word(raw: str, span: Span) -> Word:
    letters = (decode_accents(raw) if "\\" in raw else raw).translate(_DROPPED)
    plain, spelt_out = plain_letters(letters)
    return Word(frozenset({plain, spelt_out}), plain, letters, span)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How two names compare; for a SLIP, the words that differ. ``surplus`` says that the written name has a
    word that the record's lacks.
    """

    likeness: Likeness
    slip: tuple[Word, Word] | None = None
    surplus: bool = False


_NOTHING_ALIKE = NameMatch(Likeness.NONE)


def compare_names(written: Name, record: Name) -> NameMatch:
    """Say what a written name is to a record's."""
    if not written.words or not record.words:
        return _NOTHING_ALIKE
    if written.key == record.key or _joined(written.words) & _joined(record.words):
        return NameMatch(Likeness.EXACT)
    mine, other, common = _without_common(written.words, record.words)
    if mine and other and _joined(mine) & _joined(other):
        return NameMatch(Likeness.EXACT)
    if not common:
        return NameMatch(Likeness.SAME) if _same_initials(written, record) else _whole_slip(written, record)
    return _judge(mine, other, common, written, record)


def _joined(words: tuple[Word, ...]) -> set[str]:
    """The words run together, in their order and with the last one first."""
    rotated = (*words[-1:], *words[:-1])
    return {
        "".join(choice(word.spellings, key=len) for word in order)
        for order in (words, rotated)
        for choice in (min, max)
    }


def _without_common(
    mine: tuple[Word, ...], other: tuple[Word, ...]
) -> tuple[tuple[Word, ...], tuple[Word, ...], int]:
    """What is left of both when equal words are paired off, and how many pairs there were.

    Particles that both have are no pair: they tell nobody from another.
    """
    left: list[Word] = []
    rest = list(other)
    common = 0
    for word in mine:
        pair = None if word.initial else next((w for w in rest if word.spellings & w.spellings), None)
        if pair is None:
            left.append(word)
        else:
            rest.remove(pair)
            common += not (word.particle and pair.particle)
    return tuple(left), tuple(rest), common


def _judge(
    mine: tuple[Word, ...], other: tuple[Word, ...], common: int, written: Name, record: Name
) -> NameMatch:
    """Judge two names that share ``common`` words; ``mine`` and ``other`` are those they do not share."""
    rest = list(other)
    unmatched = [word for word in mine if not _pair_off(word, rest, written)]
    paired = len(mine) - len(unmatched)
    strange = [word for word in unmatched if not (word.initial or word.particle)]
    lacking = [word for word in rest if not word.particle]
    if not strange or (not lacking and common > 1):
        if len(strange) > 1:
            return NameMatch(Likeness.KIN)  # two names run together, or one with many parts
        if common < 2 and any(word.initial for word in unmatched) and lacking:
            return NameMatch(Likeness.KIN)  # another initial
        return NameMatch(Likeness.SAME if common + paired > 1 else Likeness.SURNAME, None, bool(strange))
    slip = _slip(strange, lacking, common + paired)
    if slip:
        return NameMatch(Likeness.SLIP, slip)
    return NameMatch(Likeness.KIN) if record.words[-1] not in other else _NOTHING_ALIKE


def _same_initials(written: Name, record: Name) -> bool:
    """Whether a name is nothing but the record's initials, as of people whose family name is a letter."""
    if not any(word.initial for word in record.words):
        return False
    if not all(
        word.initial or (len(word.text) <= _LONGEST_GROUP and word.text.isupper()) for word in written.words
    ):
        return False
    letters = sorted("".join(word.plain for word in written.words))
    return letters == sorted(word.plain[0] for word in record.words)


def _pair_off(word: Word, rest: list[Word], written: Name) -> bool:
    """Take what ``word`` stands for out of ``rest``: a name for its initial or short form, or the reverse."""
    for other in rest:
        if _stands_for(word, other) or _stands_for(other, word):
            rest.remove(other)
            return True
    if not _is_group(word, written):
        return False
    taken: list[Word] = []
    for letter in word.plain:
        found = next((other for other in rest if other not in taken and other.plain[0] == letter), None)
        if found is None:
            return False
        taken.append(found)
    for other in taken:
        rest.remove(other)
    return True


def _stands_for(short: Word, long: Word) -> bool:
    """Whether a word is the initial or the beginning (``Chris``, ``Alex``) of another."""
    if short.initial:
        return long.plain.startswith(short.plain)
    return (
        len(short.plain) >= _SHORT_FORM
        and len(long.plain) > len(short.plain) + 1
        and any(spelling.startswith(short.plain) for spelling in long.spellings)
    )


def _is_group(word: Word, name: Name) -> bool:
    """Whether a word is several initials without points (``FR``), in a name that is not all in capitals."""
    return (
        1 < len(word.text) <= _LONGEST_GROUP
        and word.text.isupper()
        and any(not other.text.isupper() for other in name.words)
    )


_SHORTEST_SLIP = 5
_LONG = 7


def _slip(mine: list[Word], other: list[Word], shared: int) -> tuple[Word, Word] | None:
    """The one word that is written wrongly, when all others are accounted for."""
    if len(mine) != 1 or not shared:
        return None
    found = [word for word in other if is_slip(mine[0], word)]
    return (mine[0], found[0]) if len(found) == 1 else None


def is_slip(mine: Word, other: Word) -> bool:
    """Whether two words of names differ by a letter, or by two where both are long."""
    a, b = mine.plain, other.plain
    if len(a) + len(b) < _SHORTEST_SLIP:
        return False
    allowed = 2 if min(len(a), len(b)) >= _LONG else 1
    return letters_apart(a, b, allowed) <= allowed or "\\x" in mine.text


def _whole_slip(written: Name, record: Name) -> NameMatch:
    """Names that share no word: one word wrong beside initials, such as ``D. Buschck``."""
    if len(written.words) < 2 or len(record.words) < 2:
        return _NOTHING_ALIKE
    rest = list(record.words)
    left = [word for word in written.words if not (word.initial and _pair_off(word, rest, written))]
    if len(left) == len(written.words) or len(left) != 1:
        return _NOTHING_ALIKE
    slip = _slip(left, rest, 1)
    return NameMatch(Likeness.SLIP, slip) if slip else _NOTHING_ALIKE
