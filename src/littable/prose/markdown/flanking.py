"""Which runs of asterisks, underscores and tildes can open and close emphasis (CommonMark §6.2)."""

from __future__ import annotations

import unicodedata

#: The marks that Markdown takes for punctuation, and that a backslash can escape.
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def sides(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of marks between two characters may open emphasis and whether it may close it.

    Either is empty at an end of the text. Symbols such as ``±`` or ``→`` are punctuation in some versions
    and not in others: both are allowed for.
    """
    blank_before, blank_after = not before or before.isspace(), not after or after.isspace()
    sure_before, sure_after = _category(before) == "P", _category(after) == "P"
    may_before, may_after = _category(before) in "PS", _category(after) in "PS"
    opens = not blank_after and (not sure_after or blank_before or may_before)
    closes = not blank_before and (not sure_before or blank_after or may_after)
    if mark == "_" and not (blank_before or blank_after or may_before or may_after):
        return False, False
    return opens, closes


def _category(character: str) -> str:
    """P for punctuation, S for a symbol that is none in ASCII, or a blank."""
    if not character or character in PUNCTUATION:
        return "P" if character else " "
    category = unicodedata.category(character)[0]
    return category if category in "PS" else " "
