"""Titles as people write them and as records have them, reduced to what finds one by the other."""

from __future__ import annotations

import re
import unicodedata

from littable.patterns import lazy

# No title on arXiv is longer; a cell may hold anything.
_LONGEST = 1_000

_COMMAND = lazy(r"\\([A-Za-z]+|.)", re.DOTALL)
_SPOKEN = frozenset(
    """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon
    phi chi psi omega
    log ln exp sin cos tan max min sup inf arg det dim ker lim gcd poly tex latex
    ss ae oe o l i j
    """.split()
)
_LETTERS = {"aa": "a", "ell": "l", "times": "x"}
_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
_PLAIN_LETTERS = str.maketrans(
    {"×": "x", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ı": "i", "ȷ": "j"}
)


def title_key(title: str) -> str:
    """What is left of a title without case, accents, TeX, punctuation and blanks; ``&`` reads "and".

    Titles that say the same have the same key; the reverse is nearly so, and for the caller to judge. Empty
    for a title without letters and digits, and for what is too long to be one.
    """
    if len(title) > _LONGEST:
        return ""
    text = title.replace("&amp;", "&").replace("&", " and ") if "&" in title else title
    if "\\" in text:
        text = _COMMAND.sub(_spoken, text)
    text = text.casefold()
    if text.isascii():
        return text.encode().translate(None, _MARKS).decode()
    return "".join(filter(str.isalnum, _without_accents(text)))


def _spoken(command: re.Match[str]) -> str:
    """The letter or word that a TeX command stands for; accents and fonts stand for none."""
    lowered = command[1].lower()
    if lowered in _LETTERS:
        return _LETTERS[lowered]
    bare = lowered.removeprefix("var")
    return bare if bare in _SPOKEN else ""


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN_LETTERS)
    return "".join(_named(letter) for letter in letters)


def _named(letter: str) -> str:
    """A Greek letter by its name, as TeX has it."""
    if not "\u0370" <= letter <= "\u03ff":
        return letter
    name = unicodedata.name(letter, "").rpartition(" ")[2].lower()
    return {"lamda": "lambda"}.get(name, name)
