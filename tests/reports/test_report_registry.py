from __future__ import annotations

import subprocess
import sys

import pytest

from littable import reports
from littable.errors import ConfigurationError
from littable.reports import ReportOptions
from support.invented import REPORT


def test_formats_are_found_by_their_modules() -> None:
    assert {"full", "concise", "json", "github"} <= set(reports.names())
    assert reports.names() == sorted(reports.names())
    assert not any(name.startswith(("_", "-")) for name in reports.names())


@pytest.mark.parametrize("name", reports.names())
def test_every_format_renders(name: str) -> None:
    assert "LT501" in "".join(reports.load(name)([REPORT], ReportOptions()))


@pytest.mark.parametrize("name", ["xml", "_safe", "-safe", "", "full.render", "../full"])
def test_an_unknown_format_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"unknown output format .*: expected one of .*full"):
        reports.load(name)


@pytest.mark.parametrize("name", ["full", "concise"])
def test_a_text_report_imports_nothing_heavy(name: str) -> None:
    code = (
        f"import sys; from littable import reports; reports.load({name!r}); print('json' in sys.modules, "
        "'rich' in sys.modules, any(m.startswith('littable.reports.') and m.split('.')[2] in "
        "('json', 'github') for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False False\n"


def test_the_page_of_a_rule() -> None:
    url = "https://github.com/littable/littable/blob/main/docs/rules/stale-abstract.md"
    assert reports.rule_url("stale-abstract") == url
