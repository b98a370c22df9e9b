"""Wrongly decoded text: what is read, what is lost, and what is no mojibake at all."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.prose.mojibake import garbled
from littable.text import Edit, apply_edits

LANGUAGES = [
    "Naïve Bayes à la carte, où l’été «chaud» est déjà là : Œuvre d’Émile.",
    "AVALIAÇÃO DE “MAÇû E PÃO, São João e a ação não têm razão.",
    "El Niño español: ¿qué será? ¡Ñandú! García",
    "Größe, Übergröße und Straße; „Anführungszeichen“ für Müller.",
    "Tiếng Việt là ngôn ngữ; Vũ Đức Đạo, Nguyễn Ánh.",
    "Ångström, Þór, Æsir, Ðóri og Ölfusá — smørrebrød på dansk.",
    "Zażółć gęślą jaźń, Łódź; Dvořák, Žižka, Škoda; Erdős, Győr.",
    "Её “слова” — №5, объём; Їжак і ґава, Іван Її.",
    "Γειά σου Κόσμε: ΆΈΉΌ, α≤β, «Ω».",
    "树的学习（第一部分）：“树”是一种结构…… 日本語の論文、한국어 논문.",
    "√2 ≈ 1.41 ± 0.2, x × 3 ÷ ½ at 90°C, ∂f/∂x, §2, 5 €, £3, µm, ∞ and ™.",
    "Türkçe: İstanbul, Şener Özgür, ığüşöç.",
    "Ã, Â, Ð and × alone; √ and ≈ too.",
]


@pytest.mark.parametrize("text", LANGUAGES)
def test_real_text_is_left_alone(text: str) -> None:
    assert not garbled(text)


@pytest.mark.parametrize(
    ("text", "phrase", "reading"),
    [
        ("by RamÃ­rez alone", "RamÃ­rez", "Ramírez"),
        ("we donâ€™t", "donâ€™t", "don’t"),
        ("ï»¿Title", "ï»¿Title", "Title"),
        ("at 5Â°C", "5Â°C", "5°C"),
        ("PaweÅ‚ here", "PaweÅ‚", "Paweł"),
        ("ÃƒÂ‰ric", "ÃƒÂ‰ric", "Éric"),
        ("a real é and Ã© both", "Ã©", "é"),
        ("It\x92s", "It\x92s", "It’s"),
        (r"Popovi\xc4\x87, M.", r"Popovi\xc4\x87", "Popović"),
        (r"Sj\xc3\xb6str\xc3\xb6m", r"Sj\xc3\xb6str\xc3\xb6m", "Sjöström"),
        (r"na\\xc3\\xafve", r"na\\xc3\\xafve", "naïve"),
        (r"a\xa0b", r"a\xa0b", "a b"),
        (r"caf\u00e9", r"caf\u00e9", "café"),
        ("Ram\ufffdrez, M.", "Ram\ufffdrez", None),
        ("as 锟斤拷 shows", "锟斤拷", None),
    ],
)
def test_what_is_read(text: str, phrase: str, reading: str | None) -> None:
    [found] = garbled(text)
    assert (found.span.of(text), found.reading) == (phrase, reading)


@pytest.mark.parametrize("text", ["Is\x9b31m red", "\x1b]0;x\x07", "a\x85b", "a\x7fb"])
def test_control_characters_may_be_what_they_are(text: str) -> None:
    assert not garbled(text)


@pytest.mark.parametrize(
    "text", [r"[\u4e00-\u9fff]", r"\x90\x90\xeb\x1f", r"\x41\x42", r"\u0041", r"C:\users"]
)
def test_escapes_that_mean_themselves(text: str) -> None:
    assert not garbled(text)


@given(st.sampled_from(LANGUAGES[:6] + LANGUAGES[7:10]), st.sampled_from(["latin-1", "cp1252"]))
def test_a_text_that_was_read_in_another_encoding_comes_back(text: str, encoding: str) -> None:
    try:
        broken = text.encode().decode(encoding)
    except UnicodeDecodeError:
        return
    edits = [Edit(found.span, found.reading) for found in garbled(broken) if found.reading is not None]
    assert apply_edits(broken, edits) == text


@given(st.text(alphabet="aÃ©Â â€™\x9d\ufffd\\xc3a9u00é锟斤拷Ð°РџС√≈ ", max_size=30))
def test_phrases_are_in_order_and_apart(text: str) -> None:
    found = garbled(text)
    assert all(phrase.span.start < phrase.span.end <= len(text) for phrase in found)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
    assert all(phrase.reading != phrase.span.of(text) for phrase in found)


@pytest.mark.parametrize(
    "unit", ["Ã©", "Ã ", "â€", "\\xc3", "\\xc3\\xa9", "\\u00e9", "\ufffd", "\ufffd ", "a", "Рџ"]
)
def test_a_hostile_text_ends(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert len(garbled(text)) <= len(text)
