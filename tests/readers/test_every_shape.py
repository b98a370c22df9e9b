"""What holds in every shape: the same papers are read, stale words are mended in place, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import escape as html_escape
from textwrap import fill

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.checker import check_document
from littable.config import Settings
from littable.diagnostic import Applicability, FileReport
from littable.document.model import Document
from littable.document.reading import read_document
from littable.fixing import fix_text
from littable.papers.record import PaperRecord
from littable.papers.sources import Found
from littable.prose.changes import Verdict, compare
from littable.rules._context import Context, Facts
from littable.rules._registry import all_rules

_OLD = (
    "We publish the {name} set of 4,157 questions & answers, which measures what models know of things that "
    "they had better not know. A method of ours, CUT, takes such knowledge away & leaves the rest where it "
    "was. CUT is compared with five others on three tasks."
)
_NEW = _OLD.replace("4,157", "3,668").replace("CUT", "RMU")
_TITLES = {
    "2403.03218": "The WMDP Benchmark: Measuring and Reducing Malicious Use With Unlearning",
    "1706.03762": "Attention Is All You Need",
    "2402.09353": "DoRA: Weight-Decomposed Low-Rank Adaptation",
    "2404.08676": "ALERT: A Comprehensive Benchmark for Assessing Large Language Models' Safety",
}
_AUTHORS = {
    "2403.03218": ("Nathaniel Li", "Alexander Pan", "Dan Hendrycks"),
    "1706.03762": ("Ashish Vaswani", "Noam Shazeer", "Niki Parmar"),
    "2402.09353": ("Shih-Yang Liu", "Chien-Yi Wang", "Hongxu Yin"),
    "2404.08676": ("Simone Tedeschi", "Felix Friedrich", "Bo Li"),
}
_YEAR = {"2403.03218": 2024, "1706.03762": 2017, "2402.09353": 2024, "2404.08676": 2024}


def _record(paper: str) -> PaperRecord:
    return PaperRecord(
        id=paper,
        version=2,
        title=_TITLES[paper],
        authors=_AUTHORS[paper],
        abstract=_abstract(paper, _NEW),
        published=date(_YEAR[paper], 3, 5) if paper != "1706.03762" else date(2017, 6, 12),
        updated=None,
        comment=None,
        doi=None,
        journal_ref=None,
        withdrawn=False,
        origin="a test",
    )


def _abstract(paper: str, text: str) -> str:
    return text.format(name=_TITLES[paper].split()[0].strip(":"))


_FACTS = Facts(
    {paper: Found(_record(paper)) for paper in _TITLES},
    {
        paper: {1: Found(replace(_record(paper), version=1, abstract=_abstract(paper, _OLD)))}
        for paper in _TITLES
    },
)


def _check(text: str) -> tuple[Document, FileReport]:
    document = read_document("a.md", text)
    return document, check_document(document, all_rules(), Context(Settings(), _FACTS, date(2026, 11, 22)))


def _link(paper: str) -> str:
    return f"https://arxiv.org/abs/{paper}"


def _people(paper: str) -> str:
    return ", ".join(_AUTHORS[paper])


def _table(papers: list[str], text: str, quote: str, _: int) -> str:
    rows = [
        f"| {_TITLES[paper]} | {_YEAR[paper]} | {_people(paper)} | {_link(paper)} | "
        f"{_abstract(paper, text)} |"
        for paper in papers
    ]
    head = ["| Title | Year | Authors | Link | Abstract |", "|---|---|---|---|---|"]
    return "".join(f"{quote}{line}\n" for line in [*head, *rows])


def _footnotes(papers: list[str], text: str, quote: str, _: int) -> str:
    rows = [
        f"| {_TITLES[paper]} | {_YEAR[paper]} | {_people(paper)} | {_link(paper)} | [^{paper}] |"
        for paper in papers
    ]
    notes = [f"[^{paper}]: {_abstract(paper, text)}" for paper in papers]
    head = ["| Title | Year | Authors | Link | Abstract |", "|---|---|---|---|---|"]
    return "".join(f"{quote}{line}\n" for line in [*head, *rows, "", *notes])


def _pairs(papers: list[str], text: str, quote: str, _: int) -> str:
    lines: list[str] = []
    for number, paper in enumerate(papers, 1):
        lines += [f"## {number}", ""]
        lines += [
            quote + line
            for line in (
                "| Key | Value |", "| --- | --- |", f"| Title | {_TITLES[paper]} |",
                f"| Year | {_YEAR[paper]} |", f"| Authors | {_people(paper)} |", f"| Link | {_link(paper)} |",
                f"| Abstract | {_abstract(paper, text)} |",
            )
        ]  # fmt: skip
        lines.append("")
    return "\n".join(lines) + "\n"


def _html(papers: list[str], text: str, _: str, width: int) -> str:
    rows = "".join(
        f'<tr>\n  <td><a href="{_link(paper)}">{html_escape(_TITLES[paper], quote=False)}</a></td>\n'
        f"  <td>{_YEAR[paper]}</td><td>{_people(paper)}</td>\n"
        f"  <td>{fill(html_escape(_abstract(paper, text), quote=False), width)}</td>\n</tr>\n"
        for paper in papers
    )
    head = "<tr><th>Title</th><th>Year</th><th>Authors</th><th>Abstract</th></tr>"
    return f"# Papers\n\n<table>\n{head}\n{rows}</table>\n"


def _bullets(papers: list[str], text: str, quote: str, width: int) -> str:
    lines: list[str] = []
    for paper in papers:
        lines.append(
            f"- **{_TITLES[paper]}**, {_people(paper)}, arXiv {_YEAR[paper]} [[paper]({_link(paper)})]"
        )
        lines += ["  - Abstract: " + fill(_abstract(paper, text), width).replace("\n", f"\n{quote}    ")]
    return "".join(f"{quote}{line}\n" for line in lines)


def _sections(papers: list[str], text: str, _: str, width: int) -> str:
    return "# Reading\n\n" + "\n".join(
        f"## [{_TITLES[paper]}]({_link(paper)})\n\n**Authors:** {_people(paper)}\n\n"
        f"**Abstract:** {fill(_abstract(paper, text), width)}\n"
        for paper in papers
    )


_SHAPES = {
    "table": _table,
    "footnotes": _footnotes,
    "key-value": _pairs,
    "html-table": _html,
    "bullet": _bullets,
    "section": _sections,
}
_PAPERS = st.lists(st.sampled_from(sorted(_TITLES)), min_size=2, max_size=4, unique=True)
_QUOTE = st.sampled_from(["", "> "])
_WIDTH = st.sampled_from([40, 72, 10_000])
_END = st.sampled_from(["\n", "\r\n"])


@pytest.mark.parametrize("shape", _SHAPES)
@given(_PAPERS, _QUOTE, _WIDTH)
@settings(max_examples=40, deadline=None)
def test_the_papers_are_read(shape: str, papers: list[str], quote: str, width: int) -> None:
    text = _SHAPES[shape](papers, _OLD, quote, width)
    document = read_document("a.md", text)
    assert document.source == text
    read = [
        (entry.title.plain if entry.title else None, entry.arxiv_id, entry.authors and entry.authors.plain)
        for entry in document.entries
    ]
    assert read == [(_TITLES[paper], paper, _people(paper)) for paper in papers]
    for paper, entry in zip(papers, document.entries, strict=True):
        assert entry.abstract is not None
        assert compare(entry.abstract.text, _abstract(paper, _OLD)).verdict in (
            Verdict.SAME,
            Verdict.COSMETIC,
        )


@pytest.mark.parametrize("shape", _SHAPES)
@given(_PAPERS, _QUOTE, _WIDTH, _END)
@settings(max_examples=40, deadline=None)
def test_stale_words_are_mended_in_place_and_nothing_else(
    shape: str, papers: list[str], quote: str, width: int, end: str
) -> None:
    text = _SHAPES[shape](papers, _OLD, quote, width).replace("\n", end)
    _, report = _check(text)
    stale = [found for found in report.diagnostics if found.code == "LT501"]
    assert len(stale) == len(papers)
    assert all("4,157 → 3,668" in found.message for found in stale)
    assert all(found.copied_from == "v1" for found in stale)
    fixed = fix_text(text, _check, Applicability.SAFE)
    assert fixed.text == re.sub("4,157", "3,668", text).replace("CUT", "RMU")
    again = fix_text(fixed.text, _check, Applicability.UNSAFE)
    assert again.text == fixed.text


@pytest.mark.parametrize("shape", _SHAPES)
@given(_PAPERS, _QUOTE, _WIDTH)
@settings(max_examples=20, deadline=None)
def test_what_is_current_gives_no_finding(shape: str, papers: list[str], quote: str, width: int) -> None:
    _, report = _check(_SHAPES[shape](papers, _NEW, quote, width))
    assert [found.message for found in report.diagnostics] == []
