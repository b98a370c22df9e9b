from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable import reports
from littable.diagnostic import (
    Applicability,
    Change,
    Diagnostic,
    EntryReference,
    FileReport,
    Fix,
    Severity,
    Skip,
)
from littable.reports import ReportOptions
from littable.text import Edit, Span
from support.invented import CLEAN, REPORT, STALE, found

SCHEMA = json.loads((Path(reports.__file__).parent / "littable.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
anything = st.text(st.characters() | st.sampled_from('"\\\x00\x1b\x7f\x9b\u2028\u202e\ud800\udc00\n'))


def text(*files: FileReport) -> str:
    return "".join(reports.load("json")(files, ReportOptions()))


def render(*files: FileReport) -> Any:
    document = json.loads(text(*files))
    VALIDATOR.validate(document)
    return document


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_finding_in_full() -> None:
    document = render(REPORT, CLEAN)
    assert list(document) == ["version", "diagnostics", "skipped", "summary"]
    assert document["version"] == 1
    first = document["diagnostics"][0]
    assert first == {
        "code": "LT501",
        "name": "stale-abstract",
        "severity": "warning",
        "message": "the abstract is not that of the current version (v7)",
        "filename": "README.md",
        "cell": None,
        "location": {"row": 5, "column": 68},
        "end_location": {"row": 5, "column": 386},
        "entry": {"title": "The WMDP Benchmark", "arxiv_id": "2403.03218", "cell": None, "line": 5},
        "changes": [
            {"old": "4,157", "new": "3,668"},
            {"old": "CUT", "new": "RMU"},
            {"old": "", "new": "publicly"},
            {"old": "hazardous knowledge", "new": ""},
        ],
        "verdict": "changed",
        "copied_from": "v1",
        "fix": {
            "title": "replace the changed words",
            "applicability": "safe",
            "edits": [
                {
                    "content": "3,668",
                    "cell": None,
                    "location": {"row": 5, "column": 204},
                    "end_location": {"row": 5, "column": 209},
                },
                {
                    "content": "RMU",
                    "cell": None,
                    "location": {"row": 5, "column": 305},
                    "end_location": {"row": 5, "column": 308},
                },
                {
                    "content": "RMU",
                    "cell": None,
                    "location": {"row": 5, "column": 348},
                    "end_location": {"row": 5, "column": 351},
                },
            ],
        },
        "url": "https://github.com/littable/littable/blob/main/docs/rules/stale-abstract.md",
    }
    required = SCHEMA["$defs"]["diagnostic"]["required"]
    assert all(list(diagnostic) == required for diagnostic in document["diagnostics"])


def test_skips_and_summary() -> None:
    document = render(REPORT, CLEAN)
    assert document["skipped"][0] == {
        "filename": "README.md",
        "cell": None,
        "row": 6,
        "code": "LT501",
        "subject": "2303.18223",
        "reason": "offline; not in the store",
    }
    assert len(document["skipped"]) == 4
    assert document["summary"] == {
        "files": 2,
        "tables": 2,
        "lists": 0,
        "entries": 13,
        "errors": 2,
        "warnings": 1,
        "notes": 1,
        "fixable": 1,
    }


def test_nothing_found_and_nothing_read() -> None:
    assert text() == (
        """\
{
  "version": 1,
  "diagnostics": [],
  "skipped": [],
  "summary": {
    "files": 0,
    "tables": 0,
    "lists": 0,
    "entries": 0,
    "errors": 0,
    "warnings": 0,
    "notes": 0,
    "fixable": 0
  }
}
"""
    )


def test_columns_count_code_points_and_rows_any_line_end() -> None:
    (diagnostic,) = render(found("m", "a\r\rx\r\n𝔸论e\u0301X", 10, 11))["diagnostics"]
    assert diagnostic["location"] == {"row": 4, "column": 5}
    assert diagnostic["end_location"] == {"row": 4, "column": 6}


def test_other_scripts_are_kept_as_they_are() -> None:
    assert '"message": "論文 – é 🎉"' in text(found("論文 – é 🎉"))


def test_the_same_findings_give_the_same_bytes() -> None:
    assert text(REPORT, CLEAN) == text(REPORT, CLEAN)


@given(words=st.lists(anything, min_size=8, max_size=8), row=anything, data=st.data())
def test_any_text_gives_one_valid_document_and_comes_back(
    words: list[str], row: str, data: st.DataObject
) -> None:
    source = row.encode("utf-8", "replace").decode()
    offsets = st.tuples(st.integers(0, len(source)), st.integers(0, len(source)))
    span = Span(*sorted(data.draw(offsets)))
    message, filename, old, content, title, reason, subject, verdict = words
    diagnostic = Diagnostic(
        "LT501",
        "stale-abstract",
        span,
        message,
        Severity.ERROR,
        entry=EntryReference(title, None, span.start),
        changes=(Change(old, content),),
        verdict=verdict,
        fix=Fix(title, (Edit(span, content),), Applicability.DISPLAY),
    )
    report = FileReport(filename, source, (diagnostic,), (Skip(("LT502",), span, subject, reason),))
    output = text(report)
    output.encode()
    assert all(c == "\n" or not (c < " " or "\x7f" <= c <= "\x9f") for c in output)
    document = render(report)
    shown = document["diagnostics"][0]
    assert [shown["message"], shown["filename"], shown["verdict"]] == paired(message, filename, verdict)
    assert shown["changes"] == [{"old": paired(old)[0], "new": paired(content)[0]}]
    assert [document["skipped"][0]["reason"]] == paired(reason)


def paired(*texts: str) -> list[str]:
    """JSON cannot tell two halves of a surrogate pair from the character they make."""
    return [text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass") for text in texts]


@pytest.mark.parametrize("key", ["version", "diagnostics", "skipped", "summary"])
def test_the_schema_misses_nothing(key: str) -> None:
    document = render(FileReport("a.md", "x", ()))
    del document[key]
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("key", SCHEMA["$defs"]["diagnostic"]["required"])
def test_the_schema_asks_for_every_key_of_a_finding(key: str) -> None:
    document = render(FileReport("README.md", REPORT.text, (STALE,)))
    del document["diagnostics"][0][key]
    assert not VALIDATOR.is_valid(document)
