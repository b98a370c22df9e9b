"""HTML tables whose columns have names: rows to papers."""

from __future__ import annotations

from littable.config.reading import Reading
from littable.document.reading import read_document
from littable.shapes import Shape
from support.read_papers import ReadPaper, read_papers

_ATTENTION = "https://arxiv.org/abs/1706.03762"
_BERT = "https://arxiv.org/abs/1810.04805"
_RESNET = "https://arxiv.org/abs/1512.03385"


def test_a_header_names_the_columns() -> None:
    text = f"""# Papers

<table>
  <thead><tr><th>Year</th><th>Title</th><th>Authors</th><th>Link</th><th>Abstract</th></tr></thead>
  <tbody>
    <tr>
      <td>2017</td>
      <td>Attention Is All You Need</td>
      <td>Ashish Vaswani, Noam Shazeer</td>
      <td><a href="{_ATTENTION}">pdf</a></td>
      <td><details><summary>Abstract</summary>It does without recurrence.</details></td>
    </tr>
    <tr><td>2019</td><td>BERT: Pre-training &amp; More</td><td></td><td>{_BERT}</td><td></td></tr>
  </tbody>
</table>
"""
    assert read_papers(text) == [
        ReadPaper(
            (6, 12), "Attention Is All You Need", ("Ashish Vaswani", "Noam Shazeer"), 2017, "1706.03762",
            (_ATTENTION,), "It does without recurrence.",
        ),
        ReadPaper((13, 13), "BERT: Pre-training & More", (), 2019, "1810.04805", (_BERT,)),
    ]  # fmt: skip


def test_what_is_not_closed_ends_where_the_next_begins() -> None:
    text = f"""<TABLE BORDER=1>
<TR><TH>Title<TH>Authors<TH>Link
<TR><TD>Attention Is All You Need<TD>Vaswani et al.<TD><A HREF={_ATTENTION}>pdf</A>
<TR><TD>Deep Residual Learning for Image Recognition<TD>He et al.<TD><A HREF='{_RESNET}'>pdf</A>
</TABLE>
"""
    assert [(paper.lines, paper.title, paper.authors, paper.id) for paper in read_papers(text)] == [
        ((3, 3), "Attention Is All You Need", ("Vaswani",), "1706.03762"),
        ((4, 4), "Deep Residual Learning for Image Recognition", ("He",), "1512.03385"),
    ]


def test_a_table_that_is_never_closed_ends_with_its_block() -> None:
    text = f"""<table>
<tr><th>Title</th><th>Link</th></tr>
<tr><td>Attention Is All You Need</td><td><a href="{_ATTENTION}">pdf</a>

Some prose about other things, and a [link](https://arxiv.org/abs/1512.03385).
"""
    assert [(paper.lines, paper.links) for paper in read_papers(text)] == [((3, 3), (_ATTENTION,))]


def test_cells_that_reach_over_rows_and_columns_move_the_others() -> None:
    text = f"""<table>
<tr><th>Area</th><th>Title</th><th colspan="2">When and where</th><th>Link</th></tr>
<tr><td rowspan="2">Language</td><td>Attention Is All You Need</td><td>NeurIPS</td><td>2017</td>
    <td><a href="{_ATTENTION}">pdf</a></td></tr>
<tr><td>BERT: Pre-training of Deep Transformers</td><td>NAACL</td><td>2019</td>
    <td><a href="{_BERT}">pdf</a></td></tr>
<tr><td colspan="5"><b>Vision</b></td></tr>
<tr><td>Images</td><td>Deep Residual Learning for Image Recognition</td><td>CVPR</td><td>2016</td>
    <td><a href="{_RESNET}">pdf</a></td></tr>
</table>
"""
    assert [(paper.lines, paper.title, paper.id) for paper in read_papers(text)] == [
        ((3, 4), "Attention Is All You Need", "1706.03762"),
        ((5, 6), "BERT: Pre-training of Deep Transformers", "1810.04805"),
        ((8, 9), "Deep Residual Learning for Image Recognition", "1512.03385"),
    ]


def test_a_wide_row_tells_of_the_paper_above_even_over_blank_lines() -> None:
    text = f"""<table>
<thead><tr><th>Title</th><th>Author</th><th>PDF</th></tr></thead>
<tr><td>Attention Is All You Need</td><td>Ashish Vaswani</td><td><a href="{_ATTENTION}">PDF</a></td></tr>
<tr><td colspan="3"><details><summary><b>总结</b></summary>

<b>PDF</b>: <a href="https://arxiv.org/abs/2001.00001">another</a><br>A summary in Markdown.

</details></td></tr>
<tr><td>BERT: Pre-training for Language</td><td>Jacob Devlin</td><td><a href="{_BERT}">PDF</a></td></tr>
</table>
"""
    first, second = read_papers(text)
    assert (first.lines, first.id, first.links) == ((3, 8), "1706.03762", (_ATTENTION,))
    assert first.abstract is not None
    assert first.abstract.endswith("A summary in Markdown.")
    assert (second.lines, second.abstract) == ((9, 9), None)


def test_the_title_cell_may_say_who_and_where() -> None:
    text = f"""<table>
<tr><th>Paper</th><th>Code</th></tr>
<tr><td><a href="{_ATTENTION}">Attention Is All You Need</a><br>Ashish Vaswani, Noam Shazeer<br>
    <i>NeurIPS</i> 2017</td>
    <td><a href="https://github.com/tensorflow/tensor2tensor">code</a></td></tr>
<tr><td><a href="{_RESNET}">[2016 CVPR] Deep Residual Learning for Image Recognition</a></td><td></td></tr>
</table>
"""
    assert [(paper.title, paper.authors, paper.year, paper.id) for paper in read_papers(text)] == [
        ("Attention Is All You Need", ("Ashish Vaswani", "Noam Shazeer"), 2017, "1706.03762"),
        ("Deep Residual Learning for Image Recognition", (), 2016, "1512.03385"),
    ]


def test_a_title_that_breaks_into_several_links_is_one() -> None:
    text = f"""<table>
<tr><th>Paper Title</th><th>Year</th></tr>
<tr><td><a href="{_RESNET}">Deep Residual Learning</a><br>
    <a href="{_RESNET}">for Image Recognition</a></td><td>2016</td></tr>
<tr><td><a href="{_ATTENTION}">Attention Is All You Need</a></td><td>2017</td></tr>
</table>
"""
    assert [paper.title for paper in read_papers(text)] == [
        "Deep Residual Learning for Image Recognition",
        "Attention Is All You Need",
    ]


def test_a_script_s_attribute_names_the_paper() -> None:
    text = """<table>
<tr><th>#</th><th>题目</th><th>一句话要点</th><th>⭐</th></tr>
<tr><td>1</td><td><a href="./papers/250514530v2-x.html">Internal Chains of Thought in Models</a></td>
<td>提出一种方法</td><td>
<button data-arxiv-id="2505.14530v2" onclick="keep('<td>x</td>')">☆</button></td></tr>
<tr><td>2</td><td><a href="./papers/250514238v3-y.html">Adapters for Models of Many Sizes</a></td>
<td>提出另一种方法</td><td><button data-arxiv-id="2505.14238v3">☆</button></td></tr>
</table>
"""
    assert [(paper.title, paper.id, paper.abstract) for paper in read_papers(text)] == [
        ("Internal Chains of Thought in Models", "2505.14530", "提出一种方法"),
        ("Adapters for Models of Many Sizes", "2505.14238", "提出另一种方法"),
    ]


def test_a_table_may_stand_in_an_item_or_a_quote() -> None:
    rows = f"""<table>
<tr><th>Title</th><th>Link</th></tr>
<tr><td>Attention Is All
You Need</td><td>{_ATTENTION}</td></tr>
</table>"""
    item = "- list\n\n" + "".join(f"  {line}\n" for line in rows.splitlines())
    quote = "".join(f"> {line}\n" for line in rows.splitlines())
    for text in (item, quote):
        assert [(paper.title, paper.id) for paper in read_papers(text)] == [
            ("Attention Is All You Need", "1706.03762")
        ]


def test_one_paper_as_rows_of_labels_and_values() -> None:
    table = f"""<table>
<tr><td>Title</td><td>Attention Is All You Need</td></tr>
<tr><td>Authors</td><td>Ashish Vaswani, Noam Shazeer</td></tr>
<tr><td>Year</td><td>2017</td></tr>
<tr><td>Link</td><td><a href="{_ATTENTION}">arXiv</a></td></tr>
</table>
"""
    text = table + "\n" + table.replace("1706.03762", "1810.04805").replace("Attention", "Everything")
    assert [(paper.lines, paper.title, paper.year, paper.id) for paper in read_papers(text)] == [
        ((2, 5), "Attention Is All You Need", 2017, "1706.03762"),
        ((9, 12), "Everything Is All You Need", 2017, "1810.04805"),
    ]


def test_the_configuration_says_under_which_headings_papers_stand() -> None:
    row = f'<table><tr><td>2017<td><a href="{_ATTENTION}">Attention Is All You Need</a></table>'
    head = "<tr><th>Title</th><th>Link</th></tr>"
    table = f"<table>{head}<tr><td>Some Other Title</td><td>{_BERT}</td></tr></table>"
    text = f"# Reading\n\n{row}\n\n# Baselines\n\n{table}\n"
    for sections, expected in (
        ((), ["1810.04805"]),
        (("!Baselines",), []),
        (("Reading",), ["1706.03762"]),
    ):
        document = read_document("a.md", text, Reading(readers=(Shape.HTML_TABLE,), sections=sections))
        assert [entry.arxiv_id for entry in document.entries] == expected
