"""A citation: what it says of a paper, where, and how much speaks for its being one."""

from __future__ import annotations

from dataclasses import dataclass, field

from littable.document.citations.titles import Title
from littable.roles import Role
from littable.text import Span


@dataclass(slots=True)
class Note:
    """Words beside a citation. ``clear`` tells whether they are surely a text about the paper, ``short``
    whether they are too few for that.
    """

    span: Span
    clear: bool
    short: bool


@dataclass(slots=True)
class Citation:
    """What is known of a paper, as far as it has been read.

    ``paper`` is 2 where a link leads to a paper, 1 where one only says so. ``people`` is 2 where surely
    people are named, 1 perhaps. ``before`` counts words before the title that are nothing known, ``behind``
    those after it. ``kin`` are links to what belongs to a paper, ``within`` links inside the document.
    ``label`` is what a word before it all says ("Paper:"), ``name_first`` whether the title reads as a name,
    ``news`` whether an announcement does.
    """

    span: Span
    title: Title | None = None
    title_text: str = ""
    cells: list[tuple[Role, Span]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    paper: int = 0
    people: int = 0
    venue: bool = False
    dated: bool = False
    kin: int = 0
    within: int = 0
    links: int = 0
    before: float = 0
    behind: float = 0
    label: Role | None = None
    name_first: bool = False
    news: bool = False

    def has(self, role: Role) -> bool:
        """Whether it says anything of the kind."""
        return any(known is role for known, _ in self.cells)

    def add(self, role: Role, span: Span) -> None:
        """Say where a part stands."""
        if span.end > span.start:
            self.cells.append((role, span))
