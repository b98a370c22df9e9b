"""Rows for new papers: in the table's own manner and order, and nothing else in the file changed."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.adding.additions import Additions, AlreadyThere, add_papers
from littable.adding.tables import choose_table
from littable.config import Settings
from littable.document.reading import read_document
from littable.errors import LittableError
from littable.papers.record import PaperRecord
from support.oracle import oracle_tables

WMDP = PaperRecord(
    id="2403.03218",
    version=7,
    title="The WMDP Benchmark",
    authors=("Nathaniel Li", "Alexander Pan", "Long Phan", "Dan Hendrycks"),
    abstract="We release a benchmark of questions and a method that unlearns.",
    published=date(2024, 3, 5),
    updated=date(2024, 5, 15),
    comment="See the project page",
    doi=None,
    journal_ref=None,
    withdrawn=False,
    origin="a test",
)
LONG = "We study how words attend to each other and report what we find in many languages. " * 5 + "The end."


def add(text: str, *records: PaperRecord, table: str | None = None, **known: PaperRecord) -> Additions:
    document = read_document("a.md", text)
    chosen = choose_table(document, table)
    beside = {record.id: record for record in known.values()}
    return add_papers(document, chosen, records or (WMDP,), beside, Settings())


def added_line(text: str, *records: PaperRecord, table: str | None = None) -> str:
    """The one line that is new."""
    old, new = text.split("\n"), add(text, *records, table=table).text.split("\n")
    lines = [line for at, line in enumerate(new) if new[:at] + new[at + 1 :] == old]
    assert lines, new
    return lines[0]


LINKS = [
    ("[pdf](https://arxiv.org/pdf/OLDv5.pdf)", "[pdf](https://arxiv.org/pdf/NEW.pdf)"),
    ("[arXiv:OLDv2](http://arxiv.org/abs/OLDv2)", "[arXiv:NEW](https://arxiv.org/abs/NEW)"),
    ("[OLD](https://arxiv.org/abs/OLD)", "[NEW](https://arxiv.org/abs/NEW)"),
    ("<https://arxiv.org/abs/OLD>", "<https://arxiv.org/abs/NEW>"),
    ("https://www.alphaxiv.org/abs/OLD", "https://www.alphaxiv.org/abs/NEW"),
    ("arXiv:OLD", "arXiv:NEW"),
    ("[arXiv 2017](https://arxiv.org/abs/OLD)", "[arXiv 2024](https://arxiv.org/abs/NEW)"),
    ("**[link](https://arxiv.org/abs/OLD)**", "**[link](https://arxiv.org/abs/NEW)**"),
    ("<a href='https://arxiv.org/abs/OLD'>here</a>", "<a href='https://arxiv.org/abs/NEW'>here</a>"),
    (
        "[![arXiv](https://img.shields.io/badge/arXiv-OLD-red.svg)](https://arxiv.org/abs/OLD)",
        "[![arXiv](https://img.shields.io/badge/arXiv-NEW-red.svg)](https://arxiv.org/abs/NEW)",
    ),
    (
        "[Code](https://github.com/a/b) <br> [Paper](https://arxiv.org/abs/OLD)",
        "[Paper](https://arxiv.org/abs/NEW)",
    ),
    (
        "[abs](https://arxiv.org/abs/OLD) [pdf](https://arxiv.org/pdf/OLD)",
        "[abs](https://arxiv.org/abs/NEW) [pdf](https://arxiv.org/pdf/NEW)",
    ),
    ("[ссылка](https://doi.org/10.1000/182)", "[ссылка](https://arxiv.org/abs/NEW)"),
    ("[NeurIPS](https://papers.nips.cc/paper/7181)", "[arXiv](https://arxiv.org/abs/NEW)"),
    ("[Vaswani et al.](https://arxiv.org/abs/OLD)", "[arXiv](https://arxiv.org/abs/NEW)"),
]


@pytest.mark.parametrize(("theirs", "own"), LINKS)
def test_a_link_has_the_form_of_the_others(theirs: str, own: str) -> None:
    text = f"|Title|Link|\n|-|-|\n|Attention Is All You Need|{theirs}|\n".replace("OLD", "1706.03762")
    assert added_line(text) == f"|The WMDP Benchmark|{own}|".replace("NEW", "2403.03218")


TITLES = [
    ("**Attention Is All You Need**", "**The WMDP Benchmark**"),
    (
        "[Attention Is All You Need](https://arxiv.org/pdf/OLD)",
        "[The WMDP Benchmark](https://arxiv.org/pdf/NEW)",
    ),
    (
        "**[Attention Is All You Need](https://arxiv.org/abs/OLDv3)**",
        "**[The WMDP Benchmark](https://arxiv.org/abs/NEW)**",
    ),
    (
        "(2017) Attention Is All You Need ((https://arxiv.org/pdf/OLD.pdf))",
        "(2024) The WMDP Benchmark ((https://arxiv.org/pdf/NEW.pdf))",
    ),
    (
        "[![Star](https://img.shields.io/x.svg)](https://github.com/a/b)<br>[Attention](https://arxiv.org/abs/OLD)",
        "[The WMDP Benchmark](https://arxiv.org/abs/NEW)",
    ),
    (":star: Attention Is All You Need [@ann](https://github.com/ann)", "The WMDP Benchmark"),
]


@pytest.mark.parametrize(("theirs", "own"), TITLES)
def test_a_title_has_the_form_of_the_others(theirs: str, own: str) -> None:
    text = f"|Title|Link|\n|-|-|\n|{theirs}|arXiv:OLD|\n".replace("OLD", "1706.03762")
    assert added_line(text) == f"|{own}|arXiv:NEW|".replace("NEW", "2403.03218")


def test_a_title_is_linked_where_no_column_links_the_paper() -> None:
    text = "|Title|Year|Authors|\n|-|-|-|\n|[Attention](https://doi.org/10.1000/1)|2017|A. Vaswani|\n"
    link = "[The WMDP Benchmark](https://arxiv.org/abs/2403.03218)"
    assert added_line(text) == f"|{link}|2024|N. Li, A. Pan, L. Phan, D. Hendrycks|"


def test_the_authors_stand_below_the_title_where_they_do() -> None:
    below = "[Attention](https://arxiv.org/abs/1706.03762) <br> A. Vaswani, N. Shazeer"
    title = "[The WMDP Benchmark](https://arxiv.org/abs/2403.03218)"
    line = added_line(f"|Title & Authors|Links|\n|-|-|\n|{below}|x|\n")
    assert line.startswith(f"|{title} <br> N. Li, A. Pan, L. Phan, D. Hendrycks|")


LAYOUTS = [
    ("Title | Year | Link\n--- | --- | ---\nAttention | 2017 | arXiv:1706.03762\n",
     "The WMDP Benchmark | 2024 | arXiv:2403.03218"),
    ("| Title | Link\n|---|---\n| Attention | arXiv:1706.03762\n", "| The WMDP Benchmark | arXiv:2403.03218"),
    ("> | Title | Link |\n> |---|---|\n> | Attention | arXiv:1706.03762 |\n",
     "> | The WMDP Benchmark | arXiv:2403.03218 |"),
    ("- | Title | Link |\n  |---|---|\n  | Attention | arXiv:1706.03762 |\n",
     "  | The WMDP Benchmark | arXiv:2403.03218 |"),
    ("| Title              | Year | Link             |\n"
     "| ------------------ | ---: | ---------------- |\n"
     "| 大規模言語モデル   |  17  | arXiv:1706.03762 |\n"
     "| BERT               | 2018 | arXiv:1810.04805 |\n",
     "| The WMDP Benchmark | 2024 | arXiv:2403.03218 |"),
    ("| Title                | #   | Link                |\n|:--|--:|--|\n"
     "| Attention            |   1 |  arXiv:1706.03762   |\n"
     "| BERT                 |   2 |  arXiv:1810.04805   |\n",
     "| The WMDP Benchmark   |   3 |  arXiv:2403.03218   |"),
    ("| Title | Link |\n|---|---|\n| Attention | arXiv:1706.03762 | [//]: # (seen)\n",
     "| The WMDP Benchmark | arXiv:2403.03218 |"),
    ("| # | Title | Note | Link |\n|---|---|---|---|\n| 07. | Attention | mine | arXiv:1706.03762 |\n",
     "|  | The WMDP Benchmark |  | arXiv:2403.03218 |"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), LAYOUTS)
def test_a_line_is_laid_out_as_the_others_are(text: str, line: str) -> None:
    assert added_line(text) == line


def test_mirrors_and_preprints_are_given_as_in_the_other_rows() -> None:
    rows = [
        f"|Paper {at}|arXiv:1706.0376{at}|[read](https://hjfy.top/arxiv/1706.0376{at})|{venue}|\n"
        for at, venue in enumerate(["arXiv 2017", "NeurIPS", "arXiv 2018"])
    ]
    text = "|Title|Link|Mirror|Venue|\n|-|-|-|-|\n" + "".join(rows)
    mirror = "[read](https://hjfy.top/arxiv/2403.03218)"
    assert added_line(text) == f"|The WMDP Benchmark|arXiv:2403.03218|{mirror}|arXiv 2024|"
    published = replace(WMDP, journal_ref="ICML 2024")
    assert added_line(text, published) == f"|The WMDP Benchmark|arXiv:2403.03218|{mirror}||"


def test_an_abstract_is_put_into_the_others_wrapper() -> None:
    text = (
        "|Title|Abstract|Link|\n|-|-|-|\n"
        f"|Attention|<details><summary>Show</summary><p>{LONG}</p></details>|arXiv:1706.03762|\n"
    )
    abstract = f"<details><summary>Show</summary><p>{WMDP.abstract}</p></details>"
    assert added_line(text) == f"|The WMDP Benchmark|{abstract}|arXiv:2403.03218|"


def test_somebodys_own_summaries_are_left_to_them() -> None:
    text = "|Title|Summary|Link|\n|-|-|-|\n|Attention|heads, no recurrence|arXiv:1706.03762|\n"
    assert added_line(text) == "|The WMDP Benchmark||arXiv:2403.03218|"
    assert add(text).rows[0].left_empty == ("Summary",)


def test_long_summaries_are_known_by_the_records() -> None:
    text = f"|Title|Abstract|Link|\n|-|-|-|\n|Attention|{LONG}|arXiv:1706.03762|\n"
    attention = replace(
        WMDP, id="1706.03762", title="Attention", abstract="The Transformer does without. " * 9
    )
    assert add(text).rows[0].left_empty == ()
    assert add(text, attention=attention).rows[0].left_empty == ("Abstract",)


def test_dates_of_the_last_change_are_those_of_the_others() -> None:
    text = (
        "|Title|Date|Link|\n|-|-|-|\n|Attention|2023-08-02|arXiv:1706.03762|\n"
        "|BERT|2019-05-24|arXiv:1810.04805|\n|LLaMA|2024-02-27|arXiv:2302.13971|\n"
    )
    assert added_line(text) == "|The WMDP Benchmark|2024-05-15|arXiv:2403.03218|"


def test_code_is_linked_where_the_record_names_it() -> None:
    text = "|Title|Link|Code|\n|-|-|-|\n|Attention|arXiv:1706.03762|[GitHub](https://github.com/a/b)|\n"
    record = replace(
        WMDP, abstract="We unlearn. Our code is available at https://github.com/centerforaisafety/wmdp."
    )
    code = "[GitHub](https://github.com/centerforaisafety/wmdp)"
    assert added_line(text, record) == f"|The WMDP Benchmark|arXiv:2403.03218|{code}|"
    other = replace(
        WMDP, abstract="We build on https://github.com/a/b and https://github.com/c/d, whose code is free."
    )
    assert added_line(text, other) == "|The WMDP Benchmark|arXiv:2403.03218||"


def test_an_empty_table_takes_after_another_with_the_same_columns() -> None:
    text = (
        "# 2023\n\n|Title|Authors|Year|Link|\n|-|-|-|-|\n|**LLaMA**|H. Touvron|2023|[pdf](https://arxiv.org/pdf/2302.13971)|\n\n"
        "# 2024\n\n|Title|Authors|Year|Link|\n|-|-|-|-|\n"
    )
    line = added_line(text, table="2024")
    assert (
        line
        == "|**The WMDP Benchmark**|N. Li, A. Pan, L. Phan, D. Hendrycks|2024|[pdf](https://arxiv.org/pdf/2403.03218)|"
    )


ORDERS = [
    ("newest first", ["2025", "2023", "2022"], 1), ("newest first, on top", ["2023", "2022", "2021"], 0),
    ("newest first, before equals", ["2025", "2024", "2024", "2023"], 1),
    ("oldest first", ["2022", "2023", "2025"], 2),
    ("oldest first, behind equals", ["2022", "2024", "2024", "2026"], 3),
    ("oldest first, the latest", ["2021", "2022", "2023"], 3), ("no order", ["2023", "2025", "2022"], 3),
    ("all the same", ["2024", "2024", "2024"], 3), ("two are no order", ["2025", "2023"], 2),
    ("full dates", ["2024-05-01", "2024-04-01", "2024-01-09"], 2),
    ("one undated", ["2025", "?", "2023", "2022"], 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("years", "place"), [order[1:] for order in ORDERS], ids=[order[0] for order in ORDERS]
)
def test_a_row_stands_where_the_order_wants_it(years: list[str], place: int) -> None:
    rows = [f"|Paper {at}|{year}|arXiv:1706.0376{at}|" for at, year in zip("5182", years, strict=False)]
    added = add("\n".join(["|Title|Year|Link|", "|-|-|-|", *rows]))
    assert added.rows[0].line == place + 3


def test_rows_are_sorted_by_title_or_identifier_too() -> None:
    titles = ["Attention", "BERT", "LLaMA", "Quantized Things", "Zero-Shot"]
    rows = [f"|{title}|arXiv:1706.0376{at}|" for title, at in zip(titles, "51823", strict=True)]
    assert add("\n".join(["|Title|Link|", "|-|-|", *rows])).rows[0].line == 7  # before "Zero-Shot"
    rows = [
        f"|Paper {at}|arXiv:{id}|"
        for at, id in zip(
            "zyxwv", ["2503.00001", "2404.00001", "2402.00001", "2301.00001", "2201.00001"], strict=True
        )
    ]
    assert add("\n".join(["|Title|Link|", "|-|-|", *rows])).rows[0].line == 5


def test_numbers_that_count_down_are_continued_on_top() -> None:
    rows = [f"|{number}|Paper {number}|arXiv:1706.0376{number}|" for number in (4, 3, 2, 1)]
    assert (
        added_line("\n".join(["|#|Title|Link|", "|-|-|-|", *rows]))
        == "|5|The WMDP Benchmark|arXiv:2403.03218|"
    )


def test_a_row_in_the_middle_gets_no_number() -> None:
    rows = [
        f"|{n}|Paper {n}|{year}|arXiv:1706.0376{n}|"
        for n, year in zip("123", ["2021", "2023", "2025"], strict=True)
    ]
    added = add("\n".join(["|#|Title|Year|Link|", "|-|-|-|-|", *rows]))
    assert added.text.split("\n")[4] == "||The WMDP Benchmark|2024|arXiv:2403.03218|"
    assert added.rows[0].left_empty == ("#",)


def test_blank_rows_and_text_below_stay_below() -> None:
    text = "|Title|Link|\n|-|-|\n|Attention|arXiv:1706.03762|\n| | |\nto be continued\n"
    assert add(text).text == text.replace("| | |", "|The WMDP Benchmark|arXiv:2403.03218|\n| | |")


def test_several_are_added_in_their_order() -> None:
    text = "|#|Title|Link|\n|-|-|-|\n|1|Attention|arXiv:1706.03762|\n"
    bert = replace(WMDP, id="1810.04805", title="BERT")
    added = add(text, WMDP, bert)
    assert added.text == text + "|2|The WMDP Benchmark|arXiv:2403.03218|\n|3|BERT|arXiv:1810.04805|\n"
    assert [row.line for row in added.rows] == [4, 5]


PRESENT = [
    "|The benchmark|https://arxiv.org/pdf/2403.03218v2.pdf|", "|The benchmark|https://doi.org/10.48550/arXiv.2403.03218|",
    "|the WMDP benchmark.||", "|[The benchmark](https://huggingface.co/papers/2403.03218)||",
    "|The WMDP benchmark|https://arxiv.org/abs/2401.00001|", "|Anything|https://doi.org/10.1000/XYZ|",
]  # fmt: skip


@pytest.mark.parametrize("row", PRESENT)
def test_a_paper_that_is_there_is_refused(row: str) -> None:
    text = f"|Title|Link|\n|-|-|\n|Attention|arXiv:1706.03762|\n{row}\n"
    with pytest.raises(AlreadyThere, match="already in line 4: "):
        add(text, replace(WMDP, doi="10.1000/xyz"))


def test_a_paper_in_another_table_is_added_and_told() -> None:
    table = "|Title|Link|\n|-|-|\n|{}|arXiv:{}|\n\n"
    text = table.format("The WMDP Benchmark", "2403.03218") + table.format("Attention", "1706.03762")
    assert add(text, table="2").rows[0].elsewhere == "line 3"


TWO = """\
## Old ones

|Title|Link|
|-|-|
|A of it|arXiv:1706.03762|

New *ones*
---

|Title|Link|
|-|-|
|B of it|arXiv:1810.04805|
"""


@pytest.mark.parametrize(
    ("wanted", "line"), [("1", 6), ("2", 13), ("old ones", 6), ("NEW", 13), ("New  ones", 13)]
)
def test_a_table_is_chosen_by_number_or_heading(wanted: str, line: int) -> None:
    assert add(TWO, table=wanted).rows[0].line == line


@pytest.mark.parametrize("wanted", [None, "3", "0", "one", "", "²"])
def test_a_choice_that_is_none_lists_the_tables(wanted: str | None) -> None:
    with pytest.raises(
        LittableError, match=r"1: Old ones \(line 3, 1 row\)\n  2: New ones \(line 10, 1 row\)"
    ):
        add(TWO, table=wanted)


def test_line_ends_and_a_missing_last_one_stay_as_they_are() -> None:
    text = "|Title|Link|\r\n|-|-|\r\n|Attention|arXiv:1706.03762|"
    assert add(text).text == text + "\r\n|The WMDP Benchmark|arXiv:2403.03218|"


_TITLES = {
    "The WMDP Benchmark": "The WMDP Benchmark", "A|B Testing": "A|B Testing",
    "It\\^o and *stars* of a_b_c": "Itô and *stars* of a_b_c",
    "[Re] Brackets] and `code": "[Re] Brackets] and `code", "<b>Bold</b> & \\& co.": "<b>Bold</b> & & co.",
    "1. Numbers, #tags and \\textit{slant}": "1. Numbers, #tags and slant", "A back\\slash at the end": None,
    "Ends with TeX $\\alpha$": None, "See https://arxiv.org/abs/1706.03762": "See https://arxiv.org/abs/1706.03762",
}  # fmt: skip
_CELLS = {
    "Title": ["{title}", "**{title}**", "[{title}](https://arxiv.org/abs/{id})"],
    "Year": ["{year}", "**{year}**", ""],
    "Date": ["{year}-05-06", "May {year}"],
    "Authors": ["Ann Lee, Bob Ray", "Ann Lee et al.", "A. Lee", ""],
    "Link": [
        "https://arxiv.org/abs/{id}",
        "[pdf](https://arxiv.org/pdf/{id}v1)",
        "[{id}](http://arxiv.org/abs/{id})",
    ],
    "Abstract": ["my own words", LONG, f"<details><summary>S</summary>{LONG}</details>"],
    "#": ["{n}"],
    "Notes": ["x", ""],
}


@st.composite
def _tables(draw: st.DrawFn) -> str:
    """A document with one table of one style, whose rows may be sorted or not."""
    others = draw(st.permutations([name for name in _CELLS if name not in ("Title", "Link")]))
    columns = ["Title", "Link", *others[: draw(st.integers(1, 5))]]
    columns = draw(st.permutations(columns))
    forms = [draw(st.sampled_from(_CELLS[name])) for name in columns]
    years = draw(st.lists(st.integers(2018, 2026), min_size=1, max_size=6))
    if draw(st.booleans()):
        years.sort(reverse=draw(st.booleans()))
    rows = [
        [
            form.format(title=f"Paper {year} of nets", id=f"{year - 2000}01.1234{n}", year=year, n=n)
            for form in forms
        ]
        for n, year in enumerate(years, 1)
    ]
    rows = [columns, ["---"] * len(columns), *rows]
    if draw(st.booleans()):
        widths = [max(len(row[at]) for row in rows) for at in range(len(columns))]
        rows = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    blank = draw(st.sampled_from(["", " "]))
    # Without pipes at its edges, a header that begins with # is a heading.
    whole = columns[0] != "#" and all(row[0] and row[-1] for row in rows)
    before, behind = draw(
        st.sampled_from([("|", "|"), ("|", "|"), ("|", ""), ("", "")] if whole else [("|", "|")])
    )
    lines = [f"{before}{blank}" + f"{blank}|{blank}".join(row) + f"{blank}{behind}" for row in rows]
    prefix = draw(st.sampled_from(["", "", "> ", "  "]))
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    below = draw(st.sampled_from(["", end, end * 2 + "text" + end, end + "text", end + "# heading"]))
    return (
        draw(st.sampled_from(["", f"# Papers{end}{end}"])) + end.join(prefix + line for line in lines) + below
    )


def _visible(cell: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", cell)).replace("\u2060", "").strip()


@given(_tables(), st.sampled_from(sorted(_TITLES)))
@settings(max_examples=300)
def test_adding_changes_no_other_byte_and_github_sees_one_row_more(text: str, title: str) -> None:
    record = replace(WMDP, title=title)
    if not read_document("a.md", text).entries:
        return
    added = add(text, record)
    new, position = added.text, _difference(text, added.text)
    assert text[:position] + text[position:] == new[:position] + new[position + len(new) - len(text) :]
    before, after = oracle_tables(text), oracle_tables(new)
    assert len(before) == len(after) == 1
    old = [row.cells for row in before[0]]
    extra = [row for row in after[0] if row.line == added.rows[0].line]
    assert len(extra) == 1
    assert [row.cells for row in after[0] if row is not extra[0]] == old
    cells = extra[0].cells
    expected = _TITLES[title]
    columns = [_visible(cell) for cell in before[0][0].cells]
    if expected is not None:
        assert _visible(cells[columns.index("Title")]) == expected
    assert "2403.03218" in cells[columns.index("Link")]
    if "Year" in columns:
        assert _visible(cells[columns.index("Year")]) == "2024"
    with pytest.raises(AlreadyThere):
        add(new, record)


def _difference(old: str, new: str) -> int:
    """Where the new text begins to differ."""
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
