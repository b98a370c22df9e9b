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
