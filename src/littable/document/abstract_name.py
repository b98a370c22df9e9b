"""Whether a text about a paper is called its abstract where it stands, or is somebody's note or summary."""

from __future__ import annotations

from littable.document.columns import normalise_header
from littable.document.entry import Entry
from littable.document.header_names import plain_role
from littable.document.plain import plain
from littable.roles import Role
from littable.shapes import Shape

_LONGEST_LABEL = 80
_MOST_WORDS = 3


def is_called_abstract(entry: Entry) -> bool:
    """Whether a header or a label right before the text says "abstract", in any language."""
    if entry.shape in (Shape.TABLE, Shape.HTML_TABLE):
        headers = (entry.listing.columns[index].header for index in entry.listing.having(Role.ABSTRACT))
        if any(plain_role(normalise_header(header)) is Role.ABSTRACT for header in headers):
            return True
    field = entry.abstract
    if field is None:
        return False
    start = max(entry.span.start, field.span.start - _LONGEST_LABEL)
    before = plain(field.source[start : field.span.start].rpartition("\n\n")[2]).split()
    return any(_is_abstract(" ".join(before[-count:])) for count in range(1, _MOST_WORDS + 1))


def _is_abstract(words: str) -> bool:
    return bool(words) and plain_role(normalise_header(words)) is Role.ABSTRACT
