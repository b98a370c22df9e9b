"""The shape of a cell with a link or a title: the cell with what is the paper's own taken out.

``**[Attention Is All You Need](https://arxiv.org/abs/1706.03762v7)**`` has ``**[TITLE](ADDRESS)**``, and
``[arXiv:1706.03762](…)`` has ``[arXiv:ID](ADDRESS)``. Links to other things (code, a project's page) and
pictures are left out, since they are of no use for another paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from littable.document.entry import Entry, PaperLink
from littable.document.inline import LinkKind
from littable.document.listing import Cell
from littable.papers.identifiers import LinkForm
from littable.patterns import lazy
from littable.text import Span

# Control characters, which no table has that is written to by hand.
ADDRESS, ID, TITLE, AUTHORS, YEAR = "\x01", "\x02", "\x03", "\x04", "\x05"
_SLOTS = frozenset((ADDRESS, ID, TITLE, AUTHORS, YEAR))
_SLOT = lazy("[\x01-\x05]")
_LONGEST = 10_000
_MOST_LINKS = 40

_OTHER_ID = lazy(r"(?<![\d.])\d{4}\.\d{4,5}(?!\d)")
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_INSECURE = lazy(r"http://(?=(?:[\w-]+\.)*(?:arxiv|doi)\.org/)", re.IGNORECASE)
_BREAKS = lazy(r"^(?:\s|<br\s?/?>)+|(?:\s|<br\s?/?>)+$|(?<=\s)\s+", re.IGNORECASE)
_VERSION = lazy(r"^v\d{1,4}(?!\w)")
_IN_BRACKETS = lazy(r"\([^\s()]*\)|<[^<>]*>|https?://[^\s()<>\x01-\x05]*")
_NOTHING_IN_BRACKETS = lazy(r"\(\s*\)|\[\s*\](?!\()")
_MARKS = str.maketrans(dict.fromkeys("*_~`[]()<>{}!|\\,.;:-–—/", " "))
_BADGE = lazy(r"(img\.shields\.io/badge/[^\s()\x02]*)\x02")
_FOLLOWED = (LinkKind.INLINE, LinkKind.AUTOLINK, LinkKind.BARE, LinkKind.HTML, LinkKind.TEXT)


@dataclass(frozen=True, slots=True)
class Address:
    """An address of arXiv papers: what stands before and behind the identifier."""

    before: str
    after: str = ""

    def of(self, paper: str) -> str:
        """The address of a paper, given by its identifier without version."""
        return f"{self.before}{paper}{self.after}"


ABSTRACT_PAGE = Address("https://arxiv.org/abs/")
PDF = Address("https://arxiv.org/pdf/")


@dataclass(frozen=True, slots=True)
class Shape:
    """A cell with slots, and for each ADDRESS the one that stood there; None for one that is not arXiv's."""

    text: str
    addresses: tuple[Address | None, ...] = ()

    @property
    def words(self) -> str:
        """What it says besides: a label, or what belongs to one row. Addresses of badges are left out."""
        return " ".join(_SLOT.sub(" ", _IN_BRACKETS.sub(" ", self.text)).translate(_MARKS).split())

    def without(self, slot: str) -> Shape:
        """The shape for a paper of which nothing is known for a slot other than ADDRESS."""
        return Shape(_tidy(self.text.replace(slot, "")), self.addresses)

    def fill(self, values: Mapping[str, str], paper: str) -> str:
        """The cell for a paper; ``values`` are those of the slots other than ADDRESS and ID."""
        addresses = iter(self.addresses)
        badge = paper.replace("-", "--").replace("/", "%2F")
        text = _BADGE.sub(lambda match: match[1] + badge, self.text)
        known = {**values, ID: paper}
        return _SLOT.sub(
            lambda match: (
                (next(addresses) or ABSTRACT_PAGE).of(paper) if match[0] == ADDRESS else known[match[0]]
            ),
            text,
        )


def link_shape(entry: Entry, cell: Cell) -> Shape | None:
    """The shape of a cell that links the entry's paper; None where it does not, or by a reference."""
    links = _links_in(entry, cell)
    own = _own(entry, links)
    if not own or _is_odd(cell) or any(link.link.kind not in _FOLLOWED for link in own):
        return None
    others = [link for link in links if not any(mine.link.span.contains(link.link.span) for mine in own)]
    spans = [link.link.span for link in own] if others else [cell.span]
    pieces = [
        _opened(entry, span, [(link.link.url_span, ADDRESS) for link in own if _has_address(link)])
        for span in spans
    ]
    return _shape(_YEAR.sub(YEAR, " ".join(pieces)), [link for link in own if _has_address(link)])


def single_link_shape(entry: Entry, cell: Cell) -> Shape | None:
    """The shape of a cell with one link, wherever it leads."""
    links = _links_in(entry, cell)
    own = [link for link in links if link.is_followed]
    if len(own) != 1 or _is_odd(cell) or own[0].link.kind not in _FOLLOWED or not own[0].verbatim:
        return None
    return _shape(_opened(entry, cell.span, [(own[0].link.url_span, ADDRESS)]), own)


def title_shape(entry: Entry, cell: Cell) -> Shape | None:
    """The shape of a title cell, with the authors where they stand below the title."""
    title, below = entry.title, entry.title_below
    if title is None or not cell.span.contains(title.span) or _is_odd(cell):
        return None
    links = _links_in(entry, cell)
    named = _own(entry, links)
    own = [link for link in links if link in named or link.link.text_span.contains(title.span)]
    if any(link.link.kind not in _FOLLOWED or not link.verbatim for link in own):
        return None
    slots = [(title.span, TITLE)] + ([(below, AUTHORS)] if below else [])
    slots += [(link.link.url_span, ADDRESS) for link in own]
    slots += [(link.link.span, "") for link in links if link not in own]
    before, mark, behind = _opened(entry, cell.span, slots).partition(TITLE)
    return _shape(_tidy(_YEAR.sub(YEAR, before) + mark + behind), own)


def _links_in(entry: Entry, cell: Cell) -> list[PaperLink]:
    """The links in a cell; none where there are more than a shape has."""
    found = [link for link in entry.links if cell.span.contains(link.link.span)]
    return found if len(found) <= _MOST_LINKS else []


def _own(entry: Entry, links: Sequence[PaperLink]) -> list[PaperLink]:
    """The links to the entry's paper; of an entry that arXiv does not have, the only link there is."""
    followed = [link for link in links if link.is_followed]
    if entry.arxiv_id is None:
        return followed if len(followed) == 1 else []
    return [link for link in followed if _names(link, entry.arxiv_id)]


def _names(link: PaperLink, paper: str | None) -> bool:
    identity = link.identity
    return identity is not None and identity.arxiv is not None and identity.arxiv.id == paper


def _has_address(link: PaperLink) -> bool:
    return link.link.kind is not LinkKind.TEXT


def _is_odd(cell: Cell) -> bool:
    return cell.end - cell.start > _LONGEST or not _SLOTS.isdisjoint(cell.text)


def _opened(entry: Entry, span: Span, slots: Sequence[tuple[Span, str]]) -> str:
    """The text of ``span`` with slots in it; the identifier is taken out of what is left."""
    source, position = entry.row.source, span.start
    pieces: list[str] = []
    for place, slot in sorted(slots):
        if place.start >= position and span.contains(place):
            pieces += _without_id(source[position : place.start], entry.arxiv_id), slot
            position = place.end
    pieces.append(_without_id(source[position : span.end], entry.arxiv_id))
    return "".join(pieces)


def _without_id(text: str, paper: str | None) -> str:
    if paper is not None and paper in text:
        before, *rest = text.split(paper)
        text = ID.join([before, *(_VERSION.sub("", part) for part in rest)])
    return _INSECURE.sub("https://", text)


def _shape(text: str, own: Sequence[PaperLink]) -> Shape | None:
    """The shape, unless another paper's identifier is left in it."""
    if _OTHER_ID.search(text) or text.count(ADDRESS) != len(own):
        return None
    placed = sorted(own, key=lambda link: link.link.url_span)
    return Shape(text, tuple(_address(link) for link in placed))


def _address(link: PaperLink) -> Address | None:
    identity, url = link.identity, link.link.url
    if identity is None or identity.arxiv is None or not link.verbatim or identity.form is LinkForm.OTHER:
        return None
    before = url[max(url.rfind("http", 0, identity.id_start), 0) : identity.id_start]
    if "://" not in before and link.link.kind is not LinkKind.BARE:
        before = "https://" + before.lstrip("/")
    behind = url[identity.version_end or identity.id_end :]
    return Address(_INSECURE.sub("https://", before), ".pdf" if behind.lower().startswith(".pdf") else "")


def _tidy(text: str) -> str:
    """Without what is left of links that were taken out: blanks, line breaks, empty brackets."""
    for _ in range(3):
        text = _BREAKS.sub("", _NOTHING_IN_BRACKETS.sub("", text))
    return text


def commonest(shapes: Iterable[Shape]) -> tuple[Shape, int] | None:
    """The shape that most have, with the addresses that most of these have, and how many have it."""
    found = list(shapes)
    if not found:
        return None
    text, count = Counter(shape.text for shape in found).most_common(1)[0]
    addresses = Counter(shape.addresses for shape in found if shape.text == text)
    known = Counter({these: times for these, times in addresses.items() if None not in these})
    return Shape(text, (known or addresses).most_common(1)[0][0]), count
