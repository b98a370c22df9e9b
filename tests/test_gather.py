"""What is asked of a source, and how often."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

import pytest

from littable.document.model import Document
from littable.document.reading import read_document
from littable.gather import Gatherer
from littable.papers.record import PaperRecord
from littable.papers.sources import (
    Candidates,
    Found,
    Lookup,
    TitleLookup,
    Unavailable,
    VersionKey,
    version_keys,
)
from littable.papers.title_key import title_key
from littable.rules._rule import Need, Rule, rule

TEXT = "We count all of the things that are there and find that there are many more of them than before."
COUNTING = PaperRecord(
    "2403.03218", 3, "Counting What Is There", ("Ada Author", "Ben Body"), TEXT, date(2024, 3, 5),
    date(2024, 5, 5), None, None, None, False, "test",
)  # fmt: skip
SORTING = replace(COUNTING, id="2404.00001", version=2, title="Sorting What Is There")
HEADER = "| Title | Authors | Link | Abstract |\n| --- | --- | --- | --- |\n"
IDENTIFIED = "| Sorting What Is There | Ada Author | https://arxiv.org/abs/2404.00001 | |\n"


class Library:
    """A source of a few papers that writes down what it is asked."""

    name = "library"

    def __init__(self, *records: PaperRecord) -> None:
        self.records = {record.id: record for record in records}
        self.asked: list[tuple[str, list[str]]] = []

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        self.asked.append(("papers", list(ids)))
        return {key: Found(self.records[key]) if key in self.records else Unavailable("no") for key in ids}

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        self.asked.append(("versions", [f"{key}v{number}" for key, number in version_keys(wanted)]))
        return dict.fromkeys(version_keys(wanted), Unavailable("no"))

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        self.asked.append(("titles", list(titles)))
        found = {
            title: tuple(r for r in self.records.values() if title_key(r.title) == title_key(title))
            for title in titles
        }
        return {
            title: Candidates(records) if records else Unavailable("no") for title, records in found.items()
        }

    def close(self) -> None:
        pass


def _rule(*needs: Need) -> Rule:
    def needing(this: Rule, document: Document, ctx: object) -> object:
        """Needs something."""
        return iter(())

    return rule("LT000", needs=needs)(needing)  # type: ignore[arg-type]


PAPERS, VERSIONS = _rule(Need.PAPERS), _rule(Need.PAPERS, Need.VERSIONS)


def _document(*rows: str) -> Document:
    return read_document("a.md", HEADER + "".join(rows) + IDENTIFIED)


def test_rows_without_identifier_are_looked_for_by_title_and_then_by_what_was_found() -> None:
    library = Library(COUNTING, SORTING)
    gatherer = Gatherer(library)
    row = "| Counting what is there | A. Author | | |\n"
    facts = gatherer.gather([_document(row, row), _document(row.replace("what", "What"))], [PAPERS])
    assert library.asked == [
        ("papers", ["2404.00001"]),
        ("titles", ["Counting What is there"]),
        ("papers", ["2403.03218"]),
    ]
    assert facts.paper("2403.03218") == Found(COUNTING)
    assert facts.titled("COUNTING what is there?") == Candidates((COUNTING,))
    assert facts.titled("Something else") is None


def test_what_was_asked_is_not_asked_again() -> None:
    library = Library(COUNTING, SORTING)
    gatherer = Gatherer(library)
    document = _document("| Counting what is there | A. Author | | |\n", "| Not There at All | X. Y | | |\n")
    first = gatherer.gather([document], [VERSIONS])
    asked = list(library.asked)
    again = gatherer.gather([document], [VERSIONS])
    assert library.asked == asked
    assert (again.papers, again.titles) == (first.papers, first.titles)


@pytest.mark.parametrize(
    "row",
    [
        "| Introduction | A. Author | | |\n",
        "| | A. Author | | |\n",
        "| - | | | |\n",
        "| Counting what is there | A. Author | https://arxiv.org/abs/2404.00001 | |\n",
    ],
)
def test_nothing_is_searched_for_where_no_title_could_tell(row: str) -> None:
    library = Library(COUNTING, SORTING)
    Gatherer(library).gather([_document(row)], [PAPERS])
    assert "titles" not in dict(library.asked)


def test_a_paper_that_is_not_accepted_is_not_asked_for() -> None:
    library = Library(COUNTING, SORTING)
    Gatherer(library).gather([_document("| Counting what is there | C. Other | | |\n")], [VERSIONS])
    assert library.asked == [("papers", ["2404.00001"]), ("titles", ["Counting what is there"])]


def test_nothing_is_asked_without_a_rule_that_needs_papers() -> None:
    library = Library(COUNTING)
    document = _document("| Counting what is there | A. Author | | |\n")
    assert Gatherer(library).gather([document], [_rule()]).titles == {}
    assert Gatherer(None).gather([document], [PAPERS]).titles == {}
    assert library.asked == []


def test_versions_are_asked_for_stale_abstracts_of_resolved_rows_too() -> None:
    library = Library(COUNTING, SORTING)
    stale = TEXT.replace("many more", "far fewer")
    Gatherer(library).gather([_document(f"| Counting what is there | A. Author | | {stale} |\n")], [VERSIONS])
    assert library.asked[-1] == ("versions", ["2403.03218v1", "2403.03218v2"])


def test_versions_are_asked_for_rows_with_another_title() -> None:
    library = Library(COUNTING, SORTING)
    rows = [
        "| Counting All There Was | A. Author | https://arxiv.org/abs/2403.03218 | |\n",
        "| Sorting what is there! | A. Author | https://arxiv.org/abs/2404.00001 | |\n",
        "| Sorting | A. Author | https://arxiv.org/abs/2404.00001 | |\n",
    ]
    Gatherer(library).gather([_document(*rows)], [VERSIONS])
    assert library.asked == [
        ("papers", ["2403.03218", "2404.00001"]),
        ("versions", ["2403.03218v1", "2403.03218v2"]),
    ]


def test_one_request_serves_all_rows_that_need_versions() -> None:
    library = Library(COUNTING, SORTING)
    stale = TEXT.replace("many more", "far fewer")
    rows = [
        f"| Counting what is there | A. Author | https://arxiv.org/abs/2403.03218 | {stale} |\n",
        "| Ordering All There Was | A. Author | https://arxiv.org/abs/2404.00001 | |\n",
        "| Counting what is there | A. Author | | |\n",
    ]
    Gatherer(library).gather([_document(*rows)], [VERSIONS])
    asked = [question for kind, question in library.asked if kind == "versions"]
    assert asked == [["2403.03218v1", "2403.03218v2", "2404.00001v1"]]


def test_what_rows_name_is_asked_for_before_any_title() -> None:
    library = Library(COUNTING, SORTING)
    rows = [
        "| Counting what is there | A. Author | | |\n",
        "| Ordering All There Was | A. Author | https://arxiv.org/abs/2404.00001 | |\n",
    ]
    Gatherer(library).gather([_document(*rows)], [VERSIONS])
    assert [kind for kind, _ in library.asked] == ["papers", "versions", "titles", "papers"]


@pytest.mark.skipif(not hasattr(Need, "TITLES"), reason="no rule needs titles of rows with identifiers yet")
def test_a_row_whose_title_is_not_the_papers_is_looked_for_where_a_rule_needs_it() -> None:
    library = Library(COUNTING, replace(SORTING, title="Something Quite Different"))
    row = "| Counting what is there | A. Author | https://arxiv.org/abs/2404.00001 | |\n"
    document = read_document("a.md", HEADER + row)
    needing = _rule(Need.PAPERS, Need("titles"))
    facts = Gatherer(library).gather([document], [needing])
    assert facts.titled("Counting what is there") == Candidates((COUNTING,))
