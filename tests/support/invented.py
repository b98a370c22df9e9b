"""Invented reports for the tests of the formats."""

from __future__ import annotations

from littable.diagnostic import (
    Applicability,
    Change,
    Diagnostic,
    EntryReference,
    FileReport,
    Fix,
    Related,
    Severity,
    Skip,
)
from littable.text import Edit, Span

ABSTRACT = (
    "The White House Executive Order on Artificial Intelligence highlights the risks of large language "
    "models. We release WMDP, a dataset of 4,157 multiple-choice questions that serve as a proxy measurement "
    "of hazardous knowledge. We develop CUT, a state-of-the-art unlearning method. CUT reduces model "
    "performance on WMDP."
)
README = f"""# Papers

| Title | Year | Link | Abstract |
| --- | --- | --- | --- |
| The WMDP Benchmark | 2024 | https://arxiv.org/abs/2403.03218v1 | {ABSTRACT} |
| 大規模言語モデルの調査 | 20223 | http://arxiv.org/abs/2303.18223 | A survey. |
| The WMDP benchmark | 2024 | https://arxiv.org/pdf/2403.03218 | |
"""


def span(text: str, nth: int = 0, within: str = README) -> Span:
    """Where the nth occurrence of a text stands."""
    start = -1
    for _ in range(nth + 1):
        start = within.index(text, start + 1)
    return Span(start, start + len(text))


WMDP = EntryReference("The WMDP Benchmark", "2403.03218", README.index("| The WMDP Benchmark"))

STALE = Diagnostic(
    code="LT501",
    name="stale-abstract",
    span=span(ABSTRACT),
    message="the abstract is not that of the current version (v7)",
    severity=Severity.WARNING,
    entry=WMDP,
    changes=(
        Change("4,157", "3,668"),
        Change("CUT", "RMU", 2),
        Change("", "publicly"),
        Change("hazardous knowledge", ""),
    ),
    verdict="changed",
    copied_from="v1",
    fix=Fix(
        "replace the changed words",
        (Edit(span("4,157"), "3,668"), Edit(span("CUT"), "RMU"), Edit(span("CUT", 1), "RMU")),
        Applicability.SAFE,
    ),
)
PINNED = Diagnostic(
    code="LT307",
    name="versioned-arxiv-link",
    span=span("https://arxiv.org/abs/2403.03218v1"),
    message="the link is pinned to v1",
    severity=Severity.NOTE,
    entry=WMDP,
    fix=Fix.replace(
        span("https://arxiv.org/abs/2403.03218v1"),
        "https://arxiv.org/abs/2403.03218",
        "drop the version",
        Applicability.UNSAFE,
    ),
)
YEAR = Diagnostic(
    code="LT201",
    name="invalid-year",
    span=span("20223"),
    message="`20223` is not a year",
    severity=Severity.ERROR,
    fix=Fix.replace(span("20223"), "2023", "write 2023, as the arXiv id has it", Applicability.DISPLAY),
)
DUPLICATE = Diagnostic(
    code="LT401",
    name="duplicate-paper",
    span=span("https://arxiv.org/pdf/2403.03218"),
    message="2403.03218 is already in this table",
    severity=Severity.ERROR,
    related=(Related(span("https://arxiv.org/abs/2403.03218v1"), "first listed here"),),
)
SKIPS = (
    Skip(("LT501",), span("大規模"), "2303.18223", "offline; not in the store"),
    Skip(("LT502",), span("大規模"), "2303.18223", "offline; not in the store"),
    Skip(("LT501",), span("The WMDP"), "2403.03218", "offline; not in the store"),
    Skip(("LT303",), span("http://"), "http://arxiv.org/abs/2303.18223", "no answer within 30 s"),
)

REPORT = FileReport("README.md", README, (STALE, PINNED, YEAR, DUPLICATE), SKIPS, tables=1, entries=3)
CLEAN = FileReport("docs/clean.md", "nothing here\n", tables=1, entries=10)


def found(
    message: str, text: str = "a | b", start: int = 0, end: int = 1, filename: str = "a.md"
) -> FileReport:
    """A report of one finding, whose message (and file) may be anything."""
    diagnostic = Diagnostic("LT101", "missing-column", Span(start, end), message, Severity.ERROR)
    return FileReport(filename, text, (diagnostic,))
