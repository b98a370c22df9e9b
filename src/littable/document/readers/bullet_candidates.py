"""What may be papers: the items of lists, with what was read in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from littable.document.citations.citation import Citation


@dataclass(slots=True, eq=False)
class Candidate:
    """What may be a paper: its text lies from ``start`` to ``stop``.

    ``leads`` tells that papers stand in the list in it, ``joined`` that it belongs to the paper above,
    ``familiar`` that it is written as many papers of the page are.
    """

    start: int
    stop: int
    citation: Citation | None
    parent: Candidate | None = None
    score: float = 0
    children: list[Candidate] = field(default_factory=list)
    group: Group | None = None
    leads: bool = False
    joined: bool = False
    familiar: bool = False

    def end(self, source: str) -> int:
        """Where its text ends, without blanks."""
        return self.start + len(source[self.start : self.stop].rstrip(" \t\r\n"))


@dataclass(slots=True, eq=False)
class Group:
    """The items of one list under one heading.

    ``cousins`` are its items and those of the lists beside it, below captions of one list. ``fields`` tells
    that its items are what is said of one thing.
    """

    parent: Candidate | None
    candidates: list[Candidate]
    cousins: list[Candidate] = field(default_factory=list)
    fields: bool = False
