"""Labels of lines and parts below a heading: ``**Authors:** …``, ``- **Abstract**``, ``#### 摘要``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from littable.document.columns import normalise_header
from littable.document.header_names import loose_roles, plain_role
from littable.patterns import lazy
from littable.roles import Role

_MARK = r"(?:\*{1,3}|_{1,3}|`|</?(?:b|strong|em|i|u|font|span|code)(?:\s[^<>]{0,80})?>)"
_SIGN = r"[\u2190-\u2bff\u3030\ufe0e\ufe0f\u200d\U0001f000-\U0001faff]"
_ICON = rf"(?:{_SIGN}{{1,4}}\s{{0,3}}|[-–—>»◆■·]\s{{0,2}}|:[a-z0-9_+-]{{2,30}}:\s{{0,3}})?"
_NAME = r"(?P<name>[^\W\d_][^\n:：*_<>|\[\]`]{0,40}?)"
_HEAD = rf"\s{{0,3}}{_ICON}(?P<open>{_MARK}{{0,3}})\s?{_ICON}{_NAME}\s{{0,3}}"
_LABEL = lazy(
    rf"{_HEAD}(?P<close>{_MARK}{{0,3}})\s{{0,2}}[:：](?P<after>{_MARK}{{0,3}})[ \t\u00a0\u3000]*",
    re.IGNORECASE,
)
_BARE = lazy(rf"{_HEAD}(?P<close>{_MARK}{{1,3}})\s*", re.IGNORECASE)

# What lists write before a value besides the names that head columns.
_FURTHER = {
    Role.TITLE: """
        original title | english title | title (en) | full title | 原文标题 | 原标题 | 英文题目 | 英文标题 |
        原題
        | 原論文タイトル | 원문 제목 | 영문 제목 | 원제 | 논문명 | 제목 | оригинальное название | título
        original
    """,
    Role.AUTHORS: """
        authors & affiliations | authors/affiliations | authors and affiliations | 著者・所属 | 著者/所属
        | 著者/所属機関 | 著者情報 | 作者/机构 | 作者/单位 | 作者信息 | 论文作者 | 주저자 | 1저자
    """,
    Role.DATE: """
        published on | published at | submitted on | posted | arxiv date | first submitted | last revised
        | 投稿日 | 投稿日付 | 投稿年 | 投稿日時 | 発表年 | 出版年 | 発表日 | 提交日期 | 提交时间 | 收录日期
        | 公开时间
        | 发表年份 | 발표연도 | 발표 연도 | 발행일 | 게재일 | 출판연도 | 발표 | 출판일 | 投稿時間 | дата
        выхода
    """,
    Role.VENUE: """
        publication venue | 会議・論文誌 | 学会/論文誌 | 掲載 | 発表学会 | 期刊/会议 | 发表会议 | 发表期刊 |
        发表于 | 发表信息
        | 학회 | 저널 | 게재지 | 발표처 | 학회/저널 | 发表场所 | место публикации | revista/conferencia
    """,
    Role.LINK: """
        arxiv number | arxiv no. | arxiv:id | paper id | paper page | hf link | abs link | abs | read paper
        | read the paper | url (paper) | paper url | 论文地址 | 原文地址 | 文章链接 | 下载链接 | pdf链接 |
        pdf 链接
        | arxiv链接 | arxiv 链接 | 論文url | 論文pdf | 원문 링크 | 논문 링크 | 논문링크 | 논문 | 原文链接
        | ссылка на статью | enlace al artículo | arxiv/doi | doi/arxiv id | doi/arxiv | identifier
    """,
    Role.CODE: """
        project website | slides | video | poster | 代码地址 | 开源地址 | 项目主页 | 项目地址 | github地址
        | github链接 | 코드 | 프로젝트 | code/project | official code | official implementation | project link
    """,
    Role.ABSTRACT: """
        original abstract | paper abstract | full abstract | ai summary | one-sentence summary | key points
        | key insight | 论文摘要 | 内容摘要 | 摘要翻译 | 中文总结 | 一句话总结 | 核心内容 | 核心要点 |
        論文概要
        | 一言でいうと | 概要 | 要約 | 요약 | 핵심 요약 | 한 줄 요약 | 한줄 요약 | 개요 | 초록 요약 |
        краткое резюме
        | abstract translation | tl;dr | tldr | takeaways | key takeaways | takeaway
        | key contribution | key contributions | core idea | core contribution | key finding | key findings
        | main findings
        | 创新点 | 主要贡献 | 核心思想 | 核心贡献 | 研究内容 | 概述 | どんなもの？ | どんなもの | 主な貢献 |
        gist | 摘要 (abstract)
    """,
}
_FURTHER_ROLES = {
    " ".join(name.split()): role for role, names in _FURTHER.items() for name in names.split("|")
}
_MOST_WORDS = 5
_LONGEST_PART = 60


@dataclass(frozen=True, slots=True)
class LineLabel:
    """A label: ``roles`` is what its value may be, likeliest first, and empty where it is none of a paper's.
    The value begins at ``end``; ``strong`` tells that it is set off by emphasis, ``open`` which marks of
    emphasis
    go on behind it.
    """

    name: str
    roles: tuple[Role, ...]
    end: int
    strong: bool
    open: str = ""


def roles_of(name: str) -> tuple[Role, ...]:
    """What a normalised name of a part may mean, likeliest first."""
    if name in _FURTHER_ROLES:
        return (_FURTHER_ROLES[name],)
    plain = plain_role(name)
    if plain is not None and plain is not Role.NUMBER:
        return (plain,)
    return loose_roles(name)


def label_at(source: str, start: int, end: int) -> LineLabel | None:
    """The label that a line begins with: a known one, or any that is set off by emphasis."""
    match = _LABEL.match(source, start, end)
    if match is None or source.startswith("//", match.end("close") + 1):
        return None
    name, roles = _named(match["name"])
    strong = bool(match["open"].strip())
    if not roles and not (strong and name.count(" ") < _MOST_WORDS):
        return None
    going_on = "" if match["close"] or match["after"] else match["open"]
    return LineLabel(name, roles, match.end(), strong, going_on)


def bare_label(source: str, start: int, end: int) -> LineLabel | None:
    """A line that is nothing but a label set off by emphasis, without a colon: ``**Abstract**``."""
    match = _BARE.fullmatch(source, start, end)
    if match is None or not match["open"]:
        return None
    name, roles = _named(match["name"])
    return LineLabel(name, roles, end, strong=True) if roles else None


@lru_cache(maxsize=1_024)
def _named(written: str) -> tuple[str, tuple[Role, ...]]:
    """A label's name and what it may mean; a list has the same few labels over and over."""
    name = normalise_header(written)
    return name, roles_of(name)


@lru_cache(maxsize=1_024)
def part_of(heading: str) -> tuple[Role, ...]:
    """What the part below a heading holds, if it is a part that papers have."""
    if len(heading) > _LONGEST_PART:
        return ()
    return roles_of(_NUMBERED.sub("", normalise_header(heading)).strip(" :："))


_NUMBERED = lazy(r"^(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-z])[.)、]?\s+")
