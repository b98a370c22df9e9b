from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from littable.papers.record import is_withdrawn, join_parsed_authors, split_authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A. B, C. D and E. F", ["A. B", "C. D", "E. F"]),
        ("A. B, C. D, and E. F", ["A. B", "C. D", "E. F"]),
        ("A. B (Univ. C, D), E. F (1,2) ((1) Here, (2) There)", ["A. B", "E. F"]),
        ("A. B (1), C. D (2) (1\n  Here; 2 There, cut", ["A. B", "C. D"]),
        ("Mikkel {\\O}bro, C. Bal\\'azs", ["Mikkel {\\O}bro", "C. Bal\\'azs"]),
        ("John Smith, Jr., Mary Doe, III", ["John Smith, Jr.", "Mary Doe, III"]),
        ("The X Collaboration: A. B, C. D", ["The X Collaboration", "A. B", "C. D"]),
        ("F. Aharonian, et al.", ["F. Aharonian"]),
        ("F. Aharonian et al", ["F. Aharonian"]),
        ("Alexander Sand & Brandon Anders", ["Alexander Sand", "Brandon Anders"]),
        ("", []),
    ],
)
def test_names_in_one_string(text: str, names: list[str]) -> None:
    assert list(split_authors(text)) == names


def test_names_that_arxiv_has_parsed() -> None:
    parsed = [
        ["Yuan", "C. -P.", ""],
        ["Smith", "John", "Jr."],
        ["X Collaboration", "", ""],
        ["Li", "A.", "", "Here"],
        [],
    ]
    assert join_parsed_authors(parsed) == ("C.-P. Yuan", "John Smith, Jr.", "X Collaboration", "A. Li")


def test_names_of_real_papers_are_as_many_as_arxiv_counts(shared: Path) -> None:
    with gzip.open(shared / "arxiv" / "snapshot_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)
            assert len(split_authors(fields["authors"])) == len(fields["authors_parsed"]), fields["authors"]


@pytest.mark.parametrize(
    ("comment", "abstract"),
    [
        ("This paper has been withdrawn by the author due to a crucial error in equation 1", "We show."),
        ("Withdrawn", "We show."),
        ("withdrawn by the authors", "We show."),
        ("12 pages, 3 figures. This submission has been withdrawn by arXiv administrators", "We show."),
        ("Paper withdrawn due to an error", "We show."),
        ("10 pages. Withdrawn: the proof of Lemma 2 is wrong", "We show."),
        ("The authors have withdrawn this paper because of a mistake", "We show."),
        ("This article was withdrawn from arXiv", "We show."),
        (None, "  This paper has been withdrawn by the authors.\n"),
        ("none", "The paper is withdrawn as the result was known."),
    ],
)
def test_withdrawn_papers(comment: str | None, abstract: str) -> None:
    assert is_withdrawn(comment, abstract)


@pytest.mark.parametrize(
    ("comment", "abstract"),
    [
        (
            None,
            "We study papers that have been withdrawn. This paper has been withdrawn is their usual comment.",
        ),
        ("Supersedes the withdrawn arXiv:2401.00001", "We show."),
        ("This paper was withdrawn from ICLR 2020", "We show."),
        ("A study of withdrawn drugs", "Withdrawn drugs are studied."),
        ("accepted; never withdrawn", "We show."),
        ("", ""),
    ],
)
def test_papers_that_stand(comment: str | None, abstract: str) -> None:
    assert not is_withdrawn(comment, abstract)
