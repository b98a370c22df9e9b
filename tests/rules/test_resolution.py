"""Which paper a row without an identifier is taken to be about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from littable.config import Settings
from littable.diagnostic import Applicability
from littable.document.entry import Entry
from littable.document.reading import read_document
from littable.papers.record import PaperRecord
from littable.papers.sources import Candidates, Found, Unavailable
from littable.papers.title_key import title_key
from littable.rules._context import Context, Facts
from littable.rules._papers import lookup_of, record_of
from littable.rules._resolution import Status, judge, resolve, title_to_search, trust_in

TITLE = "Counting What Is There"
PAPER = PaperRecord(
    id="2403.03218",
    version=2,
    title=TITLE,
    authors=("Ada M. Author", "Łukasz van den Writer", 'J{\\"u}rgen Zhang-Li'),
    abstract="We count.",
    published=date(2023, 3, 5),
    updated=date(2024, 5, 15),
    comment=None,
    doi="10.1000/ABC",
    journal_ref="J. Count. 7 (2025) 1-9",
    withdrawn=False,
    origin="test",
)
ALL = "Ada Author, Ł. van den Writer, Jürgen Zhang-Li"


def entry(title: str = TITLE, year: str = "", authors: str = "", link: str = "") -> Entry:
    text = (
        "| Title | Year | Authors | Link |\n| --- | --- | --- | --- |\n"
        f"| {title} | {year} | {authors} | {link} |\n"
        "| Another Paper of Some Length | 2020 | B. Body | https://arxiv.org/abs/2001.00001 |\n"
    )
    return read_document("a.md", text).entries[0]


def found(row: Entry, *records: PaperRecord) -> str:
    resolution = judge(row, Candidates(records or (PAPER,)))
    names = ", ".join(record.id for record in resolution.records)
    return f"{resolution.status} {names} {resolution.reason}".strip()


@pytest.mark.parametrize(
    "authors",
    [
        "Ada Author",
        "A. Author",
        "Author, A.",
        "Author A",
        "Author Ada; Writer L; Somebody Else",
        "A. M. Author et al.",
        "Author et al.",
        "**Ada Author**¹, J. Zhang-Li²",
        "L. van den Writer",
        "Lukasz Writer",
        "Zhang-Li, J.",
        "Jurgen Zhang-Li and Ada Author",
        "Jürgen Zhang Li",
    ],
)
def test_authors_of_the_paper_are_enough(authors: str) -> None:
    assert found(entry(authors=authors)) == "accepted 2403.03218"


@pytest.mark.parametrize(
    "authors",
    [
        "Bob Author",
        "B. Author",
        "Somebody Else, Ada Author",
        "Writer et al.",
        "Ada Other",
        "Ada",
        "A. Zhang",
        "Lukasz Writers",
    ],
)
def test_other_authors_are_another_paper_whatever_the_year(authors: str) -> None:
    assert found(entry(authors=authors, year="2023")) == "weak 2403.03218 but other authors"


@pytest.mark.parametrize("authors", ["", "作者甲 等", "-", "…"])
@pytest.mark.parametrize("year", ["2023", "2024", "2025", "March 2023", "2023-03-05"])
def test_without_authors_the_year_decides(authors: str, year: str) -> None:
    assert found(entry(authors=authors, year=year)) == "accepted 2403.03218"


def test_what_confirms_nothing_is_weak() -> None:
    assert found(entry()) == "weak 2403.03218 but nothing else tells whether it is this one"
    assert found(entry(year="2019")) == "weak 2403.03218 but is of 2023"
    assert found(entry(year="1999", authors="Ada Author")) == "weak 2403.03218 but is of 2023"
    assert found(entry(year="2027", authors="Ada Author")) == "accepted 2403.03218"
    unknown = replace(PAPER, published=None, updated=None, journal_ref=None)
    assert found(entry(year="2024"), unknown) == "accepted 2403.03218"
    assert found(entry(authors=ALL), replace(PAPER, authors=())).startswith("weak")


def test_a_short_title_needs_an_author() -> None:
    short = replace(PAPER, title="Counting Things Well")
    assert found(entry("Counting Things Well", year="2023"), short).startswith("weak")
    assert found(entry("Counting Things Well", authors="A. Author"), short) == "accepted 2403.03218"
    unknown = replace(short, authors=())
    assert found(entry("Counting Things Well", "2023", "A. Author"), unknown).startswith("weak")
    assert found(entry(year="2023", authors="A. Author"), replace(PAPER, authors=())) == "accepted 2403.03218"


def test_of_several_papers_with_the_title_only_authors_tell() -> None:
    other = replace(PAPER, id="2401.00001", authors=("Ben Body",), published=date(2020, 1, 1), doi=None)
    both = "ambiguous 2403.03218, 2401.00001"
    assert found(entry(authors="A. Author"), PAPER, other) == "accepted 2403.03218"
    assert found(entry(authors="B. Body"), PAPER, other) == "accepted 2401.00001"
    assert found(entry(authors="A. Author, B. Body"), PAPER, other) == both
    assert found(entry(year="2023"), PAPER, other) == both
    assert found(entry(), PAPER, other) == both


@pytest.mark.parametrize(
    "title",
    [
        "Counting What Was There",
        "Counting What Is There 2",
        "Counting What Is There (Extended)",
        "What Is There",
    ],
)
def test_another_title_is_another_paper(title: str) -> None:
    assert found(entry(title, authors=ALL, year="2023")) == "none"


@pytest.mark.parametrize(
    "title", ["COUNTING what is there!", "*Counting* “What” is `there`", "Counting: What is There?"]
)
def test_the_same_words_are_the_same_title(title: str) -> None:
    assert found(entry(title, authors=ALL)) == "accepted 2403.03218"


def test_a_doi_of_the_paper_is_certain() -> None:
    row = entry(authors="Somebody Else", link="https://doi.org/10.1000/abc")
    assert found(row, PAPER) == "accepted 2403.03218"
    assert judge(row, Candidates((PAPER,))).certain
    assert found(entry(authors="Somebody Else", link="https://doi.org/10.1000/xyz")).startswith("weak")


@pytest.mark.parametrize(
    ("authors", "certain"),
    [
        (ALL, True),
        ("Author, A., Writer, L., Zhang-Li, J.", True),
        ("Ada Author; Lukasz Writer; Juergen Zhang-Li", True),
        ("Ada Author, Ł. van den Writer", False),
        ("Ada Author, Jürgen Zhang-Li, Ł. van den Writer", False),
        ("Ada Author, Ł. van den Writer, Jürgen Zhang-Li et al.", False),
        ("Ada Author, Ł. van den Writer, Jürgen Zhang-Li, B. Body", False),
        ("Ada Author", False),
    ],
)
def test_only_all_authors_in_their_order_are_certain(authors: str, certain: bool) -> None:
    row = entry(authors=authors)
    assert judge(row, Candidates((PAPER,))).certain == certain
    assert _trust(row) is (Applicability.SAFE if certain else Applicability.UNSAFE)


def _context(settings: Settings | None = None) -> Context:
    facts = Facts({PAPER.id: Found(PAPER)}, titles={title_key(TITLE): Candidates((PAPER,))})
    return Context(settings or Settings(), facts)


def _trust(row: Entry) -> Applicability:
    return trust_in(row, PAPER)


def test_text_for_a_row_that_leads_elsewhere_is_not_safe() -> None:
    assert _trust(entry(authors=ALL, link="https://project.example.org/")) is Applicability.UNSAFE
    assert _trust(entry(authors=ALL, link="https://doi.org/10.1000/abc")) is Applicability.UNSAFE
    assert _trust(entry(link="https://arxiv.org/abs/2001.00001")) is Applicability.SAFE


def test_rules_get_the_record_of_an_accepted_row() -> None:
    row = entry(authors="Ada Author")
    assert lookup_of(row, _context()) == Found(PAPER)
    assert record_of(entry(authors="Bob Body"), _context()) is None
    assert record_of(entry("Something Else Entirely"), _context()) is None
    assert record_of(row, Context()) is None


def test_rules_get_no_record_for_what_is_published_elsewhere() -> None:
    for link in (
        "https://openreview.net/forum?id=x",
        "https://aclanthology.org/1.pdf",
        "https://doi.org/10.1/x",
    ):
        row = entry(authors=ALL, link=link)
        assert resolve(row, _context()).status is Status.ACCEPTED
        assert record_of(row, _context()) is None
    row = entry(authors=ALL, link="https://doi.org/10.1000/abc")
    assert record_of(row, _context()) == PAPER
    row = entry(authors=ALL, link="https://github.com/x/y")
    assert record_of(row, _context()) == PAPER


def test_nothing_is_resolved_where_it_is_switched_off() -> None:
    row = entry(authors=ALL)
    assert resolve(row, _context(Settings(resolve=False))).status is Status.NONE
    assert resolve(row, _context(Settings(resolve=True))).status is Status.ACCEPTED


def test_what_nobody_could_say_is_unavailable() -> None:
    row = entry(authors=ALL)
    resolution = judge(row, Unavailable("offline"))
    assert (resolution.status, resolution.reason, resolution.record) == (Status.UNAVAILABLE, "offline", None)


@pytest.mark.parametrize(
    ("row", "searched"),
    [
        (entry(), TITLE),
        (entry("**Counting $\\beta$ Things**"), "Counting $\\beta$ Things"),
        (entry("Introduction"), None),
        (entry("Attention", authors="A. Vaswani"), None),
        (entry("Layer Normalization"), None),
        (entry("Layer Normalization", authors="J. Ba"), "Layer Normalization"),
        (entry(link="https://arxiv.org/abs/2403.03218"), None),
        (entry(link="https://example.org/paper.html"), TITLE),
        (entry(""), None),
        (entry("Title", "Year", "Authors", "Link"), None),
        (entry(f"{TITLE} | surplus"), None),
    ],
)
def test_only_a_telling_title_is_searched_for(row: Entry, searched: str | None) -> None:
    assert title_to_search(row) == searched


def test_hostile_lists_of_authors_end_soon() -> None:
    names = ", ".join(f"A. Author{number}" for number in range(50_000))
    many = replace(PAPER, authors=tuple(f"B. Author{number}" for number in range(5_000)))
    assert found(entry(authors=names), many).startswith("weak")
    assert found(entry(authors="1 " * 100_000), PAPER).startswith("weak")
    assert found(entry(authors="a," * 100_000), PAPER).startswith("weak")
