"""Blanks between sentences that a copy has lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.prose.breaks import lost_breaks, may_have_lost_breaks
from littable.prose.canonical import canonical_words
from littable.text import apply_edits

RECORD = (
    'We grow trees on hard tasks.\nWe release (all of them).\n"Old" trees fail in U.S. cities, i.e. They '
    "die. "
    "Code is at https://ex.org/a.\nIt runs on Node.js, as M. Lin and \\emph{others}. Said so in Fig. 2 [1]. "
    "Good!"
)


@pytest.mark.parametrize(
    ("lost", "kept"),
    [
        ("tasks.We", "tasks. We"),
        ('(all of them)."Old"', '(all of them). "Old"'),
        ("die.Code", "die. Code"),
        ("https://ex.org/a.It", "https://ex.org/a. It"),
        ("others.Said", "others. Said"),
        ("[1].Good", "[1]. Good"),
        ("tasks.\\nWe", "tasks. We"),
    ],
)
def test_a_lost_break(lost: str, kept: str) -> None:
    plain = " ".join(RECORD.replace("\\emph{others}", "others").split())
    assert kept in plain
    written = plain.replace(kept, lost)
    assert may_have_lost_breaks(written)
    assert apply_edits(written, lost_breaks(written, RECORD)) == plain


@pytest.mark.parametrize("same", ["Node.js", "U.S. cities", "M.Lin", "Fig.2", "i.e. They"])
def test_what_is_no_sentence_or_has_its_blank(same: str) -> None:
    plain = " ".join(RECORD.split())
    written = plain.replace(same.replace(".", ". "), same) if same not in plain else plain
    assert not lost_breaks(written, RECORD)


def test_the_record_decides() -> None:
    assert not lost_breaks(
        "It reads ASP.Net and Trees.Forest files.", "It reads ASP.Net and Trees.Forest files."
    )
    assert not lost_breaks("All the tasks.They are others.", RECORD)


def test_changed_words_elsewhere_do_not_matter() -> None:
    written = "They plant trees on hard tasks.We release none."
    assert (
        apply_edits(written, lost_breaks(written, RECORD))
        == "They plant trees on hard tasks. We release none."
    )


@given(st.sets(st.integers(0, 60)))
def test_only_blanks_are_put_in(places: set[int]) -> None:
    words = " ".join(RECORD.split()).split(" ")
    written = words[0]
    for index, word in enumerate(words[1:]):
        written += ("" if index in places else " ") + word
    edits = lost_breaks(written, RECORD)
    assert all(edit.text == " " and edit.span.start == edit.span.end for edit in edits)
    fixed = apply_edits(written, edits)
    assert fixed.replace(" ", "") == written.replace(" ", "")
    assert not lost_breaks(fixed, RECORD)
    assert len(canonical_words(fixed)) >= len(canonical_words(written))


@pytest.mark.parametrize("unit", ["a.A", 'a."', "a....", '"', "We grow trees.We ", "\\n", ")."])
def test_a_hostile_text_ends(unit: str) -> None:
    written = unit * (100_000 // len(unit))
    may_have_lost_breaks(written)
    assert len(lost_breaks(written, RECORD)) <= len(RECORD)
