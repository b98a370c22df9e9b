"""Comments that silence findings.

``<!-- littable: ignore[LT501] -->`` inside a cell silences its row, on a line of its own the next table;
``<!-- littable: ignore-file -->`` the whole file. Without brackets every code is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from littable.patterns import lazy
from littable.text import Span

_COMMENT = lazy(
    r"<!--\s*littable\s*:\s*(?P<verb>[A-Za-z-]+)\s*(?:\[(?P<codes>[^\]\n]*)\])?(?:(?!-->)[^\n])*-->",
    re.IGNORECASE,
)
_CODE = lazy(r"[^\s,]+")


class Reach(StrEnum):
    """How far a suppression reaches."""

    ROW = "row"
    TABLE = "table"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Suppression:
    """A suppressing comment.

    ``codes`` are the codes and their spans, empty where all are meant. ``covers`` is what it silences;
    findings that begin there and have one of the codes are not reported.
    """

    span: Span
    reach: Reach
    codes: tuple[tuple[str, Span], ...]
    covers: Span

    def names(self, code: str) -> bool:
        """Whether it silences ``code``, by the code itself or a prefix of it."""
        return not self.codes or any(code.startswith(written) for written, _ in self.codes)


@dataclass(frozen=True, slots=True)
class Comment:
    """A suppressing comment as written, before it is known what it covers."""

    span: Span
    whole_file: bool
    codes: tuple[tuple[str, Span], ...]


def find_comments(source: str) -> Iterator[Comment]:
    """The suppressing comments of a text, in order; a comment with another verb is none."""
    if "littable" not in source:
        return
    for match in _COMMENT.finditer(source):
        verb = match["verb"].lower()
        if verb not in ("ignore", "ignore-file"):
            continue
        codes = tuple(
            (code.group().upper(), Span(*code.span()))
            for code in _CODE.finditer(source, match.start("codes"), match.end("codes"))
        ) if match["codes"] is not None else ()  # fmt: skip
        yield Comment(Span(*match.span()), verb == "ignore-file", codes)
