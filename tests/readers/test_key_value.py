"""Tables of names and values: one table is one paper."""

from __future__ import annotations

import pytest

from littable.config.reading import Reading
from littable.document.model import Document
from littable.document.names import split_names
from littable.document.reading import read_document
from littable.shapes import Shape
from littable.text import Edit, Span

ATTENTION = "Attention Is All You Need"
RESIDUAL = "Deep Residual Learning for Image Recognition"


def papers(text: str, *, sections: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    """Line, title, names, date and identifier of each paper in a key-value table."""
    document = read_document("notes.md", text, Reading(sections=sections))
    return [
        (
            document.lines.row(entry.span.start),
            entry.title.plain if entry.title else None,
            split_names(entry.authors.plain) if entry.authors else (),
            entry.date.plain if entry.date else None,
            entry.arxiv_id or entry.doi,
        )
        for entry in document.entries
        if entry.shape is Shape.KEY_VALUE
    ]


def table(*lines: str, header: str = "| Field | Value |") -> str:
    return "\n".join([header, "|---|---|", *(f"| {line} |" for line in lines)]) + "\n"


def test_names_stand_in_bold_and_values_beside_them() -> None:
    text = table(
        f"**Title** | {ATTENTION}",
        "**Authors** | Ashish Vaswani, Noam Shazeer et al.",
        "**Year** | 2017",
        "**Link** | [arXiv](https://arxiv.org/abs/1706.03762)",
        "**TL;DR** | Attention alone translates well enough.",
    )
    names = ("Ashish Vaswani", "Noam Shazeer")
    assert papers(text) == [(1, ATTENTION, names, "2017", "1706.03762")]
    entry = read_document("a.md", text).entries[0]
    assert entry.abstract is not None
    assert entry.abstract.text == "Attention alone translates well enough."
    assert entry.span == Span(0, len(text) - 1)


def test_the_header_is_the_first_line_or_empty() -> None:
    first = table("Link | https://arxiv.org/abs/1706.03762", header=f"| Title | {ATTENTION} |")
    empty = table(f"Title | {RESIDUAL}", "arXiv | 1512.03385", header="| | |")
    assert papers(f"{first}\n{empty}") == [
        (1, ATTENTION, (), None, "1706.03762"),
        (5, RESIDUAL, (), None, "1512.03385"),
    ]


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (
            ("论文标题 | 扩散模型的统一视角综述", "作者 | 张三、李四", "年份 | 2021", "链接 | 2209.00796"),
            "| 属性 | 内容 |",
        ),
        (
            ("タイトル | 拡散モデルによる画像生成", "著者 | 山田太郎", "年 | 2021", "リンク | 2209.00796"),
            "| 項目 | 内容 |",
        ),
        (
            ("제목 | 확산 모델을 이용한 이미지 생성", "저자 | 김철수", "연도 | 2021", "링크 | 2209.00796"),
            "| 항목 | 값 |",
        ),
        (
            ("Название | Обзор моделей диффузии", "Авторы | И. Иванов", "Год | 2021", "Ссылка | 2209.00796"),
            "| Поле | Значение |",
        ),
        (
            (
                "Título | Una revisión de la difusión",
                "Autores | A. Pérez",
                "Año | 2021",
                "Enlace | 2209.00796",
            ),
            "| Campo | Valor |",
        ),
    ],
)
def test_names_are_read_in_many_languages(lines: tuple[str, ...], header: str) -> None:
    [(_, title, authors, year, identifier)] = papers(table(*lines, header=header))
    assert (title, year, identifier) == (lines[0].partition(" | ")[2], "2021", "2209.00796")
    assert authors


def test_a_note_behind_an_identifier_is_none_of_it() -> None:
    for written in ("2405.06673v2 (cs.CL)", "arXiv:2405.06673v2（cs.CL）", "2405.06673, accepted"):
        text = table(f"Paper Title | {ATTENTION}", f"arXiv ID / DOI | {written}")
        assert papers(text) == [(1, ATTENTION, (), None, "2405.06673")]


def test_a_venue_gives_the_year_where_nothing_else_does() -> None:
    text = table(f"标题 | {RESIDUAL}", "作者 | Kaiming He", "发表 | CVPR 2016", header="| 字段 | 内容 |")
    assert papers(text) == [(1, RESIDUAL, ("Kaiming He",), "2016", None)]
    entry = read_document("a.md", text).entries[0]
    assert [cell.text for cell in entry.row.cells] == ["2016", RESIDUAL, "Kaiming He", "CVPR"]


def test_the_title_may_stand_in_the_heading_above() -> None:
    text = (
        f"# Notes\n\n## 1. [{ATTENTION}](https://arxiv.org/abs/1706.03762)\n\n"
        + table("**arXiv** | [1706.03762](https://arxiv.org/abs/1706.03762)", "**作者** | A. Vaswani")
        + f"\n# Paper: {RESIDUAL}\n\n> A sentence about it.\n\n## Metadata\n\n"
        + table("DOI | 10.1109/CVPR.2016.90", "Authors | Kaiming He")
    )
    assert papers(text) == [
        (3, ATTENTION, ("A. Vaswani",), None, "1706.03762"),
        (10, RESIDUAL, ("Kaiming He",), None, "10.1109/cvpr.2016.90"),
    ]


def test_tables_in_quotes_and_list_items_are_read() -> None:
    lines = table(f"Title | {ATTENTION}", "Link | https://arxiv.org/abs/1706.03762").splitlines()
    quoted = "".join(f"> {line}\n" for line in lines)
    listed = "- note\n\n" + "".join(f"  {line}\n" for line in lines)
    folded = "<details><summary>more</summary>\n\n" + "\n".join(lines) + "\n\n</details>\n"
    for text, line in ((quoted, 1), (listed, 3), (folded, 3)):
        assert papers(text) == [(line, ATTENTION, (), None, "1706.03762")]


def test_a_table_without_a_link_counts_where_it_says_what_papers_have() -> None:
    about = "Stars shine. " * 8
    assert papers(table(f"Title | {RESIDUAL}", "Authors | K. He", f"Abstract | {about}"))
    assert papers(table(f"Title | {RESIDUAL}", "Journal | Nature", "Year | 2015"))
    assert not papers(table(f"Title | {RESIDUAL}", "Authors | K. He"))


def test_authors_that_are_cited_tell_of_a_paper() -> None:
    text = table(
        f"**Title** | {ATTENTION}",
        "**Authors** | Vaswani et al. (Google Brain)",
        "**Publication Date** | June 2017",
        "**Length** | 15 pages",
    )
    assert papers(text) == [(1, ATTENTION, ("Vaswani",), "June 2017", None)]
    assert papers(text.replace("Vaswani et al. (Google Brain)", "Jane Doe, John Roe")) == []


def test_a_table_like_that_of_a_paper_is_one_too() -> None:
    paper = table(f"Title | {ATTENTION}", "Authors | A. Vaswani", "Year | 2017", "Link | 1706.03762")
    report = table("Title | A Report That Nobody Has Online", "Authors | B. Body", "Year | 2019", "Link | -")
    assert len(papers(f"{paper}\n{report}")) == 2
    assert papers(report) == []


def test_under_a_chosen_heading_less_is_enough() -> None:
    text = "# Papers\n\n" + table("Title | A Report That Nobody Has Online", "Authors | B. Body")
    assert papers(text) == []
    assert len(papers(text, sections=("Papers",))) == 1
    sure = "# Tools\n\n" + table(f"Title | {ATTENTION}", "Link | 1706.03762")
    assert papers(sure, sections=("Papers",)) == []


def test_the_own_title_comes_before_its_translation() -> None:
    text = table("标题 | 注意力就是你所需要的", f"英文标题 | {ATTENTION}", "链接 | 1706.03762")
    assert papers(text) == [(1, ATTENTION, (), None, "1706.03762")]


LOOK_ALIKES = {
    "a proposal": (
        "**Title** | Explicit-Renaming Macros for All",
        "**Author** | B. M.",
        "**Status** | Draft",
    ),
    "a dated document": (
        "Title | Toast leftovers of wave 118",
        "Author | The integrator",
        "Date | 2026-08-25",
    ),
    "a request": (
        "标题 | Translate a whitepaper (3k words)",
        "摘要 | Translate a 3000-word whitepaper",
        "预算 | 10",
    ),
    "a model": (
        "Name | BERT base uncased model",
        "Developed by | Google",
        "Paper | [BERT: Pre-training of Transformers](https://arxiv.org/abs/1810.04805)",
        "License | Apache",
        "Parameters | 110M",
    ),
    "fields": (
        "title | 论文标题",
        "authors | 作者列表",
        "year | 发表年份",
        "link | https://arxiv.org/abs/1706.03762",
    ),
    "fields in words": (
        "Title | Title of the paper",
        "Authors | Names of the authors",
        "Year | Year it came out",
    ),
    "a song": ("Title | Bohemian Rhapsody by the Queens", "Artist | Queen", "Year | 1975"),
    "a book": ("Title | Pro Git Second Edition", "Author | S. Chacon", "Publisher | Apress", "Year | 2014"),
    "a talk": ("Title | How We Ship Software Daily", "Speaker | A. B.", "Conference | FOSDEM", "Year | 2020"),
    "data": (
        "Title | Many Pictures of Things",
        "DOI | 10.5281/zenodo.12",
        "Version | 1.1",
        "License | CC-BY",
    ),
    "a thesis form": ("论文题目 | 基于深度学习的图像识别方法研究", "指导教师 | 李四", "摘要字数 | 300"),
    "a template": ("Title | ", "Authors | ", "Link | "),
    "a project": (
        "Authors | A. B., C. D.",
        "Consultant | E. F.",
        "Paper | [Figurnov et al., *Implicit Gradients Everywhere*](https://arxiv.org/abs/1805.08498)",
    ),
    "settings": ("title | My very long blog title", "url | https://example.org", "theme | minimal"),
    "results": ("Paper | 3.4", "Code | 2.1", "Title | 1.0"),
}


@pytest.mark.parametrize("lines", LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_what_only_looks_like_a_paper_is_none(lines: tuple[str, ...]) -> None:
    text = f"# A heading of several words\n\n{table(*lines)}"
    assert read_document("a.md", text).entries == ()
    assert papers(f"{text}\n{text}") == []


def test_several_papers_in_one_table_are_left_alone() -> None:
    text = table(
        f"Title | {ATTENTION}",
        "Link | 1706.03762",
        f"Title | {RESIDUAL}",
        "Link | 1512.03385",
    )
    assert papers(text) == []


def test_a_list_of_papers_in_two_columns_is_a_table() -> None:
    text = f"| Title | Link |\n|---|---|\n| {ATTENTION} | https://arxiv.org/abs/1706.03762 |\n"
    document = read_document("a.md", text)
    assert [entry.shape for entry in document.entries] == [Shape.TABLE]


def _only(text: str) -> Document:
    document = read_document("a.md", text)
    assert [entry.shape for entry in document.entries] == [Shape.KEY_VALUE]
    assert not document.tables[0].literature
    return document


def test_what_is_written_into_a_row_keeps_the_cells_of_its_lines() -> None:
    text = table(f"Title | {ATTENTION}", "Link | https://arxiv.org/abs/1706.03762")
    [entry] = _only(text).entries
    assert entry.title is not None
    span, row = entry.title.span, entry.row
    assert row.written(r"a \| b") == r"a \| b"
    assert row.keeps_cells([Edit(span, r"a \| b")])
    assert not row.keeps_cells([Edit(span, "a | b")])
    assert not row.keeps_cells([Edit(span, "a\nb")])
