"""Links and plain words in cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.document.code_spans import code_spans
from littable.document.inline import find_links
from littable.document.plain import plain
from littable.text import Span


def _links(text: str) -> list[tuple[str, str, str]]:
    return [(link.kind.value, link.url, link.text_span.of(text)) for link in find_links(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[Link](https://a.b/c)", [("inline", "https://a.b/c", "Link")]),
        ("[x](https://a.b/c\n)", [("inline", "https://a.b/c", "x")]),
        ("[x](\r\n  https://a.b/(c) 't')", [("inline", "https://a.b/(c)", "x")]),
        ('[x](<https://a.b/c d> "title")', [("inline", "https://a.b/c d", "x")]),
        ("[x](https://a.b/c_(d))", [("inline", "https://a.b/c_(d)", "x")]),
        (r"[x](https://a.b/c\_d?e=1&amp;f)", [("inline", "https://a.b/c_d?e=1&f", "x")]),
        ("((https://a.b/c.pdf))", [("bare", "https://a.b/c.pdf", "https://a.b/c.pdf")]),
        ("see https://a.b/c.", [("bare", "https://a.b/c", "https://a.b/c")]),
        ("<https://a.b/c>", [("autolink", "https://a.b/c", "https://a.b/c")]),
        ('<a href="https://a.b">t</a>', [("html", "https://a.b", "t")]),
        ('<img src="https://a.b/c.png">', [("image", "https://a.b/c.png", "")]),
        ("[x]([https://a.b)", [("inline", "[https://a.b", "x")]),
        ("[x](https://a.b/ c)", [("broken", "https://a.b/ c", "x")]),
        ("[x](https://a.b", [("broken", "https://a.b", "x")]),
        ("`[x](https://a.b)`", []),
        ("<!-- https://a.b -->", []),
        (r"\[x](y)", []),
        ("[https://a.b](https://a.b)", [("inline", "https://a.b", "https://a.b")]),
        ("[x](https://a.b/?a=1&section=2)", [("inline", "https://a.b/?a=1&section=2", "x")]),
        ("[x](<https://a.b<c>)", [("bare", "https://a.b", "https://a.b")]),
        ("``a` [x](https://a.b)", [("inline", "https://a.b", "x")]),
        (
            "[x[https://c.d](e)](https://a.b)",
            [("inline", "https://a.b", "x[https://c.d](e)"), ("inline", "e", "https://c.d")],
        ),
        ("no link", []),
    ],
)
def test_a_link_is_found_as_github_shows_it(text: str, links: list[tuple[str, str, str]]) -> None:
    assert _links(text) == links


def test_a_badge_is_a_picture_inside_a_link() -> None:
    text = "[![Star](https://i.s/x.svg)](https://g.h/a) [Paper](https://a.b)"
    assert [kind for kind, *_ in _links(text)] == ["inline", "image", "inline"]


def test_a_reference_leads_to_its_definition() -> None:
    text = "[paper][p], [p] and [q]"
    links = find_links(text, 0, len(text), {"p": ("https://a.b", Span(90, 101))})
    assert [(link.kind.value, link.url) for link in links] == [("reference", "https://a.b")] * 2
    assert links[0].url_span == Span(90, 101)


@given(st.text(st.sampled_from("[]()!<>`\\ ah:/.w\"'="), max_size=40))
def test_spans_lie_in_the_text_and_urls_where_they_say(text: str) -> None:
    shifted = "xx" + text
    for link in find_links(shifted, 2, len(shifted)):
        for span in (link.span, link.url_span, link.text_span):
            assert 2 <= span.start <= span.end <= len(shifted)
        assert link.span.contains(link.url_span)


_HOSTILE = [
    *("[", "](", "[x](", "[x](<", "[a](http", "![a](http", "![", "[a][", "]", "[x](a (", "[x](a 'b"),
    *(
        "`",
        "``a",
        "`a``b",
        "\\`",
        "<a href=x>",
        "<a ",
        "<!--",
        "<!-->",
        "(https://",
        "*",
        "_a_ ",
        "~~a",
        "&#1",
        "&a",
    ),
]


@pytest.mark.parametrize("piece", _HOSTILE)
def test_the_work_grows_with_the_length(piece: str) -> None:
    """A hostile cell of half a megabyte; quadratic work would not end within the test's patience."""
    text = piece * (500_000 // len(piece))
    assert isinstance(find_links(text, 0, len(text), {"p": ("https://a.b", Span(90, 101))}), list)
    assert isinstance(plain(text), str)


@pytest.mark.parametrize(("opening", "closing"), [("[", "](b)"), ("[", "]"), ("[", ")"), ("`", "<!-- -->")])
def test_the_work_grows_with_the_length_of_what_is_nested(opening: str, closing: str) -> None:
    text = opening * 100_000 + closing * 100_000
    assert isinstance(find_links(text, 0, len(text), {"p": ("https://a.b", Span(90, 101))}), list)
    assert isinstance(plain(text), str)


def test_runs_of_backticks_of_many_lengths_are_read_in_one_pass() -> None:
    text = " ".join("`" * length for length in range(1, 1_000))
    assert list(code_spans(text)) == []
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a `b` c", ["`b`"]),
        ("``a` b", []),
        ("``a`b`` `c`", ["``a`b``", "`c`"]),
        (r"\`a` b`", ["` b`"]),
        (r"`a\` b`", [r"`a\`"]),
        (r"\\`a`", ["`a`"]),
        ("`a`` b`", ["`a`` b`"]),
    ],
)
def test_code_lies_between_runs_of_one_length(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in code_spans(text)] == spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Bold** _it_ `code` ~~gone~~", "Bold it code gone"),
        ("[Title](https://a.b) ![x](y.png)", "Title"),
        ("A &amp; B<br>C", "A & B C"),
        (r"Out\-of\-the\-Box \| x", "Out-of-the-Box | x"),
        (":star: Name_with_underscores", "Name_with_underscores"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("``a` b", "``a` b"),
        ("``a`b``", "a`b"),
        (r"\`a\`", "`a`"),
        ("a <!-- b --> c <b>d</b> <!-- e", "a c d <!-- e"),
        ("<!--> a", "<!--> a"),
        ("AT&T &copy 2020 &notit; &#" + "1" * 5_000 + ";", "AT&T &copy 2020 &notit; &#" + "1" * 5_000 + ";"),
        ('[x](y "it\'s")', "x"),
    ],
)
def test_plain_words(text: str, words: str) -> None:
    assert plain(text) == words
