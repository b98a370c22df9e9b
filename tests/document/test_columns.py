"""Headers to roles, and literature tables told from tables that look like them."""

from __future__ import annotations

import pytest

from littable.config.reading import Reading
from littable.document.model import Document
from littable.document.reading import read_document
from littable.document.table import Table
from littable.roles import Role

LINK = "https://arxiv.org/abs/1706.03762"


def _table(*lines: str, columns: dict[str, Role] | None = None) -> Table:
    document: Document = read_document("a.md", "\n".join(lines) + "\n", Reading(columns or {}))
    return document.tables[0]


def _roles(header: str, row: str, **options: dict[str, Role]) -> list[str]:
    count = header.strip("|").count("|") + 1
    table = _table(header, "|" + "-|" * count, row, **options)
    return [column.role.value for column in table.columns]


FIVE = ["title", "year", "authors", "link", "abstract"]
DATED = ["title", "date", "authors", "link", "abstract"]


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("|Title|Year|Authors|Link|Abstract|", FIVE),
        ("|**Название**|Год|Автор|Ссылка|Краткое содержание|", FIVE),
        ("|题目|日期|作者|链接|摘要|", DATED),
        ("|タイトル|年|著者|リンク|概要|", FIVE),
        ("|Título|Año|Autores|Enlace|Resumen|", FIVE),
        ("|📄 Paper Title|Pub. & Date|First Author|🔗 PDF|Summary|", DATED),
        ("|[Title](x)|Publish Date|FirstAuthor|arXiv|Основные идеи|", DATED),
        ("|标题 (Title)|Venue/Year|Authors & Affiliation|DOI|Summary (EN)|", FIVE),
        ("|статья/доклад|#|Tags|Github|комментарий|", ["title", "number", "topic", "code", "abstract"]),
    ],
)
def test_a_header_has_its_role_in_many_languages(header: str, roles: list[str]) -> None:
    assert _roles(header, f"|Attention Is All You Need|2017|A. Vaswani|{LINK}|A short note on it.|") == roles


def test_contents_decide_what_a_loose_name_means() -> None:
    title = "Attention Is All You Need"
    assert _roles("|Paper|Year|Code|", f"|[{title}]({LINK})|2017|-|") == ["title", "year", "code"]
    assert _roles("|Title|Year|Paper|", f"|{title}|2017|[pdf]({LINK})|") == ["title", "year", "link"]
    assert _roles("|Title|Link|Updated|", f"|{title}|{LINK}|2017-06-12|") == ["title", "link", "date"]


def test_the_configuration_has_the_last_word() -> None:
    columns = {"**Werk**": Role.TITLE, "Link": Role.CODE}
    assert _roles("|werk|Link|", f"|Attention Is All You Need|{LINK}|", columns=columns) == ["title", "code"]


@pytest.mark.parametrize(
    "lines",
    [
        ["|Rank|Model|BLEU|Source|", "|-|-|-|-|", f"|1|Transformer|28.4|[paper]({LINK})|"],
        ["|Model|Size|Origin|", "|-|-|-|", f"|BERT|110M|{LINK}|"],
        ["|Method|Type|Author|", "|-|-|-|", "|Dropout|regularisation|Srivastava|"],
        ["|Option|Default|Description|", "|-|-|-|", "|`--title`|none|the title|"],
        ["|Title|Status|", "|-|-|", "|Write the introduction|open|"],
        ["|Title|Link|Description|", "|-|-|-|", "|GSM8K|https://huggingface.co/datasets/gsm8k|TODO|"],
        ["|Name|Link|Description|", "|-|-|-|", "|GSM8K|https://huggingface.co/datasets/gsm8k|questions|"],
        ["|Week|Lecture|Title|Papers|Presenter|", "|-|-|-|-|-|", f"|1|L1|Intro|[A]({LINK})|Prof|"],
        [
            "|Dataset|Year|Size|Paper|Link|",
            "|-|-|-|-|-|",
            f"|SQuAD|2016|100k|[Rajpurkar et al. 2016]({LINK})|-|",
        ],
        ["|Model|Title|Year|Link|Weights|", "|-|-|-|-|-|", f"|T5|Exploring the limits of it|2019|{LINK}|x|"],
        ["| | |", "|-|-|", f"|190221|[A paper with a longer name]({LINK})|"],
    ],
)
def test_a_look_alike_is_no_literature_table(lines: list[str]) -> None:
    assert not _table(*lines).literature


@pytest.mark.parametrize(
    "lines",
    [
        ["|Title|Year|Link|", "|-|-|-|"],
        ["|Paper|Venue|", "|-|-|", f"|[Attention Is All You Need]({LINK})|NeurIPS|"],
        ["|Название|Год|Автор|", "|-|-|-|", "|Об обучении машин|2020|Иванов И.|"],
        [
            "|Title|Date|Paper|Code|",
            "|-|-|-|-|",
            "|On Trees and Their Leaves|2020|[paper](papers/trees.pdf)||",
        ],
        ["|Название|Ссылка|Краткое содержание|", "|-|-|-|", "|О деревьях|https://example.org/1|О них.|"],
        ["> |Title|PDF|", "> |-|-|", f"> |Attention Is All You Need|{LINK}|"],
    ],
)
def test_a_literature_table_is_known(lines: list[str]) -> None:
    assert _table(*lines).literature
