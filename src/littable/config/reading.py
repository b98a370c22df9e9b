"""What the configuration says about how a file is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from littable.roles import Role
from littable.shapes import Shape


@dataclass(frozen=True, slots=True)
class Reading:
    """How papers are found in a file.

    ``columns`` maps header texts to roles and has the last word about them. ``readers`` are the shapes that
    are read at all. ``sections`` are patterns of headings, case aside: under those that begin with ``!`` no
    papers are looked for, and where others are given, only under these.
    """

    columns: Mapping[str, Role] = field(default_factory=dict)
    readers: tuple[Shape, ...] = tuple(Shape)
    sections: tuple[str, ...] = ()
