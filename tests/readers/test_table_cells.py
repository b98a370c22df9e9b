"""What one cell of a pipe table may hold besides its own: lines below a title, dates, links, notes."""

from __future__ import annotations

import pytest

from littable.document.reading import read_document
from littable.shapes import Shape
from support.read_papers import ReadPaper, read_papers

ATTENTION = "Attention Is All You Need"
LINK = "https://arxiv.org/abs/1706.03762"


def _one(title: str, *, header: str = "Title", rest: str = LINK) -> ReadPaper:
    text = f"| {header} | Link |\n|---|---|\n| {title} | {rest} |\n"
    [paper] = read_papers(text, Shape.TABLE)
    return paper


@pytest.mark.parametrize(
    "cell",
    [
        f"({2017}) {ATTENTION}",
        f"[2017-06] {ATTENTION}",
        f"[NeurIPS 2017] {ATTENTION}",
        f"{ATTENTION} (NeurIPS 2017)",
        f"{ATTENTION} [NIPS'17 Oral]",
        f"**{ATTENTION}** <sub>[NeurIPS 2017]</sub>",
        f"[{ATTENTION}]({LINK}), 2017",
        f"[{ATTENTION} (NeurIPS, 2017)]({LINK})",
        f"{ATTENTION} (Vaswani et al., 2017)",
        f"{ATTENTION} 🔥 <br> *NeurIPS 2017*",
    ],
)
def test_a_date_in_the_title_cell_is_no_part_of_the_title(cell: str) -> None:
    paper = _one(cell)
    assert paper.title == ATTENTION
    inside = "[" in cell and cell.startswith("[Att") and "(NeurIPS," in cell
    assert paper.year == (None if inside else 2017)


@pytest.mark.parametrize(
    "title",
    [
        "Retrieval in the Year 2017 of Our Lord",
        "Pre-training in 2020 (and Beyond)",
        "Finding Cats (and Dogs) in Pictures",
        "Making CO<sub>2</sub> Smaller",
        "The ImageNet 2012 Challenge",
    ],
)
def test_a_title_keeps_its_own_years_and_brackets(title: str) -> None:
    assert _one(title).title == title.replace("<sub>", " ").replace("</sub>", " ").replace("  ", " ")


def test_a_badge_gives_no_year() -> None:
    badge = "![](https://img.shields.io/badge/NeurIPS-2017-blue)"
    assert _one(f"{badge} [{ATTENTION}]({LINK})").year is None


def test_a_citation_names_the_authors() -> None:
    assert _one(f"{ATTENTION} (Vaswani et al., 2017)").authors == ("Vaswani",)


@pytest.mark.parametrize("header", ["Title", "Paper", "Title & Authors", "论文"])
def test_names_below_the_title_are_the_authors(header: str) -> None:
    paper = _one(f"[{ATTENTION}]({LINK})<br>Ashish Vaswani, Noam Shazeer et al.", header=header)
    assert (paper.title, paper.authors) == (ATTENTION, ("Ashish Vaswani", "Noam Shazeer"))


def test_other_words_below_the_title_are_no_authors() -> None:
    assert _one(f"[{ATTENTION}]({LINK})<br>the paper that started it all").authors == ()


def test_a_column_for_authors_comes_before_the_line_below_the_title() -> None:
    text = (
        "| Title | Authors | Link |\n|---|---|---|\n"
        f"| {ATTENTION}<br>Hidden Name, Other Name | A. Vaswani<br>N. Shazeer, <br/>N. Parmar | {LINK} |\n"
    )
    [paper] = read_papers(text)
    assert paper.authors == ("A. Vaswani", "N. Shazeer", "N. Parmar")


def test_one_cell_may_hold_links_to_all_there_is() -> None:
    for header in ("Link", "Resources"):
        text = (
            f"| Title | {header} |\n|---|---|\n"
            f"| {ATTENTION} | [Paper]({LINK}) / [Code](https://github.com/a/b)<br>"
            "[Slides](https://a.org/s.pdf) |\n"
            "| Adam: A Method for Stochastic Optimization | [PDF](https://arxiv.org/pdf/1412.6980) |\n"
        )
        papers = read_papers(text)
        assert [paper.id for paper in papers] == ["1706.03762", "1412.6980"]
        assert len(papers[0].links) == 3


@pytest.mark.parametrize("text", ["TODO", "TODO?", "-", "…", '<img src="a.png" width="300">', "![](a.png)"])
def test_what_says_nothing_is_no_abstract(text: str) -> None:
    document = read_document(
        "a.md", f"| Title | Link | Summary |\n|-|-|-|\n| {ATTENTION} | {LINK} | {text} |\n"
    )
    assert document.entries[0].abstract is None


def test_a_footnote_is_the_abstract_that_a_cell_points_to() -> None:
    text = (
        "| Title | Link | Abstract |\n|---|---|---|\n"
        f"| {ATTENTION} | {LINK} | [^1] |\n"
        "| Adam: A Method | https://arxiv.org/abs/1412.6980 | See [^Two]. |\n"
        "| Deep Residual Nets | https://arxiv.org/abs/1512.03385 | We add shortcuts as others do [^1] |\n"
        "| Unknown Notes in Tables | https://arxiv.org/abs/1512.03386 | [^none] |\n\n"
        "[^1]: First line\n    and second.\n\n[^two]:\n    注\n\n"
        "    **Abstract:** We follow\n    gradients.\n"
    )
    abstracts = [paper.abstract for paper in read_papers(text)]
    assert abstracts == [
        "First line and second.",
        "We follow gradients.",
        "We add shortcuts as others do [^1]",
        "[^none]",
    ]


def test_years_stand_behind_venues_where_no_column_has_them() -> None:
    text = f"| Title | Where | Who | Link |\n|-|-|-|-|\n| {ATTENTION} | NeurIPS'17 | A. Vaswani | {LINK} |\n"
    [paper] = read_papers(text)
    assert (paper.year, paper.authors) == (2017, ("A. Vaswani",))


def test_a_torn_row_names_nobody_who_is_none() -> None:
    text = (
        "| Title | Abstract | Authors | Link |\n|-|-|-|-|\n"
        f"| {ATTENTION} | The norm |x| grows by 7 percent, and more | is said here | A. Vaswani | {LINK} |\n"
        "| Adam: A Method for Optimization | Short. | D. Kingma | https://arxiv.org/abs/1412.6980 |\n"
    )
    assert [paper.authors for paper in read_papers(text)] == [(), ("D. Kingma",)]
