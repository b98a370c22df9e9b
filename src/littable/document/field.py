"""What an entry says in one respect, and where."""

from __future__ import annotations

from dataclasses import dataclass

from littable.document.listing import Row
from littable.document.names import lines_as_list
from littable.document.plain import plain
from littable.roles import Role
from littable.text import Span


@dataclass(frozen=True, slots=True)
class Field:
    """What an entry says in one respect: ``span`` is the text proper, inside wrappers and emphasis.

    ``place`` is where it stands and knows how to write there: the entry's row, or a footnote's text.
    """

    role: Role
    place: Row
    span: Span

    @property
    def source(self) -> str:
        """What the span is in."""
        return self.place.source

    @property
    def text(self) -> str:
        """The Markdown as written."""
        return self.source[self.span.start : self.span.end]

    @property
    def plain(self) -> str:
        """The same in plain words; names on lines of their own are set apart by commas."""
        text = self.text
        return plain(lines_as_list(text) if self.role is Role.AUTHORS and "<" in text else text)
