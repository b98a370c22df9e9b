"""What is written into HTML tables: words as HTML, tags left alone."""

from __future__ import annotations

from datetime import date

import pytest

from littable.checker import check_document
from littable.config import Settings
from littable.diagnostic import Applicability, FileReport
from littable.document.html.row import HtmlRow
from littable.document.model import Document
from littable.document.reading import read_document
from littable.fixing import fix_text
from littable.papers.record import PaperRecord
from littable.papers.sources import Found
from littable.rules._context import Context, Facts
from littable.rules._registry import all_rules
from littable.text import Edit, Span

_RECORD = PaperRecord(
    id="2310.03693",
    version=2,
    title="Models & Their Safety: R&D Below the Limit",
    authors=("Jane Doe", "John Roe", "Mary Major"),
    abstract="We find that p < 0.05 holds for 4,157 items & more, with [brackets] and a_b names in all of "
    "the twelve tables that were looked at.",
    published=date(2023, 10, 5),
    updated=None,
    comment=None,
    doi=None,
    journal_ref=None,
    withdrawn=False,
    origin="a test",
)


def _check(text: str) -> tuple[Document, FileReport]:
    context = Context(Settings(), Facts({_RECORD.id: Found(_RECORD)}), date(2026, 11, 22))
    document = read_document("a.md", text)
    return document, check_document(document, all_rules(), context)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (r"a \* b \_ c", "a &#42; b &#95; c"),
        (r"p < 0.05 & q \> 1", "p &lt; 0.05 &amp; q &gt; 1"),
        ("R&amp;D", "R&amp;D"),
        (r"a \| b", "a | b"),
        ("first\nsecond", "first second"),
        ("see <https://example.org/x?a=1>", "see https://example.org/x?a=1"),
        ("$x_i < y\\_i$", "$x_i &lt; y\\_i$"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
    ],
)
def test_words_are_written_as_html(markdown: str, html: str) -> None:
    assert HtmlRow("", Span(0, 0)).written(markdown) == html


@pytest.mark.parametrize(
    ("old", "new", "keeps"),
    [
        ("One", "Two", True),
        ("One", "T&lt;w&gt;o", True),
        ("One", "<td>Two", False),
        ("<b>", "", False),
        ("One", "Two</b>", False),
        ("One", "**", False),
        ("One", "<!--", False),
    ],
)
def test_an_edit_keeps_the_cells_where_it_leaves_the_tags(old: str, new: str, keeps: bool) -> None:
    source = "<tr><td><b>One</b></td></tr>"
    row = HtmlRow(source, Span(0, len(source)))
    start = source.index(old)
    assert row.keeps_cells([Edit(Span(start, start + len(old)), new)]) is keeps


_STALE = """# Papers

<table>
<tr><th>Title</th><th>Authors</th><th>Year</th><th>Link</th><th>Abstract</th></tr>
<tr>
  <td>Models &amp; Their Safty: R&amp;D Below the Limit</td>
  <td>Jane Doe, John Row, Mary Major</td>
  <td>2013</td>
  <td><a href="http://arxiv.org/abs/2310.03693v1?utm_source=x&amp;b=2">pdf</a></td>
  <td>We find that p &lt; 0.05 holds for 4,150 items &amp; more, with [brackets] and a_b
      names in all of the ten tables that were looked at.</td>
</tr>
</table>

Prose & more <b>.
"""


def test_stale_words_are_exchanged_and_nothing_else() -> None:
    expected = _STALE
    for old, new in {
        "Safty": "Safety", "Row,": "Roe,", "2013": "2023", "4,150": "4,157", "ten tables": "twelve tables",
        "http:": "https:", "v1?utm_source=x&amp;": "?",
    }.items():  # fmt: skip
        expected = expected.replace(old, new)
    fixed = fix_text(_STALE, _check, Applicability.UNSAFE).text
    assert fixed == expected
    assert fix_text(fixed, _check, Applicability.UNSAFE).text == fixed
    assert [found.message for found in _check(fixed)[1].diagnostics] == []


def test_a_layout_is_mended_in_place() -> None:
    text = """<table>
<tr><td><img src="a.png"></td><td><b>Models & Their Safty: R&D Below the Limit</b><br>
Jane Doe, John Row, Mary Major<br> <i>arXiv</i>, 2023<br>
<a href="https://arxiv.org/abs/2310.03693">paper</a> | <a href="https://github.com/a/b">code</a></td></tr>
<tr><td><img src="b.png"></td><td><b>Another Paper that Nobody Knows Of</b><br>
Jane Doe, John Roe<br> 2023 <a href="https://arxiv.org/abs/2310.03694">paper</a></td></tr>
</table>
"""
    assert fix_text(text, _check, Applicability.UNSAFE).text == text.replace("Safty", "Safety").replace(
        "Row,", "Roe,"
    )
