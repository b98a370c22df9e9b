"""Verdicts, readable changes and edits that put them right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.prose.canonical import canonical
from littable.prose.changes import Comparison, Verdict, compare
from littable.text import apply_edits

RECORD = (
    "We study how far a random walk on a tree of 4,157 leaves goes before it returns to its root. "
    "Our method, CUT, bounds the return time within $O(n^{2})$ steps and holds for 89.3\\% of all trees. "
    "CUT is the first bound that does not ask for balance, and it may help those who design caches. "
    "Code is at https://ex.org/walks."
)
OTHER = (
    "Ocean currents carry plastic over long distances, yet where particles sink remains poorly known. "
    "Here we combine drifters, satellite altimetry and sediment cores from eleven basins to trace fibres. "
    "Most of them settle near shelves within three winters, which contradicts earlier circulation models "
    "and changes where clean-up ships should sail. Our maps are openly available for harbour authorities."
)
PIECES = (
    r"walk|tree|root|the|of|bound|3x|5x|not|$\alpha$|α|\textbf{deep}|deep|12|10^{-3}|10^{3}|\emph{two words}|"
    r"two words|https://ex.org/a|this https URL|(CUT)|\ours|89.3\%|**bold**|B\'ezier|end.|$x - y$|co- author|"
    r"{\it slanted}|$\beta + 1$|<b>wide</b>"
)
WORDS = st.sampled_from(PIECES.split("|"))
TEXTS = st.lists(WORDS, min_size=12, max_size=40).map(" ".join)


def pairs(comparison: Comparison) -> set[tuple[str, str, int]]:
    return {(change.old, change.new, change.count) for change in comparison.changes}


def test_numbers_and_names_are_told_first_and_equal_changes_once() -> None:
    written = RECORD.replace("4,157", "3,668").replace("CUT", "RMU").replace("random", "lazy")
    comparison = compare(written, RECORD)
    assert comparison.verdict is Verdict.CHANGED
    assert [(change.old, change.new, change.count) for change in comparison.changes] == [
        ("3,668", "4,157", 1),
        ("RMU", "CUT", 2),
        ("lazy", "random", 1),
    ]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("89.3\\%", "98.3\\%", ("89.3%", "98.3%", 1)),
        ("$O(n^{2})$", "$O(n^{3})$", ("n^2", "n^3", 1)),
        ("https://ex.org/walks", "https://ex.org/other", ("https://ex.org/walks", "https://ex.org/other", 1)),
        ("does not ask", "does ask", ("not", "", 1)),
        ("of a tree", "of a tree", None),
    ],
)
def test_changes_read_as_phrases(old: str, new: str, change: tuple[str, str, int] | None) -> None:
    found = pairs(compare(RECORD, RECORD.replace(old, new)))
    assert found == ({change} if change else set())


def test_edits_touch_only_the_changed_words() -> None:
    written = r"**Abstract:** " + RECORD.replace("4,157", "3,668").replace("\\%", "%").replace(
        " it ", "\n it "
    )
    comparison = compare(written, RECORD)
    assert [(edit.span.of(written), edit.text) for edit in comparison.edits] == [("3,668", "4,157")]


def test_equal_texts() -> None:
    assert compare(RECORD, RECORD) == Comparison(Verdict.SAME)
    assert compare("  " + RECORD.replace(" ", "\n  "), RECORD).verdict is Verdict.SAME
    assert compare("Abstract: " + RECORD.replace("\\%", "%"), RECORD).verdict is Verdict.COSMETIC


@pytest.mark.parametrize("tail", ["", "...", "…", " [...]"])
@pytest.mark.parametrize("length", [100, 117, 151, 200, 236, 300])
def test_a_text_cut_short(tail: str, length: int) -> None:
    written = RECORD[:length].rstrip() + tail
    comparison = compare(written, RECORD)
    assert comparison.verdict is Verdict.TRUNCATED
    completed = apply_edits(written, comparison.edits)
    assert compare(completed, RECORD).verdict in {Verdict.SAME, Verdict.COSMETIC}


@pytest.mark.parametrize(
    "written",
    [
        "TODO",
        "",
        "—",
        "Random walks on trees, with a bound on the return time. Nice proof, see section 3 for the caches.",
        "В статье изучается, как далеко уходит случайное блуждание по дереву, прежде чем вернуться.",
        "本文研究随机游走在树上返回根节点之前能走多远,并给出返回时间的上界。",
        "Wir untersuchen, wie weit eine Irrfahrt auf einem Baum läuft, bevor sie zur Wurzel zurückkehrt. "
        * 5,
    ],
)
def test_own_words(written: str) -> None:
    assert compare(written, RECORD).verdict is Verdict.OWN_WORDS


def test_another_papers_abstract() -> None:
    assert compare(OTHER, RECORD).verdict is Verdict.FOREIGN


@given(st.text())
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert compare(text, text).verdict is Verdict.SAME


@given(TEXTS, TEXTS)
def test_edits_make_the_text_say_what_the_record_says(written: str, record: str) -> None:
    check_edits(written, record)


@given(st.lists(WORDS, min_size=20, max_size=40), st.data())
def test_edits_after_few_changes(words: list[str], data: st.DataObject) -> None:
    changed = list(words)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place : place + data.draw(st.integers(0, 1))] = data.draw(st.lists(WORDS, max_size=2))
    check_edits(" ".join(words), " ".join(changed))


def check_edits(written: str, record: str) -> None:
    comparison = compare(written, record)
    edited = apply_edits(written, comparison.edits)
    if comparison.verdict in {Verdict.CHANGED, Verdict.TRUNCATED}:
        assert comparison.edits
        assert compare(edited, record).verdict in {Verdict.SAME, Verdict.COSMETIC}
        assert all(
            edit.text == " ".join(edit.text.split()) or edit.text != edit.text.strip()
            for edit in comparison.edits
        )
    else:
        assert not comparison.edits
        assert not comparison.changes


@given(TEXTS, TEXTS)
def test_ratio_is_a_share(written: str, record: str) -> None:
    assert 0.0 <= compare(written, record).ratio <= 1.0


def test_an_insertion_keeps_its_blanks() -> None:
    written = RECORD.replace(" random", "")
    comparison = compare(written, RECORD)
    assert apply_edits(written, comparison.edits) == RECORD
    assert pairs(comparison) == {("", "random", 1)}


def test_a_deletion_leaves_no_double_blank() -> None:
    written = RECORD.replace("a random walk", "a very random walk")
    assert apply_edits(written, compare(written, RECORD).edits) == RECORD


def test_markup_is_never_cut_through() -> None:
    record = RECORD.replace("random walk on", r"\emph{lazy and random} hop on")
    edited = apply_edits(RECORD, compare(RECORD, record).edits)
    assert edited.count("{") == edited.count("}")
    assert canonical(edited).words == canonical(record).words
