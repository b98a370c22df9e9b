"""Rules × document to sorted findings, with suppressions taken into account."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from littable.diagnostic import Diagnostic, FileReport, Skip
from littable.document.listing import Listing
from littable.document.model import Document
from littable.document.suppressions import Reach, Suppression
from littable.papers.sources import Unavailable
from littable.roles import Role
from littable.rules._context import Context, SuppressionUse
from littable.rules._rule import Finding, Rule, Stage


def check_document(document: Document, rules: Sequence[Rule], context: Context) -> FileReport:
    """What the rules say about one document, in the order of the text."""
    context = replace(context, _shared={})
    findings = [*_run(document, rules, context, Stage.DOCUMENT), *_unknown(document, rules, context)]
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
            sorted((f for f in kept if isinstance(f, Skip)), key=lambda skip: (skip.span.start, skip.codes))
        ),
        len(document.tables_of_all_kinds),
        len(document.entries),
        len(document.lists),
    )


def _order(diagnostic: Diagnostic) -> tuple[int, str, int, str]:
    return diagnostic.span.start, diagnostic.code, diagnostic.span.end, diagnostic.message


def _run(document: Document, rules: Iterable[Rule], context: Context, stage: Stage) -> list[Finding]:
    return [
        finding for rule in rules if rule.stage is stage for finding in rule.check(rule, document, context)
    ]


def _unknown(document: Document, rules: Iterable[Rule], context: Context) -> Iterator[Skip]:
    """The rows whose papers could not be asked for, each with the rules that would have judged it."""
    comparing = [(rule.code, rule.compares) for rule in rules if rule.compares is not None]
    if not comparing:
        return
    codes: dict[Listing, tuple[str, ...]] = {}
    for entry in document.entries:
        lookup = context.facts.paper(entry.arxiv_id) if entry.arxiv_id is not None else None
        if entry.arxiv_id is None or not isinstance(lookup, Unavailable):
            continue
        table = entry.listing
        if table not in codes:
            codes[table] = tuple(code for code, role in comparing if _has(table, role))
        if codes[table]:
            yield Skip(codes[table], entry.row.span, entry.arxiv_id, lookup.reason)


def _has(table: Listing, role: Role) -> bool:
    """Whether the table has a column that is compared."""
    return role is Role.LINK or bool(
        table.having(*((Role.YEAR, Role.DATE) if role is Role.YEAR else (role,)))
    )


def _suppress(
    findings: list[Finding], suppressions: Sequence[Suppression]
) -> tuple[list[Finding], tuple[SuppressionUse, ...]]:
    if not suppressions:
        return findings, ()
    covering = _by_place(suppressions)
    used: list[set[str]] = [set() for _ in suppressions]
    kept = []
    for finding in findings:
        left = []
        places = _places(finding)
        for code in _codes(finding):
            silencing = [at for place in places for at in covering(place) if suppressions[at].names(code)]
            for at in silencing:
                used[at].update({part for part, _ in suppressions[at].codes if code.startswith(part)} or {""})
            if not silencing:
                left.append(code)
        if left:
            kept.append(replace(finding, codes=tuple(left)) if isinstance(finding, Skip) else finding)
    return kept, tuple(
        SuppressionUse(suppression, frozenset(codes - {""}), bool(codes))
        for suppression, codes in zip(suppressions, used, strict=True)
    )


def _places(finding: Finding) -> set[int]:
    """Where a comment silences a finding: where it stands, and at its paper, whose text a footnote may be."""
    if isinstance(finding, Skip) or finding.entry is None:
        return {finding.span.start}
    return {finding.span.start, finding.entry.offset}


def _codes(finding: Finding) -> tuple[str, ...]:
    return finding.codes if isinstance(finding, Skip) else (finding.code,)


def _by_place(suppressions: Sequence[Suppression]) -> Callable[[int], Iterator[int]]:
    """Which suppressions cover an offset, by their numbers. Of one reach, no two cover overlapping places
    but the same one, so the last that begins before the offset is the only place to look.
    """
    places: dict[Reach, dict[int, list[int]]] = {reach: {} for reach in Reach}
    for number, suppression in enumerate(suppressions):
        places[suppression.reach].setdefault(suppression.covers.start, []).append(number)
    starts = {reach: sorted(found) for reach, found in places.items()}

    def covering(offset: int) -> Iterator[int]:
        for reach, beginnings in starts.items():
            last = bisect_right(beginnings, offset) - 1
            if last >= 0:
                numbers = places[reach][beginnings[last]]
                yield from (number for number in numbers if offset < suppressions[number].covers.end)

    return covering
