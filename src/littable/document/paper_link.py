"""A link of an entry, and the paper that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from littable.document.fields import simple_part
from littable.document.inline import Link, LinkKind, find_links
from littable.document.listing import Cell
from littable.papers.identifiers import LinkIdentity, identify
from littable.roles import Role
from littable.text import Span


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A link of an entry with the paper it names, if it names one; ``role`` is its column's."""

    link: Link
    role: Role
    identity: LinkIdentity | None

    @property
    def identity_span(self) -> Span | None:
        """Where the identifier stands in the source; None when the URL is written with escapes."""
        if self.identity is None:
            return None
        return self._within((self.identity.id_start, self.identity.id_end))

    @property
    def version_span(self) -> Span | None:
        """Where the version suffix stands in the source, if there is one."""
        identity = self.identity
        if identity is None or identity.version_start is None or identity.version_end is None:
            return None
        return self._within((identity.version_start, identity.version_end))

    @property
    def is_followed(self) -> bool:
        """Whether it leads somewhere: no picture, and not empty."""
        return self.link.kind is not LinkKind.IMAGE and bool(self.link.url)

    @property
    def verbatim(self) -> bool:
        """Whether the URL stands in the source as it reads, so that offsets in it are offsets there."""
        return self.link.url_span.end - self.link.url_span.start == len(self.link.url)

    def _within(self, bounds: tuple[int, int]) -> Span | None:
        if not self.verbatim:
            return None
        start = self.link.url_span.start
        return Span(start + bounds[0], start + bounds[1])


def links_of(role: Role, cell: Cell, definitions: Mapping[str, tuple[str, Span]]) -> list[PaperLink]:
    """The links of a cell in a column of ``role``; of a link cell without any, the identifier it gives."""
    links = find_links(cell.source, cell.start, cell.end, definitions)
    if not links and role is Role.LINK and not cell.empty:
        links = _written_identifier(cell)
    return [
        PaperLink(link, role, identify(link.url) if link.url and link.kind is not LinkKind.IMAGE else None)
        for link in links
    ]


def _written_identifier(cell: Cell) -> list[Link]:
    """An identifier written as text, such as ``arXiv:2403.03218`` or a bare DOI."""
    span = simple_part(cell.source, cell.span)
    text = span.of(cell.source)
    if not text or identify(text) is None:
        return []
    return [Link(LinkKind.TEXT, text, span, span, span)]


def naming(links: Sequence[PaperLink]) -> tuple[PaperLink, ...]:
    """Of an entry's links those that name its paper: those in link cells, else the title's own. Malformed
    ones count only where no other does.
    """
    named = [link for link in links if link.identity is not None]
    for role in (Role.LINK, Role.TITLE):
        own = tuple([link for link in named if link.role is role])
        if any(link.identity.malformed is None for link in own if link.identity):
            return own
    return tuple([link for link in named if link.role in (Role.LINK, Role.TITLE)])


def identity_of(links: Iterable[PaperLink]) -> LinkIdentity | None:
    """The paper's identifier: an arXiv one if any link has it, else the first DOI."""
    first = None
    for link in links:
        identity = link.identity
        if identity is not None and identity.malformed is None:
            if identity.arxiv is not None:
                return identity
            first = first or identity
    return first
