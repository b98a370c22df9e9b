from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Related
from littable.document.columns import normalise_header, sample_rows
from littable.document.dates import is_stand_in
from littable.document.model import Document
from littable.document.table import Table
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule

_SAME_THING = {
    Role.TITLE: (
        "title|titles|paper title|article title|article name|paper name|publication title",
        "название|название статьи|название работы|заголовок",
        "题目|标题|论文标题|论文题目|论文名称|论文名",
        "タイトル|論文タイトル|論文名",
    ),
    Role.YEAR: (
        "year|years|pub year|publication year|year of publication",
        "год|год издания|год публикации",
        "年份|年|发表年份",
    ),
    Role.AUTHORS: ("author|authors|author(s)|written by", "автор|авторы|автор(ы)", "作者|作者们"),
    Role.ABSTRACT: ("abstract|abstracts|paper abstract", "аннотация|реферат"),
}
_MEANING = {
    name: (role, language)
    for role, languages in _SAME_THING.items()
    for language, names in enumerate(languages)
    for name in names.split("|")
}


@rule("LT104")
def duplicate_column(this: Rule, document: Document, _: Context) -> Iterator[Finding]:
    """Two columns have the same header, or two headers for the same thing.

    Why: a reader cannot tell which of the two counts, and a value that is corrected in one column stays
    wrong in the other.

    Columns that only resemble each other are not reported: an abstract and a summary, a title and its
    translation, the first author and all authors, several columns without a header.

    Bad:
        | Title | Year | Link | Year |
        | --- | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 | 2017 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
    """
    for table in document.tables:
        if table.literature:
            for first, second in _pairs(table):
                cells = table.header.cells
                related = (Related(cells[first].span, "the first one"),)
                yield this.report(cells[second].span, _message(table, first, second), related=related)


def _pairs(table: Table) -> Iterator[tuple[int, int]]:
    """Each column that repeats an earlier one, with the first of its kind."""
    by_header: dict[str, int] = {}
    by_meaning: dict[tuple[Role, int], int] = {}
    for index, column in enumerate(table.columns):
        header = column.header.casefold()
        if not header:
            continue
        meaning = _MEANING.get(normalise_header(column.header))
        if header in by_header:
            yield by_header[header], index
        elif meaning in by_meaning and _same_contents(table, by_meaning[meaning], index):
            yield by_meaning[meaning], index
        by_header.setdefault(header, index)
        if meaning is not None:
            by_meaning.setdefault(meaning, index)


def _same_contents(table: Table, first: int, second: int) -> bool:
    """Whether the columns differ in no more than a few rows: a short and a full title are two things."""
    rows = [row.cells for row in sample_rows(table) if len(row.cells) > max(first, second)]
    differing = 0
    for cells in rows:
        one, other = cells[first].text, cells[second].text
        told = one and other and not is_stand_in(one) and not is_stand_in(other)
        differing += bool(told and one.strip("*_ ").casefold() != other.strip("*_ ").casefold())
    return differing <= len(rows) / 4


def _message(table: Table, first: int, second: int) -> str:
    one, other = table.columns[first].header, table.columns[second].header
    if one.casefold() == other.casefold():
        return f"second column `{other}`"
    return f"columns `{one}` and `{other}` hold the same thing"
