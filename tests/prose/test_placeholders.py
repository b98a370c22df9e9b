"""What arXiv's pages hide behind "this https URL"."""

from __future__ import annotations

import pytest

from littable.prose.placeholders import placeholders


@pytest.mark.parametrize(
    ("written", "record", "urls"),
    [
        ("Code is at this https URL.", "Code is at https://ex.org/a_b.", ["https://ex.org/a_b"]),
        ("Code is at this http URL", r"Code is at \url{http://ex.org/a\_b}", ["http://ex.org/a_b"]),
        (r"Code is at \url{this https URL}.", "Code is at https://ex.org/a.", ["https://ex.org/a"]),
        (
            "Code is at this https URL and data at this https URL.",
            "Code is at https://ex.org/a and data at https://ex.org/b.",
            ["https://ex.org/a", "https://ex.org/b"],
        ),
        ("Code is at this https URL.", "Code will come.", [None]),
        ("No address here.", "Code is at https://ex.org/a.", []),
        ("Old words, code at this https URL.", "New words, code at https://ex.org/a.", ["https://ex.org/a"]),
    ],
)
def test_addresses(written: str, record: str, urls: list[str | None]) -> None:
    found = placeholders(written, record)
    assert [placeholder.url for placeholder in found] == urls
    assert all(placeholder.span.of(written).startswith("this http") for placeholder in found)


def test_a_link_to_a_placeholder_has_two_of_them() -> None:
    written = r"Code is at \href{this https URL}{this https URL}."
    assert [placeholder.url for placeholder in placeholders(written, "Code is at https://ex.org/a.")] == [
        "https://ex.org/a",
        "https://ex.org/a",
    ]


def test_words_that_were_taken_for_an_address() -> None:
    [placeholder] = placeholders(
        "It solves all this http URL show more.", "It solves all tasks.We show more."
    )
    assert placeholder.url is None
    assert placeholder.text == "tasks.We"
