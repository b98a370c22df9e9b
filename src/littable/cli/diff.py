"""Unified diffs that ``git apply`` and ``patch`` take."""

from __future__ import annotations

from collections.abc import Iterator

_RED, _GREEN, _CYAN, _RESET = "\x1b[31m", "\x1b[32m", "\x1b[36m", "\x1b[0m"


def unified_diff(
    name: str, before: str, after: str, *, color: bool = False, harmless: bool = False
) -> Iterator[str]:
    """The lines of a diff, each with its own line end; nothing when the texts are equal.

    ``harmless`` is for terminals: what they would obey is made visible, and the diff no longer applies.
    """
    from difflib import unified_diff as lines_of

    relative = name.lstrip("/")
    old, new = _lines(before), _lines(after)
    for line in lines_of(old, new, f"a/{relative}", f"b/{relative}"):
        safe = _harmless(line) if harmless else line
        text = safe if safe.endswith("\n") else f"{safe}\n\\ No newline at end of file\n"
        yield _colored(text) if color else text


def _lines(text: str) -> list[str]:
    """Split after ``\\n`` only, as diff does: a lone return stays inside its line."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _harmless(line: str) -> str:
    from littable.reports._safe import shown

    body = line.rstrip("\r\n")
    return shown(body) + line[len(body) :]


def _colored(line: str) -> str:
    color = {"+": _GREEN, "-": _RED, "@": _CYAN}.get(line[0])
    return f"{color}{line[:-1]}{_RESET}\n" if color else line
