"""What the heading of a paper says."""

from __future__ import annotations

from dataclasses import dataclass, field

from littable.roles import Role
from littable.text import Span


@dataclass(slots=True)
class Head:
    """What a heading says. ``title`` is where the paper's title stands, with its link if it is one;
    ``words`` the title in plain words. ``leads`` tells that it links to a paper, ``placed`` that it says
    where and when
    the paper came out. ``part`` is what it would head as a part of a paper, ``own`` the link that is the
    title's, ``text`` all of the heading as written.
    """

    span: Span
    title: Span
    words: str
    cells: list[tuple[Role, Span]] = field(default_factory=list)
    leads: bool = False
    placed: bool = False
    part: tuple[Role, ...] = ()
    own: tuple[Role, Span] | None = None
    text: str = ""
