"""A word of a name in plain letters: without its accents, and with its umlauts spelt out."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_UNMARKED = str.maketrans(
    {
        "ß": "ss",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
    }
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


@lru_cache(maxsize=1 << 14)
def plain_letters(word: str) -> tuple[str, str]:
    """``Müller`` as ``muller`` and ``mueller``; words without accents twice alike."""
    if word.isascii():
        return word.casefold(), word.casefold()
    folded = unicodedata.normalize("NFKC", word).casefold()
    return _unaccented(folded), _unaccented(folded.translate(_SPELT_OUT))


def _unaccented(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.translate(_UNMARKED))
    return "".join(part for part in parts if not "\u0300" <= part <= "\u036f")
