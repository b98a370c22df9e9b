"""What was read of a paper that stands below no header, and whether that is enough."""

from __future__ import annotations

from dataclasses import dataclass, field

from littable.document.parts import Parts
from littable.roles import Role


@dataclass(slots=True)
class PaperRead:
    """What was read of a paper; ``sure`` tells whether its title can be nothing else, ``place`` which cell
    it stands in.
    """

    parts: Parts
    place: int = 0
    sure: bool = False
    marked: bool = False
    cased: bool = False
    links_paper: bool = False
    title_links_paper: bool = False
    title_links_elsewhere: bool = False
    roles: set[Role] = field(default_factory=set)

    @property
    def complete(self) -> bool:
        """Whether all of it together can only be a paper."""
        if Role.TITLE not in self.roles:
            return False
        authors = Role.AUTHORS in self.roles
        linked = self.links_paper or Role.LINK in self.roles
        dated = bool(self.roles & {Role.YEAR, Role.DATE, Role.VENUE})
        if not self.sure or self.title_links_elsewhere:
            return (authors and linked) or (self.title_links_paper and dated)
        if not self.marked and not authors:
            return self.links_paper and (dated or self.cased)
        return self.links_paper or (authors and (dated or linked))

    @property
    def likely(self) -> bool:
        """Whether it is a paper where those around it are."""
        if not self.sure:
            return self.title_links_paper
        return self.complete or len(self.roles - {Role.OTHER, Role.NUMBER}) > 1 or self.title_links_paper
