"""Venue cells: whether they name a place of publication, or only say that there is none yet."""

from __future__ import annotations

from littable.document.dates import is_stand_in
from littable.document.entry import Entry
from littable.document.fields import simple_part
from littable.document.hidden import is_comment
from littable.document.listing import Cell
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role

_WORD = lazy(r"[^\W\d_]+")
_UNPUBLISHED = frozenset(
    """
    arxiv preprint preprints pre print eprint corr cornell university under review in submission submitted
    unpublished none n a abs org https http www cs cv cl lg ai ro stat ml v препринт 预印本
    """.split()
)
# "ICRA 2025", "CVPR'24", and in the address of a badge "Conference-ICASSP2024".
_WITH_YEAR = lazy(
    r"(?<![A-Za-z])(?!ArXiv)[A-Z][a-z]*+[A-Z][A-Za-z]*+(?:[\s,@'’_-]{0,3}(?:19|20)\d\d|\s?['’]\d\d)(?!\d)"
)


def names_venue(entry: Entry) -> bool:
    """Whether the row says in a venue cell where the paper was published."""
    return any(not is_unpublished(cell) for _, cell in entry.cells(Role.VENUE))


def mentions_venue(entry: Entry) -> bool:
    """Whether any cell but the abstract's has what looks like a venue and its year, if only on a badge."""
    others = [role for role in Role if role is not Role.ABSTRACT]
    return any(_WITH_YEAR.search(cell.text) for _, cell in entry.cells(*others))


def is_unpublished(cell: Cell) -> bool:
    """Whether a venue cell is empty, a stand-in, or names only arXiv, however that is written."""
    if cell.empty or is_comment(cell.text):
        return True
    text = plain(simple_part(cell.source, cell.span).of(cell.source))
    if not text or is_stand_in(text):
        return True
    words = _WORD.findall(text.casefold())
    return bool(words) and _UNPUBLISHED.issuperset(words)
