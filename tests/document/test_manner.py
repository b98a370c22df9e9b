"""How dates, names and numbers are written, told from cells, and others written so."""

from __future__ import annotations

from datetime import date

import pytest

from littable.document.manner.dates import DatedCell, date_form
from littable.document.manner.numbers import next_number
from littable.document.manner.people import authors_manner, read_names

DAY = date(2024, 3, 5)

DATES = [
    (["2017"], "2024"),
    (["2017-06-12"], "2024-03-05"),
    (["2017-6-2", "2018-10-12"], "2024-3-5"),
    (["12.06.2017"], "05.03.2024"),
    (["June 2017", "April 2018"], "March 2024"),
    (["May, 2025"], "March, 2024"),
    (["Dec., 2012", "May, 2011", "Jan., 2009"], "Mar., 2024"),
    (["22 Jul 2024"], "5 Mar 2024"),
    (["2 Jul 2024", "22 May 2023"], "5 Mar 2024"),
    (["02 Jul 2024", "22 May 2023"], "05 Mar 2024"),
    (["June 12th, 2017"], "March 5th, 2024"),
    (["DEC 2017"], "MAR 2024"),
    (["dec 2017"], "mar 2024"),
    (["16 okt 2013"], "5 mrt 2024"),
    (["12 июня 2017"], "5 марта 2024"),
    (["июнь 2017"], "март 2024"),
    (["2017年6月12日"], "2024年3月5日"),
    (["2017.06"], "2024.03"),
    (["17/06"], "24/03"),
    (["20170612"], "20240305"),
    (["Jun '17"], "Mar '24"),
    (["06/12/2017", "06/25/2017"], "03/05/2024"),
    (["06/12/2017", "25/06/2017", "24/06/2017"], "05/03/2024"),
    (["06/12/2017"], None),
    (["10/11"], None),
    (["NeurIPS 2017"], None),
    (["2017 (v2 2018)"], None),
    (["arXiv 2017", "NeurIPS 2018"], "arXiv 2024"),
    ([], None),
]


@pytest.mark.parametrize(("theirs", "own"), DATES)
def test_a_day_is_written_in_the_form_of_most_cells(theirs: list[str], own: str | None) -> None:
    form = date_form([DatedCell(text) for text in theirs])
    assert (form.write(DAY) if form else None) == own


def test_identifiers_tell_the_day_from_the_month() -> None:
    assert _written(DatedCell("06/12/2017", (2017, 6))) == "03/05/2024"
    assert _written(DatedCell("06/12/2017", (2017, 12))) == "05/03/2024"
    assert _written(DatedCell("10/11", (2010, 11))) == "24/03"


def _written(cell: DatedCell) -> str | None:
    form = date_form([cell])
    return form.write(DAY) if form else None


NAMES = ["Nathaniel B. Li", "Jean-Pierre van der Berg", "Dan Hendrycks, Jr."]
AUTHORS = [
    (["Ann Lee, Bob Ray"], "Nathaniel B. Li, Jean-Pierre van der Berg, Dan Hendrycks, Jr."),
    (["Ann Lee et al."], "Nathaniel B. Li et al."),
    (["Lee et.al."], "Li et.al."),
    (["A. Lee, B. Ray and C. Dow"], "N. B. Li, J.-P. van der Berg and D. Hendrycks, Jr."),
    (["A.B. Lee, C.D. Ray"], "N.B. Li, J.-P. van der Berg, D. Hendrycks, Jr."),
    (["A Lee, B Ray"], "NB Li, JP van der Berg, D Hendrycks, Jr."),
    (["Lee, A., Ray, B."], "Li, N. B., van der Berg, J.-P., Hendrycks, D., Jr."),
    (["Lee A., Ray B."], "Li N. B., van der Berg J.-P., Hendrycks D., Jr."),
    (["Lee AB, Ray C"], "Li NB, van der Berg JP, Hendrycks D, Jr."),
    (["Lee, Ann; Ray, Bob"], "Li, Nathaniel B.; van der Berg, Jean-Pierre; Hendrycks, Dan, Jr."),
    (["Lee, Ray, & Dow"], "Li, van der Berg, & Hendrycks"),
    (["Ann Lee<br>Bob Ray"], "Nathaniel B. Li<br>Jean-Pierre van der Berg<br>Dan Hendrycks, Jr."),
    (["Ann Lee", "Bob Ray"], "Nathaniel B. Li"),
    (["Ann Lee"], "Nathaniel B. Li, Jean-Pierre van der Berg, Dan Hendrycks, Jr."),
    (["Ann Lee, Bob Ray, ...", "Bob Ray"], "Nathaniel B. Li, Jean-Pierre van der Berg, ..."),
    (
        ["Ann Lee and Bob Ray", "Ann Lee, Bob Ray, Cid Dow et al."],
        "Nathaniel B. Li, Jean-Pierre van der Berg and Dan Hendrycks, Jr.",
    ),
    (["Ann Lee и др."], "Nathaniel B. Li и др."),
    (["李 明, 王 芳 等"], "Nathaniel B. Li, Jean-Pierre van der Berg 等"),
]  # fmt: skip


@pytest.mark.parametrize(("theirs", "own"), AUTHORS)
def test_names_are_written_in_the_manner_of_most_cells(theirs: list[str], own: str) -> None:
    manner = authors_manner(theirs)
    assert manner is not None
    assert manner.write(NAMES) == own


def test_two_names_and_one() -> None:
    manner = authors_manner(["A. Lee, B. Ray, and C. Dow", "A. Lee and B. Ray"])
    assert manner is not None
    assert manner.write(NAMES[:2]) == "N. B. Li and J.-P. van der Berg"
    assert manner.write(NAMES[:1]) == "N. B. Li"
    assert manner.write(["OpenAI Team"], {"OpenAI Team"}) == "OpenAI Team"
    assert manner.write([]) == ""


def test_the_header_may_ask_for_the_first_author() -> None:
    manner = authors_manner(["Ann Lee"], first_only=True)
    assert manner is not None
    assert manner.write(NAMES) == "Nathaniel B. Li"


@pytest.mark.parametrize("text", ["[Ann Lee](https://x.org)", "Lee 2017", "-", "", "a b c d e f g h i j"])
def test_what_is_no_list_of_names_is_not_read_as_one(text: str) -> None:
    assert read_names(text) is None


NUMBERS = [
    (["11", "10"], [], "12"),
    (["1"], [], "2"),
    (["09.", "08."], [], "10."),
    (["#9"], [], None),
    ([], ["3", "2", "1"], "4"),
    ([], ["1", "2"], None),
    (["1"], ["2"], None),
    (["", "2"], [], None),
    (["7", "9"], [], None),
    ([], [], "1"),
]


@pytest.mark.parametrize(("above", "below", "number"), NUMBERS)
def test_numbers_are_continued_where_the_others_can_stay(
    above: list[str], below: list[str], number: str | None
) -> None:
    assert next_number(above, below) == number


@pytest.mark.parametrize("text", [",", " ", "a,", "A. ", "; ", "et al ", "1/", "may ", "05 "])
def test_hostile_cells_are_passed_over(text: str) -> None:
    """Work that grew with the square of the length would not end."""
    read_names(text * 500_000)
    read_names(text * (5_000 // len(text)))
    date_form([DatedCell(text * 500_000), DatedCell((text * 40)[:40])])
