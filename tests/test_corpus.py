"""Every rule and fix on real files; runs where the shared folder is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from littable.checker import check_document
from littable.config import Settings
from littable.diagnostic import Applicability, FileReport
from littable.document.model import Document
from littable.document.reading import read_document
from littable.fixing import Fixed, choose, fix_text
from littable.rules._context import Context
from littable.rules._registry import all_rules
from littable.text import Source
from support.shared import SHARED, corpus_parameters, needs_shared

_RULES = all_rules()


def _check(text: str) -> tuple[Document, FileReport]:
    document = read_document("x.md", text)
    return document, check_document(document, _RULES, Context(Settings(), today=date(2026, 11, 22)))


def _fixed(text: str) -> Fixed:
    return fix_text(text, _check, Applicability.UNSAFE)


@pytest.mark.parametrize("path", corpus_parameters())
def test_a_real_file_is_read_and_written_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    assert Source.decode(data).encode() == data


@pytest.mark.parametrize("path", corpus_parameters())
def test_fixing_a_real_file_twice_is_fixing_it_once(path: Path) -> None:
    once = _fixed(Source.decode(path.read_bytes()).text)
    assert _fixed(once.text).text == once.text


@pytest.mark.parametrize("path", corpus_parameters())
def test_only_lines_that_findings_name_change(path: Path) -> None:
    text = Source.decode(path.read_bytes()).text
    document, report = _check(text)
    chosen = choose(report.diagnostics, Applicability.UNSAFE, document)
    if any(diagnostic.fix and diagnostic.fix.reshapes for diagnostic in chosen):
        return  # lines come and go; the cases of those rules pin them
    named = {
        document.lines.row(edit.span.start)
        for diagnostic in chosen
        if diagnostic.fix
        for edit in diagnostic.fix.edits
    }
    once = fix_text(text, _first_pass_only(text))
    before, after = text.split("\n"), once.text.split("\n")
    assert len(before) == len(after)
    changed = {row for row, pair in enumerate(zip(before, after, strict=True), 1) if pair[0] != pair[1]}
    assert changed <= named


def _first_pass_only(text: str):  # type: ignore[no-untyped-def]
    def check(current: str) -> tuple[Document, FileReport]:
        document, report = _check(current)
        return document, report if current == text else FileReport("x.md", current)

    return check


@needs_shared
def test_the_seed_table_has_ten_papers_and_no_stale_abstract() -> None:
    text = Source.decode((SHARED / "seeds" / "002_2f2e0ce58ddb1bf2.txt").read_bytes()).text
    document = read_document("x.md", text)
    assert len(document.entries) == 10
    assert all(
        entry.arxiv_id and entry.abstract and entry.authors and entry.date for entry in document.entries
    )
