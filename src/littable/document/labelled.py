"""Labels before values, as in ``**Authors:** A. Turing`` or ``摘要：…``: the words that head columns, too."""

from __future__ import annotations

import re
from dataclasses import dataclass

from littable.document.columns import normalise_header
from littable.document.header_names import loose_roles, plain_role
from littable.patterns import lazy
from littable.roles import Role

# Up to five words, perhaps emphasised or behind an emoji, then a colon inside or outside the emphasis, there
# perhaps behind a remark in brackets.
_LABEL = lazy(
    r"[^\w\s\[\]()<>*_`]{0,3}\s*(?:\*{1,3}|_{1,3}|<(?:b|strong|em|i)>)?\s*[^\w\s\[\]()<>*_`]{0,3}\s*"
    r"(?P<name>[^\W\d_][^\n:：*_<>|\[\]`]{0,40}?)\s*"
    r"(?:[:：]\s*(?:\*{1,3}|_{1,3}|</(?:b|strong|em|i)>)?"
    r"|(?:\*{1,3}|_{1,3}|</(?:b|strong|em|i)>)\s*(?:[(（][^()（）\n]{1,40}[)）]\s*)?[:：])[ \t]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label: ``roles`` is what its value may be, likeliest first; the value begins at ``end``."""

    name: str
    roles: tuple[Role, ...]
    end: int


def read_label(source: str, start: int, end: int) -> Label | None:
    """The label that a text begins with, if it names something that a paper has."""
    match = _LABEL.match(source, start, end)
    if match is None:
        return None
    name = normalise_header(match["name"])
    plain = plain_role(name)
    roles = (plain,) if plain is not None else loose_roles(name)
    return Label(name, roles, match.end()) if roles else None
