"""What a record's text is made of, once its TeX has been read."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What a piece of a text is."""

    WORDS = auto()
    #: Mathematics between single dollars, and what TeX displays on a line of its own: TeX, without dollars.
    FORMULA = auto()
    DISPLAY = auto()
    #: A web address that GitHub links by itself, without TeX escapes.
    ADDRESS = auto()
    #: A dollar sign that the record escaped.
    DOLLAR = auto()


class Piece(NamedTuple):
    """A run of a text that is of one kind."""

    kind: Kind
    text: str


MATHEMATICS = frozenset([Kind.FORMULA, Kind.DISPLAY])
