r"""Letters that TeX writes with an accent command: ``It\^o``, ``G{\"o}del``, ``\v{S}``, ``{\o}``.

GitHub takes the backslash away and shows ``It^o``. The same signs are apostrophes, quotation marks and
code marks that some program has escaped (``don\'t``, ``\"Hello\"``), so a letter is read only where braces
or its place inside a word leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from littable.patterns import lazy
from littable.rules._tex.residue import Residue, replaced

_B = r"(?<!\\)\\{1,2}"
_LETTER_NAMES = r"(?:aa|AA|ae|AE|oe|OE|ss|[oOlLij])"
_BRACED = lazy(
    rf"\{{{_B}['`^\"~=.]\s?(?:\{{\\{{0,2}}[A-Za-z]\}}|\\{{0,2}}[A-Za-z])\}}"
    rf"|{_B}['`^\"~=.]\{{\\{{0,2}}[A-Za-z]\}}"
    rf"|\{{{_B}[cvHukrd]\{{\\{{0,2}}[A-Za-z]\}}\}}"
    rf"|\{{{_B}{_LETTER_NAMES}\}}"
    rf"|{_B}(?:aa|AA|ae|AE|oe|OE|ss|[oOlL])\{{\}}"
)
# Only beside another letter: alone it may be a pattern (\d{n}) or a code point (\u{a}).
_BESIDE = lazy(rf"(?:(?<=[^\W\d_]){_B}[cvHukrd]\{{[A-Za-z]\}}|{_B}[cvHukrd]\{{[A-Za-z]\}}(?=[^\W\d_]))")
_ANYWHERE = lazy(rf"{_B}[cvHukrd]\{{[A-Za-z]\}}")
_INSIDE = lazy(rf"(?<=[^\W\d_])({_B})([\^~=\"`'])(\\i(?![A-Za-z])|[A-Za-z])")
_LETTERS_FOR = {"^": "aeiou", '"': "aeiouy", "`": "aeiou", "'": "aeiouyi\\", "~": "nao", "=": "aeiou"}
_CONTRACTION = lazy(r"\\{1,2}'(?:s|t|d|m|re|ll|ve)(?![A-Za-z])")
_ESCAPED_MARK = lazy(r"(?:^|[\s(\[])\\{1,2}[\"`']")
_ELISION = lazy(
    r"\b(?:le|la|les|des|une|dans|pour|est|sur|avec|della|delle|degli|il|gli|una|per|che|con|nel)\b",
    re.IGNORECASE,
)
_BEFORE = lazy(r"[^\W\d_]+\Z")
_LONGEST_BEFORE = 40
_VOWELS = frozenset("aeiouyAEIOUY")


def accents(text: str, *, names: bool) -> Iterator[Residue]:
    """The accented letters of a text; ``names`` says that it is a list of people."""
    if "\\" not in text:
        return
    for pattern in (_BRACED, _ANYWHERE if names else _BESIDE):
        for match in pattern.finditer(text):
            if letter := _letter(match[0]):
                yield replaced(*match.span(), letter)
    doubtful = _marks_are_escaped(text)
    for match in _INSIDE.finditer(text):
        letter = _letter(match[0])
        if letter and _stands_in_word(text, match, names=names, doubtful=doubtful):
            yield replaced(*match.span(), letter)


def _letter(written: str) -> str | None:
    """The one letter that is meant; None where there is no such letter."""
    from littable.prose.tex import decode_accents

    letter = decode_accents(written.replace("\\\\", "\\").replace(" ", "").replace("{}", ""))
    return letter if len(letter) == 1 and letter.isalpha() and not letter.isascii() else None


def _marks_are_escaped(text: str) -> bool:
    """Whether apostrophes or quotation marks stand behind backslashes here for another reason than TeX."""
    if _CONTRACTION.search(text) or _ESCAPED_MARK.search(text):
        return True
    return len(set(map(str.lower, _ELISION.findall(text)))) > 1


def _stands_in_word(text: str, match: re.Match[str], *, names: bool, doubtful: bool) -> bool:
    mark, letter = match[2], match[3]
    follows = text[match.end() : match.end() + 1]
    wanted = _LETTERS_FOR[mark] + ("cnsz" if names and mark == "'" and follows.isalpha() else "")
    if letter[0].lower() not in wanted:
        return False
    before = _BEFORE.search(text, max(0, match.start() - _LONGEST_BEFORE), match.start())
    word = before[0] if before else ""
    if mark in "^~=":
        return len(word) > 1 or (follows.isalpha() and word not in _VOWELS)
    if doubtful or letter.isupper():
        return False
    return names or mark != "'" or word[-1:] not in _VOWELS
