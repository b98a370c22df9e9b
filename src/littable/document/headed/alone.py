"""Whether the only section of its kind is a paper's: a page of notes on one paper, not a project's own."""

from __future__ import annotations

from collections.abc import Sequence

from littable.document.columns import normalise_header
from littable.document.headed.candidates import Candidate, Contents, candidate_of
from littable.document.headed.titleness import names, titleness
from littable.document.headed.values import key
from littable.document.outline import Kind
from littable.document.page import Page
from littable.document.plain import plain
from littable.papers.identifiers import identify
from littable.roles import Role

_LABELS = 3
_COMMANDS = ("pip install", "git clone", "conda create", "npm install")
_PROJECT_PARTS = names(
    """
    installation | install | setup | usage | quick start | quickstart | getting started |
    requirements | prerequisites | dependencies | environment | environment setup | training |
    inference | citation | license | how to run | running | build | data preparation | how to use |
    example usage | run | 安装 | 使用方法 | 快速开始 | 使い方 | インストール | установка |
    license & citation | bibtex | project structure | repository structure | file structure |
    reproducing results | reproduction
    """
)
_PUBLISHED = frozenset({Role.AUTHORS, Role.DATE, Role.VENUE})


def stands_alone(page: Page, one: Candidate) -> bool:
    """Whether a single section is a paper's: its labels say who wrote it and where it is, and the page is
    no project's.
    """
    if titleness(one.found.words) < 2 or not (_is_described(one) or _is_read(page, one)):
        return False
    return not _is_of_project(page)


def heading_above(contents: Contents, one: Candidate, taken: Sequence[int]) -> Candidate | None:
    """The paper by the heading above, where that one has the title and this one is a part of it."""
    page, parent = contents.page, one.parent
    if parent is None or not parent.level or not page.may_hold_papers(parent.start):
        return None
    if key(one.found.words) not in key(plain(parent.title.of(page.shown))):
        return None
    above = candidate_of(contents, page.sections.index(parent), taken)
    return above if above is not None and stands_alone(page, above) else None


def _is_described(one: Candidate) -> bool:
    """Whether labels say who wrote the paper, and where it is or where and when it came out."""
    found = one.found
    if Role.AUTHORS not in found.labels:
        return False
    if found.labels >= _PUBLISHED and (found.prose or Role.ABSTRACT in found.labels):
        return True
    return (found.linked or one.head.leads) and len(found.labels) + one.head.leads >= _LABELS


def _is_read(page: Page, one: Candidate) -> bool:
    """Whether the page begins with a paper's title that links to it, has a date and notes, and no program."""
    own, roles = one.head.own, {role for role, _ in one.found.cells}
    if own is None or own[0] is not Role.LINK or titleness(one.found.words) < 3 or Role.CODE in roles:
        return False
    first = page.sections[1]
    if first.start != one.span.start or any(b.kind is not Kind.FRONT_MATTER for b in page.sections[0].blocks):
        return False
    if any(section.level <= first.level for section in page.sections[2:]):
        return False
    dated = not roles.isdisjoint({Role.DATE, Role.YEAR, Role.VENUE})
    told = dated and Role.ABSTRACT in roles and identify(_address(page, one)) is not None
    return told and not any(block.kind is Kind.CODE for block in page.blocks)


def _address(page: Page, one: Candidate) -> str:
    assert one.head.own is not None
    text = one.head.own[1].of(page.shown)
    return text[text.rfind("](") + 2 :].split()[0].strip("<>)") if "](" in text else ""


def _is_of_project(page: Page) -> bool:
    if any(word in page.source for word in _COMMANDS):
        return True
    return any(
        normalise_header(plain(section.title.of(page.shown))) in _PROJECT_PARTS for section in page.sections
    )
