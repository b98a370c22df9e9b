"""Tables and cells are exactly those of cmark-gfm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.document.blocks import front_matter_end
from support.oracle import oracle_tables, own_tables, plain_cells, shape
from support.shared import corpus_parameters

# The situations of GFM §4.10, in our own words, and those that its text leaves open.
SITUATIONS = {
    "plain": "| a | b |\n| - | - |\n| c | d |\n",
    "alignment": "| a | b | c |\n|:-|:-:|-:|\n| 1 | 2 | 3 |\n",
    "no outer pipes": "a | b\n-|-\nc | d\n",
    "escaped pipe": "| a |\n|---|\n| x \\| y |\n| `x \\| y` |\n| **x** \\| y |\n",
    "backslash before escaped pipe": "| a | b |\n|---|---|\n| x \\\\| y |\n",
    "quote ends it": "| a |\n|---|\n| b |\n> | c |\n",
    "text goes on": "| a |\n|---|\n| b |\nc\n\nd\n",
    "delimiter too short": "| a | b |\n|---|\n| c | d |\n",
    "long and short rows": "| a | b |\n|---|---|\n| c |\n| d | e | f |\n||\n",
    "no body": "| a |\n|---|\n\nafter\n",
    "below a paragraph": "text\n| a | b |\n|---|---|\n| c | d |\n",
    "lone pipe ends it": "| a |\n|---|\n|\nb\n",
    "html ends it": "| a |\n|---|\n| b |\n<!-- c -->\n| d |\n",
    "any tag ends it": "| a |\n|---|\n<b>\n| d |\n",
    "indented code ends it": "| a |\n|---|\n    | b |\n",
    "any list item ends it": "| a |\n|---|\n7. b\n",
    "footnote ends it": "| a[^1] |\n|---|\n| b |\n[^1]: c\n",
    "in a quote": "> | a | b |\n> |---|---|\n> | c | d |\n| e | f |\n",
    "in a list item": "- x\n\n  | a | b |\n  |---|---|\n  | c | d |\n\n  y\n",
    "as a list item": "1. | a | b |\n   |---|---|\n   | c | d |\n",
    "in a list in a quote": "> - | a |\n>   |---|\n>   | b |\n> c\n",
    "lazy header keeps its indentation": "> x\n  | a | b |\n> |---|---|\n",
    "tabs": "-\t| a | b |\n\t|---|---|\n\t| c | d |\n",
    "fence hides it": "```\n| a |\n|---|\n```\n| b |\n|---|\n",
    "html hides it": "<div>\n| a |\n|---|\n\n| b |\n|---|\n",
    "open comment hides it": "<!--\n| a |\n|---|\n\n| b |\n|---|\n-->\n| c |\n|---|\n",
    "underline makes a heading": "| a |\n---\n| b |\n|---|\n",
    "only definitions make no heading": "[a]: /x\n---\n|--|\n",
    "crlf": "| a | b |\r\n|---|---|\r\n| c | d |\r\n",
    "mixed ends": "| a | b |\r|---|---|\n| c | d |\r\n| e | f |",
    "unicode": "| 名前 | é́ |\n|---|---|\n| 👩‍🔬 | \u00a0 |\n",
    "no break spaces are no blanks": "| a |\n|---|\n\u00a0\nb\n",
}


@pytest.mark.parametrize("text", SITUATIONS.values(), ids=SITUATIONS.keys())
def test_a_situation_of_the_specification(text: str) -> None:
    assert shape(own_tables(text)) == shape(oracle_tables(text))


# Lines that open, continue, interrupt or hide tables, with and without containers.
# fmt: off
_LINES = [
    "| a | b |", "|---|---|", "|--|", "| 1 | 2 |", "a|b", "-|-", "| x", "x |", "|", "||", "", "  ",
    "text", "# h", "---", "===", "- item", "  - sub", "1. one", "2) two", "> q", ">> qq", "> | a | b |",
    "> |---|---|", "> | c | d |", "- | a | b |", "  |---|---|", "  | e | f |", "    | i | j |", "```",
    "~~~", "<div>", "</div>", "<!-- c -->", "<!--", "-->", "<b>", "\t| t | u |", "  > | n | m |", ">",
    "    code", "      ", "***", "* * *", "+ |k|l|", "  |:-:|-:|", "[a]: /url", "| \\| | b |",
    "| a \\\\| b |", "   | three | sp |", "- - | a | b |", "    |---|---|", ">- | a | b |",
    ">  |---|---|", "<pre>", "</pre>", "| a | b | c |", "-", "1.", "10. ten", "    |z|", "\\| x |",
    "<td>", "|:--|", "`x|y`|z", "> ", "-\t| a | b |", "\t|---|---|", ">\t| a | b |", ">\t|--|--|",
    "<?x", "?>", "<!X", "<![CDATA[", "]]>", '<a href="x">', "    - x", "12345678901. x", "_ _ _", "=|=",
    "   ---", "####### x", "#\t|a|b|", "<script>x</script>", "<table>", "| a | b |  ", "|---|---| \t",
]
# fmt: on
_DOCUMENT = st.builds(
    lambda lines, ends, last: "".join(a + b for a, b in zip(lines, ends, strict=False)) + last,
    st.lists(st.sampled_from(_LINES), min_size=1, max_size=9),
    st.lists(st.sampled_from(["\n", "\n", "\n", "\r\n"]), min_size=9, max_size=9),
    st.sampled_from(["", "| z |", "x"]),
)


@given(_DOCUMENT)
@settings(max_examples=1_500)
def test_generated_documents(text: str) -> None:
    if front_matter_end(text.replace("\r\n", " \n")):
        return  # cmark-gfm knows no front matter; GitHub takes it away before
    assert shape(own_tables(text)) == shape(oracle_tables(text))


_CELL = st.text(st.sampled_from("ab \\|é字😀-:"), max_size=6)


@given(
    st.integers(1, 4),
    st.lists(st.lists(_CELL, max_size=5), max_size=5),
    st.sampled_from(["", "> ", "- ", "1. "]),
)
@settings(max_examples=500)
def test_cells_of_generated_rows(width: int, rows: list[list[str]], container: str) -> None:
    indent = "> " if container == "> " else " " * len(container)
    lines = ["|" + "h|" * width, "|" + "-|" * width, *("|" + "|".join(row) + "|" for row in rows)]
    text = "".join((indent if index else container) + line + "\n" for index, line in enumerate(lines))
    own, theirs = own_tables(text), oracle_tables(text)
    assert shape(own) == shape(theirs)
    # A backslash before anything but a pipe is inline text, which the oracle renders: leave it out here.
    if not any("\\" in cell.replace("\\|", "") for table in own for row in table for cell in row.cells):
        assert plain_cells(own) == plain_cells(theirs)


@pytest.mark.parametrize("path", corpus_parameters())
def test_a_real_file(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    assert shape(own_tables(text)) == shape(oracle_tables(text))


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("---\ntitle: x\n---\n| a |\n", len("---\ntitle: x\n---\n")),
        ("---\r\nlayout: post\r\n---\r\nx", len("---\r\nlayout: post\r\n---\r\n")),
        ("---\n\n| a |\n---\n", 0),
        ("---\n# Heading\n---\n", 0),
        ("---\ntitle: never closed\n", 0),
        ("text\n---\ntitle: x\n---\n", 0),
    ],
)
def test_front_matter(text: str, end: int) -> None:
    assert front_matter_end(text.replace("\r\n", " \n")) == end
