"""TeX left in cells: what its reading keeps, and that cmark-gfm renders what is meant."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.checker import check_document
from littable.diagnostic import Applicability, Diagnostic
from littable.document.reading import read_document
from littable.prose.canonical import canonical_words
from littable.rules._context import Context
from littable.rules._tex.residues import residues
from littable.rules.tex_residue import tex_residue
from littable.text import apply_edits
from support.oracle import oracle_tables

PIECES = [
    *(
        " ",
        "a",
        "Tree",
        "7",
        ".",
        ",",
        "(",
        ")",
        "*",
        "_",
        "`",
        "``",
        "''",
        "'",
        '"',
        "~",
        "\\",
        "{",
        "}",
        "$",
    ),
    *("\\|", "<b>", "</b>", "`x`", "$\\alpha$", "https://ex.org/a\\_b", "[l](https://ex.org/b)", "é"),
    *(
        "\\textbf{",
        "\\emph{b}",
        "{\\em ",
        "\\texttt{c}",
        "\\url{https://ex.org/c}",
        "\\href{https://ex.org/d}{",
    ),
    *(
        "\\^o",
        '\\"{u}',
        "\\'e",
        "\\c{c}",
        "{\\o}",
        "\\ldots",
        "\\pm",
        "\\ours",
        "\\foo{}",
        "\\cite{k}",
        "\\eg",
    ),
    *(
        "7\\,mm",
        "5{,}000",
        "10^{-3}",
        "\\(x^2\\)",
        "\\[",
        "\\]",
        "4\\%",
        "\\\\%",
        "\\\\textbf{d}",
        "\\color{red}",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def table(cell: str) -> str:
    return f"| Title | Abstract |\n| --- | --- |\n| [Trees](https://arxiv.org/abs/2402.00001) | {cell} |\n"


def findings(text: str) -> tuple[Diagnostic, ...]:
    return check_document(read_document("t.md", text), (tex_residue,), Context()).diagnostics


def fixed(text: str) -> str:
    """The text after the safe fixes of one pass."""
    edits = [
        edit
        for found in findings(text)
        if found.fix and found.fix.applicability is Applicability.SAFE
        for edit in found.fix.edits
    ]
    return apply_edits(text, edits)


def single(text: str) -> str:
    """A text in which no program has doubled the backslashes of TeX."""
    return re.sub(r"\\(?=\\[A-Za-z%&_#$])", "", text)


@given(TEXTS)
def test_a_fix_keeps_every_word_and_every_cell(cell: str) -> None:
    before = table(cell)
    after = fixed(before)
    assert canonical_words(single(after)) == canonical_words(single(before))
    assert [len(row.cells) for t in read_document("t.md", after).tables for row in t.rows] == [
        len(row.cells) for t in read_document("t.md", before).tables for row in t.rows
    ]


@given(TEXTS)
def test_fixing_comes_to_an_end(cell: str) -> None:
    text = table(cell)
    for _ in range(10):
        text, before = fixed(text), text
        if text == before:
            break
    assert fixed(text) == text


@given(TEXTS)
def test_edits_do_not_overlap_and_lie_in_the_text(text: str) -> None:
    edits = sorted(edit for residue in residues(text) for edit in residue.edits)
    assert all(one.span.end <= other.span.start for one, other in pairwise(edits))
    assert all(0 <= edit.span.start <= edit.span.end <= len(text) for edit in edits)


def shown(text: str) -> str:
    """The second cell of the first row as cmark-gfm renders it."""
    return html.unescape(oracle_tables(text)[0][1].cells[1])


@pytest.mark.parametrize(
    ("cell", "rendered"),
    [
        (r"a \textbf{bold} one", "a <strong>bold</strong> one"),
        (r"\textbf{D}yn\textbf{a}mic", "<strong>D</strong>yn<strong>a</strong>mic"),
        (
            r"\emph{so}, \textbf{1)} and \textbf{4\%}.",
            "<em>so</em>, <strong>1)</strong> and <strong>4%</strong>.",
        ),
        (r"x\textbf{(b)}y", "x(b)y"),
        (r"\textbf{\textit{both}}", "<em>both</em>"),
        (r"\texttt{a\_b*c}", "<code>a_b*c</code>"),
        (r"A* and \textbf{b}", "A* and b"),
        (r"m\textsuperscript{2}", "m<sup>2</sup>"),
        (r"It\^o, 7\,mm and 5{,}000", "Itô, 7 mm and 5,000"),
        (r"``a'' and ``b''", '"a" and "b"'),
        (r"1~mm and 2~mm", "1 mm and 2 mm"),
        (r"x \textgreater 5 \textasciitilde 3", "x > 5 ~3"),
        (r"\textbf{a \| b}", "<strong>a | b</strong>"),
    ],
)
def test_cmark_renders_what_is_meant(cell: str, rendered: str) -> None:
    assert shown(fixed(table(cell))) == rendered


@pytest.mark.parametrize(
    "cell",
    [
        r"4.2\% of R\&D, a\_b and \#1",
        r"$\alpha$ and $`a\,b`$",
        r"`\textbf{x}`",
        r"don\'t \"do\" that",
        r"C:\Users\lin\alpha and \\host\share",
        r"\d{3} or \bword\b",
        r"encoder\decoder",
        r"about ~60 of 3~5",
        r"see \[PDF\] and \(this\)",
        r"the {name} in {0.1, 0.2}",
        r"https://ex.org/~lin/",
        r"a lone $ and \alpha",
    ],
)
def test_what_is_no_tex(cell: str) -> None:
    assert not findings(table(cell))


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "\\",
            "{",
            "}",
            "$",
            "{\\",
            "\\'",
            "\\textbf{",
            "\\textbf{a}",
            "\\href{",
            "\\href{a}{b}",
            "`",
            "``a'' ",
        ),
        *(
            "`a' ",
            "~a",
            "\\foo ",
            "\\foo{} ",
            "\\begin{array}",
            "\\(",
            "\\(x^2\\) ",
            "{,}",
            "{\\em a} ",
            "<",
            "<!--",
        ),
        *("<code>", "[a](b) ", "a\\^o", "\\x41", "{\\color{red}", "\\cite{a} ", "%\\,m", " ", "1{,}000 "),
    ],
)
def test_a_hostile_cell_ends(unit: str) -> None:
    assert len(residues(unit * (20_000 // len(unit)))) <= 20_000
    assert len(findings(table(unit * (200_000 // len(unit))))) <= 1
