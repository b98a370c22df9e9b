"""Header text to column role, and literature tables told from tables that look like them.

The names were counted in 120 real lists in seven languages. A name is *plain* when it can mean nothing else
(Title, Авторы, 摘要) and *loose* when another kind of table uses it too (Paper, Name, Description); content
decides about loose names, and about headers that say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from littable.document.dates import is_stand_in, read_date
from littable.document.inline import find_links, plain
from littable.document.model import Column, Row, Table
from littable.papers.identifiers import identify, is_scholarly
from littable.roles import Role

_PLAIN_NAMES = {
    Role.TITLE: """title|titles|paper title|article title|article name|paper name|title & authors|title and authors
        |title/authors|title & link|title (link)|publication title|название|название статьи|название работы|заголовок
        |статья/доклад|题目|标题|论文标题|论文题目|论文名称|论文名|中文标题|英文标题|タイトル|論文タイトル|論文名|título
        |titulo|título del artículo|titre|titel|titolo|제목|논문 제목|논문명|paper title & link""",
    Role.YEAR: """year|years|pub year|publication year|год|год издания|год публикации|年份|年|发表年份|発行年|año|ano
        |année|jahr|anno|연도|year of publication""",
    Role.DATE: """date|publish date|published date|pub date|pub. date|pub & date|publication date|published|submitted
        |submission date|release date|date published|дата|дата публикации|日期|发布日期|发表日期|发表时间|发布时间|时间
        |更新日期|日付|公開日|fecha|datum|data|날짜""",
    Role.AUTHORS: """authors|author|author(s)|first author|firstauthor|1st author|lead author|автор|авторы|автор(ы)
        |первый автор|作者|第一作者|著者|作者们|autores|autor|auteurs|auteur|autoren|autor(es)|autori|저자|written by""",
    Role.ABSTRACT: """abstract|abstracts|paper abstract|abstract (en)|аннотация|реферат|краткое содержание
        |краткое описание|摘要|中文摘要|英文摘要|論文要旨|要旨|アブストラクト|resumen|résumé|resumo|zusammenfassung
        |sommario|초록""",
    Role.LINK: """link|links|url|urls|pdf|pdf link|arxiv|arxiv link|arxiv id|arxiv url|paper link|paper url|paper links
        |links to paper|doi|doi link|ссылка|ссылки|链接|论文链接|原文链接|リンク|論文リンク|enlace|enlaces|lien|liens
        |링크|alphaxiv|openreview|html|fulltext|full text|paper (pdf)|read|paper/link|link to paper|ref link""",
    Role.VENUE: """venue|venues|pub|pub.|conf|conf.|conference|journal|journal/conference|conference/journal|publisher
        |published in|published at|конференция|журнал|会议|期刊|会议/期刊|发表|学会|会議|revista|conferencia|proceedings
        |source title""",
    Role.CODE: """code|codes|repo|repos|repository|github|git|github link|code link|implementation|implementations
        |project|project page|код|реализация|репозиторий|代码|代码链接|コード|実装|código|demo|homepage|website""",
    Role.COMMENT: """comment|comments|note|notes|remark|remarks|my notes|备注|コメント|заметки|примечание|примечания""",
    Role.NUMBER: "#|no|no.|№|id|index|idx|n|num|number|nr|序号|编号|番号|№ п/п|n°|rank|#.",
    Role.TOPIC: """topic|topics|category|categories|task|tasks|tag|tags|keyword|keywords|key words|area|subject|field
        |theme|关键词|类别|分类|тема|ключевые слова|カテゴリ|キーワード""",
}
_LOOSE_NAMES = {
    Role.TITLE: "paper|papers|article|articles|name|статья|статьи|работа|论文|文章|論文|논문|publication|publications|work",
    Role.LINK: "paper|papers|article|ref|ref.|refs|reference|source|page|источник|论文|原文|論文|papers link",
    Role.ABSTRACT: """summary|tl;dr|tldr|introduction|description|opinion|overview|short description|main idea|key idea
        |main contribution|contribution|contributions|содержание|описание|основные идеи|основная идея|идея|комментарий
        |резюме|суть|一句话要点|概要|简介|总结|内容|要約|まとめ|descripción|resumen corto|要点|summary (ai)""",
}
_AGAINST = frozenset(
    """model|models|params|parameters|#params|size|rank|stars|star|accuracy|acc|f1|bleu|rouge|psnr|ssim|lpips|map|fps
    |score|top-1|top-5|flops|property|type|role|feature|command|option|default|value|package|tool|library|license
    |price|dataset|datasets|метрика|модель""".replace("\n", "")
    .replace(" ", "")
    .split("|")
)
_SAMPLE = 40


def _names(listed: Mapping[Role, str]) -> dict[str, list[Role]]:
    known: dict[str, list[Role]] = {}
    for role, names in listed.items():
        for name in names.split("|"):
            known.setdefault(" ".join(name.split()), []).append(role)
    return known


_PLAIN = {name: roles[0] for name, roles in _names(_PLAIN_NAMES).items()}
_LOOSE = _names(_LOOSE_NAMES)
_DECORATION = re.compile(r"^[\W_]+(?=\w)|(?<=[\w)№.#])[^\w)№.#]+$")


def normalise_header(text: str) -> str:
    """A header in plain lower-case words: no emphasis, emoji, links and decoration."""
    words = plain(text).casefold().strip()
    bare = _DECORATION.sub("", words).strip(" :*_")
    return " ".join((bare or words).replace(" / ", "/").split())


@dataclass(slots=True)
class _Content:
    """What the cells of one column hold, as shares of the non-empty sampled ones."""

    filled: int
    scholarly: float
    linked: float
    dated: float
    worded: float
    length: float


def assign_columns(table: Table, configured: Mapping[str, Role]) -> tuple[Column, ...]:
    """The columns of a table with their roles.

    ``configured`` (header text to role) has the last word; then plain names, then loose names and contents.
    """
    chosen = {normalise_header(header): role for header, role in configured.items()}
    headers = [plain(cell.text) for cell in table.header.cells]
    names = [normalise_header(cell.text) for cell in table.header.cells]
    roles: list[Role | None] = [chosen.get(name) or _PLAIN.get(name) for name in names]
    if None in roles:
        _decide_loose(table, names, roles)
    return tuple(Column(header, role or Role.OTHER) for header, role in zip(headers, roles, strict=True))


def _decide_loose(table: Table, names: Sequence[str], roles: list[Role | None]) -> None:
    sampled = sample_rows(table)
    for index, name in enumerate(names):
        if roles[index] is not None:
            continue
        content = _content(table, sampled, index)
        for role in _LOOSE.get(name, ()):
            if role in roles and role is not Role.LINK:
                continue
            if _fits(role, content, strict=Role.TITLE in roles):
                roles[index] = role
                break
    if Role.TITLE in roles and not {Role.YEAR, Role.DATE} & {role for role in roles if role}:
        _find_year(table, sampled, names, roles)


def _fits(role: Role, content: _Content, *, strict: bool) -> bool:
    if role is Role.TITLE:
        return content.filled == 0 or content.worded >= 0.5
    if role is Role.LINK:
        return content.scholarly >= 0.3 or (content.linked >= 0.5 and strict)
    return content.filled == 0 or content.linked < 0.5 or content.length > 120


def _find_year(table: Table, rows: Sequence[Row], names: Sequence[str], roles: list[Role | None]) -> None:
    for index, name in enumerate(names):
        if roles[index] is None and not name and _content(table, rows, index).dated >= 0.8:
            roles[index] = Role.DATE
            return


def sample_rows(table: Table) -> Sequence[Row]:
    """Up to 40 rows, evenly spread."""
    rows = table.rows
    step = max(1, len(rows) // _SAMPLE)
    return rows[::step][: _SAMPLE + 1]


def _content(table: Table, rows: Sequence[Row], index: int) -> _Content:
    texts = [row.cells[index].text for row in rows if index < len(row.cells)]
    texts = [text for text in texts if text and not is_stand_in(text)]
    count = len(texts) or 1
    urls = [[link.url for link in find_links(text, 0, len(text))] for text in texts]
    words = [plain(text) for text in texts]
    return _Content(
        filled=len(texts),
        scholarly=sum(any(map(_names_paper, found)) for found in urls) / count,
        linked=sum(bool(found) for found in urls) / count,
        dated=sum(len(text) <= 24 and read_date(text) is not None for text in words) / count,
        worded=sum(_is_title_like(text) for text in words) / count,
        length=sum(map(len, words)) / count,
    )


def _is_title_like(text: str) -> bool:
    return len(text) >= 12 and (text.count(" ") >= 2 or not text.isascii())


def _names_paper(url: str) -> bool:
    return is_scholarly(url) or identify(url) is not None


def is_literature(table: Table) -> bool:
    """Whether the rows of a table are papers, by its roles and, where those could be anything, its links."""
    roles = {column.role for column in table.columns}
    if Role.TITLE not in roles:
        return False
    names = [normalise_header(cell.text) for cell in table.header.cells]
    plain_title = any(_PLAIN.get(name) is Role.TITLE for name in names)
    about = roles & {Role.YEAR, Role.DATE, Role.AUTHORS, Role.LINK, Role.ABSTRACT, Role.VENUE}
    against = sum(name in _AGAINST or not name for name in names)
    if not about and Role.CODE not in roles:
        return False
    evidence = _scholarly_share(table)
    if plain_title and len(about) >= 2 and not against:
        return (
            not table.rows or evidence > 0 or bool(roles & {Role.AUTHORS, Role.ABSTRACT}) or _any_link(table)
        )
    return evidence >= (0.3 if plain_title or len(about) >= 2 else 0.5) and against <= len(names) / 2


def _scholarly_share(table: Table) -> float:
    """The share of sampled rows that link a paper outside an abstract or comment."""
    rows = sample_rows(table)
    return sum(map(_row_is_scholarly, rows, [table] * len(rows))) / (len(rows) or 1)


def _row_is_scholarly(row: Row, table: Table) -> bool:
    for column, cell in zip(table.columns, row.cells, strict=False):
        if column.role in (Role.ABSTRACT, Role.COMMENT):
            continue
        text = cell.text
        if any(_names_paper(link.url) for link in find_links(text, 0, len(text))):
            return True
        if column.role is Role.LINK and identify(text.strip("*_ ")) is not None:
            return True
    return False


def _any_link(table: Table) -> bool:
    """Whether a sampled row links anything at all (papers beside the list, a publisher's page)."""
    return any(find_links(row.text, 0, len(row.text)) for row in sample_rows(table))
