"""Lists of text books, which are cited as papers are."""

from __future__ import annotations

import re

from littable.document.citations.citation import Citation
from littable.document.citations.evidence import LIKELY
from littable.document.page import Page
from littable.document.readers.bullet_candidates import Group
from littable.patterns import lazy
from littable.roles import Role

_FEWEST = 3
_NAMES = (
    r"(?:springer|wiley|packt|o[’']reilly|manning|pearson|addison[- ]wesley|apress|prentice hall"
    r"|mcgraw[- ]hill|morgan kaufmann|academic press|chapman (?:and|&) hall|crc press|(?:the )?mit press"
    r"|(?:cambridge|oxford|princeton) university press)"
    r"(?: (?:press|publishing|publishers|publications|verlag|media))?"
)
_PUBLISHER = lazy(rf"\W*{_NAMES}\W*", re.IGNORECASE)
_PUBLISHED = lazy(
    rf"[\W_]{{0,6}}(?:\([^()\n]{{0,20}}\bed[^()\n]{{0,10}}\)\W{{0,4}})?{_NAMES}\W{{1,4}}(?:19|20)\d\d",
    re.IGNORECASE,
)


def are_books(page: Page, group: Group) -> bool:
    """Whether nothing but a publisher stands behind most titles, no other place, and no link to a paper."""
    cited = [one.citation for one in group.candidates if one.citation and one.score >= LIKELY]
    if len(cited) < _FEWEST or any(citation.paper for citation in cited):
        return False
    published = sum(_is_published(page.shown, citation) for citation in cited)
    return published * 2 > len(cited) and not any(_names_place(page.shown, citation) for citation in cited)


def _is_published(source: str, citation: Citation) -> bool:
    title = citation.title
    return title is not None and _PUBLISHED.match(source, title.span.end, citation.span.end) is not None


def _names_place(source: str, citation: Citation) -> bool:
    """Whether a place is named that is no publisher."""
    places = (span for role, span in citation.cells if role is Role.VENUE)
    return any(_PUBLISHER.fullmatch(source, span.start, span.end) is None for span in places)
