"""The page of each rule reads well, and its examples are true."""

from __future__ import annotations

import pytest

from littable.checker import check_document
from littable.document.reading import read_document
from littable.gather import Gatherer
from littable.rules._context import Context
from littable.rules._pages import page, sections
from littable.rules._registry import all_rules
from littable.rules._rule import Rule
from support.case_links import CaseLinks
from support.cases import CASES, TODAY
from support.missing import CasePapers


def _codes(rule: Rule, text: str) -> set[str]:
    papers = CASES / rule.name / "papers.jsonl"
    document = read_document("example.md", text)
    links = CASES / rule.name / "links.json"
    gatherer = Gatherer(
        CasePapers(papers) if papers.exists() else None, CaseLinks(links) if links.exists() else None
    )
    facts = gatherer.gather([document], [rule])
    return {
        found.code
        for found in check_document(document, all_rules(), Context(facts=facts, today=TODAY)).diagnostics
    }


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_the_bad_example_is_found_and_the_good_one_is_not(rule: Rule) -> None:
    parts = sections(rule)
    assert rule.code in _codes(rule, parts["Bad"])
    assert rule.code not in _codes(rule, parts["Good"])


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_page_says_what_why_and_how_safe_the_fix_is(rule: Rule) -> None:
    parts = sections(rule)
    assert parts["Why"]
    assert ("Fix safety" in parts) == (rule.fix is not None)
    assert rule.doc.partition("\n")[0].endswith(".")
    assert len(rule.summary) <= 100
    assert page(rule).startswith(f"# {rule.name} ({rule.code})\n\n{rule.doc.partition(chr(10))[0]}")


def test_names_and_codes_are_what_the_modules_say() -> None:
    names = [rule.name for rule in all_rules()]
    assert len(set(names)) == len(names)
    assert all(rule.code.startswith("LT") and rule.code[2:].isdigit() for rule in all_rules())
