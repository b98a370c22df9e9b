"""How much speaks for a citation being a paper's."""

from __future__ import annotations

from littable.document.citations.citation import Citation
from littable.document.citations.nodes import Mark
from littable.patterns import lazy
from littable.roles import Role

LIKELY = 3.0
STRONG = 4.0
_STAND_INS = frozenset(
    {
        *("title", "paper title", "paper name", "name of the paper", "title of the paper"),
        *("this is a title", "this is the title", "title of paper", "your paper title", "论文标题", "标题"),
    }
)
# What is named in lists beside papers and is none, and what no title has.
_AGAINST = lazy(
    r"\b(?:workshops?|tutorials?|challenge|competition|course|lectures?|seminar|specialization|cs\s?\d{3}\w?)\b|\d%"
)


def score(citation: Citation) -> float:
    """The sum of what speaks for it and against it; 0 without a title."""
    title = citation.title
    if title is None or citation.within or citation.title_text.casefold().rstrip(" .") in _STAND_INS:
        return 0
    points = 2.0 if citation.paper == 2 else 1.5 if citation.paper else 0.0
    points += (0, 0.5, 1.5)[citation.people]
    points += citation.venue + 0.5 * citation.dated
    points += _length(title.words)
    points += 0.5 * (title.mark is Mark.QUOTE)
    points += 0.5 * citation.has(Role.ABSTRACT)
    points -= 1.5 * _leads_elsewhere(citation)
    points -= 2.0 * names_other(citation)
    points -= 2.5 * citation.news
    points -= 2.0 * (citation.before >= 3)
    points -= 2.0 * (citation.name_first and title.mark is Mark.TEXT and not citation.paper)
    return points


def names_other(citation: Citation) -> bool:
    """Whether a title is that of a course, a workshop or the like, and nothing leads to a paper."""
    return not citation.paper and _AGAINST.search(citation.title_text.lower()) is not None


def _length(words: float) -> float:
    """What the length of a title tells: names of things are short."""
    for least, points in ((6, 1.5), (3, 1.0), (2, -0.5)):
        if words >= least:
            return points
    return -1.0


def _leads_elsewhere(citation: Citation) -> bool:
    """Whether links lead anywhere but to papers, and nothing tells of a place: courses, books, talks."""
    if not citation.links or citation.paper or citation.venue:
        return False
    return not (citation.people == 2 and citation.dated and _people_first(citation))


def _people_first(citation: Citation) -> bool:
    places = {role: span.start for role, span in citation.cells if role in (Role.AUTHORS, Role.TITLE)}
    return places.get(Role.AUTHORS, 1) < places.get(Role.TITLE, 0)
