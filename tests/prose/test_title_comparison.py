"""Titles beside the record's: what makes no difference, what does, and the edits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from littable.prose.titles import TitleVerdict, compare_titles
from littable.text import apply_edits

TITLE = "Deep-Sea Mapping with Gliders and Buoys: A Survey of $\\pi_0$ Policies"
WORDS = st.sampled_from(
    "robust learning graphs networks towards diffusion BERT islands 3D GPT-4 multi-modal counting "
    "models LiDAR trees v2 II not sparse rivers bridges maps without attention".split()
)
TITLES = st.lists(WORDS, min_size=5, max_size=12, unique_by=str.lower).map(" ".join)

FORMS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "full stop": lambda title: title + ".",
    "bold": lambda title: f"**{title}**",
    "quotes": lambda title: f"“{title}”",
    "number": lambda title: f"12. {title}",
    "number in brackets": lambda title: f"[7] {title}",
    "identifier": lambda title: f"{title}. (arXiv:2310.04445v1 [cs.CL] UPDATED)",
    "bare identifier": lambda title: f"{title} arXiv:2310.04445",
    "badge": lambda title: f"{title} [arXiv] 🔥",
    "venue": lambda title: f"{title} (ICLR 2024)",
    "venue in front": lambda title: f"[NeurIPS'23 Oral] {title}",
    "shortcode": lambda title: f":fire: {title} :star:",
    "ampersand": lambda title: title.replace(" and ", " & "),
    "dashes": lambda title: title.replace("-", "–"),
    "no hyphens": lambda title: re.sub(r"(?<=[a-z])-(?=[a-z])", "", title),
    "decomposed": lambda title: unicodedata.normalize("NFD", title),
    "link": lambda title: f"[{title}](https://arxiv.org/abs/2310.04445)",
    "label": lambda title: f"Title: {title}",
}
NOTES: dict[str, Callable[[str], str]] = {
    "translation": lambda title: f"{title}<br>潜航器测绘",
    "translation in front": lambda title: f"潜航器测绘（{title}）",
    "after a slash": lambda title: f"{title} / Картирование дна",
    "nickname": lambda title: f"DiveBot: {title}",
    "venue after a comma": lambda title: f"{title}, ICRA 2023",
    "note": lambda title: f"{title} [extended version]",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("title", [TITLE, "Réseaux & Erdős–Rényi Graphs", "It\\^o Maps of O(n^{2})"])
def test_what_makes_no_difference(form: str, title: str) -> None:
    assert compare_titles(FORMS[form](title), title).verdict is TitleVerdict.SAME


@given(TITLES, st.sampled_from(sorted(FORMS)))
def test_generated_titles_are_known_in_every_form(title: str, form: str) -> None:
    assert compare_titles(FORMS[form](title), title).verdict is TitleVerdict.SAME


@pytest.mark.parametrize("note", NOTES)
def test_notes_beside_the_title(note: str) -> None:
    found = compare_titles(NOTES[note](TITLE), TITLE)
    assert found.verdict is TitleVerdict.ANNOTATED
    assert found.agrees


@pytest.mark.parametrize(
    "written",
    [
        "Deep-Sea Mapping",
        "Deep-Sea Mapping with Gliders and Buoys",
        "A Survey of π0 Policies",
        "Deep-sea mapping with gliders and bu…",
        "Deep-Sea Mapping with Gliders …",
        "DSM",
        "DiveBot (Deep-Sea Mapping)",
    ],
)
def test_shortened_titles_are_a_choice(written: str) -> None:
    assert compare_titles(written, TITLE).verdict is TitleVerdict.ABBREVIATED


@pytest.mark.parametrize(
    "written",
    [
        "滑翔机与浮标的深海测绘：策略综述",
        "Картирование морского дна глайдерами и буями: обзор",
        "Mapeo de las profundidades con planeadores y boyas para los robots",
        "Kartierung der Tiefsee mit Gleitern und Bojen für die Robotik",
    ],
)
def test_translations_are_a_choice(written: str) -> None:
    assert compare_titles(written, TITLE).verdict is TitleVerdict.TRANSLATED


@pytest.mark.parametrize(
    ("written", "record"),
    [
        ("Counting Trees with GPT-3 in Small Parks", "Counting Trees with GPT-4 in Small Parks"),
        ("Counting Trees in Small Parks, Part II", "Counting Trees in Small Parks, Part III"),
        ("Counting Trees in Small Parks v2", "Counting Trees in Small Parks v1"),
        ("Why Trees Do Matter in Small Parks", "Why Trees Do Not Matter in Small Parks"),
        ("Supervised Counting of Trees in Parks", "Unsupervised Counting of Trees in Parks"),
        ("Counting 3D Trees in Small Parks (2020)", "Counting 2D Trees in Small Parks (2020)"),
        ("Twelve Trees in Some Very Small Parks", "Eleven Trees in Some Very Small Parks"),
    ],
)
def test_numbers_and_negations_are_never_equated(written: str, record: str) -> None:
    found = compare_titles(written, record)
    assert found.verdict is TitleVerdict.RENAMED
    assert not found.agrees
    assert apply_edits(written, found.edits) == record


@pytest.mark.parametrize(
    ("written", "changes", "tiny"),
    [
        ("Countng Trees in Small Parks", [("Countng", "Counting")], True),
        ("Counting Tree in Smal Parks", [("Tree in Smal", "Trees in Small")], True),
        ("Counting Trees at Small Parks", [("at", "in")], False),
        ("The Counting Trees in Small Parks", [("The", "")], False),
    ],
)
def test_slips(written: str, changes: list[tuple[str, str]], tiny: bool) -> None:
    found = compare_titles(written, "Counting Trees in Small Parks")
    assert found.verdict is TitleVerdict.MISSPELT
    assert [(change.old, change.new) for change in found.changes] == changes
    assert found.tiny is tiny


def test_a_letter_in_a_name_makes_another_name() -> None:
    found = compare_titles("LLaNA: Counting Trees in Small Parks", "LLaMA: Counting Trees in Small Parks")
    assert (found.verdict, found.tiny) == (TitleVerdict.MISSPELT, False)


@pytest.mark.parametrize(
    ("written", "record", "fixed"),
    [
        ("Maps **of** Lakes: a Study", "Maps for Rivers: A Study", "Maps **for** Rivers: a Study"),
        ("Maps **of old** Lakes: a Study", "Maps for Rivers: A Study", None),
        ("Tree-Bench: Counting Parks by Night", "Tree4NC: Counting Parks by Night", None),
        ("Self-Pro: Counting Parks by Night", "Self-Pro: A Way of Counting Parks by Night", None),
        (
            "COUNTING TREES IN PRKS BY NIGHT",
            "Counting Trees in Parks by Night",
            "COUNTING TREES IN PARKS BY NIGHT",
        ),
        (
            "counting trees in towns by night",
            "Counting Trees in Parks by Night",
            "counting trees in parks by night",
        ),
        ("Counting Trees (ICRA 2020) ", "Counting Old Trees in Small Parks by Night", None),
        ("3. Counting Trees in Parks by Day. (arXiv:2310.04445v1)", "Counting Trees in Parks by Night", None),
        ("Bounds of Order $n^{2}$ for Parks", "Bounds of Order $n^{3}$ for Parks", None),
    ],
)
def test_edits_touch_what_differs(written: str, record: str, fixed: str | None) -> None:
    found = compare_titles(written, record)
    edited = apply_edits(written, found.edits)
    assert compare_titles(edited, record).verdict is TitleVerdict.SAME
    assert fixed is None or edited == fixed


@given(TITLES, TITLES)
def test_edits_make_any_title_the_record_s(written: str, record: str) -> None:
    found = compare_titles(written, record)
    assume(found.edits)
    assert compare_titles(apply_edits(written, found.edits), record).verdict is TitleVerdict.SAME


@given(TITLES, st.integers(0, 11), WORDS)
def test_another_word_is_found(title: str, place: int, word: str) -> None:
    words = title.split()
    words[place % len(words)] = "zebras" if word in words else word
    assert compare_titles(" ".join(words), title).verdict not in (TitleVerdict.SAME, TitleVerdict.ANNOTATED)


def test_other_titles_share_little() -> None:
    found = compare_titles("Teaching Gliders to Cross Mountain Ranges", TITLE)
    assert found.verdict is TitleVerdict.DIFFERENT
    assert compare_titles("x" * 2_000, TITLE).verdict is TitleVerdict.DIFFERENT
    assert compare_titles("🔥", TITLE).verdict is TitleVerdict.ABBREVIATED


@pytest.mark.parametrize(
    "unit", ["(", "[", "](", "<", "*", "$", "\\", "{", "1 ", ": ", "… ", "(2020) ", "12. "]
)
def test_hostile_titles_are_compared(unit: str) -> None:
    for length in (900, 1_000_000):
        assert not compare_titles(unit * (length // len(unit)), TITLE).agrees
