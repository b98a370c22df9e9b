"""A cell with authors to single names."""

from __future__ import annotations

import re

from littable.document.family_first import family_first
from littable.patterns import lazy

# Blanks are only tried from where they begin, so that a long run of them is passed once.
_SEPARATOR = lazy(
    r"(?:(?<!\s)\s++)?[,;，；、]\s*(?:(?:and|&|und|и|et)\s+)?|(?<!\s)\s++(?:and|&|und|и|et|y)\s+"
    r"|(?:(?<!\s)[^\S\n]++)?\n\s*"
)
_AND_OTHERS = lazy(
    r"(?:(?<![\s,，、])[\s,，、]++)?"
    r"(?:\bet\.?\s*al\b\.?|\band (?:\d+ )?others\b|и др\b\.?|等(?:\s*\d+\s*[位人名](?:作者)?|人)?)"
    r"(?:\s*\(\d+ authors\))?[\s.)]*$",
    re.IGNORECASE,
)
_BREAK = lazy(r"(?:(?<!\s)\s*+(?:[,;]\s*+)?)?(?:<br\s{0,3}/?>|</br>)\s*", re.IGNORECASE)
_FOOTNOTES = lazy(
    r"[†‡§¶∗✉]|(?<=[^\W\d_])[\s*†‡§¶∗✉]*\d{1,2}(?:\s*,\s*\d{1,2})*(?=[\s*†‡§¶∗✉]*(?:[,;，；、]|\band\b|&|$))"
)
_FAMILY = lazy(r"(?:(?:van|von|der|den|de|da|di|del|della|dos|du|la|le|ter|ten)\s){0,3}\S+", re.IGNORECASE)
_INITIALS = lazy(r"(?:[^\W\d_]\.[\s-]*)+|[A-ZА-Я]{1,2}")


def split_names(text: str) -> tuple[str, ...]:
    """The names in a plain text, without "et al.".

    "Ramesh, A." is one name: initials alone belong to the name before them.
    """
    body = _without_footnotes(_AND_OTHERS.sub("", text))
    names: list[str] = []
    for part in family_first(body, cut=text[len(body) :].startswith(",")) or _SEPARATOR.split(body):
        name = part.strip(" .*_") if not _INITIALS.fullmatch(part.strip()) else part.strip()
        if not name:
            continue
        if names and _INITIALS.fullmatch(name) and _FAMILY.fullmatch(names[-1]):
            names[-1] += f", {name}"
        else:
            names.append(name)
    return tuple(names)


def _without_footnotes(text: str) -> str:
    """The text without the marks and numbers behind names that point to institutions and notes."""
    if text.isascii() and not any(map(str.isdigit, text)):
        return text
    return _FOOTNOTES.sub("", text)


def lines_as_list(text: str) -> str:
    """The text of a cell with names on lines of their own as one line."""
    return _BREAK.sub(", ", text)
