"""Lists made of pieces: reading them never fails, and every place that is named lies where it should."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from littable.config.reading import Reading
from littable.document.model import Document
from littable.document.reading import read_document
from littable.shapes import Shape

_MARKS = ("- ", "* ", "+ ", "1. ", "1) ", "- [ ] ", "  - ", "    - ", "> - ", "[1] ", "")
_PIECES = (
    *(
        "**Attention Is All You Need**",
        "[Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385)",
    ),
    *(
        "A. Vaswani et al.",
        "Kaiming He, Xiangyu Zhang, Jian Sun",
        "Hinton, Geoffrey, and Jeff Dean.",
        "NeurIPS 2017",
    ),
    *(
        "(ICLR'21)",
        "[CVPR 2020]",
        "2024-05-01, ",
        "arXiv:1706.03762",
        "https://doi.org/10.1000/182",
        "“Deep learning”",
    ),
    *(
        "[[paper](https://arxiv.org/abs/1706.03762)]",
        "[[code]](https://github.com/a/b)",
        "![](https://img.shields.io/x)",
    ),
    *(
        "[[paper](",
        "**",
        "*",
        "_",
        "`",
        '"',
        "「",
        "(",
        ")",
        "]",
        "<b>",
        "</b>",
        "<br>",
        "\\[",
        "\\]",
        "<!--",
        "-->",
    ),
    *(
        "Authors: Ada Lovelace",
        "**Abstract:** A text about it.",
        "论文：",
        "双方向の事前学習を行うモデルを提案した。",
        "张三，李四",
    ),
    *(
        ", ",
        ". ",
        " - ",
        ": ",
        " | ",
        "; ",
        " ",
        "  \n",
        "\n",
        "\n  ",
        "\n    - ",
        "\n\n  ",
        "\r\n",
        "\t",
        "\0",
        "🔥",
    ),
    *(
        "\n  <details><summary>Abstract</summary>\n\n  We show it.\n\n  </details>\n",
        "| a | b |\n| - | - |\n| c | d |",
    ),
)
_LINES = st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=9).map("".join)
_DOCUMENTS = st.lists(
    st.tuples(st.sampled_from(_MARKS), _LINES, st.sampled_from(("\n", "\n\n", "\n## Papers\n"))).map("".join),
    max_size=7,
).map("".join)
_READING = Reading(readers=(Shape.TABLE, Shape.BULLET))


def _read(text: str) -> Document:
    return read_document("list.md", text, _READING)


@settings(max_examples=400)
@given(_DOCUMENTS)
def test_every_cell_lies_in_its_row_and_rows_stand_apart(text: str) -> None:
    document = _read(text)
    assert document.source == text
    end = 0
    for entry in document.entries:
        span = entry.span
        assert end <= span.start < span.end <= len(text)
        assert not text[span.end - 1].isspace()
        end = span.end
        places = sorted(cell.span for cell in entry.row.cells if not cell.empty)
        assert all(span.contains(place) for place in places)
        assert all(one.end <= other.start for one, other in pairwise(places))


@given(_DOCUMENTS)
def test_reading_twice_reads_the_same(text: str) -> None:
    first, second = _read(text), _read(text)
    assert [(one.row.text, one.arxiv_id) for one in first.entries] == [
        (one.row.text, one.arxiv_id) for one in second.entries
    ]


@given(st.lists(_LINES, min_size=1, max_size=4))
def test_the_fields_of_any_list_can_be_read(lines: list[str]) -> None:
    for entry in _read("".join(f"- {line}\n" for line in lines)).entries:
        assert entry.title is not None
        assert entry.authors is None or entry.authors.plain is not None
        assert entry.links is not None


_SENTENCES = (
    "The model was trained on four machines for three days.",
    "It follows earlier work in the field and keeps its settings.",
    "Results are given in the second table, and errors are small.",
    "We thank everybody who has read the draft.",
    "In 2019 the data were collected again, this time by hand.",
    "See the [documentation](https://example.org/docs) before you begin.",
)


@given(
    st.lists(st.sampled_from(_SENTENCES), max_size=12), st.sampled_from((" ", "\n", "\n\n", "\n- ", "\n1. "))
)
def test_prose_is_never_taken_for_papers(sentences: list[str], between: str) -> None:
    assert not _read(between.join(["# Notes", "", *sentences])).entries
