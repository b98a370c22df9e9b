"""Rules × document to sorted findings, with suppressions taken into account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from littable.diagnostic import Diagnostic, FileReport, Skip
from littable.document.model import Document
from littable.document.suppressions import Suppression
from littable.rules._context import Context, SuppressionUse
from littable.rules._rule import Finding, Rule, Stage


def check_document(document: Document, rules: Sequence[Rule], context: Context) -> FileReport:
    """What the rules say about one document, in the order of the text."""
    context = replace(context, _shared={})
    findings = _run(document, rules, context, Stage.DOCUMENT)
    kept, uses = _suppress(findings, document.suppressions)
    late = [rule for rule in rules if rule.stage is Stage.SUPPRESSION]
    if late and document.suppressions:
        after = replace(context, uses=uses, active=frozenset(rule.code for rule in rules))
        # A comment without codes would silence what is said about itself.
        named = [suppression for suppression in document.suppressions if suppression.codes]
        kept += _suppress(_run(document, late, after, Stage.SUPPRESSION), named)[0]
    return FileReport(
        document.path,
        document.source,
        tuple(sorted((f for f in kept if isinstance(f, Diagnostic)), key=_order)),
        tuple(
            sorted((f for f in kept if isinstance(f, Skip)), key=lambda skip: (skip.span.start, skip.code))
        ),
        len(document.tables),
        len(document.entries),
    )


def _order(diagnostic: Diagnostic) -> tuple[int, str, int, str]:
    return diagnostic.span.start, diagnostic.code, diagnostic.span.end, diagnostic.message


def _run(document: Document, rules: Iterable[Rule], context: Context, stage: Stage) -> list[Finding]:
    return [
        finding for rule in rules if rule.stage is stage for finding in rule.check(rule, document, context)
    ]


def _suppress(
    findings: list[Finding], suppressions: Sequence[Suppression]
) -> tuple[list[Finding], tuple[SuppressionUse, ...]]:
    if not suppressions:
        return findings, ()
    used: list[set[str]] = [set() for _ in suppressions]
    kept = []
    for finding in findings:
        silenced = False
        for suppression, codes in zip(suppressions, used, strict=True):
            covered = suppression.covers.start <= finding.span.start < suppression.covers.end
            if covered and suppression.names(finding.code):
                silenced = True
                written = {code for code, _ in suppression.codes if finding.code.startswith(code)}
                codes.update(written or {""})
        if not silenced:
            kept.append(finding)
    return kept, tuple(
        SuppressionUse(suppression, frozenset(codes - {""}), bool(codes))
        for suppression, codes in zip(suppressions, used, strict=True)
    )
