"""Which of the shapes that the cells of a column have is the one for another paper.

A shape may hold what belongs to one row only: a handle, a star, the name of a publisher as a label. Such a
shape is taken only where the column has it again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from littable.document.manner.shapes import ABSTRACT_PAGE, ADDRESS, ID, PDF, TITLE, Shape, commonest
from littable.rules._labels import is_label

PLAIN_TITLE = Shape(TITLE)
LINKED_TITLE = Shape(f"[{TITLE}]({ADDRESS})", (ABSTRACT_PAGE,))
_PLAIN_LINK = Shape(ADDRESS, (None,))
_LABELLED_LINK = Shape(f"[arXiv]({ADDRESS})", (None,))
# Labels that say nothing of where the paper is kept.
_GENERAL = frozenset(
    """link links url paper papers pdf read here source article text view page ссылка статья 链接 论文 原文
    地址 リンク 論文 enlace lien 링크 논문""".split()
)


def title_to_write(shapes: Sequence[Shape], *, linked: bool) -> Shape:
    """The shape of a title; ``linked`` says that no other column can link the paper."""
    plain = [shape for shape in shapes if not shape.words]
    best = commonest(shapes)
    if best is not None and best[0].words and (best[1] < 2 or best[1] * 2 < len(shapes)):
        best = commonest(plain)
    shape = best[0] if best is not None else PLAIN_TITLE
    if linked and ADDRESS not in shape.text and ID not in shape.text:
        linking = commonest(shape for shape in plain if ADDRESS in shape.text)
        shape = linking[0] if linking is not None else LINKED_TITLE
    return shape


def link_to_write(shapes: Sequence[Shape], header: str, *, elsewhere: bool) -> Shape | None:
    """The shape of a link; None where papers of arXiv are linked ``elsewhere`` and never in this column."""
    named = commonest(shape for shape in shapes if names_arxiv(shape))
    if named is not None and (named[1] > 1 or _may_be_anyones(named[0])):
        return named[0]
    if elsewhere and shapes and named is None:
        return None
    return _with_address(_general(shapes), header)


def names_arxiv(shape: Shape) -> bool:
    """Whether the shape is that of a link to arXiv."""
    return ID in shape.text or any(address is not None for address in shape.addresses)


def _may_be_anyones(shape: Shape) -> bool:
    words = shape.words
    return not words or is_label(words) or "arxiv" in words.casefold()


def _general(shapes: Sequence[Shape]) -> Shape:
    """The shape of links to anywhere, where their label fits any place; else a link called arXiv."""
    single = [shape for shape in shapes if len(shape.addresses) == 1]
    fitting = commonest(shape for shape in single if not shape.words or shape.words.casefold() in _GENERAL)
    if fitting is not None and fitting[1] * 2 >= len(single):
        return fitting[0]
    return _LABELLED_LINK if any(shape.words for shape in single) else _PLAIN_LINK


def _with_address(shape: Shape, header: str) -> Shape:
    """The shape with the page of the abstract, or with the PDF where the label or the header says so."""
    wants_pdf = "pdf" in shape.words.casefold() or "pdf" in header.casefold()
    addresses = tuple(address or (PDF if wants_pdf else ABSTRACT_PAGE) for address in shape.addresses)
    return replace(shape, addresses=addresses)
