"""Braces in running text: TeX's, which nobody sees, and those that are meant."""

from __future__ import annotations

from littable.patterns import lazy

_BRACE = lazy(r"\\[\s\S]|[{}]")
_CAPITALS = lazy(r"\{{1,3}[a-z0-9-]{0,40}[A-Z][A-Za-z0-9-]{0,40}\}")
_GROUP = lazy(r"\{{1,3}\s*\\(?:[A-Za-z]|['`^\"~=.][\\{A-Za-z])|\{\s*\}|\{[^\W\d_]\}(?=\w)|(?<=\d)\{,\}(?=\d)")


def holds_together(text: str, start: int) -> bool:
    """Whether the brace at ``start`` only groups: ``{\\it so}``, ``{BERT}``, ``30{,}000``, not ``{0, 1}``."""
    return (_GROUP.match(text, start) or _CAPITALS.match(text, start)) is not None


def partners(text: str) -> dict[int, int]:
    """Where each opening brace is closed."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            found[opened.pop()] = brace.start()
    return found
