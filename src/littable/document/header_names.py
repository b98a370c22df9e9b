"""How the headers of literature tables are written, by role: counted in 120 real lists in seven languages.

*Plain* names can mean nothing else; *loose* ones stand in other kinds of tables too, and content decides.
``AGAINST`` are headers of tables that look like literature and are none (models, results, settings).
"""

from __future__ import annotations

from littable.patterns import lazy
from littable.roles import Role

_PLAIN = {
    Role.TITLE: """
        title | titles | paper title | article title | article name | paper name | title & authors
        | title and authors | title/authors | title & link | title (link) | publication title | название
        | название статьи | название работы | заголовок | статья/доклад | 题目 | 标题 | 论文标题
        | 论文题目 | 论文名称 | 论文名 | 中文标题 | 英文标题 | タイトル | 論文タイトル | 論文名 | título
        | titulo | título del artículo | titre | titel | titolo | 제목 | 논문 제목 | 논문명
        | paper title & link
        | 文献标题 | 文章标题 | 论文英文名 | 题名 | 篇名 | title of paper | title of the paper
        | name of the paper
        | paper names | tytuł | başlık | judul | english title | original title | 原标题 | 原题 | 原題
        | 英文题目
        | título original | оригинальное название
    """,
    Role.YEAR: """
        year | years | pub year | publication year | год | год издания | год публикации | 年份 | 年
        | 发表年份 | 発行年 | año | ano | année | jahr | anno | 연도 | year of publication
        | 发布年份 | 出版年 | 出版年份 | 年度 | год выпуска | publ. year | 발표연도 | 출판연도 | 게재연도
        | año de publicación
        | ano de publicação
    """,
    Role.DATE: """
        date | publish date | published date | pub date | pub. date | pub & date | publication date
        | published | submitted | submission date | release date | date published | дата
        | дата публикации | 日期 | 发布日期 | 发表日期 | 发表时间 | 发布时间 | 时间 | 更新日期 | 日付
        | 公開日 | fecha | datum | data | 날짜
        | 提交日期 | 提交时间 | 首次提交 | 出版日期 | 更新时间 | published on | submitted on
        | date of publication
        | first submitted | announced | дата выхода | 発表日 | 投稿日 | 発行日 | 게시일 | 발행일
        | fecha de publicación
        | data de publicação | veröffentlicht
    """,
    Role.AUTHORS: """
        authors | author | author(s) | first author | firstauthor | 1st author | lead author | автор
        | авторы | автор(ы) | первый автор | 作者 | 第一作者 | 著者 | 作者们 | autores | autor | auteurs
        | auteur | autoren | autor(es) | autori | 저자 | written by
        | 论文作者 | 主要作者 | author list | author names | author name | 저자명
    """,
    Role.ABSTRACT: """
        abstract | abstracts | paper abstract | abstract (en) | аннотация | реферат | краткое содержание
        | краткое описание | 摘要 | 中文摘要 | 英文摘要 | 論文要旨 | 要旨 | アブストラクト | resumen
        | résumé | resumo | zusammenfassung | sommario | 초록
        | 论文摘要 | 内容摘要 | 原文摘要 | original abstract
    """,
    Role.LINK: """
        link | links | url | urls | pdf | pdf link | arxiv | arxiv link | arxiv id | arxiv url
        | paper link | paper url | paper links | links to paper | doi | doi link | ссылка | ссылки
        | 链接 | 论文链接 | 原文链接 | リンク | 論文リンク | enlace | enlaces | lien | liens | 링크
        | alphaxiv | openreview | html | fulltext | full text | paper (pdf) | read | paper/link
        | link to paper | ref link
        | arxiv 链接 | arxiv链接 | arxiv 编号 | arxiv编号 | arxiv 号 | arxiv号 | arxiv no. | arxiv number
        | 论文地址
        | 原始链接 | 文章链接 | 链接地址 | pdf 链接 | pdf链接 | doi 链接 | pdf url | paper pdf
        | ссылка на статью | 논문 링크
        | url del artículo
    """,
    Role.VENUE: """
        venue | venues | pub | pub. | conf | conf. | conference | journal | journal/conference
        | conference/journal | publisher | published in | published at | конференция | журнал | 会议
        | 期刊 | 会议/期刊 | 发表 | 学会 | 会議 | revista | conferencia | proceedings | source title
        | 发表会议 | 发表期刊 | 发表于 | 发表出处 | 发表地 | 发表刊物 | 刊物 | 刊会 | 会议名称 | 期刊名称
        | publication venue
        | published venue | conference name | journal name | 掲載誌 | 発表先 | 雑誌 | 학회 | 학술지
        | место публикации
        | revista/conferencia | zeitschrift | revue | rivista
    """,
    Role.CODE: """
        code | codes | repo | repos | repository | github | git | github link | code link
        | implementation | implementations | project | project page | код | реализация | репозиторий
        | 代码 | 代码链接 | コード | 実装 | código | demo | homepage | website
        | 开源代码 | 官方代码 | 代码仓库 | 代码地址 | 项目主页 | 项目地址 | source code | official code
        | github repo
        | project website | исходный код | код статьи | código fuente | 코드
    """,
    Role.COMMENT: """
        comment | comments | note | notes | remark | remarks | my notes | 备注 | コメント | заметки
        | примечание | примечания
    """,
    Role.NUMBER: """
        # | no | no. | № | id | index | idx | n | num | number | nr | 序号 | 编号 | 番号 | № п/п | n°
        | rank | #.
    """,
    Role.TOPIC: """
        topic | topics | category | categories | task | tasks | tag | tags | keyword | keywords
        | key words | area | subject | field | theme | 关键词 | 类别 | 分类 | тема | ключевые слова
        | カテゴリ | キーワード
    """,
}
_LOOSE = {
    Role.TITLE: """
        paper | papers | article | articles | name | статья | статьи | доклад | работа | 论文 | 文章 | 論文
        | 논문 | publication | publications | work
        | 文献 | 文献名称 | публикация | публикации
    """,
    Role.DATE: """
        updated | last update | last updated | update | update date | time | when | added | обновлено
        | 提交 | posted | submission
    """,
    Role.LINK: """
        paper | papers | article | ref | ref. | refs | reference | references | source | page | источник
        | 论文 | 原文 | 論文 | papers link | resource | resources | materials
        | 地址 | 出处 | 来源 | citation
    """,
    Role.AUTHORS: """
        who | by
    """,
    Role.VENUE: """
        where | 出处 | 来源
    """,
    Role.ABSTRACT: """
        summary | tl;dr | tldr | introduction | description | opinion | overview | short description
        | main idea | key idea | main contribution | contribution | contributions | содержание
        | описание | основные идеи | основная идея | идея | комментарий | резюме | суть | 一句话要点
        | 概要 | 简介 | 总结 | 内容 | 要約 | まとめ | descripción | resumen corto | 要点 | summary (ai)
        | 核心贡献 | 主要贡献 | 一句话总结 | 一句话概括 | 核心创新 | 主要内容 | 简述 | 概述 | key takeaways
        | takeaway | takeaways
        | key insight | key insights | о чем | о чём | выводы | 요약 | 설명 | descrição | beschreibung
        | краткое описание идеи | 핵심 내용 | 주요 내용 | 내용
    """,
}
_AGAINST = """
        rouge | lpips | метрика | library | fps | property | flops | dataset | models | parameters | acc
        | psnr | default | map | ssim | params | f1 | command | rank | top-1 | модель | model | accuracy
        | stars | feature | bleu | size | datasets | option | license | package | value | score | role
        | price | tool | star | top-5 | #params | type | weights | checkpoint | checkpoints | download
        | week | lecture | session | presenter | speaker | deadline | status | assignment | slides | неделя
"""


def _split(names: str) -> list[str]:
    return [" ".join(name.split()) for name in names.split("|")]


def _by_name(listed: dict[Role, str]) -> dict[str, tuple[Role, ...]]:
    known: dict[str, tuple[Role, ...]] = {}
    for role, names in listed.items():
        for name in _split(names):
            known[name] = (*known.get(name, ()), role)
    return known


_PLAIN_ROLES: dict[str, Role] = {name: roles[0] for name, roles in _by_name(_PLAIN).items()}
_LOOSE_ROLES: dict[str, tuple[Role, ...]] = _by_name(_LOOSE)
AGAINST = frozenset(_split(_AGAINST))
#: Names of columns that lists of talks have, beside a title and a conference.
OF_TALKS = frozenset(
    _split("""
        talk | talks | event | events | video | videos | recording | recordings | location | city | country
        | slides | speaker | speakers | presenter | host | room | audience | 演讲 | 视频 | 地点 | 動画
    """)
)
#: Names of columns that lists of books have: what they name was published, but is no paper.
OF_BOOKS = frozenset(_split("publisher | издательство | 出版社 | editorial | verlag"))
#: Loose names of titles that head the names of things as often.
OF_THINGS = frozenset({"name", "work"})
_IN_BRACKETS = lazy(r"(?P<name>.*\S)\s*[(（\[](?P<other>[^()（）\[\]]+)[)）\]]")
_BETWEEN = lazy(r"\s*(?:[/&+,、]|\band\b|\bи\b|和|与)\s*")
# Of a header that names two things, what decides: "Pub. & Date" is read for its date.
_WEIGHT = (Role.TITLE, Role.ABSTRACT, Role.AUTHORS, Role.YEAR, Role.DATE, Role.LINK, Role.VENUE, *Role)


def plain_role(name: str) -> Role | None:
    """What a normalised header can only mean; of one with two names, the weightier."""
    if name in _PLAIN_ROLES:
        return _PLAIN_ROLES[name]
    parts = _parts(name)
    if not parts or parts[0] not in _PLAIN_ROLES:
        return None
    return min((_PLAIN_ROLES[part] for part in parts if part in _PLAIN_ROLES), key=_WEIGHT.index)


def loose_roles(name: str) -> tuple[Role, ...]:
    """What a normalised header may mean, likeliest first."""
    if name in _LOOSE_ROLES:
        return _LOOSE_ROLES[name]
    return next((_LOOSE_ROLES[part] for part in _parts(name) if part in _LOOSE_ROLES), ())


def _parts(name: str) -> list[str]:
    """The names in ``paper/link``, ``summary (en)`` and the like; none where there is only one."""
    brackets = _IN_BRACKETS.fullmatch(name)
    parts = [brackets["name"], brackets["other"]] if brackets else _BETWEEN.split(name)
    return parts if len(parts) > 1 else []
