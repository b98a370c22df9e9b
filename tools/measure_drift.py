"""Measure the comparison of abstracts on labelled pairs.

    python tools/measure_drift.py pairs.jsonl.gz [more.jsonl …] [--failures FILE] [--labels FILE]

A line of a pairs file is a JSON object with ``id``, ``class`` (``real``, ``trivial`` or ``corrupt``),
``subclass``, ``abstract_a``, ``version_a``, ``abstract_b`` and ``version_b``; ``abstract_a`` is compared
with ``abstract_b`` as the record. Labels found wrong on reading stand in ``drift_labels.tsv`` beside
this script, with what is right and why; every figure is given with and without them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from littable.prose import changes
from littable.prose.changes import Comparison, Verdict, compare
from littable.text import apply_edits

REPORTED = frozenset({Verdict.CHANGED, Verdict.TRUNCATED})
QUIET = frozenset({Verdict.SAME, Verdict.COSMETIC})
JUDGED_SINGLY = frozenset({"punctuation", "case"})
LABELS = Path(__file__).with_name("drift_labels.tsv")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two abstracts of one paper, with the label of what lies between them."""

    key: str
    label: str
    subclass: str
    written: str
    record: str
    versions: tuple[str | None, str | None]

    @property
    def is_certain(self) -> bool:
        """Whether both versions are known and differ."""
        return None not in self.versions and self.versions[0] != self.versions[1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A pair and what the comparison says of it."""

    pair: Pair
    comparison: Comparison

    @property
    def is_reported(self) -> bool:
        """Whether a maintainer would be told of it."""
        return self.comparison.verdict in REPORTED

    @property
    def is_failure(self) -> bool:
        """Whether label and verdict disagree; cut texts and single cases have no right answer."""
        if self.pair.label == "real":
            return not self.is_reported
        return self.pair.label == "trivial" and self.is_reported and self.pair.subclass not in JUDGED_SINGLY


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure the comparison of abstracts on labelled pairs.")
    parser.add_argument("pairs", nargs="+", type=Path, help="pairs.jsonl or pairs.jsonl.gz")
    parser.add_argument("--failures", type=Path, help="list each failure with its differing words here")
    parser.add_argument("--labels", type=Path, default=LABELS, help="labels found wrong on reading")
    options = parser.parse_args(arguments)
    pairs = [pair for path in options.pairs for pair in read_pairs(path)]
    began = time.process_time()
    outcomes = [Outcome(pair, compare(pair.written, pair.record)) for pair in pairs]
    seconds = time.process_time() - began
    labels = read_labels(options.labels)
    print_figures("labels as they are", outcomes)
    corrected = [Outcome(corrected_pair(outcome.pair, labels), outcome.comparison) for outcome in outcomes]
    print_figures(f"labels corrected ({len(labels)} in {options.labels.name})", corrected)
    print_fixes(outcomes)
    print_speed(outcomes, seconds)
    if options.failures:
        options.failures.write_text("".join(describe(outcome) for outcome in outcomes if outcome.is_failure))
    return 0


def read_pairs(path: Path) -> Iterator[Pair]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            versions = (record["version_a"], record["version_b"])
            yield Pair(
                key=f"{record['id']}{versions[0] or '?'}-{versions[1] or '?'}",
                label=record["class"],
                subclass=record["subclass"],
                written=record["abstract_a"],
                record=record["abstract_b"],
                versions=versions,
            )


def read_labels(path: Path) -> dict[str, str]:
    """The right label by key (``2401.00001v1-v2``) from lines of key, label and reason."""
    if not path.exists():
        return {}
    rows = [
        line.split("\t")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line[:1] not in {"", "#"}
    ]
    return {row[0]: row[1] for row in rows}


def corrected_pair(pair: Pair, labels: dict[str, str]) -> Pair:
    return replace(pair, label=labels.get(pair.key, pair.label))


def print_figures(heading: str, outcomes: Sequence[Outcome]) -> None:
    print(f"{heading}\n{'-' * len(heading)}")
    real = [outcome for outcome in outcomes if outcome.pair.label == "real"]
    print_share("real pairs reported", real)
    print_share("  with two known versions", [outcome for outcome in real if outcome.pair.is_certain])
    trivial = [outcome for outcome in outcomes if outcome.pair.label == "trivial"]
    counted = [outcome for outcome in trivial if outcome.pair.subclass not in JUDGED_SINGLY]
    print_share("trivial pairs reported", counted)
    for subclass, members in sorted(grouped(trivial, lambda outcome: outcome.pair.subclass).items()):
        print_share(f"  {subclass}", members)
    for label, members in grouped(outcomes, lambda outcome: outcome.pair.label).items():
        counts = Counter(outcome.comparison.verdict.value for outcome in members)
        print(
            f"{label} pairs become: " + ", ".join(f"{name} {count}" for name, count in counts.most_common())
        )
    print()


def print_share(name: str, outcomes: Sequence[Outcome]) -> None:
    reported = sum(outcome.is_reported for outcome in outcomes)
    share = 100 * reported / len(outcomes) if outcomes else 0.0
    print(f"{name:<32}{reported:>6} of {len(outcomes):>6}  {share:7.3f} %")


def grouped(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome)].append(outcome)
    return groups


def print_fixes(outcomes: Sequence[Outcome]) -> None:
    """How many fixes make the text say what the record says, and how many small ones stay small."""
    fixed = [outcome for outcome in outcomes if outcome.comparison.edits]
    hold = sum(compare(mended(outcome), outcome.pair.record).verdict in QUIET for outcome in fixed)
    print(f"fixes after which nothing differs: {hold} of {len(fixed)}")
    small = [
        outcome
        for outcome in fixed
        if outcome.comparison.verdict is Verdict.CHANGED and outcome.comparison.ratio < 0.3
    ]
    whole = sum(replaced_share(outcome) > 0.5 for outcome in small)
    print(f"fewer than 30 % of words changed: {len(small)}, of which more than half is replaced in {whole}")


def mended(outcome: Outcome) -> str:
    return apply_edits(outcome.pair.written, outcome.comparison.edits)


def replaced_share(outcome: Outcome) -> float:
    replaced = sum(edit.span.end - edit.span.start for edit in outcome.comparison.edits)
    return replaced / len(outcome.pair.written)


def print_speed(outcomes: Sequence[Outcome], seconds: float) -> None:
    print(
        f"{len(outcomes)} pairs in {seconds:.2f} s of processor time: {len(outcomes) / seconds:.0f} a second"
    )
    for name, members in (
        ("same or cosmetic", [outcome.pair for outcome in outcomes if outcome.comparison.verdict in QUIET]),
        ("changed", [outcome.pair for outcome in outcomes if outcome.comparison.verdict not in QUIET]),
    ):
        changes._compare_closely.cache_clear()
        began = time.process_time()
        for pair in members:
            compare(pair.written, pair.record)
        taken = time.process_time() - began
        if members and taken:
            print(f"  {name}: {len(members) / taken:.0f} a second")


def describe(outcome: Outcome) -> str:
    pair, comparison = outcome.pair, outcome.comparison
    lines = [
        f"{pair.key}\t{pair.label}/{pair.subclass}\t{comparison.verdict}\tratio {comparison.ratio:.3f}\n"
    ]
    lines += [f"    {change.old!r} -> {change.new!r} x{change.count}\n" for change in comparison.changes[:12]]
    if not comparison.changes:
        lines += [f"    a: {pair.written}\n", f"    b: {pair.record}\n"]
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
