"""Records' texts as Markdown, judged by cmark-gfm, GitHub's rules for dollars, and ``canonical``."""

from __future__ import annotations

import gzip
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from littable.prose.alignment import agree, differences
from littable.prose.canonical import canonical, canonical_words
from littable.prose.writing import as_markdown
from support.shared import SHARED, needs_shared

_EXTENSIONS = ["table", "autolink", "strikethrough", "tagfilter"]
_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_QUOTED = re.compile(r"\$<code>(.*?)</code>\$", re.DOTALL)
_ELEMENT = re.compile(r"(⟦.*?⟧|<a [^>]*>.*?</a>|<[^>]+>)", re.DOTALL)


_BEGINNINGS = (
    "# One¦#¦- two¦+ two¦* two¦-¦1. three¦12) three¦> four¦===¦---¦- - -¦***¦___¦~~~¦```¦```py¦    five¦+¦="
    "¦#h¦[six]: https://a.b¦[^6]: six¦<div> seven¦<!-- eight¦| nine |¦1.5 times¦-5 degrees¦<?php¦<script¦<!X"
).split("¦")

_UNSAYABLE = (
    r"\frac{1}{2}¦\sum_{i} x¦\ours¦\hat{x}¦x_{q}¦\ell_\infty¦\sqrt[3]{x}¦a \\ b¦{{{{{x}}}}}¦x_¦x^¦{¦\text{"
    r"¦\mathbb{12¦\left¦&¦\max_x f¦\lfloor x \rfloor"
).split("¦")


@dataclass(frozen=True)
class Shown:
    """What GitHub shows: the text with its formulas in ⟦…⟧, the formulas, and the HTML without them."""

    text: str
    formulas: list[str]
    html: str


def as_html(markdown: str) -> str:
    return str(cmarkgfm.markdown_to_html_with_extensions(markdown, options=_OPTIONS, extensions=_EXTENSIONS))


def in_cell(markdown: str) -> Shown:
    """The text as the first of two cells; there are still two."""
    body = as_html(f"| a | b |\n| --- | --- |\n| {markdown} | end |\n").split("<tbody>")[1]
    cells = re.findall(r"<td>(.*?)</td>", body, re.DOTALL)
    assert len(cells) == 2, markdown
    assert cells[1] == "end", markdown
    return shown(cells[0])


def in_paragraph(markdown: str) -> Shown:
    """The text on a line of its own, which is one paragraph and nothing else."""
    rendered = as_html(markdown + "\n")
    assert re.fullmatch(r"<p>[^\n]*</p>\n", rendered), (markdown, rendered)
    return shown(rendered[3:-5])


def shown(rendered: str) -> Shown:
    """What becomes of a piece of HTML when GitHub has looked for dollars in it."""
    formulas: list[str] = []
    parts: list[str] = []
    quoted = _QUOTED.sub(lambda match: f"⟦{match[1].replace('$', '＄')}⟧", rendered)
    for part in _ELEMENT.split(quoted):
        if part.startswith("⟦"):
            formulas.append(html.unescape(part[1:-1].replace("＄", "$")))
            parts.append(part)
        else:
            parts.append(part if part.startswith("<") else _with_formulas(part, formulas))
    text = html.unescape(re.sub(r"<[^>]+>", "", "".join(parts)))
    return Shown(text.replace("＄", "$"), formulas, re.sub("⟦.*?⟧", "", quoted, flags=re.DOTALL))


def _with_formulas(run: str, formulas: list[str]) -> str:
    """Text between two tags with ⟦…⟧ where GitHub finds a formula, as its output of October 2026 shows."""
    written, position = "", 0
    while (start := run.find("$", position)) >= 0:
        width = 2 if run.startswith("$$", start) else 1
        end = run.find("$", start + width)
        closes = end >= 0 and run.startswith("$" * width, end)
        if closes and _opens(run, start, width) and _closes(run, end, width):
            formulas.append(html.unescape(run[start + width : end]))
            written += run[position:start] + "⟦" + run[start + width : end] + "⟧"
            position = end + width
        else:
            written += run[position : start + 1]
            position = start + 1
    return written + run[position:]


def _opens(run: str, start: int, width: int) -> bool:
    before, after = run[max(start - 1, 0) : start], run[start + width : start + width + 1]
    return before in ("", " ", "(") and after not in ("", " ", "$")


def _closes(run: str, end: int, width: int) -> bool:
    after = run[end + width : end + width + 1]
    return not re.match(r"[A-Za-z0-9_]", after) and (not after or width == 2 or after != run[end - 1])


def says_the_same(written: str, record: str) -> bool:
    words, recorded = canonical_words(written), canonical_words(record)
    return agree(words, recorded) or not differences(canonical(written), canonical(record))


def no_markup(seen: Shown) -> bool:
    """Whether nothing but addresses became markup, and those show where they lead."""
    links = re.findall(r'<a href="([^"]*)">(.*?)</a>', seen.html)
    others = re.sub(r"</?a\b[^>]*>|<span>\$</span>", "", seen.html)
    return all(_bare(href) == _bare(text) for href, text in links) and not re.search("<[A-Za-z/]", others)


def _bare(address: str) -> str:
    return re.sub("^(https?://|mailto:)", "", unquote(html.unescape(address)))


class TestProse:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ("Two lines\n  of words,\ttabs", "Two lines of words, tabs"),
            ("", ""),
            (r"up to 5\% of R\&D at \#1, C\_max, \{a\}", "up to 5% of R&D at #1, C_max, {a}"),
            (
                r"a \textbf{bold} \emph{claim}, \textit{i.e.}, {\it so}, {\bf L}earn",
                "a bold claim, i.e., so, Learn",
            ),
            (r"\textcolor{red}{red} and {\color{blue}blue}", "red and blue"),
            (
                r"Schr\"odinger, Erd\H{o}s-R\'enyi, Fr\'{e}chet, Na{\"i}ve, {\L}ukasz, S\o ren, Mah\={a}",
                "Schrödinger, Erdős-Rényi, Fréchet, Naïve, Łukasz, Søren, Mahā",
            ),
            ("``quoted'' and `single' words, don't", "\"quoted\" and 'single' words, don't"),
            ("Kullback--Leibler, 2--3, one -- two, so---there", "Kullback–Leibler, 2–3, one – two, so—there"),
            ("run it with --help, -v and a-- b", "run it with --help, -v and a-- b"),
            ("Fig.~1, models~(LLMs), at~\\url{https://a.b/c}", "Fig. 1, models (LLMs), at https://a.b/c"),
            (
                "{B}ayesian {BERT}s, {GPT-4}, but {0,1} and {name}",
                "Bayesian BERTs, GPT-4, but {0,1} and {name}",
            ),
            (r"we call \ours (\revise{better}) \method{}", r"we call \ours (\revise{better}) \method{}"),
            (r"10\,000 runs, 5\,km, 30\,fps", "10,000 runs, 5 km, 30 fps"),
            (r"\LaTeX, \ldots, 360{\deg}, \pounds 5, {\S} 2", "LaTeX, …, 360°, £ 5, § 2"),
            (r"{\alpha} and 2.5 \times or DS \geq 1", "α and 2.5 × or DS ≥ 1"),
            (r"A\textsuperscript{2}FM, the 5\textsuperscript{th}", "A²FM, the 5th"),
            (r"code\footnote{soon}, as in \cite{x2020}", "code (soon), as in [x2020]"),
            (r"cost $\textsc{FedCG}$ $90\%$ or 1$-$2 and $240$x", "cost FedCG 90% or 1−2 and 240x"),
            (r"\(\texttt{run}\) at \(90\%\)", "run at 90%"),
            (r"$\textbf{D}$epth and $\unicode{x2014}$", "Depth and —"),
            (r"\begin{itemize} \item one \item two \end{itemize}", "• one • two"),
            (r"\k{appa} and \b{eta}", r"\k{appa} and \b{eta}"),
            ("a\x00b\x07c\ue001d", "a b c d"),
        ],
    )
    def test_reads_as_on_arxiv(self, record: str, expected: str) -> None:
        for tex in ("keep", "unicode"):
            markdown = as_markdown(record, tex)
            assert in_cell(markdown).text == expected
            assert says_the_same(markdown, record)

    def test_an_unfinished_command_ends_with_the_text(self) -> None:
        for record in (
            r"\textbf{bold",
            r"\href{https://a.b",
            r"\url{",
            "{\\it",
            "\\",
            "a\\",
            "$",
            "{",
            "}",
            r"\$",
        ):
            assert in_cell(as_markdown(record))


class TestMarkdown:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ("snake_case_name, 2 * 3, a < b, x > y, C#, AT&T, 5*", None),
            ("A* search and A* again", None),
            ("**bold** *it* __all__ _it_", r"\*\*bold\*\* \*it\* \_\_all\_\_ \_it\_"),
            ("k*x + k*y", r"k\*x + k\*y"),
            ("10~20 and 30~40, ~60", r"10\~20 and 30\~40, ~60"),
            ("p(y|x)", r"p(y\|x)"),
            ("tokens like <pad> and </think>", r"tokens like \<pad> and \</think>"),
            ("p<q holds", None),
            ("&lt; and &#60; and &amp", r"\&lt; and \&#60; and &amp"),
            ("[this](https://a.b) and [1] in [0, 1)", r"\[this\](https://a.b) and [1] in \[0, 1)"),
            ("see [^1]", r"see \[^1\]"),
            ("a `code` b", r"a \`code\` b"),
            ("one ` alone", None),
            ("a :smile: at 1:1:1 and 12:30", "a :&#8288;smile: at 1:1:1 and 12:30"),
            ("@name and #12", None),
            ("code at:https://a.b/c", None),
        ],
    )
    def test_only_what_would_be_markup_is_escaped(self, record: str, expected: str | None) -> None:
        markdown = as_markdown(record)
        assert markdown == (record if expected is None else expected)
        assert in_cell(markdown).text.replace("\u2060", "") == record
        assert no_markup(in_cell(markdown))

    @pytest.mark.parametrize("record", _BEGINNINGS)
    def test_a_beginning_stays_words_in_any_place(self, record: str) -> None:
        markdown = as_markdown(record)
        assert in_cell(markdown).text == " ".join(record.split())
        assert in_paragraph(markdown).text == " ".join(record.split())
        assert no_markup(in_paragraph(markdown))

    def test_a_backslash_at_the_end_does_not_join_cells(self) -> None:
        assert in_cell(as_markdown("ends with \\")).text == "ends with \\"
        assert in_cell(as_markdown("ends with \\|")).text == "ends with ‖"


class TestAddresses:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ("at https://a.b/c_d_e/~f?g=h&i.", None),
            ("(see https://a.b/c_(d)) or www.a.b/_c_/, too", None),
            (r"at \url{https://a.b/c\_d}.", "at https://a.b/c_d."),
            (r"on \href{https://a.b/c_d}{GitHub}", "on https://a.b/c_d (GitHub)"),
            (r"on \href{https://a.b/}{\textcolor{blue}{https://a.b}}.", "on https://a.b/."),
            (r"on \href{https://a.b/}{this https URL}.", "on https://a.b/."),
            ("on [https://a.b/](https://a.b) now", "on https://a.b/ now"),
            ("on https://a.b {https://a.b} now", "on https://a.b now"),
            ("on [this https URL](https://a.b/c).", "on https://a.b/c."),
            ("on <https://a.b/c>.", None),
            ("“https://a.b/c” and https://a.b/c}x", "“<https://a.b/c>” and <https://a.b/c>}x"),
            ("https://a.b/c|d and https://a.b/c**", r"<https://a.b/c>\|d and <https://a.b/c>**"),
            (r"github.com/a\_b is no link", "github.com/a_b is no link"),
            ("availablehttps://a.b/_c_", r"availablehttps://a.b/\_c\_"),
        ],
    )
    def test_an_address_stays_byte_for_byte(self, record: str, expected: str | None) -> None:
        markdown = as_markdown(record)
        assert markdown == (record if expected is None else expected)
        assert no_markup(in_cell(markdown))

    def test_what_github_links_is_the_address(self) -> None:
        for record in (
            "“https://a.b/c” and",
            "https://a.b/c}x",
            "(https://a.b/c).",
            "https://a.b/c; d",
            "<https://a.b/c>",
        ):
            assert re.findall(r'href="([^"]*)"', in_cell(as_markdown(record)).html) == ["https://a.b/c"]


class TestFormulas:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ("$x_{1}$ and $y_{2}$", None),
            (r"for $\alpha \geq 2$, ($x$) and $O(n^2)$.", None),
            ("$|x|$", r"$\|x\|$"),
            (r"$\{0,1\}$ and $a\_b$ and $5\,m$", r"$`\{0,1\}`$ and $`a\_b`$ and $`5\,m`$"),
            (r"$\|x\|$", r"$`\\|x\\|`$"),
            ("$(a)_i$ and $x_{1}$", "$`(a)_i`$ and $x_{1}$"),
            ("$x^*$ and $y^*$", "$`x^*`$ and $y^*$"),
            ("$x^*$ alone", None),
            ('4DPC$^2$hat, Top-$k$, "$k$", ($f(x)$)', '4DPC$`^2`$hat, Top-$`k`$, "$`k`$", ($`f(x)`$)'),
            (r"12.9$\times$", r"12.9$`\times`$"),
            ("$ x $ and $$ y $$", "$x$ and $$y$$"),
            (r"\(x\) and \[ y \]", "$x$ and $$y$$"),
            (r"as \begin{equation} \label{a} x = 1 \end{equation}", "as $$x = 1$$"),
            ("$[0,1)$ and $[a](b)$", "$`[0,1)`$ and $`[a](b)`$"),
            ("$a<b$ and $c>d$", "$a< b$ and $c>d$"),
            ("$x`y$", "$``x`y``$"),
            ("costs $5 for $k$ runs or $10", "costs $5 for $`k`$ runs or $10"),
            (r"costs \$5 and \$10", None),
            ("$100 and $200, $HOME and $PATH", None),
            ("pay $5; refund $.", "pay <span>\\$</span>5; refund $."),
        ],
    )
    def test_is_written_as_github_finds_it(self, record: str, expected: str | None) -> None:
        markdown = as_markdown(record)
        assert markdown == (record if expected is None else expected)
        assert no_markup(in_cell(markdown))
        assert says_the_same(markdown, record)

    def test_dollars_that_are_money_show_no_formula(self) -> None:
        for record in (
            "$100 and $200",
            "pay $5; refund $.",
            r"\$5 and \$",
            "5$, $10, or 15 $",
        ):
            assert in_cell(as_markdown(record)).formulas == []

    @pytest.mark.parametrize(
        ("tex", "expected"),
        [
            (r"\alpha", "α"),
            ("10^{-3}", "10⁻³"),
            ("x_1", "x₁"),
            (r"\geq", "≥"),
            (r"\mathbb{R}", "ℝ"),
            (r"\times", "×"),
            (r"3 \times 10^{-15}", "3 × 10⁻¹⁵"),
            (r"x \geq 3", "x ≥ 3"),
            (r"\mathcal{O}(n \log n)", "𝒪(n log n)"),
            (r"\{0,1\}", "{0,1}"),
            (r"{\cal O}(\sqrt{n})", "𝒪(√n)"),
            (r"p(y|x)", "p(y|x)"),
            (r"\|x\|_2 = -5", "‖x‖₂ = −5"),
            ("n^{th}", "nᵗʰ"),
            (r"90^\circ", "90°"),
            (r"\text{max} = 2", "max = 2"),
            (r"\mathbf{x}_i", "𝐱ᵢ"),
            (r"\lambda_{max}", "λₘₐₓ"),
        ],
    )
    def test_unicode_says_what_it_can(self, tex: str, expected: str) -> None:
        record = f"with ${tex}$ it"
        markdown = as_markdown(record, "unicode")
        assert in_cell(markdown).text == f"with {expected} it"
        assert says_the_same(markdown, record)

    @pytest.mark.parametrize("tex", _UNSAYABLE)
    def test_unicode_leaves_what_it_cannot_say(self, tex: str) -> None:
        assert in_cell(as_markdown(f"with ${tex}$ it", "unicode")).formulas == [tex]


_WORDS = st.sampled_from("word¦Ångström¦x¦A¦2¦3.5¦模型¦é¦GPT-4¦state-of-the-art¦(see¦end)¦a.¦b,".split("¦"))
_MARKS = st.text("*_~[]()<>&|#!+=.:;,/@\"' -ab1é–≥", min_size=1, max_size=12)
_PROSE = st.sampled_from(
    (
        r"5\%¦\&¦\textbf{bold}¦\emph{x_y}¦\'e¦Erd\H{o}s¦``quoted''¦a--b¦Fig.~1¦{B}ert¦\ours¦\revise{it}¦\_¦\#"
        r"¦{\it so}¦\LaTeX¦<pad>¦</b>¦&lt;¦**bold**¦a_b_c¦[t](https://a.b)¦[^1]¦https://a.b/c_d¦https://a.b/~e).¦www.a.b/c"
        r"¦\url{https://a.b/e\_f}¦|¦`¦$5¦\$5¦:smile:¦\href{https://a.b/g\_h}{the code}"
        r"¦\cite{k_1}¦\footnote{a note}¦{\alpha}¦30{,}000¦10^{-6}¦Schr{ö}der¦\textcolor{red}{red}"
        r"¦@name¦# x¦10~20¦-¦1.¦≥¦α"
    ).split("¦")
)
_FORMULA = st.sampled_from(
    (
        r"x¦x_1¦x_{1}¦(a)_i¦x^*¦\{0,1\}¦\alpha¦|x|¦\|x\|¦a<b¦[0,1)¦[a](b)¦a\_b¦f(x)¦10^{-3}¦\frac{1}{2}¦\times"
        r"¦O(n^2)¦\mathcal{O}(n)¦a`b¦x~y¦a*b¦\text{max}_i"
    ).split("¦")
)
_GAP = st.sampled_from([" ", " ", " ", "", ", ", "-", "(", ") ", '"', "\n"])


class TestEverything:
    @given(st.lists(st.one_of(_WORDS, _MARKS), min_size=1, max_size=8))
    def test_words_and_marks_show_as_they_are(self, parts: list[str]) -> None:
        record = " ".join(" ".join(parts).split())
        if "--" in record or "''" in record or "://" in record:
            return
        markdown = as_markdown(record)
        for seen in (in_cell(markdown), in_paragraph(markdown)) if markdown else ():
            assert (
                seen.text.replace("~", " ").replace("\u2060", "").split() == record.replace("~", " ").split()
            )
            assert no_markup(seen)

    @given(
        st.lists(st.tuples(st.one_of(_WORDS, _MARKS, _PROSE), _GAP), max_size=10),
        st.sampled_from(["keep", "unicode"]),
    )
    def test_nothing_becomes_markup(self, parts: list[tuple[str, str]], tex: str) -> None:
        record = "".join(part + gap for part, gap in parts)
        assert no_markup(in_cell(as_markdown(record, tex)))

    @given(st.lists(st.one_of(_WORDS, _PROSE, _FORMULA.map(lambda tex: f"${tex}$")), max_size=10))
    def test_is_read_back_as_the_record(self, parts: list[str]) -> None:
        record = " ".join(parts)
        for tex in ("keep", "unicode"):
            assert says_the_same(as_markdown(record, tex), record)

    @given(st.lists(st.tuples(st.none() | _FORMULA, _WORDS, _GAP), max_size=8))
    def test_github_finds_the_formulas_and_no_others(self, parts: list[tuple[str | None, str, str]]) -> None:
        record = "".join(word + gap if tex is None else f"{gap}${tex}$ " for tex, word, gap in parts)
        found = in_cell(as_markdown(record)).formulas
        assert [tex.replace("< ", "<") for tex in found] == [tex for tex, _, _ in parts if tex is not None]

    @given(st.text(max_size=200), st.sampled_from(["keep", "unicode"]))
    def test_any_text_is_one_cell(self, record: str, tex: str) -> None:
        markdown = as_markdown(record, tex)
        assert "\n" not in markdown
        in_cell(markdown)


HOSTILE = [
    "\\",
    "{",
    "}",
    "$",
    "$$ ",
    "{\\",
    "$x",
    "\\'",
    "\\textbf{",
    "\\href{",
    "^{",
    "*",
    "**a",
    "[",
    "](",
    "`",
]
HOSTILE += [
    "|",
    "<",
    "<a ",
    "<!--",
    "&a",
    "~",
    "--",
    "'",
    "https://",
    "https://a.b) ",
    "(https://a.b",
    "\\(",
    "{A",
]
HOSTILE += [
    "\\begin{equation}",
    "`a' ",
    "\\url{",
    "a*",
    "_a ",
    "$x_{1}$ ",
    "\\alpha ",
    ":a:",
    "$\\frac{",
    "\\text{",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("length", [19_000, 1_000_000])
def test_a_hostile_text_ends(unit: str, length: int) -> None:
    for tex in ("keep", "unicode"):
        assert "\n" not in as_markdown(unit * (length // len(unit)), tex)


# The record repeats an address inside ``\\textcolor{name}{…}``, which ``canonical`` counts twice, or has
# ``<a href="…">`` with an address, of which it counts none.
_MISREAD = {"2508.04572", "2603.13394", "2605.17811", "2507.03745"}


def _records(step: int) -> list[tuple[str, str]]:
    texts: list[tuple[str, str]] = []
    for name in ("papers.jsonl.gz", "snapshot_sample.jsonl.gz"):
        with gzip.open(Path(SHARED) / "arxiv" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                texts += [(record["id"], record[key]) for key in ("title", "abstract") if record.get(key)]
    marked = [text for text in texts if re.search(r"[\\$*_~<>|&`{}\[]|--", text[1])]
    return marked[::step]


@needs_shared
def test_real_titles_and_abstracts() -> None:
    for arxiv_id, record in _records(step=7):
        for tex in ("keep", "unicode"):
            markdown = as_markdown(record, tex)
            assert no_markup(in_cell(markdown)), (arxiv_id, markdown)
            assert arxiv_id in _MISREAD or says_the_same(markdown, record), (arxiv_id, markdown)
