"""Which lists are lists of papers, and which of their items are papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from littable.document.citations.citation import Citation
from littable.document.citations.evidence import LIKELY, STRONG, names_other
from littable.document.citations.nodes import Mark
from littable.document.citations.people import name_strength
from littable.document.page import Page
from littable.document.readers.bullet_books import are_books
from littable.document.readers.bullet_candidates import Candidate, Group
from littable.document.readers.bullet_leading import read_leading_authors
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_SHARE = 0.6
_SHARE_WHERE_PAPERS_PREVAIL = 0.3
_NAME_LENGTH = 3.2
_LABEL = lazy(
    r"(?:[^\w\s\[(<*]{1,3}\s*)?(?:\*\*|__)?[^\W\d_][^\n:：*\[\]()<>|\"]{0,24}"
    r"(?:[:：]\s*(?:\*\*|__)?|(?:\*\*|__)\s*[:：])"
)
_BIBTEX = lazy(r"(?:```|~~~)[^\n]*\s+@[a-z]{4,16}\s?\{", re.IGNORECASE)
_NO_PAPERS = lazy(
    r"\W*(?:(?:latest|recent|breaking|our|project|how to|table of|\d{4})\W+)*"
    r"(?:news|updates?|what'?s new|change ?log|changes|to-?do(?: list)?|release notes|announcements?"
    r"|cit(?:e|ing|ation|ations)(?: us| our work| this work)?|bibtex|acknowledge?ments?|contents?|toc"
    r"|licen[sc]e"
    r"|contribut(?:ing|ors|ion|ions)|install(?:ation)?|usage|requirements|contact|star history|features"
    r"|更新(?:日志|记录)?|新闻|动态|最新动态|目录|引用|致谢|ニュース|更新履歴|目次|новости|содержание|благодарности|цитирование"
    r"|noticias|novedades|contenido|índice|업데이트|목차|소식)(?:\W+(?:&|and)\W+\w+)?\W*"
)


def judge(page: Page, groups: Sequence[Group]) -> Iterator[list[Candidate]]:
    """The papers of each group that lists papers."""
    _find_cousins(groups)
    read_leading_authors(page, groups)
    manners = Manners(groups)
    for group in groups:
        group.fields = _are_fields(page, group)
        for one in group.candidates:
            if one.score < LIKELY and manners.has(one):
                one.score += 1
                one.familiar = True
    for group in groups:
        papers = _papers(page, group, manners)
        if papers:
            settle_notes(papers)
            yield papers


def _find_cousins(groups: Sequence[Group]) -> None:
    """Let lists below the captions of one list be judged together."""
    families: dict[int, list[Candidate]] = {}
    for group in groups:
        above = group.parent.group if group.parent is not None else None
        group.cousins = families.setdefault(id(above), []) if above is not None else []
        group.cousins += group.candidates


class Manners:
    """How the likely papers of a page are written, and how many of its items they are."""

    def __init__(self, groups: Sequence[Group]) -> None:
        everyone = [one for group in groups for one in group.candidates]
        likely = [one for one in everyone if one.score >= LIKELY]
        self.likely = len(likely)
        self.total = sum(_says_something(one) for one in everyone)
        self.counts = Counter(_manner(one) for one in likely)
        self.marks = Counter(one.citation.title.mark for one in likely if one.citation and one.citation.title)

    def has(self, one: Candidate) -> bool:
        """Whether an item is written as many papers of the page are, and says more than a title."""
        citation = one.citation
        if citation is None or citation.title is None or not one.score:
            return False
        if not (citation.paper or citation.venue or citation.people):
            return False
        return self.counts[_manner(one)] >= max(4, self.likely // 20)

    @property
    def prevail(self) -> bool:
        """Whether the page lists papers more than anything else."""
        return self.likely > 4 and self.likely * 2 >= self.total


def _manner(one: Candidate) -> tuple[object, ...]:
    citation = one.citation
    assert citation is not None
    assert citation.title is not None
    if citation.paper:
        return citation.title.mark, True
    return citation.title.mark, citation.dated, citation.venue, citation.people > 0


def _says_something(one: Candidate) -> bool:
    citation = one.citation
    if citation is None or one.leads or citation.within:
        return False
    if citation.title is None or citation.title.mark is Mark.CODE:  # words to search for, commands
        return citation.links > 0
    return True


def _papers(page: Page, group: Group, manners: Manners) -> list[Candidate]:
    considered = [one for one in group.candidates if not one.leads]
    _join_continuations(considered)
    if not considered or not _may_list(page, group):
        return []
    likely = [one for one in considered if one.score >= LIKELY]
    trust = 1.0 if page.is_chosen(considered[0].start) and likely else _trust(group, manners)
    if trust < _SHARE:
        return likely if trust > 0 else []
    return [
        one for one in considered if one.score >= LIKELY or (not one.joined and _goes_along(one, manners))
    ]


def _may_list(page: Page, group: Group) -> bool:
    if len(group.candidates) == 1 and _BIBTEX.search(
        page.source, group.candidates[0].start, group.candidates[0].stop
    ):
        return False  # how to cite the project
    if are_books(page, group):
        return False
    return not (group.fields or is_no_place(page, group.candidates[0].start)) and _is_fit_parent(group)


def _trust(group: Group, manners: Manners) -> float:
    """The share of items that are papers, as far as they are told from names of things; 0 for no list of
    papers.
    """
    cousins = [one for one in group.cousins if not one.leads and not one.joined]
    likely = [one for one in cousins if one.score >= LIKELY]
    counted = [one for one in cousins if _says_something(one)]
    if not likely or _are_named_shortly(counted, likely) or not (manners.prevail or _are_sure(likely)):
        return 0
    share = sum(map(_weight, counted)) / max(len(counted), 1)
    if share < (_SHARE_WHERE_PAPERS_PREVAIL if manners.prevail else _SHARE):
        return 0
    return share if len(likely) > 1 or _stands_alone(likely[0], share, manners) else 0


def _weight(one: Candidate) -> float:
    """How much an item counts for its list being one of papers: less where it only leads to one."""
    if one.score >= LIKELY or one.familiar:
        return 1.0
    return 0.5 if one.citation is not None and one.citation.paper == 2 else 0.0


def _are_named_shortly(counted: Sequence[Candidate], likely: Sequence[Candidate]) -> bool:
    """Whether most items are named by a word or two, as models, metrics and libraries are."""
    words = [one.citation.title.words for one in counted if one.citation and one.citation.title]
    cited = sum(one.citation is not None and one.citation.people == 2 for one in likely)
    return len(words) > 2 and sum(words) < _NAME_LENGTH * len(words) and cited * 2 < len(likely)


def _are_sure(likely: Sequence[Candidate]) -> bool:
    """Whether most likely papers are kept where papers are, or say who wrote them or where they appeared."""
    return sum(map(_is_sure, likely)) * 2 >= len(likely)


def _is_sure(one: Candidate) -> bool:
    citation = one.citation
    assert citation is not None
    return citation.paper == 2 or citation.people == 2 or citation.venue


def _join_continuations(candidates: Sequence[Candidate]) -> None:
    """Let an item that only names authors belong to the paper above it."""
    above: Candidate | None = None
    for one in candidates:
        citation = one.citation
        if one.score >= LIKELY:
            above = one
        elif above is not None and above.citation is not None and citation is not None:
            people = _only_people(citation)
            one.joined = people is not None
            if people is not None and not above.citation.has(Role.AUTHORS):
                above.citation.add(Role.AUTHORS, people)
                above.stop = max(above.stop, one.stop)


def _only_people(citation: Citation) -> Span | None:
    """The authors, where an item names nothing else."""
    if citation.links or citation.venue or citation.dated:
        return None
    if citation.title is None:
        return next((span for role, span in citation.cells if role is Role.AUTHORS), None)
    alone = citation.title.mark is Mark.TEXT and len(citation.cells) == 1 and not citation.notes
    return citation.title.span if alone and name_strength(citation.title_text) else None


def settle_notes(papers: Sequence[Candidate]) -> None:
    """Decide which notes are texts about their papers: where most of a list's are, shorter ones are too."""
    notes = [note for one in papers if one.citation for note in one.citation.notes if not note.short]
    mostly = sum(note.clear for note in notes) * 2 >= len(notes)
    for one in papers:
        citation = one.citation
        assert citation is not None
        for note in citation.notes:
            about = note.clear or (mostly and not note.short)
            citation.add(Role.ABSTRACT if about else Role.COMMENT, note.span)


def is_no_place(page: Page, offset: int) -> bool:
    """Whether the heading says that no papers are listed: news, contents, how to cite."""
    heading = next(iter(page.headings_at(offset)), "")
    return _NO_PAPERS.fullmatch(heading.casefold()) is not None


def _are_fields(page: Page, group: Group) -> bool:
    """Whether items are what is said of one thing: "Paper: …", "Code: …"."""
    others = [one for one in group.candidates if one.score < LIKELY and one.citation is not None]
    labelled = [one.citation.label for one in others if one.citation and one.citation.label is not None]
    if any(label not in (Role.TITLE, Role.OTHER) for label in labelled):
        return True
    cited = [one for one in group.candidates if _names_its_authors(one)]
    if group.candidates[0] in cited[:1] and any(one.score >= LIKELY for one in cited[1:]):
        return False  # remarks below citations
    begun = sum(
        _LABEL.match(page.shown, one.citation.span.start, one.citation.span.end) is not None
        for one in others
        if one.citation
    )
    return begun >= 2 and begun * 4 >= len(group.candidates)


def _names_its_authors(one: Candidate) -> bool:
    citation = one.citation
    return citation is not None and citation.label is None and citation.people == 2 and citation.dated


def _is_fit_parent(group: Group) -> bool:
    """Whether the item above, if there is one, is a caption among captions or papers."""
    parent = group.parent
    while parent is not None:
        above = parent.group
        assert above is not None
        siblings = above.candidates
        if above.fields:
            return False
        fit = sum(one.leads or one.score >= LIKELY for one in siblings)
        if fit * 2 < len(siblings):
            return False
        parent = parent.parent
    return True


def _stands_alone(one: Candidate, share: float, manners: Manners) -> bool:
    """Whether the only likely paper of a list is one."""
    citation = one.citation
    assert citation is not None
    if share >= _SHARE and one.score >= STRONG + 1 and citation.people == 2:
        return True
    if one.score >= STRONG and share >= _SHARE and manners.likely > 2 and manners.likely * 3 >= manners.total:
        return True
    return manners.prevail


def _goes_along(one: Candidate, manners: Manners) -> bool:
    """Whether an item among papers is one, though less speaks for it."""
    citation = one.citation
    if one.joined or citation is None or citation.title is None or citation.within or citation.news:
        return False
    if (citation.name_first and not citation.paper) or citation.before >= 3:
        return False
    if citation.links and not (citation.people or citation.venue) and names_other(citation):
        return False
    words = citation.title.words
    if citation.paper:
        return words >= 1
    if manners.marks[citation.title.mark] * 8 < manners.likely:
        return False
    if citation.people or citation.venue:
        return words >= 2
    if citation.kin and not citation.dated:
        return False
    return words >= 4 or (citation.dated and words >= 3)
