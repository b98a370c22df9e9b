"""What TeX commands say: a sign, a word, or something around their argument.

pylatexenc knows the signs of nearly a thousand commands; its parser is not used, because it recurses as deep
as its input nests. A sign is taken only where ``canonical`` reads it as it reads the command: otherwise the
command may be an author's own.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from littable.patterns import lazy
from littable.prose.alignment import agree
from littable.prose.canonical import canonical_words
from littable.prose.tex import FORMATTING, SYMBOLS, shown_by

#: Commands for letters in words, such as ``\\o`` for ø.
LETTERS = frozenset("aa AA ae AE oe OE ss o O l L i j".split())

#: Commands that are written as the word they are named after.
FUNCTIONS = frozenset(
    name for name, word in SYMBOLS.items() if word == name.lower() and name not in LETTERS | {"TeX"}
)

#: Commands that part words.
BLANKS = frozenset("newline linebreak newpage par quad qquad enspace thinspace space hfill".split())

#: Commands whose argument stands in brackets or quotes of the text.
AROUND = {
    **dict.fromkeys(("footnote", "footnotetext"), (" (", ")")),
    **dict.fromkeys(("enquote", "textquote"), ('"', '"')),
    **dict.fromkeys(("cite", "citep", "citet", "citeA", "citeauthor", "citeyear"), ("[", "]")),
}

#: Commands with an argument that nobody sees, up to what they are about.
WITHOUT_TEXT = lazy(
    r"\\(?:begin|end|textcolor|color|colorbox|hypersetup|vspace|hspace|label|fontsize|setcounter)\*?"
    r"\{[^{}\\]{0,200}\}(?:\[[^\]\\{}]{0,80}\])?\s*"
)
_SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_ORDINALS = frozenset(["st", "nd", "rd", "th"])

_OWN = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "S": "§",
    "ast": "*",
    "cdots": "…",
    "colon": ":",
    "copyright": "©",
    "deg": "°",
    "degree": "°",
    "euro": "€",
    "gt": ">",
    "implies": "⇒",
    "lbrack": "[",
    "lt": "<",
    "percent": "%",
    "pounds": "£",
    "prime": "′",
    "rbrack": "]",
    "textasciitilde": "∼",
    "textbar": "|",
    "textgreater": ">",
    "textless": "<",
    "textperiodcentered": "·",
    "textquotedblleft": '"',
    "textquotedblright": '"',
    "textquoteleft": "'",
    "textunderscore": "_",
}
# pylatexenc has these, though authors rather mean a macro of their own, or has them wrong.
_NOT_MEANT = frozenset("Ident estimates eth id image nolinebreak original recorder today".split())


def word_of(name: str) -> str | None:
    """What a command (without its backslash) says in running text; None where only its author knows."""
    if name in FUNCTIONS:
        return name
    known = name in SYMBOLS or name in FORMATTING or name in LETTERS or name.startswith("text")
    return sign_of(name) if known else None


@cache
def sign_of(name: str) -> str | None:
    """The sign that a command stands for in mathematics; None where there is none that says the same."""
    sign = _OWN.get(name)
    if sign is None and name not in _NOT_MEANT:
        sign = shown_by(name) or SYMBOLS.get(name, "")
        if len(sign) != 1 or unicodedata.category(sign)[0] in "CMZ":
            return None
    return sign if sign and _says(sign, name) else None


def _says(sign: str, name: str) -> bool:
    """Whether the sign is read as the command is, with a word behind it as in a sentence."""
    return agree(canonical_words(f"\\{name} y"), canonical_words(f"{sign} y"))


def raised(text: str) -> str:
    """A superscript in running text: ``2`` as ², the ending of an ordinal number as it is."""
    if text in _ORDINALS:
        return text
    written = text.translate(_SUPERSCRIPTS)
    return written if set(written).isdisjoint(text) else "^" + text


def code_point(number: int) -> str:
    """The character of a number; the sign for an unknown one where it is a control or a private character."""
    is_character = 0x20 <= number <= 0x10FFFF and not 0x7F <= number < 0xA0
    return chr(number) if is_character and not 0xD800 <= number <= 0xF8FF else "\ufffd"
