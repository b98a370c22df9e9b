"""What a column of a literature table can hold."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The role of a column; the values are what ``columns`` in the configuration may name."""

    TITLE = "title"
    YEAR = "year"
    DATE = "date"
    AUTHORS = "authors"
    LINK = "link"
    ABSTRACT = "abstract"
    VENUE = "venue"
    CODE = "code"
    COMMENT = "comment"
    NUMBER = "number"
    TOPIC = "topic"
    OTHER = "other"
