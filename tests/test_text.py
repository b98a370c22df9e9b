"""Bytes to source and back, positions, edits."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.errors import EncodingError
from littable.text import Edit, LineIndex, Position, Source, Span, apply_edits


@given(st.text(), st.booleans())
def test_reading_and_writing_gives_the_same_bytes(text: str, bom: bool) -> None:
    data = (codecs.BOM_UTF8 if bom else b"") + text.encode()
    assert Source.decode(data).encode() == data


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"abc\xff", 3),
        (codecs.BOM_UTF8 + b"ab\xc3(", 5),
        ("Название".encode("cp1251"), 0),
        ("a".encode("utf-16"), 0),
        (b"\xed\xa0\x80", 0),
    ],
)
def test_the_first_byte_that_is_not_utf8_is_named(data: bytes, offset: int) -> None:
    with pytest.raises(EncodingError, match=f"{data[offset]:#04x} at offset {offset}") as caught:
        Source.decode(data)
    assert caught.value.offset == offset


def test_rows_and_columns_count_code_points() -> None:
    index = LineIndex("a\r\nщ😀b\rc\n")
    assert index.position(0) == Position(1, 1)
    assert index.position(5) == Position(2, 3)
    assert index.position(7) == Position(3, 1)
    assert index.position(9) == Position(4, 1)
    assert index.line(2) == Span(3, 6)


@given(st.text(st.sampled_from("ab\r\n😀"), max_size=30), st.data())
def test_a_position_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    index = LineIndex(text)
    place = index.position(offset)
    assert index.starts[place.row - 1] + place.column - 1 == offset


@given(st.text(max_size=40), st.data())
def test_nothing_outside_the_edits_changes(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pairs = dict(reversed(list(zip(cuts[::2], cuts[1::2], strict=False))))
    spans = sorted(Span(start, end) for start, end in pairs.items())
    edits = [Edit(span, data.draw(st.text(max_size=4))) for span in spans]
    kept = [
        text[end:start]
        for end, start in zip(
            [0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True
        )
    ]
    expected = kept[0] + "".join(edit.text + after for edit, after in zip(edits, kept[1:], strict=True))
    assert apply_edits(text, reversed(edits)) == expected


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlapping"):
        apply_edits("abcd", [Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y")])
    with pytest.raises(ValueError, match="misplaced"):
        apply_edits("abcd", [Edit(Span(3, 9), "x")])
