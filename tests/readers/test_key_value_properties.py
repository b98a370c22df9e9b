"""What holds for any tables of names and values and for any footnotes, however broken."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from littable.checker import check_document
from littable.config.reading import Reading
from littable.document.model import Document
from littable.document.reading import read_document
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._registry import all_rules
from littable.shapes import Shape

_SHAPES = Reading(readers=(Shape.TABLE, Shape.KEY_VALUE))
_NAMES = [
    "Title", "**Title**", "论文标题", "Authors", "作者 / 机构", "Year", "Date", "Venue", "Link",
    "arXiv ID / DOI", "Paper", "Abstract", "TL;DR", "Status", "Code", "", "Field", "[^1]",
]  # fmt: skip
_VALUES = [
    "Attention Is All You Need",
    "[Deep Residual Learning for Images (CVPR 2016)](https://arxiv.org/abs/1512.03385)",
    "1706.03762v2 (cs.CL)", "https://arxiv.org/abs/1810.04805", "Ashish Vaswani, Noam Shazeer et al.", "2017",
    "CVPR 2016", "-", "", "Value", "[^1]", "see [^a b]", "[^2].", "a \\| b", "`x|y`", "<br>",
    "\\", "**2023**",
    "We say at some length what the paper is about, so that nobody has to read all of it for themselves.",
    "(Figurnov et al., 2018)", "🔥", "\x00", "<!-- littable: ignore -->", "Title <sub>[ICLR'23]</sub>",
]  # fmt: skip
_TABLE = st.tuples(
    st.sampled_from(["", "> ", "  "]),
    st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from(_VALUES)), min_size=1, max_size=7),
).map(
    lambda made: "".join(
        f"{made[0]}{line}\n"
        for line in ["| Field | Value |", "|---|---|", *(f"| {name} | {value} |" for name, value in made[1])]
    )
)
_BETWEEN = st.sampled_from(
    [
        "\n", "\n\n", "## Attention Is All You Need\n\n", "# Metadata\n",
        "[^1]: We use $x$.\n    More.\n\n",
        "> [^2]: Quoted\n> text.\n\n", "<!-- littable: ignore[LT501] -->\n", "```\n", "- item\n\n", "text\n",
        "[^1]: **Abstract:** second\n\n    third \\textbf{x}\n\n", "\r\n",
        "<details><summary>x</summary>\n\n",
    ]
)  # fmt: skip
_DOCUMENT = st.lists(_TABLE | _BETWEEN | st.text(max_size=8), max_size=10).map("".join)
_PROSE = st.lists(
    st.sampled_from(
        "title authors we show [^1] that | models 2017 learn (https://arxiv.org/abs/1706.03762)".split()
    ),
    max_size=40,
).map(" ".join)


def _places(document: Document) -> list[object]:
    return [
        (
            entry.shape,
            entry.span,
            [cell.span for cell in entry.row.cells],
            entry.abstract and entry.abstract.span,
        )
        for entry in document.entries
    ]


@given(_DOCUMENT)
@settings(max_examples=400, deadline=None)
def test_every_place_lies_where_it_says(text: str) -> None:
    document = read_document("a.md", text, _SHAPES)
    assert document.source == text
    spans = [entry.span for entry in document.entries]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for entry in document.entries:
        assert all(entry.span.contains(cell.outer) for cell in entry.row.cells)
        for field in (entry.title, entry.authors, entry.date):
            assert field is None or entry.span.contains(field.span)
        for passage in entry.passages(*Role):
            assert passage.text
            assert 0 <= passage.span.start < passage.span.end <= len(text)
        assert entry.abstract is None or entry.abstract.place.span.contains(entry.abstract.span)
    assert _places(read_document("a.md", text, _SHAPES)) == _places(document)


@given(_DOCUMENT)
@settings(max_examples=150, deadline=None)
def test_rules_look_at_every_paper_without_failing(text: str) -> None:
    document = read_document("a.md", text, _SHAPES)
    report = check_document(document, all_rules(), Context(today=date(2026, 11, 22)))
    spans = [finding.span for finding in report.diagnostics] + [skip.span for skip in report.skips]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


@given(_DOCUMENT)
@settings(max_examples=150, deadline=None)
def test_a_table_that_is_a_paper_is_no_list_of_papers(text: str) -> None:
    document = read_document("a.md", text, _SHAPES)
    papers = [entry.span for entry in document.entries if entry.shape is Shape.KEY_VALUE]
    tables = [table for table in document.tables if table.literature]
    assert not any(span.contains(table.span) for span in papers for table in tables)


@given(_PROSE)
@settings(max_examples=100, deadline=None)
def test_prose_holds_no_papers(text: str) -> None:
    assert read_document("a.md", text, _SHAPES).entries == ()
