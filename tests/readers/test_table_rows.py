"""Rows of pipe tables that are no papers, and tables in places and forms of their own."""

from __future__ import annotations

import pytest

from littable.checker import check_document
from littable.document.reading import read_document
from littable.rules._context import Context
from littable.rules._registry import all_rules
from support.read_papers import read_papers

PAPERS = (
    "| Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |",
    "| Adam: A Method for Stochastic Optimization | 2014 | https://arxiv.org/abs/1412.6980 |",
    "| Deep Residual Learning for Image Recognition | 2015 | https://arxiv.org/abs/1512.03385 |",
)
TITLES = [paper.split(" | ")[0].strip("| ") for paper in PAPERS]


def _table(*rows: str, header: str = "| Title | Year | Link |") -> str:
    return "\n".join([header, "|---|---|---|", *rows]) + "\n"


@pytest.mark.parametrize(
    "heading",
    [
        "| **Surveys** | | |",
        "| **2023** | **2023** | **2023** |",
        "| | **2023** | |",
        "| | | <h3>Optimization and Vision</h3> |",
        "| *Optimization* | | |",
        "| 🔥 **Vision Models** | | |",
        "| [**Vision**](#vision) | | |",
        "| | Optimization | |",
    ],
)
def test_a_row_that_heads_others_is_no_paper(heading: str) -> None:
    text = _table(PAPERS[0], heading, *PAPERS[1:])
    assert [paper.title for paper in read_papers(text)] == TITLES
    report = check_document(read_document("a.md", text), all_rules(), Context())
    codes = {finding.code for finding in report.diagnostics if finding.span.start > text.index("|---")}
    assert codes == set()


def test_longer_headings_are_known_by_their_number() -> None:
    rows = (
        "| **Graph Neural Networks** | | |",
        PAPERS[0],
        "| **Models of Language and Vision** | | |",
        PAPERS[1],
    )
    assert [paper.title for paper in read_papers(_table(*rows))] == TITLES[:2]


@pytest.mark.parametrize(
    "row",
    [
        "| Counting Things in Large Pictures | | |",
        "| **Counting Things in Large Pictures** | | |",
        "| | | https://arxiv.org/abs/2006.11239 |",
        "| **Counting** | 2020 | |",
    ],
)
def test_a_paper_of_which_little_is_known_stays_one(row: str) -> None:
    assert len(read_papers(_table(PAPERS[0], row, PAPERS[1]))) == 3


def test_the_last_row_heads_nothing() -> None:
    assert len(read_papers(_table(PAPERS[0], "| **Counting** | | |"))) == 2


def test_the_header_once_more_is_no_paper_even_in_other_words() -> None:
    again = "| **Title** | [Year](#y) | <details><summary>Link</summary>Link</details> |"
    other = "| Title | Publication Year | URL |"
    text = _table(PAPERS[0], again, PAPERS[1], other, PAPERS[2])
    assert [paper.title for paper in read_papers(text)] == TITLES


def test_tables_in_quotes_items_and_details_are_read() -> None:
    lines = _table(*PAPERS).splitlines()
    quoted = "".join(f"> {line}\n" for line in lines)
    listed = "1. one\n\n" + "".join(f"   {line}\n" for line in lines)
    both = "- > note\n  >\n" + "".join(f"  > {line}\n" for line in lines)
    folded = "<details>\n<summary>2023</summary>\n\n" + "\n".join(lines) + "\n\n</details>\n"
    for text in (quoted, listed, both, folded):
        assert [paper.title for paper in read_papers(text)] == TITLES


def test_columns_without_headers_are_told_by_what_they_hold() -> None:
    text = _table(
        "| 190221 | [Projected Metrics for Networks](https://dl.acm.org/doi/10.1145/3219819) | KDD 2018 |",
        "| 190222 | [Relations in Heterogeneous Networks](https://a.org/63.pdf) | AAAI 2019 |",
        header="| | | |",
    )
    found = [(paper.title, paper.year) for paper in read_papers(text)]
    assert found == [("Projected Metrics for Networks", 2018), ("Relations in Heterogeneous Networks", 2019)]


@pytest.mark.parametrize(
    "rows",
    [
        ("| ![a](a.png) | ![b](b.png) | |", "| Caption of a picture here | Caption of another one | |"),
        (
            "| [A tool for everything here](https://github.com/a/b) | 2020 | x |",
            "| [B tool for everything here](https://github.com/a/c) | 2020 | x |",
        ),
        (
            "| What it does to people | see [this](https://arxiv.org/abs/1706.03762) | |",
            "| And what not | no | |",
        ),
    ],
)
def test_other_tables_without_headers_hold_no_papers(rows: tuple[str, ...]) -> None:
    assert read_papers(_table(*rows, header="| | | |")) == []


UNLINKED = {
    "venues known": (
        "| Paper | Venue | Code |",
        "| Boosting the Transfer of Attacks on Nets | NeurIPS 2024 | [a/ATT](https://github.com/a/ATT) |",
        "| Truncated Ratios for Universal Perturbations | ICCV 2023 | - |",
    ),
    "short names that link papers": (
        "| 论文 | 会议 | 备注 |",
        "| [SecOPD](https://arxiv.org/abs/2608.21500) | EMNLP 2026 | x |",
        "| [ViCuR](https://arxiv.org/abs/2606.05718) | EMNLP 2026 | |",
    ),
    "no link in Chinese": (
        "| 论文 | 会议 | 年份 |",
        "| Android Security: A Survey | ACM Computing Surveys | 2015 |",
        "| Dissecting Android Malware | IEEE S&P | 2012 |",
    ),
}


@pytest.mark.parametrize("rows", UNLINKED.values(), ids=UNLINKED.keys())
def test_papers_are_known_by_where_they_were_published(rows: tuple[str, ...]) -> None:
    assert len(read_papers(_table(*rows[1:], header=rows[0]))) == 2


OTHERS = {
    "talks": (
        "| Title | Conference | Year |",
        "| Building Great Platforms with Care | KubeCon, Town Hall | 2020 |",
        "| Scaling All of the Small Things | Room 3 | 2021 |",
    ),
    "talks with videos": (
        "| Title | Conference | Video |",
        "| Building Great Platforms with Care | KubeCon 2020 | [v](https://youtu.be/x) |",
        "| Scaling All of the Small Things | PyCon 2021 | [v](https://youtu.be/y) |",
    ),
    "baselines": (
        "| Method | Paper | Venue |",
        "| Elijah | An et al. 2024 | AAAI 2024 |",
        "| TERD | Mo et al. 2024 | ICML 2024 |",
    ),
    "models by name": (
        "| Name | Paper | Params |",
        "| [BERT](https://arxiv.org/abs/1810.04805) | [pdf](https://arxiv.org/pdf/1810.04805) | 110M |",
        "| [GPT](https://arxiv.org/abs/2005.14165) | [pdf](https://arxiv.org/pdf/2005.14165) | 175B |",
    ),
}


@pytest.mark.parametrize("rows", OTHERS.values(), ids=OTHERS.keys())
def test_other_tables_with_venues_hold_no_papers(rows: tuple[str, ...]) -> None:
    assert read_papers(_table(*rows[1:], header=rows[0])) == []
