"""Whatever stands below headings is read without an error, and what is read lies where it was written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from littable.config.reading import Reading
from littable.document.reading import read_document
from littable.shapes import Shape

_TITLES = st.sampled_from(
    [
        "Small Boxes for Large Language Models",
        "1. [Models without Boxes: A Study](https://arxiv.org/abs/2405.00010)",
        "[12. On Boxes (CVPR 2021)](https://arxiv.org/abs/2405.00011) :rocket: {#boxes}",
        "大規模言語モデルの小さな箱について考える",
        "*Boxes* and `Models` [[pdf](https://arxiv.org/pdf/1)] ![](b.svg)",
        "Installation",
        "Title:",
        "",
        "[unclosed (link",
        "«Коробки» для больших моделей",
        "Abstract",
        "Vaswani et al. (2017): Attention Is All You Need",
    ]
)
_LINES = st.sampled_from(
    [
        "Ada Byron, Alan Turing",
        "**Authors:** Ada Byron, Alan Turing, et al.  ",
        "- **Authors**: Ada Byron | **Date**: 2020-01-01 | [PDF](https://arxiv.org/pdf/2405.00010)",
        "+ Boxes are put around models, and this is said at length in a text that is about them.",
        "- **Abstract**",
        " Boxes are put around models, and this is said at length in a text that is about them.",
        "**摘要：**",
        "> 模型的推理成本很高。本文提出一种新的方法。",
        "> **Title**: Boxes",
        ">",
        "<details><summary>Abstract</summary>",
        "Text of an abstract, long enough to be one, and a word or two more of it. <br>",
        "</details>",
        "[[paper](https://arxiv.org/abs/2405.00010)] [[code](https://github.com/a/b)]",
        "https://doi.org/10.1000/182",
        "```",
        "          Boxes in Code and out of it",
        "---",
        "| a | b |",
        "|---|---|",
        "**Boxes in Bold Type for Everyone**  ",
        "* **Title**: Boxes with Labels for All",
        "NeurIPS 2020",
        "**Paper**: [Small Boxes for Large Language Models](https://arxiv.org/abs/2405.00010)",
        "- **Links**:",
        "  - [abs](https://arxiv.org/abs/2405.00010)",
        "论文链接：https://arxiv.org/abs/2405.00010 | 代码：https://github.com/a/b",
        "arXiv: 2405.00010",
        "<p><b>Authors:</b> Ada Byron</p>",
        "<!-- a comment -->",
        "",
        "",
        "[label]: https://arxiv.org/abs/2405.00012",
    ]
)
_PIECES = st.one_of(
    st.builds(lambda level, title: "#" * level + " " + title, st.integers(1, 4), _TITLES),
    st.builds(lambda level, title: f"<h{level}>{title}</h{level}>", st.integers(1, 4), _TITLES),
    _LINES,
    _LINES,
    _LINES,
    st.text(alphabet=" #*_[]()<>`|:.-+>\\\n\tAb1é中{}!&", max_size=30),
)
_ENDS = st.sampled_from(["\n", "\n\n", "\r\n"])


@st.composite
def _documents(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(_PIECES, max_size=30))
    end = draw(_ENDS)
    return end.join(pieces)


@settings(deadline=None, max_examples=300)
@given(_documents(), st.sampled_from([(), ("*",), ("!abstract",)]))
def test_what_is_read_lies_where_it_was_written(source: str, sections: tuple[str, ...]) -> None:
    reading = Reading(readers=(Shape.SECTION,), sections=sections)
    document = read_document("list.md", source, reading)
    behind = 0
    for entry in document.entries:
        assert behind <= entry.span.start < entry.span.end <= len(source)
        assert source[entry.span.start : entry.span.end].strip() == source[entry.span.start : entry.span.end]
        behind = entry.span.end
        last = entry.span.start
        for cell in sorted(entry.row.cells, key=lambda cell: cell.outer_start):
            if not cell.empty:
                assert last <= cell.outer_start <= cell.start < cell.end <= cell.outer_end <= entry.span.end
                last = cell.outer_end
        assert entry.title is not None
        assert entry.links is not None
    again = read_document("list.md", source, reading)
    assert [entry.span for entry in again.entries] == [entry.span for entry in document.entries]
    assert document.source == source


_WORDS = st.sampled_from(
    "the of a model box we show that in this it is new for data and paper work result".split()
)
_SENTENCES = st.builds(
    lambda words: " ".join(words).capitalize() + ".", st.lists(_WORDS, min_size=4, max_size=20)
)
_PROSE = st.lists(
    st.one_of(
        st.builds(" ".join, st.lists(_SENTENCES, min_size=1, max_size=4)),
        st.builds(lambda words: "## " + " ".join(words).title(), st.lists(_WORDS, min_size=1, max_size=7)),
        st.builds("- {}".format, _SENTENCES),
        st.just("See [the paper](https://arxiv.org/abs/2405.00010) for more of this."),
    ),
    max_size=20,
)


@settings(deadline=None, max_examples=200)
@given(_PROSE)
def test_prose_is_no_paper(pieces: list[str]) -> None:
    document = read_document("post.md", "\n\n".join(pieces), Reading(readers=(Shape.SECTION,)))
    assert document.entries == ()
