"""The shapes in which papers are listed."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """What kind of thing papers are listed in; the values are those that ``readers`` may name."""

    TABLE = "table"
    KEY_VALUE = "key-value"
    HTML_TABLE = "html-table"
    BULLET = "bullet"
    SECTION = "section"

    @property
    def noun(self) -> str:
        """What one paper of the shape is called in a message."""
        return _NOUNS[self][0]

    @property
    def whole(self) -> str:
        """What they stand in together."""
        return _NOUNS[self][1]


_NOUNS = {
    Shape.TABLE: ("row", "table"),
    Shape.HTML_TABLE: ("row", "table"),
    Shape.KEY_VALUE: ("table", "file"),
    Shape.BULLET: ("item", "list"),
    Shape.SECTION: ("section", "file"),
}
