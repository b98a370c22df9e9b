"""Comments that silence findings.

``<!-- littable: ignore[LT501] -->`` inside a cell silences its row, on a line of its own the next table;
``<!-- littable: ignore-file -->`` the whole file. With nothing behind the verb every code is meant; words
without brackets are read as codes, and empty brackets as a code that does not exist, so that no slip silences
more than was meant. In MDX, which knows no comments of HTML, ``{/* littable: ignore[LT501] */}`` is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from littable.patterns import lazy
from littable.text import Span

_COMMENT = lazy(
    r"(?:<!--|(?P<mdx>\{/\*))\s*littable\s*:\s*(?P<verb>[A-Za-z-]+)\s*"
    r"(?:(?P<brackets>\[(?P<codes>[^\]\n]*)\])(?:(?!-->|\*/\})[^\n])*|(?P<bare>(?:(?!-->|\*/\})[^\n])*))"
    r"(?(mdx)\*/\}|-->)",
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
        yield Comment(Span(*match.span()), verb == "ignore-file", tuple(_codes(source, match)))


def _codes(source: str, match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    group = "bare" if match["brackets"] is None else "codes"
    found = [
        (code.group().upper(), Span(*code.span())) for code in _CODE.finditer(source, *match.span(group))
    ]
    if not found and match["brackets"] is not None:
        yield match["brackets"], Span(*match.span("brackets"))
    yield from found
