"""One run of text without blanks to its tokens.

A chunk is read by one regular expression from left to right, each character once. What carries no
meaning (braces, quotes, commas, full stops, formatting commands) gives no token; words, numbers,
signs, symbols, addresses and authors' own macros do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from littable.patterns import lazy
from littable.prose.markup import LINK, MONEY, NOTHING, RAISED
from littable.prose.tex import ACCENT_START, ACCENTED, FORMATTING, SYMBOLS, decode_accents, shown_by
from littable.prose.urls import PATTERN, PLACEHOLDER, URL, normalise


class Token(NamedTuple):
    """A canonical word and where it stands in the chunk."""

    word: str
    start: int
    end: int


_IGNORED = NOTHING + "\ufe0e\ufe0f"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff\u00b5\u2126\u2206"
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"
_SUB = "₀₁₂₃₄₅₆₇₈₉₊₋"
_LETTER = rf"[^\W\d_{_GREEK}{_IDEOGRAPH}{_SUPER}{_SUB}]"
_INSIDE_WORD = (
    r"[\u0300-\u036f]+"
    rf"|[{_IGNORED}]+(?={_LETTER}|\{{?\\['`^\"~=.cv])"
    rf"|['’ʼ](?={_LETTER})"
    r"|(?<=[A-Za-z])\}(?=[a-z]{2})"
)
_DASH = "-‐‑‒–—―−﹣－"
_DIGIT_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-n0123456789+-")

_TOKEN = (
    rf"(?P<junk>(?:[}}$,;:!?\"()\[\]|`'’‘“”«»„_@…{_IGNORED}]+|\{{(?!{ACCENT_START})|\\[{{}}])+|(?:\\\\)+)"
    rf"|(?P<link>{LINK}{NOTHING}*)"
    rf"|(?P<url>{PATTERN})"
    rf"|(?P<word>(?:{_LETTER}|{ACCENTED})"
    rf"(?:{_LETTER}|{ACCENTED}|\{{[^\W\d_]\}}(?={_LETTER})|{_INSIDE_WORD})*)"
    r"|(?P<number>\d{1,3}(?:(?:,|\{,\}|\\,)\d{3})+(?!\d)(?:\.\d+)?|(?<![\w.])\.\d+|\d+(?:\.\d+)*)"
    r"|(?P<ordinal>(?:\^|\ue003)[{\ue001]*(?=(?:st|nd|rd|th)(?![A-Za-z])))"
    r"|(?P<degree>\^\{?(?:\\(?:circ|degree|deg)(?![A-Za-z])|∘|°)|∘(?=[CFK]))"
    r"|(?P<prime>\^\{?\\prime(?![A-Za-z]))"
    r"|(?P<starred>\^\{?(?:\\ast(?![A-Za-z])|\*))"
    rf"|(?P<raised>[{_SUPER}]+)"
    rf"|(?P<lowered>[{_SUB}]+)"
    r"|(?P<command>\\[A-Za-z]+)"
    r"|(?P<arrow>-{1,2}>|<-{1,2}>|=>)"
    r"|(?P<plusminus>\+/-|\+-)"
    rf"|(?P<compare>[<>]{NOTHING}*=|!=|={{1,3}})"
    rf"|(?P<dash>(?:\\-|[{_DASH}])+)"
    rf"|(?P<greek>[{_GREEK}])"
    rf"|(?P<ideograph>[{_IDEOGRAPH}])"
    r"|(?P<tilde>~)"
    r"|(?P<slash>/)"
    r"|(?P<hash>\\?\#)"
    r"|(?P<angle>\\?[<>])"
    r"|(?P<escaped>\\[^\sA-Za-z])"
    r"|(?P<symbol>.)"
)
_TAG_LIKE = lazy(r"<[|/]?[A-Za-z][^<>\s]{0,80}>")
_EDGE = "{}$`" + NOTHING
_OPERAND = lazy(
    rf"[{_EDGE}(\[]{{0,8}}(?:\d|\.\d|\\[A-Za-z]|[{_GREEK}∞]|{_LETTER}(?![^\W\d_])(?!{NOTHING}*\}}?[A-Za-z]))"
)
_SIGNED = lazy(rf"[{_EDGE}]{{0,8}}(?:\d|\.\d|\\[A-Za-z]|[{_GREEK}∞])")
_TWO_LETTERS = lazy(rf"[{_EDGE}]{{0,8}}[A-Za-z]{{2}}")
_STRIP = str.maketrans(dict.fromkeys("'’ʼ}{\ufe0e\ufe0f" + NOTHING))
_UNCHANGED_SYMBOLS = frozenset("%&+<>=°√")
_SYMBOL_FORMS = {
    "×": "x",
    "✕": "x",
    "✖": "x",
    "⨯": "x",
    "⩾": "≥",
    "≧": "≥",
    "⩽": "≤",
    "≦": "≤",
    "§": "§",
    "†": "†",
    "‡": "‡",
    "∗": "*",
    "⁎": "*",
    "*": "*",
    "∕": "/",
    "⁄": "/",
    "÷": "÷",
    "～": "∼",
    "˜": "∼",
    "⟶": "→",
    "➔": "→",
    "➜": "→",
    "º": "°",
    "˚": "°",
    "￥": "¥",
    "％": "%",
    "＋": "+",
    "＝": "=",
    "＜": "<",
    "＞": ">",
    "＆": "&",
    "⋅": "",
    "∙": "",
    "∣": "",
    "∥": "",
    "‖": "",
    "◦": "",
    MONEY: "$",
    RAISED: "^",
    "^": "^",
}
# Emphasis, quotes and the brace of a command that was taken out; no dollar: A may be a variable.
_AROUND_AN_ARTICLE = "*_\"'“‘`}" + NOTHING
_LONGEST_CACHED = 100


def lex(chunk: str) -> tuple[Token, ...]:
    """The tokens of a run of text that holds no white space."""
    return _cached(chunk) if len(chunk) <= _LONGEST_CACHED else _read(chunk)


def lex_words(chunks: list[str]) -> list[str]:
    """The canonical words alone of all ``chunks``; short ones are remembered, since words recur."""
    if max(map(len, chunks), default=0) <= _LONGEST_CACHED:
        return list(chain.from_iterable(map(_cached_words, chunks)))
    return [token.word for chunk in chunks for token in lex(chunk)]


@lru_cache(maxsize=1 << 16)
def _cached_words(chunk: str) -> tuple[str, ...]:
    return tuple(token.word for token in _cached(chunk))


@lru_cache(maxsize=1 << 16)
def _cached(chunk: str) -> tuple[Token, ...]:
    return _read(chunk)


@cache
def _lexer() -> re.Pattern[str]:
    # Compiled when the first text is read: it takes longer than all other imports of this package.
    return re.compile(_TOKEN, re.DOTALL)


def _read(chunk: str) -> tuple[Token, ...]:
    if chunk.strip(_AROUND_AN_ARTICLE) == "A":
        return (Token("a", chunk.index("A"), chunk.index("A") + 1),)
    tokens: list[Token] = []
    tag_ends: set[int] = set()
    for match in _lexer().finditer(chunk):
        kind = match.lastgroup or ""
        if kind == "junk":
            continue
        start, end = match.span()
        words = _words(kind, match[0], chunk, start, end, tokens, tag_ends)
        tokens.extend(Token(word, start, end) for word in words)
    return tuple(tokens)


def _words(
    kind: str, raw: str, chunk: str, start: int, end: int, before: list[Token], tag_ends: set[int]
) -> tuple[str, ...]:
    """The canonical words of one match, mostly one or none."""
    match kind:
        case "word":
            return _word(raw, before, start)
        case "number":
            return (_number(raw),)
        case "url":
            return _url(raw)
        case "link":
            return (PLACEHOLDER,)
        case "command":
            return _command(raw, chunk, end)
        case "dash":
            return ("-",) if _is_minus(raw, chunk, start, end, before) else ()
        case "slash":
            return () if _joins_words(chunk, end, before) else ("/",)
        case "tilde":
            return ("∼",) if _is_about(chunk, start, end) else ()
        case "hash":
            return ("#",) if _counts(chunk, start, end) else ()
        case "angle":
            return _angle(raw, chunk, start, tag_ends)
        case "raised" | "lowered":
            plain = raw.translate(_DIGIT_POWERS)
            return ("^", *_signed_digits(plain)) if kind == "raised" else tuple(_signed_digits(plain))
        case "greek" | "ideograph":
            return (unicodedata.normalize("NFKC", raw.replace("∆", "Δ")).replace("ς", "σ"),)
        case _:
            return _symbol(kind, raw)


def _symbol(kind: str, raw: str) -> tuple[str, ...]:
    match kind:
        case "degree":
            return ("°",)
        case "starred":
            return ("*",)
        case "arrow":
            return ("⇒" if raw == "=>" else "↔" if raw[0] == "<" else "→",)
        case "plusminus":
            return ("±",)
        case "compare":
            return ({"<": "≤", ">": "≥", "!": "≠"}.get(raw[0], "="),)
        case "escaped":
            return {"%": ("%",), "&": ("&",), "$": ("$",), "*": ("*",), "~": ("∼",)}.get(raw[1], ())
        case "symbol":
            return _character(raw)
        case _:
            return ()


def _character(raw: str) -> tuple[str, ...]:
    if raw in _UNCHANGED_SYMBOLS:
        return (raw,)
    if raw in _SYMBOL_FORMS:
        form = _SYMBOL_FORMS[raw]
        return (form,) if form else ()
    category = unicodedata.category(raw)
    if category in {"Sm", "Sc"} or category[0] == "N":
        return (unicodedata.normalize("NFKC", raw),)
    return ()


def _word(raw: str, before: list[Token], start: int) -> tuple[str, ...]:
    if raw in {"x", "X"} and before and before[-1].end >= start - 2 and before[-1].word[-1].isdigit():
        return ("x",)
    return (fold_word(raw),)


def fold_word(raw: str) -> str:
    """A word without accents, apostrophes and sentence case; capitals inside it stay."""
    if not raw.isascii() or not raw.isalpha():
        raw = _plain_letters(raw)
    return raw.lower() if raw[1:].islower() else raw


def _plain_letters(raw: str) -> str:
    word = decode_accents(raw) if "\\" in raw else raw
    word = unicodedata.normalize("NFKC", word.translate(_STRIP))
    if word.isascii():
        return word
    if any("\u00c0" <= character <= "\u024f" or "\u0300" <= character <= "\u036f" for character in word):
        parts = unicodedata.normalize("NFKD", word)
        if all(character < "\u0370" for character in parts):
            word = "".join(part for part in parts if not "\u0300" <= part <= "\u036f")
    return word or raw


def _number(raw: str) -> str:
    digits = raw.replace("{,}", "").replace("\\,", "").replace(",", "")
    if not digits.isascii():
        digits = unicodedata.normalize("NFKC", digits)
    return "0" + digits if digits[0] == "." else digits


def _url(raw: str) -> tuple[str, ...]:
    """An address; a sentence that follows its full stop without a blank is not part of it."""
    url = normalise(raw)
    head, dot, last = url.rpartition(".")
    if dot and "/" in head and len(last) > 1 and last[0].isupper() and last[1:].islower():
        return URL + head, last.lower()
    return (URL + url,)


def _command(raw: str, chunk: str, end: int) -> tuple[str, ...]:
    name = raw[1:]
    symbol = SYMBOLS.get(name)
    if symbol is not None:
        return (symbol,) if symbol else ()
    if name in FORMATTING:
        return ()
    if (shown := shown_by(name)) is not None:
        return tuple(token.word for token in _read(shown))
    # An unknown command around an argument marks it up (\revise{…}); alone it stands for words (\ours).
    following = chunk[end : end + 2]
    if following[:1] == "{" and following != "{}":
        return ()
    return (raw,)


def _is_minus(raw: str, chunk: str, start: int, end: int, before: list[Token]) -> bool:
    """Whether a dash is a minus or a range, which have meaning, and not a hyphen."""
    if chunk == "−":
        return True
    gap = chunk[max(before[-1].end, start - 8) : start] if before else chunk[max(0, start - 8) : start]
    edge = gap.strip(_EDGE)
    if not before or edge.strip(")]|"):
        return len(raw) == 1 and raw != "—" and _SIGNED.match(chunk, end) is not None
    if not (edge or _is_operand(before[-1].word)) or not _OPERAND.match(chunk, end):
        return False
    # "3-D" and "2-D" are words.
    return not (before[-1].word.isdigit() and chunk[end : end + 1] == "D")


def _is_operand(word: str) -> bool:
    return len(word) == 1 or word[0].isdigit()


def _joins_words(chunk: str, end: int, before: list[Token]) -> bool:
    if not before:
        return True
    word = before[-1].word
    return len(word) > 1 and not word[0].isdigit() and _TWO_LETTERS.match(chunk, end) is not None


def _is_about(chunk: str, start: int, end: int) -> bool:
    """Whether a tilde says "about" (``~60``) and is not TeX's no-break space (``Figure~1``)."""
    previous = chunk[start - 1] if start else " "
    return not (previous.isalnum() or previous in ".,;:)}%$]=<>≤≥") and _SIGNED.match(chunk, end) is not None


def _counts(chunk: str, start: int, end: int) -> bool:
    """Whether a number sign belongs to a name (``C#``) or a number (``#1``)."""
    return chunk[end : end + 1].isdigit() or (start > 0 and chunk[start - 1].isalpha())


def _angle(raw: str, chunk: str, start: int, tag_ends: set[int]) -> tuple[str, ...]:
    """A comparison; the brackets of something like ``<pad>`` are none."""
    place = start + len(raw) - 1
    if place in tag_ends:
        return ()
    if raw[-1] == "<" and (tag := _TAG_LIKE.match(chunk, place)):
        tag_ends.add(tag.end() - 1)
        return ()
    return (raw[-1],)


def _signed_digits(plain: str) -> list[str]:
    return re.findall(r"\d+|[^\d]", plain)
