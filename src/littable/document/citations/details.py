"""``<details>`` below a citation: an abstract, or something else that is folded away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from littable.document.citations.citation import Citation
from littable.document.citations.notes import read_note
from littable.document.columns import normalise_header
from littable.document.fields import unwrap
from littable.document.header_names import loose_roles, plain_role
from littable.document.outline import Block
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_DETAILS = lazy(
    r"\s*<details(?:\s[^<>]*)?>\s*(?:<summary(?:\s[^<>]*)?>(?P<summary>[^\n]*?)</summary>)?", re.IGNORECASE
)
_CLOSING = lazy(r"</details\s*>", re.IGNORECASE)
_AGAINST = lazy(r"bib|cite|citation|code|install|usage|figure|image|table|result|demo|video", re.IGNORECASE)


def read_details(source: str, blocks: Sequence[Block], at: int, citation: Citation) -> int:
    """Read the HTML block ``blocks[at]``; gives the index of the last block that belongs to it."""
    start = blocks[at].start
    opening = _DETAILS.match(source, start, blocks[at].end)
    if opening is None:
        return at
    last, closing = at, None
    while last < len(blocks) and closing is None:
        closings = list(_CLOSING.finditer(source, max(start, blocks[last].start), blocks[last].end))
        closing = closings[-1] if closings else None
        last += closing is None
    if closing is None:
        return at
    span = Span(start, closing.end())
    if _tells_of_paper(source, opening["summary"], span):
        citation.add(Role.ABSTRACT, span)
    return last


def _tells_of_paper(source: str, summary: str | None, span: Span) -> bool:
    name = normalise_header(summary or "").strip(" :.")
    if plain_role(name) is Role.ABSTRACT or Role.ABSTRACT in loose_roles(name):
        return True
    if summary and _AGAINST.search(plain(summary)):
        return False
    text = unwrap(source, span)
    return "```" not in text.of(source) and read_note(source, text).clear
