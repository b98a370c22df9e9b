"""Authors alone before a colon, where most items of a page name theirs so."""

from __future__ import annotations

from collections.abc import Sequence

from littable.document.citations.citation import Citation
from littable.document.citations.evidence import score
from littable.document.citations.nodes import Mark
from littable.document.citations.people import name_strength
from littable.document.citations.titles import Title, count_words
from littable.document.page import Page
from littable.document.plain import plain
from littable.document.readers.bullet_candidates import Candidate, Group
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_LEAD = lazy(r"(?P<people>[^:\n]{3,60}):\s+")
_FEWEST = 3
_LONGEST_NAME = 5


def read_leading_authors(page: Page, groups: Sequence[Group]) -> None:
    """Read "Kevin Knight: Bayesian Inference with Tears" as the author and the title if the page names
    authors like that elsewhere: alone, a name before a colon may as well be the name of a method.
    """
    everyone = [one for group in groups for one in group.candidates if one.citation and one.citation.title]
    leading = sum(_names_people_first(page.shown, one) for one in everyone)
    if leading < _FEWEST or leading * 4 < len(everyone):
        return
    for one in everyone:
        if one.citation is not None and not _names_people_first(page.shown, one):
            _read(page.shown, one, one.citation)


def _names_people_first(source: str, one: Candidate) -> bool:
    """Whether people that can be nothing else stand before a colon and the title."""
    citation = one.citation
    if citation is None or citation.title is None or citation.people < 2:
        return False
    authors = next((span for role, span in citation.cells if role is Role.AUTHORS), None)
    if authors is None or authors.end > citation.title.span.start:
        return False
    return source[authors.end : citation.title.span.start].lstrip(" .").startswith(":")


def _read(source: str, one: Candidate, citation: Citation) -> None:
    title = citation.title
    assert title is not None
    lead = _LEAD.match(source, title.span.start, title.span.end) if title.mark is Mark.TEXT else None
    if lead is None or not name_strength(lead["people"]) or len(lead["people"].split()) > _LONGEST_NAME:
        return
    span = Span(lead.end(), title.span.end)
    words = count_words(span.of(source))
    if words < 2:
        return
    citation.cells = [cell for cell in citation.cells if cell[0] not in (Role.TITLE, Role.AUTHORS)]
    citation.title = Title(span, title.mark, words)
    citation.title_text = plain(span.of(source))
    citation.add(Role.TITLE, span)
    citation.add(Role.AUTHORS, Span(*lead.span("people")))
    citation.people = 2
    one.score = score(citation)
