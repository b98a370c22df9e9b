"""Counts over all files, and the lines that close a report for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from littable.diagnostic import Applicability, FileReport, Severity, Skip
from littable.reports import ReportOptions
from littable.reports._lines import count, has_safe_fix
from littable.reports._palette import Palette
from littable.reports._safe import shown
from littable.reports._window import cut

_MOST_REASONS = 10
_MOST_CODES = 6
_LONGEST_SUBJECT = 80


@dataclass(frozen=True, slots=True)
class Summary:
    """How much was read and found; ``fixable`` counts safe fixes, ``unsafe`` those applied on request."""

    files: int
    tables: int
    lists: int
    entries: int
    errors: int
    warnings: int
    notes: int
    fixable: int
    unsafe: int
    files_with_findings: int

    @property
    def findings(self) -> int:
        """All of them, whatever they weigh."""
        return self.errors + self.warnings + self.notes


def summarise(files: Sequence[FileReport]) -> Summary:
    """Count what is in the reports of all files."""
    found = [diagnostic for file in files for diagnostic in file.diagnostics]
    severities = Counter(diagnostic.severity for diagnostic in found)
    return Summary(
        files=len(files),
        tables=sum(file.tables for file in files),
        lists=sum(file.lists for file in files),
        entries=sum(file.entries for file in files),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        notes=severities[Severity.NOTE],
        fixable=sum(map(has_safe_fix, found)),
        unsafe=sum(
            diagnostic.fix is not None and diagnostic.fix.applicability is Applicability.UNSAFE
            for diagnostic in found
        ),
        files_with_findings=sum(bool(file.diagnostics) for file in files),
    )


def closing(files: Sequence[FileReport], options: ReportOptions) -> Iterator[str]:
    """The lines at the end: what could not be checked, what was found, what can be mended."""
    if options.quiet:
        return
    palette = Palette(options.color)
    summary = summarise(files)
    skipped = list(not_checked(files))
    yield from skipped
    if not summary.findings:
        yield _passed(summary, bool(skipped), palette)
        return
    yield _found(summary)
    yield from _fixable(summary, palette)
    if not any(found.severity >= options.fail_on for file in files for found in file.diagnostics):
        yield f"None of them fails the check: `--fail-on` is `{options.fail_on}`."


def not_checked(files: Iterable[FileReport]) -> Iterator[str]:
    """One line for each reason for which something could not be judged."""
    by_reason: dict[str, list[Skip]] = {}
    for file in files:
        for skip in file.skips:
            by_reason.setdefault(skip.reason, []).append(skip)
    reasons = sorted(by_reason.items(), key=lambda item: -len(item[1]))
    for reason, skips in reasons[:_MOST_REASONS]:
        codes = sorted(map(shown, {code for skip in skips for code in skip.codes}))
        yield f"Not checked: {_subjects(skips)}{_codes(codes)}: {shown(reason)}"
    if len(reasons) > _MOST_REASONS:
        others = [skip for _, skips in reasons[_MOST_REASONS:] for skip in skips]
        yield f"Not checked: {_subjects(others)} for {len(reasons) - _MOST_REASONS} other reasons"


def _subjects(skips: Sequence[Skip]) -> str:
    subjects = {skip.subject for skip in skips}
    if len(subjects) == 1:
        return cut(shown(subjects.pop()), _LONGEST_SUBJECT) or "1 paper"
    nouns = Counter(noun for noun, _ in {(skip.noun, skip.subject) for skip in skips})
    return " and ".join(count(nouns[noun], noun) for noun in sorted(nouns, reverse=True))


def _codes(codes: Sequence[str]) -> str:
    listed = [*codes[:_MOST_CODES], "…"] if len(codes) > _MOST_CODES else codes
    return f" ({', '.join(listed)})" if codes else ""


def _passed(summary: Summary, skipped: bool, palette: Palette) -> str:
    verdict = "All other checks passed." if skipped else "All checks passed."
    return f"{palette.bold(verdict)} {_read(summary)} in {count(summary.files, 'file')}."


def _read(summary: Summary) -> str:
    if not summary.entries:
        return "No papers found"
    papers = count(summary.entries, "paper")
    there = {"table": summary.tables, "list": summary.lists}
    places = " and ".join(count(number, noun) for noun, number in there.items() if number)
    return f"{papers} in {places}" if places else papers


def _found(summary: Summary) -> str:
    weights = {"error": summary.errors, "warning": summary.warnings, "note": summary.notes}
    counted = ", ".join(count(number, noun) for noun, number in weights.items() if number)
    where = count(summary.files, "file")
    if summary.files_with_findings < summary.files:
        where = f"{summary.files_with_findings} of {where}"
    return f"Found {counted} in {where} ({_read(summary).replace('No', 'no')})."


def _fixable(summary: Summary, palette: Palette) -> Iterator[str]:
    if summary.fixable:
        more = f" ({summary.unsafe} more with `--unsafe`)" if summary.unsafe else ""
        yield f"[{palette.quiet('*')}] {summary.fixable} fixable with `littable fix`{more}."
    elif summary.unsafe:
        yield f"No safe fixes; {summary.unsafe} fixable with `littable fix --unsafe`."
