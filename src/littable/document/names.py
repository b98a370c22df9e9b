"""A cell with authors to single names."""

from __future__ import annotations

import re

from littable.patterns import lazy

_SEPARATOR = lazy(r"\s*[,;，；、]\s*(?:(?:and|&|und|и|et)\s+)?|\s+(?:and|&|und|и)\s+|\s*\n\s*")
_AND_OTHERS = lazy(
    r"[\s,，、]*(?:\bet\.?\s*al\b\.?|\band (?:\d+ )?others\b|и др\b\.?|等人?)[\s.)]*$", re.IGNORECASE
)
_INITIALS = lazy(r"(?:[^\W\d_]\.[\s-]*)+|[A-ZА-Я]{1,2}")


def split_names(text: str) -> tuple[str, ...]:
    """The names in a plain text, without "et al.".

    "Ramesh, A." is one name: initials alone belong to the name before them.
    """
    names: list[str] = []
    for part in _SEPARATOR.split(_AND_OTHERS.sub("", text)):
        name = part.strip(" .*_") if not _INITIALS.fullmatch(part.strip()) else part.strip()
        if not name:
            continue
        if names and _INITIALS.fullmatch(name) and " " not in names[-1]:
            names[-1] += f", {name}"
        else:
            names.append(name)
    return tuple(names)
