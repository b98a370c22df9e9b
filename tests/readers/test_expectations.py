"""Real files whose papers were counted by hand before the readers were written; runs where they are."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from support.expectations import Comparison, compare_file
from support.shared import SHARED, needs_shared

_EXPECTATIONS = Path(__file__).parent / "expectations"
_FOLDERS = (SHARED / "corpus" / "md", SHARED / "seeds")
_MOST_WRONG = 0.02
_MOST_STRAY = 0.01


@cache
def _compared(name: str) -> Comparison | None:
    return compare_file(_EXPECTATIONS / f"{name}.json", _FOLDERS)


def _names() -> list[str]:
    return sorted(path.stem for path in _EXPECTATIONS.glob("*.json"))


def _all() -> list[Comparison]:
    return [found for name in _names() if (found := _compared(name)) is not None]


@needs_shared
@pytest.mark.parametrize("name", _names())
def test_a_real_file_lists_what_was_counted_by_hand(name: str) -> None:
    found = _compared(name)
    assert found is not None, "the file is not in the shared folder"
    assert (found.missed, found.wrong) == ([], [])
    assert len(found.document.entries) - found.stray == found.expected["entries"]
    argued = json.loads((_EXPECTATIONS / f"{name}.json").read_text(encoding="utf-8")).get("also", [])
    assert sorted(found.stray_lines) == argued


@needs_shared
def test_lists_are_found_and_other_things_are_left_alone() -> None:
    """The measure of issue 6 over all files."""
    done = _all()
    samples = sum(one.samples for one in done)
    read = sum(len(one.document.entries) for one in done)
    parts = sum(len(one.expected["parts"]) for one in done)
    assert sum(len(one.missed) for one in done) <= _MOST_WRONG * parts
    assert sum(one.wrong_samples for one in done) <= _MOST_WRONG * samples
    assert sum(one.stray for one in done) <= _MOST_STRAY * read
