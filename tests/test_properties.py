"""What holds for every text: reading loses nothing, fixing is stable, nothing outside the edits changes."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from littable.checker import check_document
from littable.config import Settings
from littable.diagnostic import Applicability, FileReport
from littable.document.model import Document
from littable.document.reading import read_document
from littable.errors import FixError
from littable.fixing import choose, fix_text
from littable.papers.record import PaperRecord
from littable.papers.sources import Found
from littable.rules._context import Context, Facts
from littable.rules._registry import all_rules
from littable.text import Edit, apply_edits

_RECORD = PaperRecord(
    id="1706.03762",
    version=2,
    title="Attention Is All You Need",
    authors=("Ashish Vaswani", "Noam Shazeer"),
    abstract="We build the Transformer from attention | alone and reach 41.8 BLEU. Code: https://x.org/y",
    published=date(2017, 6, 12),
    updated=None,
    comment=None,
    doi=None,
    journal_ref=None,
    withdrawn=False,
    origin="a test",
)
_FACTS = Facts({"1706.03762": Found(_RECORD)})

_TITLES = st.sampled_from(
    [
        "Attention Is All You Need",
        "Attention is all you need.",
        "**Deep** $|x|$ nets",
        "[Nets](http://arxiv.org/abs/1706.03762)",
        "",
    ]
)
_YEARS = st.sampled_from(["2017", "", "-", "2031", "?", "Jun 2017", "1899", "2017-13-01"])
_LINKS = st.sampled_from(
    [
        "https://arxiv.org/abs/1706.03762", "[pdf](http://arxiv.org/pdf/1706.03762v5.pdf)", "",
        "[x](https://https://arxiv.org/abs/2402.09353)", "[x]([https://doi.org/10.1/x)", "10.1162/abc",
        "[x](http://a b)", "arXiv:1713.00001",
    ]
)  # fmt: skip
_ABSTRACTS = st.sampled_from(
    [
        "We build the Transformer from attention | alone and reach 28.4 BLEU. Code: this https URL",
        "<details><summary>Abstract</summary>We build the Transformer from attention alone.</details>",
        "TODO", "", "Обзор | статьи", "a `b|c` $|d|$",
        "We build the Transformer from attention alone and reach",
    ]
)  # fmt: skip
_NOISE = st.sampled_from(
    [
        "", "text", "<!-- littable: ignore[LT305] -->", "<!-- littable: ignore -->", "| x |", "<!-- c -->",
        "| Title | Year | Link | Abstract |", "|||||", "> q", "```",
    ]
)  # fmt: skip
_ROW = st.builds(
    lambda cells, form: form.format(*cells), st.tuples(_TITLES, _YEARS, _LINKS, _ABSTRACTS),
    st.sampled_from(
        ["| {} | {} | {} | {} |", "|{}|{}|{}|{}|", "| {} | {} | {} | {} | x |", "| {} | {} | {} |",
         "{} | {} | {} | {}"]
    ),
)  # fmt: skip
_DOCUMENT = st.builds(
    lambda head, lines, prefix, end: end.join(prefix + line for line in [*head, *lines]) + end,
    st.sampled_from(
        [
            ["| Title | Year | Link | Abstract |", "| --- | --- | --- | --- |"],
            ["|Название|Год|Ссылка|", "|-|-|-|-|"],
            ["Title | Year | Link | Abstract", "-|-|-|-"],
        ]
    ),
    st.lists(st.one_of(_ROW, _ROW, _ROW, _NOISE), max_size=8),
    st.sampled_from(["", "", "> ", "  "]),
    st.sampled_from(["\n", "\n", "\r\n"]),
)


def _check(text: str) -> tuple[Document, FileReport]:
    document = read_document("a.md", text)
    return document, check_document(document, all_rules(), Context(Settings(), _FACTS, date(2026, 11, 22)))


@given(_DOCUMENT, st.sampled_from([Applicability.SAFE, Applicability.UNSAFE]))
@settings(max_examples=400, deadline=None)
def test_fixing_twice_changes_nothing(text: str, trust: Applicability) -> None:
    try:
        fixed = fix_text(text, _check, trust)
    except FixError:
        return  # refused, and nothing written: what the promise allows
    again = fix_text(fixed.text, _check, trust)
    assert again.text == fixed.text
    assert not again.applied


@given(_DOCUMENT)
@settings(max_examples=300, deadline=None)
def test_safe_fixes_are_never_refused(text: str) -> None:
    """A refusal is honest, but it means that two rules do not know of each other."""
    fix_text(text, _check)


@given(_DOCUMENT)
@settings(max_examples=300, deadline=None)
def test_a_pass_writes_nowhere_but_where_its_findings_say(text: str) -> None:
    document, report = _check(text)
    chosen = choose(report.diagnostics, Applicability.UNSAFE, document)
    edits = sorted(edit for diagnostic in chosen if diagnostic.fix for edit in diagnostic.fix.edits)
    kept = apply_edits(text, [Edit(edit.span, "") for edit in edits])
    fixed = apply_edits(text, edits)
    position = 0
    for start, end in zip(
        [0, *(edit.span.end for edit in edits)],
        [*(edit.span.start for edit in edits), len(text)],
        strict=True,
    ):
        position = fixed.index(text[start:end], position) + (end - start)
    assert len(kept) == len(text) - sum(edit.span.end - edit.span.start for edit in edits)


@given(_DOCUMENT)
@settings(max_examples=300, deadline=None)
def test_findings_stand_in_the_text(text: str) -> None:
    _, report = _check(text)
    for found in report.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.message == found.message.strip()
        assert "\n" not in found.message
        for edit in found.fix.edits if found.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(text)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_checked(text: str) -> None:
    _check(text)
    _check("| Title | Link |\n|---|---|\n| " + text)
