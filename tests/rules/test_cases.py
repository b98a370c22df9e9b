"""Every rule against its folder of cases, and its page's examples."""

from __future__ import annotations

import pytest

from littable.diagnostic import Applicability
from littable.rules._registry import all_rules
from littable.rules._rule import Rule
from littable.text import Source
from support.cases import CASES, Case, all_cases


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_the_rule_says_what_the_case_expects(case: Case) -> None:
    expected = case.beside(".out")
    assert case.out() == (expected.read_text(encoding="utf-8") if expected.exists() else "")


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_fixing_gives_the_expected_bytes_and_then_does_nothing(case: Case) -> None:
    expected = case.beside(".fixed.md")
    fixed = case.fix()
    wanted = Source.decode(expected.read_bytes()).text if expected.exists() else case.text
    assert fixed.text == wanted
    assert (fixed.text != case.text) == expected.exists()
    _, report = case.check(fixed.text)
    assert not [d for d in report.diagnostics if d.fix and d.fix.applicability >= Applicability.UNSAFE]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_has_cases_that_find_and_cases_that_are_silent(rule: Rule) -> None:
    cases = [case for case in all_cases() if case.rule is rule]
    assert any(case.beside(".out").exists() for case in cases), (
        f"no case in {CASES / rule.name} finds anything"
    )
    assert any(not case.beside(".out").exists() for case in cases), "no case is silent"


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_the_declared_applicability_is_the_highest_seen(rule: Rule) -> None:
    seen = [
        diagnostic.fix.applicability
        for case in all_cases()
        if case.rule is rule
        for diagnostic in case.check(case.text)[1].diagnostics
        if diagnostic.fix
    ]
    assert max(seen, default=None) == rule.fix
