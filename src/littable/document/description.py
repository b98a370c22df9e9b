"""What a table of names and values describes: a paper, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from littable.document.columns import normalise_header
from littable.document.dates import read_date
from littable.document.header_names import loose_roles, plain_role
from littable.document.pairs import Pair
from littable.document.table import Table
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

# Names that software, models, books, talks and documents under somebody's control have, and hardly a paper.
_OF_OTHER_THINGS = """
    status | version | owner | owners | reviewer | reviewers | approver | approvers | approved by
    | classification | priority | created | created by | supersedes | license | licence | maintainer
    | maintainers | speaker | speakers | presenter | package | command | price | download | downloads
    | severity | sprint | assignee | requires | depends on | document id | instructor | duration | isbn
    | publisher | consultant | supervisor | supervisors | advisor | advisors | консультант
    | научный руководитель | 指导教师 | 指导老师 | 状态 | 版本 | 负责人 | 审核人 | 优先级 | 许可证
    | 创建日期 | 依赖 | 出版社 | ステータス | バージョン | 出版 | статус | версия | издательство | estado
    | versión | editorial | statut | verlag
"""
_OTHER = frozenset(name.strip() for name in _OF_OTHER_THINGS.split("|"))
_DATED = frozenset({Role.YEAR, Role.DATE, Role.VENUE})
_ABSTRACT = 80
_LONGEST_NAME = 40
# "Title of the paper" explains a field and is no title.
_EXPLAINED = lazy(
    r"(?:the |a |full |original )*(?:(?:paper|article|document|work)(?:['’]s)? )?(?:title|name)\b"
    r"(?!s|:)|.*(?:标题|題名|题目|タイトル)$",
    re.IGNORECASE,
)
# Who writes "et al." cites, and documents, books and software are not cited so in a table about them.
_CITED = lazy(r"\bet\.? ?al\b|等(?:人|\s?\d)?\s*\Z|и др\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title above a table; ``start`` is where its heading begins."""

    start: int
    title: Span


@dataclass(slots=True, eq=False)
class Description:
    """A table of names and values; ``heading`` is the title above it, where the table gives none."""

    table: Table
    pairs: Sequence[Pair]
    heading: Heading | None = None

    @property
    def names(self) -> list[str]:
        """The names of its lines."""
        return [pair.name for pair in self.pairs]

    @property
    def roles(self) -> set[Role]:
        """What the table says, its heading aside."""
        return {pair.role for pair in self.pairs}

    @property
    def span(self) -> Span:
        """From the heading, or the table's first line, to its last."""
        span = self.table.span
        return Span(self.heading.start, span.end) if self.heading else span

    def of(self, role: Role) -> Iterator[Pair]:
        """The lines that have a role."""
        return (pair for pair in self.pairs if pair.role is role)


def is_paper(one: Description) -> bool:
    """Whether the table leaves no doubt: it names the paper, or says of a title what only papers have."""
    if _explains_fields(one):
        return False
    titles = list(one.of(Role.TITLE))
    sure_title = any(pair.sure for pair in titles)
    about = one.roles & {Role.AUTHORS, Role.ABSTRACT, *_DATED}
    others = sum(name in _OTHER for name in one.names)
    named = [pair for pair in (*titles, *one.of(Role.LINK)) if pair.linked]
    if sure_title and any(pair.sure for pair in named):
        return not others or (others == 1 and len(about) >= 2)
    if others:
        return False
    if named:
        if sure_title:
            return bool(about)
        told = bool(about & _DATED) or any(pair.sure for pair in named)
        return told and bool(about & {Role.AUTHORS, Role.ABSTRACT})
    return sure_title and _says_what_papers_have(one, titles, about)


def may_be_paper(one: Description) -> bool:
    """Whether it may be a paper where others beside it that are written alike are papers."""
    if one.heading is not None or _explains_fields(one) or not one.roles & {Role.TITLE}:
        return False
    if any(name in _OTHER for name in one.names):
        return False
    return bool(one.roles & {Role.AUTHORS, Role.ABSTRACT, Role.LINK, *_DATED})


def _says_what_papers_have(one: Description, titles: Iterable[Pair], about: set[Role]) -> bool:
    if not any(pair.titled for pair in titles):
        return False
    if Role.VENUE in about:
        return len(about) >= 2 or Role.CODE in one.roles
    if Role.AUTHORS not in about:
        return False
    if about & _DATED and any(_CITED.search(pair.words) for pair in one.of(Role.AUTHORS)):
        return True
    return any(len(pair.words) >= _ABSTRACT for pair in one.of(Role.ABSTRACT))


def _explains_fields(one: Description) -> bool:
    """Whether the table says what fields mean, and not what a paper is."""
    if any(_EXPLAINED.fullmatch(pair.words) or _is_name(pair.words) for pair in one.of(Role.TITLE)):
        return True
    unlinked = not any(pair.linked for pair in one.of(Role.LINK))
    return unlinked and any(read_date(pair.words) is None for pair in one.of(Role.YEAR))


def _is_name(words: str) -> bool:
    if len(words) > _LONGEST_NAME:
        return False
    name = normalise_header(words)
    return plain_role(name) is not None or bool(loose_roles(name))
