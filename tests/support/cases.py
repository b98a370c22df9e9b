"""Rule cases: a Markdown file, what the rule says about it, and the file after fixing.

``tests/rules/<rule-name>/<case>.md`` stands beside ``<case>.out`` (no file: the rule must be silent),
``<case>.fixed.md`` (no file: no fix may be offered that ``fix --unsafe`` would apply), and optionally
``<case>.toml`` with settings, ``<case>.jsonl`` or ``papers.jsonl`` with records, and ``<case>.links.json`` or
``links.json`` with what is known of links.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from littable.checker import check_document
from littable.config import Settings, load
from littable.diagnostic import Applicability, Diagnostic, FileReport
from littable.document.model import Document
from littable.document.reading import read_document
from littable.fixing import Fixed, fix_text
from littable.gather import Gatherer
from littable.rules._context import Context
from littable.rules._registry import all_rules
from littable.rules._rule import Rule
from littable.text import LineIndex, Source
from support.case_links import CaseLinks
from support.missing import CasePapers

CASES = Path(__file__).parent.parent / "rules"
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of one rule; ``path`` is its Markdown file."""

    rule: Rule
    path: Path

    @property
    def name(self) -> str:
        return f"{self.rule.name}/{self.path.stem}"

    def beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.stem + suffix)

    @property
    def text(self) -> str:
        return Source.decode(self.path.read_bytes()).text

    @property
    def settings(self) -> Settings:
        toml = self.beside(".toml")
        return load(toml) if toml.exists() else Settings()

    def check(self, text: str) -> tuple[Document, FileReport]:
        """Read the text and run the rule (and, for rules about suppressions, every rule)."""
        settings = self.settings
        rules = all_rules() if self.rule.code.startswith("LT9") else (self.rule,)
        document = read_document(self.path.name, text, settings.reading)
        facts = Gatherer(self._papers(), self._links()).facts_for(document, rules)
        report = check_document(document, rules, Context(settings, facts, TODAY))
        own = tuple(d for d in report.diagnostics if d.code == self.rule.code)
        skips = tuple(s for s in report.skips if self.rule.code in s.codes)
        return document, FileReport(report.filename, text, own, skips, report.tables, report.entries)

    def _papers(self) -> CasePapers | None:
        for path in (self.beside(".jsonl"), self.path.parent / "papers.jsonl"):
            if path.exists():
                return CasePapers(path)
        return None

    def _links(self) -> CaseLinks | None:
        for path in (self.beside(".links.json"), self.path.parent / "links.json"):
            if path.exists():
                return CaseLinks(path)
        return None

    def fix(self) -> Fixed:
        return fix_text(self.text, self.check, Applicability.UNSAFE)

    def out(self) -> str:
        """What the rule says, a line each, as ``.out`` files hold it."""
        _, report = self.check(self.text)
        return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: FileReport) -> list[str]:
    index = LineIndex(report.text)
    found = [(d.span.start, _describe(d, index)) for d in report.diagnostics]
    found += [
        (s.span.start, f"{index.row(s.span.start)}: skip {s.subject}: {s.reason}") for s in report.skips
    ]
    return [line for _, line in sorted(found)]


def _describe(diagnostic: Diagnostic, index: LineIndex) -> str:
    start, end = index.position(diagnostic.span.start), index.position(diagnostic.span.end)
    lines = [f"{start.row}:{start.column}-{end.row}:{end.column} {diagnostic.severity}: {diagnostic.message}"]
    lines += [f"    {change.old} -> {change.new} x{change.count}" for change in diagnostic.changes]
    lines += [f"    copied from {diagnostic.copied_from}"] if diagnostic.copied_from else []
    lines += [f"    verdict: {diagnostic.verdict}"] if diagnostic.verdict else []
    lines += [f"    see {index.row(related.span.start)}: {related.message}" for related in diagnostic.related]
    if diagnostic.fix:
        lines.append(f"    {diagnostic.fix.applicability} fix: {diagnostic.fix.title}")
    return "\n".join(lines)


def all_cases() -> list[Case]:
    """Every case, found by looking into the folders."""
    by_name = {rule.name: rule for rule in all_rules()}
    return [
        Case(by_name[folder.name], path)
        for folder in sorted(CASES.iterdir())
        if folder.is_dir() and folder.name != "__pycache__"
        for path in sorted(folder.glob("*.md"))
        if not path.name.endswith(".fixed.md")
    ]
