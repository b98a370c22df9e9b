"""The seeds and the labelled pairs, where the folder with them is there."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path

import pytest

from littable.prose.changes import Verdict, compare
from littable.text import apply_edits

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("LITTABLE_SHARED", ROOT.parent / "shared"))
UNCHANGED = {Verdict.SAME, Verdict.COSMETIC}

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no folder {SHARED} (set LITTABLE_SHARED)")


def records() -> dict[tuple[str, str | None], str]:
    lines = (SHARED / "arxiv" / "seed_papers.jsonl").read_text(encoding="utf-8").splitlines()
    return {(record["id"], record.get("version")): record["abstract"] for record in map(json.loads, lines)}


def test_the_text_of_an_earlier_version() -> None:
    seed = (SHARED / "seeds" / "000_6d591ddf2e93746e.txt").read_text(encoding="utf-8")
    written = next(line[2:] for line in seed.splitlines() if line.startswith("+ The White House"))
    known = records()
    comparison = compare(written, known["2403.03218", None])
    assert comparison.verdict is Verdict.CHANGED
    assert {(change.old, change.new, change.count) for change in comparison.changes} == {
        ("4,157", "3,668", 1),
        ("CUT", "RMU", 2),
    }
    assert compare(written, known["2403.03218", "v1"]).verdict in UNCHANGED


def test_a_table_with_nothing_stale() -> None:
    table = (SHARED / "seeds" / "002_2f2e0ce58ddb1bf2.txt").read_text(encoding="utf-8")
    rows = re.findall(r"arxiv\.org/[^|]*?(\d{4}\.\d{5})[^|]*\|([^|]+)\|", table)
    known = records()
    assert len(rows) == 10
    assert {compare(abstract, known[identifier, None]).verdict for identifier, abstract in rows} <= UNCHANGED


def test_pairs() -> None:
    path = SHARED / "arxiv" / "pairs.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        sample = [json.loads(line) for line in lines][::5]
    alarms = missed = certain = trivial = 0
    for pair in sample:
        comparison = compare(pair["abstract_a"], pair["abstract_b"])
        reported = comparison.verdict in {Verdict.CHANGED, Verdict.TRUNCATED}
        if reported:
            edited = apply_edits(pair["abstract_a"], comparison.edits)
            assert compare(edited, pair["abstract_b"]).verdict in UNCHANGED, pair["id"]
        if pair["class"] == "trivial" and pair["subclass"] not in {"punctuation", "case"}:
            trivial, alarms = trivial + 1, alarms + reported
        versions = {pair["version_a"], pair["version_b"]}
        if pair["class"] == "real" and None not in versions and len(versions) == 2:
            certain, missed = certain + 1, missed + (not reported)
    assert alarms <= 0.005 * trivial
    assert missed <= 0.005 * certain
