"""One token stream for a text however it was written, and never one for two different texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.prose.canonical import canonical, canonical_words
from littable.prose.changes import Verdict, compare

PIECES = [
    *"ab AZ09.,-+%$\\{}[]()<>&;*_^~`'\"#/|:=\nαé²—\u00ad",
    "https://x.io/a",
    "this https URL",
    "\\textbf{",
    "par- t",
]
MARKUP = st.lists(st.sampled_from(PIECES)).map("".join)

EQUAL = [
    # TeX
    (r"a gain of 4.2\% over it", "a gain of 4.2% over it"),
    (r"the $\nu$ model", "the $ν$ model"),
    (r"with $\Delta = 0.95$ here", "with $Δ= 0.95$ here"),
    (r"mean $\bar{\rho}$ of all", r"mean $\barρ$ of all"),
    (r"an It\^o process", "an Itô process"),
    (r"the B{\'e}zier and M\"{o}bius curves", "the Bézier and Möbius curves"),
    (r"by Fran\c{c}ois", "by François"),
    (r"our \texttt{TREEFIT} tool", "our TREEFIT tool"),
    (r"\textbf{F}ast \textbf{T}ree walks", "Fast Tree walks"),
    (r"a vector $\bm{s}$", r"a vector $\mathbf{s}$"),
    (r"we {\it never} stop", "we never stop"),
    (r"fast$\unicode{x2014}$and cheap", "fast -- and cheap"),
    (r"input--output maps", "input-output maps"),
    ("``B-TREE'' runs", '"B-TREE" runs'),
    (r"in $O(n^{-(1-\alpha)/4})$ steps", "in $O(n^{-(1-α)/4})$ steps"),
    (r"$\epsilon$-close to $\frac{1}{\epsilon}$", r"$ε$-close to $\frac{1}ε$"),
    (r"a 35$\times$ speedup", "a 35x speedup"),
    (r"a tilt of 30{\deg}", "a tilt of 30°"),
    (r"a tilt of $30^\circ$", "a tilt of 30°"),
    (r"the 4$^{th}$ layer", "the 4th layer"),
    (r"about \textasciitilde60 items", "about ~60 items"),
    (r"see Formula~1", "see Formula 1"),
    (r"\begin{itemize} \item one thing \end{itemize}", "one thing"),
    (r"rank-$1$ and $L_2$", "rank-1 and L2"),
    (r"words\\ and lines", "words and lines"),
    (r"\revise{Finally, it holds.}", "Finally, it holds."),
    # addresses
    (r"at \url{https://ex.org/a_b}.", "at https://ex.org/a_b"),
    (r"at \href{https://ex.org/a}{https://ex.org/a}", "at https://ex.org/a"),
    (r"at \href{https://ex.org/a}{this https URL}.", "at https://ex.org/a."),
    (r"at https://ex.org/a\_b", "at http://www.ex.org/a_b/"),
    ("at this https URL.", "at https://ex.org/code."),
    (r"at \url{this https URL}", "at https://ex.org/code"),
    ("found atthis https URL", "found at https://ex.org/code"),
    ("in this http URL the", "in theory.Code the"),
    ("at [this https URL](https://ex.org/a)", "at https://ex.org/a"),
    # Markdown and HTML
    ("**bold** and *soft* words", "bold and soft words"),
    ("*Rel*ative gains", "Relative gains"),
    ("the `code` word", "the code word"),
    (r"a \| b", "a | b"),
    ("R&amp;D costs", "R&D costs"),
    ("p &lt; 0.05", "p < 0.05"),
    ("one<br>two", "one two"),
    ("<p>text <i>here</i></p>", "text here"),
    ("10<sup>3</sup> items", "$10^3$ items"),
    # Unicode
    ("e\ufb03cient", "efficient"),
    ("effi\u00adcient", "efficient"),
    ("zero\u200bwidth", "zerowidth"),
    ("no\u00a0break", "no break"),
    ("10² items", "$10^2$ items"),
    ("WSe₂ film", "WSe$_2$ film"),
    ("a — b", "a -- b"),
    ("Naïve Bayes", "naive Bayes"),
    # words and sentences
    ("par- ticularly good", "particularly good"),
    ("all tasks.We show", "all tasks. We show"),
    ("deep-learning based", "deep-learning-based"),
    ("4,157 items", "4157 items"),
    ("Abstract: We show it", "We show it"),
    ("**Abstract**: We show it", "We show it"),
    ("摘要：We show it", "We show it"),
    ("Аннотация. We show it", "We show it"),
    ("We show it. Comments: 12 pages", "We show it."),
    ("We show it. arXiv admin note: text overlap with arXiv:2101.00001", "We show it."),
    ("the value $π$ here", "the value pi here"),
    ("Tree Walks (FTW). Our \\ours wins", "Tree Walks (FTW). Our FTW wins"),
    (r"at \href{https://ex.org/a}{\textcolor{blue}{https://ex.org/a}}", "at https://ex.org/a"),
    ("a $`k$`–$`ω`$ pair", "a $k$–$ω$ pair"),
    ("a $`10^2`$X gain", "a $10^2$X gain"),
    (r"the \<pad> sign", "the <pad> sign"),
    # found by rewriting real abstracts
    ("Abstract: Abstract:We show it", "We show it"),
    ("see this https URL Comments: 12 pages, 3 figures", "see this https URL"),
    ("at https://ex.\u200borg/a\u00adb", "at https://ex.org/ab"),
    ("at https://ex.org/pro\ufb01le", "at https://ex.org/profile"),
    ("about 9\u200b5 % of it", "about 95 % of it"),
    ("rates &lt;=2% here", "rates <=2% here"),
    ("**A novel** way", "A novel way"),
    (r"good. \textbf{A} novel way", "good. A novel way"),
    (r"context\u2014the rest", "context -- the rest"),
    ("an error =~0.92 of it", "an error = 0.92 of it"),
]

DIFFERENT = [
    ("it is 3x faster", "it is 5x faster"),
    ("within $10^{-3}$ of it", "within $10^{3}$ of it"),
    ("within $10^{3}$ of it", "within 103 of it"),
    ("under CC-BY", "under CC BY-SA"),
    ("it is possible", "it is not possible"),
    ("it is not able", "it is notable"),
    (r"for $n \geq 2$", r"for $n \leq 2$"),
    ("a gain of $+2$", "a gain of $-2$"),
    ("$a+b$", "$a-b$"),
    (r"$x - y$", "$x y$"),
    ("at 89.3 %", "at 98.3 %"),
    ("at 89.3 %", "at 89.3"),
    ("1 2", "12"),
    ("costs $5", "costs 5"),
    ("at https://ex.org/old", "at https://ex.org/new"),
    ("at https://ex.org/ab", "at https://ex.org/a-b"),
    ("at https://ex.org/Ab", "at https://ex.org/ab"),
    ("49 of 50 institutions", "50 of 50 institutions"),
    ("the CodeX model", "the Codex model"),
    ("will be available soon", "are available"),
    ("with $n$ nodes", "with $N$ nodes"),
    (r"error $\hat{x}$", r"error $\bar{x}$"),
    ("α values", "β values"),
    ("$x^2$", "$x_2$"),
    ("5 km", "5 mm"),
    ("1.63%", "63%"),
    ("F1 of .5", "F1 of 5"),
    ("C++ code", "C code"),
    ("7-10 items", "7-11 items"),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_forms(one: str, other: str) -> None:
    assert compare(one, other).verdict in {Verdict.SAME, Verdict.COSMETIC}
    assert compare(other, one).verdict in {Verdict.SAME, Verdict.COSMETIC}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_texts(one: str, other: str) -> None:
    frame = (
        "In this long sentence we say of the thing at hand that {} and then we go on to say more about it."
    )
    assert compare(frame.format(one), frame.format(other)).verdict is Verdict.CHANGED
    assert compare(frame.format(other), frame.format(one)).verdict is Verdict.CHANGED


def test_a_macro_of_the_record_is_never_worth_writing() -> None:
    name, macro = (
        "Of all methods that are known today our TREEFIT wins",
        r"Of all methods that are known today our \ours wins",
    )
    assert compare(name, macro).verdict is Verdict.COSMETIC
    assert compare(macro, name).verdict is Verdict.CHANGED


@given(MARKUP | st.text())
def test_spans_increase_and_lie_within_the_text(text: str) -> None:
    tokens = canonical(text)
    assert len(tokens.words) == len(tokens.starts) == len(tokens.ends)
    assert all(tokens.words)
    position = 0
    previous = (0, 0)
    for span in zip(tokens.starts, tokens.ends, strict=True):
        assert 0 <= span[0] < span[1] <= len(text)
        assert span == previous or span[0] >= position
        previous, position = span, span[1]


@given(MARKUP | st.text())
def test_words_alone_are_the_words_with_spans(text: str) -> None:
    assert canonical_words(text) == canonical(text).words


def test_a_token_knows_its_source() -> None:
    text = r"An {\'E}tude of $\alpha$ at 4{,}157 points"
    tokens = canonical(text)
    sources = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert tokens.words == ("an", "etude", "of", "α", "at", "4157", "points")
    assert sources == ["An", r"{\'E}tude", "of", r"\alpha", "at", "4{,}157", "points"]
