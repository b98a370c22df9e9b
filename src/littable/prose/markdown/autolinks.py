"""Links that are nothing but an address: which GitHub makes, and where they begin and end (GFM §6.9)."""

from __future__ import annotations

import re

from littable.patterns import lazy
from littable.prose.urls import PATTERN, PLACEHOLDER_TEXT, normalise

_ADDRESS = lazy(PATTERN)
_LINKED = lazy(r"(?:https?://|www\.)", re.IGNORECASE)
_BEHIND = lazy(r"\S*")
# Anything else behind an address would be taken into it, or be escaped by a backslash that would.
_HARMLESS = lazy(r"[.,:;!?'\")]*")
_TRAILING = frozenset("?!.,:*_~'\"")


def is_linked(address: str) -> bool:
    """Whether GitHub links such an address where it stands alone: not without scheme and ``www.``."""
    return _LINKED.match(address) is not None


def repeats(words: str, target: str) -> bool:
    """Whether the words of a link show nothing but where it leads."""
    shown = _ADDRESS.search(words)
    if shown is not None:
        return normalise(shown[0]) == normalise(target.strip())
    return PLACEHOLDER_TEXT.search(words) is not None


def starts_there(address: str, before: str) -> bool:
    """Whether GitHub links an address that stands behind ``before`` (a character, empty at the beginning)."""
    if "://" in address[:8]:
        return not before.isalnum()
    return before in ("", " ", "*", "_", "~", "(")


def ends_there(address: str, text: str, end: int) -> bool:
    """Whether GitHub's link ends where the address does, which ends at ``end`` of ``text``."""
    behind = _BEHIND.match(text, end)
    rest = behind[0] if behind else ""
    return _HARMLESS.fullmatch(rest) is not None and _linked(address + rest) == len(address)


def _linked(run: str) -> int:
    """How much of a run without blanks GitHub links: not the punctuation and lone brackets at its end."""
    end = len(run)
    depth = run.count(")") - run.count("(")
    while end > 0:
        last = run[end - 1]
        if last == ")":
            if depth <= 0:
                break
            depth -= 1
        elif last == ";":
            end = _before_entity(run, end)
            continue
        elif last not in _TRAILING:
            break
        end -= 1
    return end


def _before_entity(run: str, end: int) -> int:
    """Where a run ends without the semicolon at its end, and without an entity that it closes."""
    start = end - 1
    while start > 0 and run[start - 1].isascii() and run[start - 1].isalpha():
        start -= 1
    return start - 1 if 0 < start < end - 1 and run[start - 1] == "&" else end - 1
