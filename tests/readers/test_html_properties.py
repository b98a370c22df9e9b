"""What holds for any HTML, however broken: reading never fails, and every place lies where it says."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from littable.config.reading import Reading
from littable.document.model import Document
from littable.document.reading import read_document
from littable.shapes import Shape

_PIECES = [
    "<table>", "</table>", "<TABLE border=1>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<thead>",
    "</thead>", "<tbody>", "</tbody>", '<td rowspan="2">', "<td colspan=3>",
    "<td colspan=0 rowspan=99999>",
    "<br>", "<p>", "</p>", "<b>", "</b>", "<details>", "<summary>Abstract</summary>", "</details>", "<!--",
    "-->", "<script>", "</script>", "<ul><li>", "</li></ul>", "\n", "\n\n", "\r\n", "    ", "> ", "- ",
    "```\n", "`", "&amp;", "<", ">", "\"", "'", "|", "|---|---|\n", "# ", "**", "\x00", " ",
    "Title", "Authors", "Year", "Link", "Abstract", "Paper", "2017", "CVPR 2022", "97.60/99.29",
    "Attention Is All You Need", "Deep Residual Learning for Image Recognition", "Mask R-CNN",
    "Ashish Vaswani, Noam Shazeer et al.", "何恺明、孙剑", "Authors: Jane Doe", "**Abstract:** ",
    "We say at some length what the paper is about, so that nobody has to read all of it, and "
    "then we say it once more in other words, because that is what abstracts are for.",
    '<a href="https://arxiv.org/abs/1706.03762">', "<a href='https://doi.org/10.1000/x&amp;y'>pdf</a>",
    "</a>",
    "[paper](https://arxiv.org/abs/1512.03385)", "https://arxiv.org/abs/1810.04805",
    '<img src="https://img.shields.io/badge/x" alt="PDF">', '<button data-arxiv-id="2505.14530v2">',
]  # fmt: skip
_TEXT = st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=60).map("".join)
_CELL = st.lists(st.sampled_from(_PIECES[22:]), max_size=6).map("".join)
_ROW = st.lists(_CELL, min_size=1, max_size=5).map(
    lambda cells: "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"
)
_TABLE = st.lists(_ROW, max_size=6).map(lambda rows: f"<table>\n{''.join(rows)}</table>\n\n")
_TABLES = st.lists(_TABLE, min_size=1, max_size=3).map("".join)
_WORDS = st.lists(
    st.sampled_from(
        "we show that models learn from data and (see [this](https://arxiv.org/abs/1706.03762))".split()
    ),
    max_size=40,
).map(" ".join)


def _places(document: Document) -> list[object]:
    return [
        (
            listing.literature,
            listing.columns,
            [(row.span, [cell.span for cell in row.cells]) for row in listing.rows],
        )
        for listing in document.listings
    ]


@given(_TEXT | _TABLES)
@settings(max_examples=400, deadline=None)
def test_every_place_lies_where_it_says(text: str) -> None:
    document = read_document("a.md", text, Reading(readers=(Shape.HTML_TABLE,)))
    assert document.source == text
    rows = sorted(
        (row.span for listing in document.listings for row in listing.rows), key=lambda span: span.start
    )
    assert all(0 <= span.start < span.end <= len(text) for span in rows)
    assert all(one.end <= other.start for one, other in pairwise(rows))
    for listing in document.listings:
        for row in listing.rows:
            assert len(row.cells) == len(listing.columns)
            for cell in row.cells:
                assert (
                    row.span.start
                    <= cell.outer_start
                    <= cell.start
                    <= cell.end
                    <= cell.outer_end
                    <= row.span.end
                )
    for entry in document.entries:
        assert entry.title is None or entry.span.contains(entry.title.span)
        assert [link.link.span for link in entry.links if not entry.span.contains(link.link.span)] == []
    assert _places(read_document("a.md", text, Reading(readers=(Shape.HTML_TABLE,)))) == _places(document)


@given(_TEXT | _TABLES)
@settings(max_examples=200, deadline=None)
def test_all_readers_together_claim_nothing_twice(text: str) -> None:
    document = read_document("a.md", text)
    rows = [(row.span, listing.literature) for listing in document.listings for row in listing.rows]
    papers = sorted((span for span, literature in rows if literature), key=lambda span: span.start)
    assert all(one.end <= other.start for one, other in pairwise(papers))


@given(_WORDS)
@settings(max_examples=100, deadline=None)
def test_prose_has_no_tables(text: str) -> None:
    for prose in (text, f"<p>{text}</p>", f"<div>\n{text}\n</div>"):
        assert read_document("a.md", prose, Reading(readers=(Shape.HTML_TABLE,))).listings == ()
