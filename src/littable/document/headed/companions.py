"""Sections that say little of themselves, among others that are papers and headed alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from littable.document.columns import normalise_header
from littable.document.headed.candidates import Candidate
from littable.document.headed.titleness import names, titleness
from littable.document.outline import Kind
from littable.document.page import Page
from littable.document.plain import plain
from littable.document.sections import Section
from littable.patterns import lazy
from littable.roles import Role

_REPOSITORIES = ("github.com/", "gitlab.com/", "huggingface.co/", "youtube.com/", "youtu.be/")
_DATES = (Role.YEAR, Role.DATE)
_FEWEST = 3
_MEAN_WORDS = 4
# In a run of papers so many in ten sections link to one; they have titles of so many words.
_MOST_LINK = 9
_WORDS_OF_LINKED = 5
# Names are among them at most once in so many: more are models or data sets.
_FEW_SHORT = 4
_OTHER_KINDS = lazy(
    r"(?i)\b(?:courses?|lectures?|talks?|videos?|slides|repo(?:sitory)?|code|github|tools?|library|libraries|dataset)\b"
    r"|课程|视频|代码|工具"
)
_PLACES = names(
    """
    paper | papers | my papers | our papers | publications | my publications | publication | publication list
    | list of publications | selected publications | selected papers | preprints | articles | 论文 |
    发表论文 | 论文列表
    | 論文 | 発表論文 | 논문 | публикации | статьи | publicaciones | publikationen
    """
)
_FRONT_TITLE = lazy(r"^title:\s*[\"']?(?P<title>[^\"'\n]{1,60}?)[\"']?\s*$", 8)
_PAPER_LINK = lazy(
    r"(?i)\[[^\[\]\n]{0,20}(?<![^\W_])(?:paper|pdf|article|thesis|preprint|report|doi)(?![^\W_])[^\[\]\n]{0,30}\]"
)


def companions_of(
    chosen: Sequence[Candidate], candidates: Sequence[Candidate], siblings: Mapping[Section | None, int]
) -> list[Candidate]:
    """The candidates beside papers that are headed as all of these are: by a link, or with a year."""
    if not chosen:
        return []
    kin: dict[Section | None, list[Candidate]] = {}
    for one in chosen:
        kin.setdefault(one.parent, []).append(one)
    taken = set(chosen)
    alike = {
        parent: (all(map(_is_link, papers)), all(map(_is_dated, papers)))
        for parent, papers in kin.items()
        if len(papers) > 1 and len(papers) * 2 >= siblings.get(parent, len(papers))
    }
    return [
        one for one in candidates if one not in taken and _fits(one, *alike.get(one.parent, (False, False)))
    ]


def linked_alike(chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that say no more than where the paper is, beside papers that say so as well and more,
    where nearly all of the candidates do.
    """
    if len(chosen) < _FEWEST or not all(one.found.linked and not one.head.leads for one in chosen):
        return []
    taken = set(chosen)
    linked = [one for one in candidates if one not in taken and _is_linked_title(one)]
    found = [*chosen, *linked]
    words = sum(one.found.words.count(" ") + 1 for one in found)
    if sum(titleness(one.found.words) < 2 for one in found) * _FEW_SHORT > len(found):
        return []
    if len(found) * 10 < _MOST_LINK * len(candidates) or words < _WORDS_OF_LINKED * len(found):
        return []
    return linked


def _is_linked_title(one: Candidate) -> bool:
    found = one.found
    if not found.linked or found.refers or _OTHER_KINDS.search(plain(one.head.text)):
        return False
    return titleness(found.words) > 0 and " " in found.words


def _fits(one: Candidate, linked: bool, dated: bool) -> bool:
    if _OTHER_KINDS.search(plain(one.head.text)):
        return False
    if linked and _is_link(one) and titleness(one.head.words) > 0 and one.head.words.count(" ") > 1:
        return True
    return (
        dated
        and _is_dated(one)
        and titleness(one.head.words) > 2
        and (one.found.texts or bool(one.found.labels))
    )


def _is_link(one: Candidate) -> bool:
    return one.head.own is not None and not any(host in one.head.text for host in _REPOSITORIES)


def _is_dated(one: Candidate) -> bool:
    return any(role in _DATES for role, _ in one.head.cells)


def own_papers(
    page: Page, candidates: Sequence[Candidate], siblings: Mapping[Section | None, int]
) -> list[Candidate]:
    """The sections below a heading, or on a page, that says "Papers" and holds nothing but titled texts."""
    found = [one for one in candidates if titleness(one.head.words) > 1 and one.found.texts]
    counts = Counter(one.parent for one in found)
    places = {
        parent
        for parent, count in counts.items()
        if count >= _FEWEST and count == siblings.get(parent) and _is_place(page, parent)
    }
    papers: list[Candidate] = []
    for place in places:
        below = [one for one in found if one.parent is place]
        words = sum(one.head.words.count(" ") + 1 for one in below)
        linked = sum(
            _PAPER_LINK.search(page.shown, one.span.start, one.span.end) is not None for one in below
        )
        if words >= _MEAN_WORDS * len(below) and linked == len(below):
            papers += below
    return papers


def _is_place(page: Page, parent: Section | None) -> bool:
    if parent is None:
        return False
    if parent.level:
        return normalise_header(plain(parent.title.of(page.shown))) in _PLACES
    front = next((block for block in page.blocks[:1] if block.kind is Kind.FRONT_MATTER), None)
    title = _FRONT_TITLE.search(page.source, front.start, front.end) if front else None
    return title is not None and normalise_header(title["title"]) in _PLACES
