"""Tables that refer to papers as bibliographies and lecture notes do, mostly without links."""

from __future__ import annotations

import pytest

from littable.document.reading import read_document
from littable.shapes import Shape
from support.read_papers import read_papers

ATTENTION = "Attention Is All You Need"
RESIDUAL = "Deep Residual Learning for Image Recognition"
LINK = "https://arxiv.org/abs/1706.03762"


def _table(header: str, *rows: str) -> str:
    return "\n".join([header, "|---" * (header.count("|") - 1) + "|", *rows]) + "\n"


def test_a_bibliography_may_have_columns_of_other_tables() -> None:
    text = _table(
        "| Key | Type | Author(s) | Title | Venue | Year | Status |",
        f"| `v17` | inproceedings | Vaswani et al. | {ATTENTION} | NeurIPS | 2017 | checked |",
        f"| `h16` | inproceedings | He, Zhang | {RESIDUAL} | CVPR | 2016 | checked |",
    )
    assert [(paper.title, paper.authors, paper.year) for paper in read_papers(text)] == [
        (ATTENTION, ("Vaswani",), 2017),
        (RESIDUAL, ("He", "Zhang"), 2016),
    ]


def test_titles_with_citations_need_no_link() -> None:
    text = _table(
        "| Paper | Notes |",
        f"| **{ATTENTION}** (Vaswani, Shazeer & Parmar, 2017) | heads only |",
        f"| **{RESIDUAL}** (He et al., 2016, Oral Track) | shortcuts |",
        "| **AdamW** (Loshchilov & Hutter, 2019) | decay |",
    )
    assert [(paper.title, paper.authors, paper.year) for paper in read_papers(text)] == [
        (ATTENTION, ("Vaswani", "Shazeer", "Parmar"), 2017),
        (RESIDUAL, ("He",), 2016),
        ("AdamW", ("Loshchilov", "Hutter"), 2019),
    ]


LOOK_ALIKES = {
    "models with citations": _table(
        "| Model | Idea |",
        "| **Chatty Little Transformer** (Kong et al., 2025) | context |",
        "| **Patchy Little Transformer** (Nie et al., 2023) | patches |",
    ),
    "methods by name": _table(
        "| Paper | Idea |",
        "| ResNet (He et al., 2016) | shortcuts |",
        "| AdamW (Loshchilov & Hutter, 2019) | decay |",
    ),
    "results": _table(
        "| Paper | Dataset | Accuracy |",
        f"| {RESIDUAL} (He et al., 2016) | ImageNet | 76.1 |",
        f"| {ATTENTION} (Vaswani et al., 2017) | WMT | 28.4 |",
    ),
    "documents": _table(
        "| Title | Author | Type | Status | Date |",
        "| How we name our services | Jane Doe | guide | draft | 2023 |",
        "| How we write our change logs | John Roe | guide | done | 2024 |",
    ),
    "talks": _table(
        "| Title | Author | Venue | Year | Slides | Status |",
        "| How we name our services | Jane Doe | PyCon | 2023 | here | held |",
        "| How we write our change logs | John Roe | PyCon | 2024 | here | held |",
    ),
    "books on a shelf": _table(
        "| Title | Author | Publisher | Year | Price |",
        "| The Sea of Long Mornings | Jane Doe | Small Press | 2003 | 12 |",
        "| A House Between Two Rivers | John Roe | Small Press | 2004 | 14 |",
    ),
}


@pytest.mark.parametrize("text", LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_what_only_looks_like_references_is_none(text: str) -> None:
    assert read_papers(text) == []


def _cell(header: str, cell: str, *, more: str = "", value: str = "") -> tuple[str, tuple[str, ...]]:
    [paper] = read_papers(_table(f"| {header} | Link |{more}", f"| {cell} | {LINK} |{value}"), Shape.TABLE)
    return paper.title, paper.authors


@pytest.mark.parametrize("dash", ["—", "–", "-", "--", "·", "by"])
def test_authors_stand_behind_a_dash(dash: str) -> None:
    names = "Vaswani, A., Shazeer, N., de Mantaras, R.L."
    expected = (ATTENTION, ("Vaswani, A.", "Shazeer, N.", "de Mantaras, R.L."))
    assert _cell("Title & Authors", f"⭐ **{ATTENTION}** {dash} {names}") == expected
    assert _cell("Title & Authors", f"{ATTENTION} {dash} {names}") == expected
    assert _cell("Title", f"[{ATTENTION}]({LINK}) {dash} {names}") == expected


@pytest.mark.parametrize(
    "title",
    ["Attention — Memory, Networks and More", "Learning - A Survey", "Jets by Night, Birds by Day"],
)
def test_a_title_keeps_its_own_dash(title: str) -> None:
    assert _cell("Title", title) == (title, ())
    assert _cell("Title", f"[{title}]({LINK})") == (title, ())


def test_a_column_for_authors_leaves_the_title_its_dash() -> None:
    title, authors = _cell(
        "Title", f"**{ATTENTION}** — Ashish Vaswani, Noam Shazeer", more=" Authors |", value=" A. Vaswani |"
    )
    assert authors == ("A. Vaswani",)
    assert title.startswith(ATTENTION)


@pytest.mark.parametrize(
    "translation",
    ["（注意力就是你所需要的）", " (Внимание — это всё)", " (어텐션이면 충분하다)"],
)
def test_a_translation_behind_a_title_is_none_of_it(translation: str) -> None:
    assert _cell("Title", ATTENTION + translation)[0] == ATTENTION


@pytest.mark.parametrize(
    "title",
    [
        "注意力就是你所需要的（Attention Is All You Need）",
        "Finding Names (名前) in Texts",
        "Notes on 漢字 (漢字についての)",
    ],
)
def test_brackets_in_a_title_of_two_languages_stay(title: str) -> None:
    assert _cell("Title", title)[0] == title


@pytest.mark.parametrize(
    ("cell", "authors", "year"),
    [
        ("Vaswani et al., 2017", ("Vaswani",), 2017),
        ("Vaswani et al. (2017)", ("Vaswani",), 2017),
        ("*Vaswani and Shazeer 2017a*", ("Vaswani", "Shazeer"), 2017),
        ("Vaswani et al. (Google Brain)", ("Vaswani",), None),
        ("Ashish Vaswani, Noam Shazeer (Google Brain)", ("Ashish Vaswani", "Noam Shazeer"), None),
        ("Wei Wang (王伟)", ("Wei Wang (王伟)",), None),
        ("Jane Doe (Ulm), John Roe (Oslo)", ("Jane Doe (Ulm)", "John Roe (Oslo)"), None),
    ],
)
def test_names_end_before_the_year_and_the_institution(
    cell: str, authors: tuple[str, ...], year: int | None
) -> None:
    [paper] = read_papers(_table("| Title | Authors | Link |", f"| {ATTENTION} | {cell} | {LINK} |"))
    assert (paper.authors, paper.year) == (authors, year)


def test_the_text_behind_the_names_is_the_rows_own() -> None:
    text = _table("| Title | Authors | Link |", f"| {ATTENTION} | A. Vaswani, N. Shazeer (Google) | {LINK} |")
    [entry] = read_document("a.md", text).entries
    assert entry.authors is not None
    assert entry.authors.text == "A. Vaswani, N. Shazeer"
    assert text[entry.authors.span.end :].startswith(" (Google) |")


def test_a_year_may_have_two_digits() -> None:
    [paper] = read_papers(_table("| Title | Year | Link |", f"| {ATTENTION} | '17 | {LINK} |"))
    assert paper.year == 2017


def test_a_citation_below_a_title_in_html_gives_names_and_year() -> None:
    text = (
        "<table><tr><th>Paper</th><th>Impact</th></tr>\n"
        f"<tr><td>\n\n**[{ATTENTION}]({LINK})**\n<br>*Vaswani et al., 2017*\n\n</td><td>high</td></tr>\n"
        f"<tr><td>\n\n**[{RESIDUAL}](https://arxiv.org/abs/1512.03385)**\n<br>*He et al., 2015*\n\n</td>"
        "<td>high</td></tr></table>\n"
    )
    assert [(paper.title, paper.authors, paper.year) for paper in read_papers(text)] == [
        (ATTENTION, ("Vaswani",), 2017),
        (RESIDUAL, ("He",), 2015),
    ]


def test_methods_with_references_are_no_papers_in_html() -> None:
    cells = "<td>{}</td><td>{}</td><td><a href='{}'>[{}]</a></td>"
    rows = [
        cells.format("Inversion", "Deep Leakage from Small Gradients", LINK, "ZLH19"),
        cells.format("Inference", "Privacy Risk in Small Machines", LINK.replace("1706", "1709"), "YGF18"),
    ]
    head = "<tr><td>Attacks</td><td>Implemented Methods</td><td>References</td></tr>"
    text = f"<table>{head}{''.join(f'<tr>{row}</tr>' for row in rows)}</table>\n"
    assert read_papers(text, Shape.HTML_TABLE) == []


def test_a_caption_over_a_table_in_html_is_no_header() -> None:
    row = "<tr><td>{}</td><td>A. Vaswani, N. Shazeer<br><a href='{}'>paper</a></td></tr>"
    rows = row.format(f"<b>{ATTENTION}</b>", LINK) + row.format(
        f"<b>{RESIDUAL}</b>", LINK.replace("17", "15")
    )
    text = f"<table><tr><td colspan='2'>Papers</td></tr>{''.join(rows)}</table>\n"
    assert [paper.title for paper in read_papers(text, Shape.HTML_TABLE)] == [ATTENTION, RESIDUAL]
