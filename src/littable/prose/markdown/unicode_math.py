"""Formulas that can be written without TeX: ``$10^{-3}$`` as 10⁻³, ``$x \\geq 2$`` as x ≥ 2.

What Unicode cannot say stays a formula: fractions, limits, accents, commands that are an author's own, and
scripts for which there are no characters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from littable.patterns import lazy
from littable.prose.markdown.pieces import MATHEMATICS, Kind, Piece
from littable.prose.markdown.tex_commands import FUNCTIONS, sign_of

# Longer formulas are rarely simple, and nobody would read them as plain text.
_LONGEST = 160
_DEEPEST = 4
_TOKEN = lazy(r"\\[A-Za-z]+|\\.|\s+|.")
_SUPERSCRIPTS = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ∘°′*",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ°°′*",
        strict=True,
    )
)
_SUBSCRIPTS = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
_LONGEST_WORD_BELOW = 4
_FACES = {
    **dict.fromkeys(("mathbb", "Bbb", "mathds"), "DOUBLE-STRUCK"),
    **dict.fromkeys(("mathcal", "mathscr", "cal", "scr"), "SCRIPT"),
    **dict.fromkeys(("mathfrak", "frak"), "FRAKTUR"),
    **dict.fromkeys(("mathbf", "boldsymbol", "bm", "bf"), "BOLD"),
}
_SWITCHES = frozenset(["cal", "scr", "frak", "bf"])
_UPRIGHT = frozenset("mathrm mathsf mathtt mathit mathnormal operatorname".split())
_WORDS = frozenset("text textrm textsf texttt textit textbf textsc textnormal textup mbox hbox".split())
_SIZES = frozenset("left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr".split())
_WITHOUT_EFFECT = frozenset("displaystyle textstyle scriptstyle limits nolimits rm it sf tt".split())
_BLANKS = frozenset(["\\,", "\\;", "\\:", "\\ ", "~", "\\quad", "\\qquad", "\\thinspace", "\\space"])
_ESCAPED = frozenset("%&#$_{}")
_TYPED_SIGNS = {"-": "−", "+": "+", "=": "=", "<": "<", ">": ">"}
_NOT_BETWEEN = frozenset("∞∂∇∀∃¬√∅∁")
_WITH_LIMITS = frozenset("max min sup inf lim limsup liminf argmax argmin Pr det gcd".split())
_LARGE = frozenset(
    "sum prod coprod int iint iiint oint bigcup bigcap bigsqcup bigoplus bigotimes bigvee bigwedge".split()
)
_UNSAID = frozenset("&#$%^_{}\\")


class _Unsayable(Exception):
    """A formula, or a part of one, that only TeX can say."""


class _Role(Enum):
    WORD = auto()
    #: A sign between two sides, spaced always, or where it was in TeX.
    RELATION = auto()
    SIGN = auto()
    FUNCTION = auto()
    BLANK = auto()


class _Item(NamedTuple):
    text: str
    role: _Role = _Role.WORD


def without_tex(pieces: list[Piece]) -> list[Piece]:
    """The pieces with every formula in words that can be said without TeX."""
    return [_plain(piece) if piece.kind in MATHEMATICS else piece for piece in pieces]


def _plain(piece: Piece) -> Piece:
    words = unicode_of(piece.text)
    return piece if words is None else Piece(Kind.WORDS, words)


@lru_cache(maxsize=4096)
def unicode_of(tex: str) -> str | None:
    """A formula (without its dollars) in Unicode; None where that would lose something."""
    if len(tex) > _LONGEST:
        return None
    try:
        text = _Reader(_TOKEN.findall(tex)).whole()
    except _Unsayable:
        return None
    return text if text and _says_the_same(text, tex) else None


def _says_the_same(text: str, tex: str) -> bool:
    from littable.prose.alignment import agree
    from littable.prose.canonical import canonical_words

    return agree(canonical_words(f"by {text} we"), canonical_words(f"by ${tex}$ we"))


@dataclass(slots=True)
class _Reader:
    """The tokens of a formula, read from left to right; ``depth`` counts the groups that are open."""

    tokens: list[str]
    at: int = 0
    depth: int = 0

    def whole(self) -> str:
        text = _spaced(self._items())
        if self.at < len(self.tokens):
            raise _Unsayable
        return text

    def _items(self) -> list[_Item]:
        items: list[_Item] = []
        while self.at < len(self.tokens) and self.tokens[self.at] != "}":
            token = self._next()
            if token in ("^", "_", "'"):
                self._raise(items, token)
            elif token.isspace() and self._is_behind_command():
                continue
            else:
                items.append(self._item(token))
        return items

    def _next(self) -> str:
        if self.at >= len(self.tokens):
            raise _Unsayable
        self.at += 1
        return self.tokens[self.at - 1]

    def _is_behind_command(self) -> bool:
        """Whether the blank that was read only ends a command."""
        return self.at > 1 and self.tokens[self.at - 2][:1] == "\\" and self.tokens[self.at - 2][-1].isalpha()

    def _item(self, token: str) -> _Item:
        if token.isspace():
            return _Item("", _Role.BLANK)
        if token in _BLANKS:
            return _Item(" ")
        if token == "{":
            return _Item(self._group())
        if token[0] == "\\":
            return self._command(token[1:])
        if token in _TYPED_SIGNS:
            return _Item(_TYPED_SIGNS[token], _Role.SIGN)
        if token in _UNSAID:
            raise _Unsayable
        return _Item(token)

    def _group(self) -> str:
        """What stands in a group whose opening brace has been read."""
        if self.depth == _DEEPEST:
            raise _Unsayable
        self.depth += 1
        text = _spaced(self._items())
        self._next()
        self.depth -= 1
        return text

    def _argument(self) -> str:
        """The group or the single token that follows."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self._item(self._next()).text

    def _raise(self, items: list[_Item], mark: str) -> None:
        """Set a superscript, a subscript or a prime behind what stands before it."""
        base = items.pop() if items and items[-1].role is not _Role.BLANK else _Item("")
        if mark != "'" and base.text in _WITH_LIMITS:
            raise _Unsayable
        items.append(_Item(base.text + ("′" if mark == "'" else self._script(mark)), base.role))

    def _script(self, mark: str) -> str:
        text = self._argument().replace(" ", "")
        table = _SUPERSCRIPTS if mark == "^" else _SUBSCRIPTS
        too_long = mark == "_" and len(text) > _LONGEST_WORD_BELOW
        if not text or too_long or not all(character in table for character in text):
            raise _Unsayable
        return "".join(table[character] for character in text)

    def _command(self, name: str) -> _Item:
        if name in _WORDS:
            return _Item(self._words())
        if name in _SWITCHES:
            return _Item(_in_face(_FACES[name], _spaced(self._items())))
        if name in _FACES:
            return _Item(_in_face(_FACES[name], self._argument()))
        if name in _UPRIGHT:
            return _Item(self._argument())
        if name in FUNCTIONS:
            return _Item(name, _Role.FUNCTION)
        return self._sign(name)

    def _sign(self, name: str) -> _Item:
        if name in _SIZES:
            if self.at < len(self.tokens) and self.tokens[self.at] == ".":
                self.at += 1
            return _Item("")
        if name in _WITHOUT_EFFECT or name == "!":
            return _Item("", _Role.BLANK)
        if name in _ESCAPED or name == "|":
            return _Item("‖" if name == "|" else name)
        if name == "sqrt":
            return _Item(self._root())
        sign = sign_of(name) if name.isalpha() else None
        if sign is None or name in _LARGE:
            raise _Unsayable
        between = unicodedata.category(sign) == "Sm" and sign not in _NOT_BETWEEN
        return _Item(sign, _Role.RELATION if between else _Role.WORD)

    def _root(self) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] == "[":
            raise _Unsayable
        inside = self._argument()
        return f"√{inside}" if len(inside) == 1 or inside.isdigit() else f"√({inside})"

    def _words(self) -> str:
        """The inside of ``\\text{…}``, blanks and all."""
        if self._next() != "{":
            raise _Unsayable
        words: list[str] = []
        while (token := self._next()) != "}":
            if (token[0] == "\\" and token[1:] not in _ESCAPED) or token in ("{", "$"):
                raise _Unsayable
            words.append(token[-1] if token[0] == "\\" else token)
        return "".join(words)


def _in_face(face: str, text: str) -> str:
    """Letters in another face; a word in bold type is a name, and stays as it is."""
    if face == "BOLD" and len(text) > 1 and text.isalpha():
        return text
    return "".join(_letter_in_face(face, character) for character in text)


def _letter_in_face(face: str, letter: str) -> str:
    name = unicodedata.name(letter, "").replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER", "")
    for family in (f"MATHEMATICAL {face}", {"FRAKTUR": "BLACK-LETTER"}.get(face, face)):
        try:
            return unicodedata.lookup(f"{family} {name}")
        except KeyError:
            continue
    raise _Unsayable


def _spaced(items: list[_Item]) -> str:
    """The items with blanks around what stands between two sides, and where TeX had some between words."""
    text = ""
    joins = True  # whether what stands before is no side of a relation
    for index, item in enumerate(items):
        following = next((other.text for other in items[index + 1 :] if other.text), "")
        if item.role is _Role.BLANK:
            text += (
                " " if text and text[-1] not in " ([{" and following and following[0] not in " )]}," else ""
            )
            continue
        between = item.role is _Role.RELATION or (item.role is _Role.SIGN and _has_blanks(items, index))
        if between and following and not joins:
            text = f"{text.rstrip()} {item.text} "
        elif item.role is _Role.FUNCTION:
            behind = " " if following[:1].isalnum() or following[:1] == "√" else ""
            text += (" " if text[-1:].isalnum() else "") + item.text + behind
        else:
            text += item.text.lstrip() if text.endswith(" ") else item.text
        if item.text.strip():
            joins = item.role in (_Role.RELATION, _Role.SIGN) or text[-1] in "([{,"
    return text.strip()


def _has_blanks(items: list[_Item], index: int) -> bool:
    """Whether TeX had a blank at either side of an item."""
    return any(other.role is _Role.BLANK for other in items[max(index - 1, 0) : index + 2])
