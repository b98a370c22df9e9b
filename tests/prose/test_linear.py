"""Hostile texts cost in proportion to their length.

Nothing here looks at a clock: the work is counted as calls, in a small and in a large text of one kind.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from littable.prose.canonical import canonical
from littable.prose.changes import compare
from littable.prose.placeholders import placeholders

HOSTILE = [
    *(
        "\\",
        "{",
        "}",
        "$",
        "$$ ",
        "\\\\ ",
        "{\\",
        "$x",
        "$1 ",
        "\\'",
        "\\textbf{",
        "\\href{",
        "^{",
        "a}",
        "x_",
    ),
    *("*", "* ", "**a", "[", "](", "`", "|", "<", "<a ", "<!--", "&a", "&#", "~"),
    *(
        "-",
        "{-",
        "'",
        "https://",
        "a.",
        "www.",
        "1,",
        ".1",
        "\u0301",
        "this ",
        "this https URL ",
        "Abstract: ",
    ),
]


def calls(work: Callable[[], object]) -> int:
    count = 0

    def tick(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += 1

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_grows_with_length(unit: str) -> None:
    small, large = unit * (2_000 // len(unit)), unit * (20_000 // len(unit))
    canonical(small), canonical(large)
    assert calls(lambda: canonical(large)) < 15 * calls(lambda: canonical(small)) + 1_000


def test_placeholders_are_told_apart_in_proportion_to_their_number() -> None:
    def told(count: int) -> int:
        written, record = (f"at {address} and " * count for address in ("this https URL", "https://ex.org/a"))
        return calls(lambda: placeholders(written, record))

    told(2_000)
    assert told(2_000) < 15 * told(200) + 1_000


@pytest.mark.parametrize("unit", ["\\", "{", "}", "$", "{\\", "\\textbf{", "$$ "])
def test_a_hostile_megabyte_ends(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    tokens = canonical(text)
    assert len(tokens.words) <= len(text)


@pytest.mark.parametrize("unit", ["\\", "{", "$", "a ", "$x$ "])
def test_hostile_texts_are_compared(unit: str) -> None:
    record = (
        "We measure how far a walk on trees goes before it comes back to where it began, and find it short."
    )
    assert compare(unit * 20_000, record).verdict in {"own-words", "foreign"}
    assert compare(record, unit * 20_000).verdict in {"own-words", "foreign"}
