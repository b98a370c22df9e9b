"""Anchors as GitHub makes them; the hard cases follow what github-slugger's authors measured on GitHub."""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import Path

import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from littable.document.anchors import read_anchors
from littable.document.blocks import front_matter_end
from littable.text import Source
from support.oracle import render
from support.shared import corpus_parameters


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Related work", "related-work"),
        ("camelCase and UPPER", "camelcase-and-upper"),
        ("Papers & documentation", "papers--documentation"),
        ("a - b", "a---b"),
        ("en–dash, em—dash", "endash-emdash"),
        ("file.name(argument, other [, more])", "filenameargument-other--more"),
        ("snake_case stays", "snake_case-stays"),
        ("__init__", "__init__"),
        ("It’s 2024's best?", "its-2024s-best"),
        ("C++ / C#", "c--c"),
        ("1. First", "1-first"),
        ("two  blanks", "two--blanks"),
        ("**Bold**, *slanted*, _slanted_, ~~gone~~", "bold-slanted-slanted-gone"),
        ("`code_here` and ``a`b``", "code_here-and-ab"),
        ("[A link](https://example.org/a_(b)) here", "a-link-here"),
        ("[A link][ref] here", "a-link-here"),
        ("![picture](a.png) Title", "-title"),
        ("<img src='a.png'> Title", "-title"),
        ("<b>Bold</b> word", "bold-word"),
        ("Title <!-- note -->", "title-"),
        ("a &amp; b &lt; c", "a--b--c"),
        (r"a \* b \_ c", "a--b-_-c"),
        ("Литература и Обзоры", "литература-и-обзоры"),
        ("图像生成（综述）", "图像生成综述"),
        ("Ökologie", "ökologie"),
        ("हिन्दी", "हिन्दी"),
        ("Version Ⅳ", "version-ⅳ"),
        ("I ♥ papers", "i--papers"),
        ("😄 emoji", "-emoji"),
        ("⚙️ Settings", "-settings"),
        ("⚙️ Settings", "️-settings"),
        (":rocket: Start", "rocket-start"),
        (":rocket: Start", "-start"),
        ("closing ##", "closing"),
        ("hash#inside #", "hashinside"),
    ],
)
def test_a_heading_has_the_name_that_github_gives_it(heading: str, name: str) -> None:
    assert read_anchors(f"## {heading}\n").has(name) is True


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (["a", "a", "a"], ["a", "a-1", "a-2"]),
        (["echo", "echo", "echo 1", "echo-1", "echo"], ["echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"]),
        (["foxtrot-1", "foxtrot", "foxtrot"], ["foxtrot-1", "foxtrot", "foxtrot-2"]),
        (["A!", "a?", "a"], ["a", "a-1", "a-2"]),
    ],
)
def test_repeated_headings_are_numbered(headings: list[str], names: list[str]) -> None:
    anchors = read_anchors("".join(f"# {heading}\n\n" for heading in headings))
    assert all(anchors.has(name) for name in names)
    assert anchors.has(f"{names[-1]}-9") is False


@pytest.mark.parametrize(
    "text",
    [
        "# Found\n",
        "# Found #\n",
        "   # Found\n",
        "Found\n=====\n",
        "Found\n---\n",
        "Found\r\n---\r\n",
        "Found\r---\r",
        "> # Found\n",
        "> Found\n> ---\n",
        "- # Found\n",
        "1. text\n\n   Found\n   ---\n",
        "<h2>Found</h2>\n",
        '<h1 align="center">\n  Found\n</h1>\n',
        "<details><summary><h3>Found</h3></summary>\n</details>\n",
        '<div align="center">\n\n# Found\n\n</div>\n',
        "---\ntitle: x\n---\n\n# Found\n",
        "\ufeff# Other\n\n# Found",
        '<a name="found"></a>\n',
        "<a id='found'></a>\n",
        "<span id=found>x</span>\n",
        '<p ID = "user-content-Found">\n',
    ],
)
def test_where_an_anchor_may_stand(text: str) -> None:
    assert read_anchors(text).has("found") is True
    assert read_anchors(text).has("lost") is False


@pytest.mark.parametrize(
    "text", ["```\n# Found\n```\n", "    # Found\n", "#Found\n", "text # Found\n", "####### Found\n"]
)
def test_what_is_no_heading_is_no_anchor(text: str) -> None:
    assert read_anchors(text).has("found") is False


@pytest.mark.parametrize(
    "fragment",
    [
        "related-work",
        "Related-Work",
        "user-content-related-work",
        "related%2Dwork",
        "related-work:~:text=a",
        "",
        "top",
        "L10",
        "L10-L20",
        "L3C5-L8C2",
    ],
)
def test_what_a_browser_and_github_find(fragment: str) -> None:
    assert read_anchors("# Related work\n").has(fragment) is True


def test_percent_encoded_letters_are_read() -> None:
    assert read_anchors("# Обзор\n").has("%D0%BE%D0%B1%D0%B7%D0%BE%D1%80") is True


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("# Über 🎉 alles\n", "über-alles"),
        ("# H²O for all\n", "h²o-for-all"),
        ("# <b>Bold</b>-ish word\n", "bold-ish_word"),
        ("# Setup {#install}\n", "install"),
        ("# Setup\n{: #install }\n", "install"),
        ("# Setup\n\n{% include more.md %}\n", "more"),
        ("# Setup\n", "readme"),
        ("# Setup\n", "/route"),
        ("# Setup\n", "page=2"),
        ("x[^1]\n\n[^1]: y\n", "fn-2"),
    ],
)
def test_what_is_in_doubt(text: str, fragment: str) -> None:
    assert read_anchors(text).has(fragment) is None


@pytest.mark.parametrize(
    "fragment", ["fn-note", "fnref-note", "user-content-fn-note-3f2a9c", "fnref-note-2", "footnote-label"]
)
def test_footnotes(fragment: str) -> None:
    assert read_anchors("x[^note]\n\n[^note]: y\n").has(fragment) is True
    assert read_anchors("x\n").has(fragment) is False


def test_the_nearest_name_is_told() -> None:
    anchors = read_anchors("# Papers & documentation\n\n# Efficient MOE\n")
    assert anchors.nearest("papers-documentation") == "papers--documentation"
    assert anchors.nearest("efficient_moe") == "efficient-moe"
    assert anchors.nearest("nothing") is None


@pytest.mark.parametrize("path", corpus_parameters())
def test_every_heading_that_cmark_gfm_renders_has_its_anchor(path: Path) -> None:
    text = Source.decode(path.read_bytes()).text.replace("\r\n", "\n")
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    rendered = render(text[front_matter_end(text) :], options=options)
    anchors = read_anchors(text)
    for match in re.finditer(r"<h([1-6])(?:\s[^<>]*)?>(.*?)</h\1\s*>", rendered, re.DOTALL):
        shown = html.unescape(re.sub(r"<[^>]*>", "", match[2])).lower()
        kept = [c for c in shown if re.match(r"[\w\- ]", c) and unicodedata.category(c) != "No"]
        assert anchors.has("".join(kept).replace(" ", "-")) is True


@given(st.lists(st.text(st.sampled_from("ab A_-1é图*`[](){}<>!&:#\\ \n\t😄"), max_size=30), max_size=8))
def test_any_text_is_read(lines: list[str]) -> None:
    text = "\n".join(f"# {line}" for line in lines)
    assert read_anchors(text).has("") is True
    assert read_anchors(f"{text}\n\n# Sought here\n").has("sought-here") is True


@pytest.mark.parametrize(
    "text",
    [
        *(
            piece * 20_000
            for piece in ("<h1>", "# <!--\n", "<", "`a", "_a", "[", "id=", "{#", "{{ a.", "fn-")
        ),
        "# a\n" * 5_000,
        "{#" + "a" * 99_999,
        "# a" + " " * 99_999 + "x",
        "# " + "#" * 99_999 + "x",
    ],
    ids=lambda text: text[:6].strip(),
)
def test_long_hostile_texts_are_read(text: str) -> None:
    anchors = read_anchors(f"{text}\n\n# Sought here\n")
    assert anchors.has("sought-here") is True
    assert anchors.nearest("sought_here") == "sought-here"
