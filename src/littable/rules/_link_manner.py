"""How a table links its papers, so that a link can be written as its other rows have theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from littable.diagnostic import Applicability, Fix
from littable.document.cells import escape
from littable.document.dates import is_stand_in
from littable.document.entry import Entry, PaperLink
from littable.document.inline import LinkKind, has_link
from littable.document.listing import Cell
from littable.papers.arxiv_id import ArxivId
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._cell_writing import write_cell
from littable.rules._labels import is_label
from littable.text import Edit, Span

_SAMPLE = 40
_USUAL = 0.5
# Stands for the paper's identifier in a label such as "[arXiv:2403.03218](".
_ID = "\0"
_PLAIN_URL = ("", "")
_VERSION = lazy(_ID + r"v\d+")
_EMPTY_TARGET = lazy(r"\[[^\[\]]*\]\(\s*\)")
_LABEL_ALONE = lazy(r"\[[^\[\]]*\]")
_WITHOUT_MARKS = lazy(r"[^\[\]()<>|\\`*_~!]+")


@dataclass(frozen=True, slots=True)
class _Manner:
    """What stands before and behind the address."""

    before: str
    after: str

    def write(self, paper: ArxivId) -> str:
        """The link to a paper: to its PDF where the label says so, else to its abstract."""
        return (
            self.before.replace(_ID, paper.id) + _url(paper, self.before) + self.after.replace(_ID, paper.id)
        )


def _url(paper: ArxivId, label: str) -> str:
    return f"https://arxiv.org/pdf/{paper.id}" if "pdf" in label.casefold() else paper.abs_url


def link_fix(entries: Sequence[Entry], entry: Entry, cell: Cell, arxiv_id: str) -> Fix | None:
    """Write the link to a paper into a link cell that has none, in the manner of the other rows.

    None where the cell holds more than an empty link, a mere label or a stand-in.
    """
    paper = ArxivId(arxiv_id)
    title = f"link {paper.abs_url}"
    if cell.empty or is_stand_in(cell.text):
        text = escape(_manner(entries, entry).write(paper))
        return Fix(title, (write_cell(cell, text),), Applicability.UNSAFE, reveals=True)
    text = cell.text
    if _EMPTY_TARGET.fullmatch(text):
        edit = Edit(Span(cell.start + text.index("]("), cell.end), f"]({_url(paper, text)})")
    elif _LABEL_ALONE.fullmatch(text):
        edit = Edit(Span(cell.end, cell.end), f"({_url(paper, text)})")
    elif _WITHOUT_MARKS.fullmatch(text) and is_label(text):
        edit = Edit(cell.span, f"[{text}]({_url(paper, text)})")
    else:
        return None
    return Fix(title, (edit,), Applicability.UNSAFE, reveals=True)


def title_fix(entry: Entry, arxiv_id: str) -> Fix | None:
    """Make the title a link to a paper; None where its own brackets or links would be in the way."""
    title = entry.title
    if title is None or has_link(title.text) or not _can_be_label(title.text):
        return None
    url = ArxivId(arxiv_id).abs_url
    edits = (
        Edit(Span(title.span.start, title.span.start), "["),
        Edit(Span(title.span.end, title.span.end), f"]({url})"),
    )
    return Fix(f"link {url}", edits, Applicability.UNSAFE, reveals=True)


def _can_be_label(text: str) -> bool:
    depth = 0
    for mark in text:
        depth += (mark == "[") - (mark == "]")
        if depth < 0:
            return False
    return depth == 0 and not any(mark in text for mark in "\\`<")


def _manner(entries: Sequence[Entry], entry: Entry) -> _Manner:
    """How most rows that link arXiv do it; else a link called arXiv where the others' links have names, and
    the plain address where they have none.
    """
    step = max(1, len(entries) // _SAMPLE)
    others = [link for other in entries[::step] if other is not entry for link in _paper_links(other)]
    source = entry.row.source
    manners = Counter(_manner_of(source, link) for link in others if link.identity and link.identity.arxiv)
    if manners:
        manner, count = manners.most_common(1)[0]
        if count >= manners.total() * _USUAL:
            return manner
    named = sum(link.link.kind is LinkKind.INLINE for link in others)
    return _Manner("[arXiv](", ")") if others and named >= len(others) * _USUAL else _Manner(*_PLAIN_URL)


def _paper_links(entry: Entry) -> Iterator[PaperLink]:
    kinds = (LinkKind.INLINE, LinkKind.AUTOLINK, LinkKind.BARE)
    return (
        link
        for link in entry.links
        if link.role is Role.LINK and link.is_followed and link.link.kind in kinds and link.verbatim
    )


def _manner_of(source: str, link: PaperLink) -> _Manner:
    """What stands around an address, with the identifier left open."""
    around = link.link
    before = source[around.span.start : around.url_span.start]
    after = source[around.url_span.end : around.span.end]
    return _Manner(_open(before, link), _open(after, link))


def _open(text: str, link: PaperLink) -> str:
    if not text or link.identity is None or link.identity.arxiv is None:
        return text
    return _VERSION.sub(_ID, text.replace(link.identity.arxiv.id, _ID))
