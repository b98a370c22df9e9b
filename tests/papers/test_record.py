from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from littable.papers.record import is_withdrawn, join_parsed_authors, split_authors, withdrawal


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
        ("LaTeX, 10 pages, 2 figures; withdrawn since Lemma 2 is wrong", "We show."),
        ("Withdrawn; superseded by arXiv:2401.00001", "We show."),
        ("Withdrawn to add what was left out", "We show."),
        ("Withdrawn after a reader had found a gap", "We show."),
        ("Withdrawal due to a wrong sign", "We show."),
        ("The authors have withdrawn this paper because of a mistake", "We show."),
        ("The authors are withdrawing this version to count again", "We show."),
        ("The authors have decided to withdraw the paper", "We show."),
        ("A sign is wrong on page 3. We are withdrawing the manuscript to count again", "We show."),
        ("After long thought, we have decided to withdraw the present manuscript", "We show."),
        ("Therefore, the current version is being withdrawn until we have counted again", "We show."),
        ("The sum is wrong, hence I seek withdrawal of this paper", "We show."),
        ("Hence I request that this work be withdrawn", "We show."),
        ("arXiv admin note: This submission has been withdrawn because of its licence", "We show."),
        ("This article was withdrawn from arXiv", "We show."),
        (None, "  This paper has been withdrawn by the authors.\n"),
        (None, "[This paper has been withdrawn by the author, see arXiv:2401.00001] We count."),
        (None, "arXiv admin note: This submissions has been withdrawn by arXiv administrators."),
        (None, "- Paper withdrawn by the author - We count."),
        (None, "The following paper has been withdrawn from consideration since it is wrong."),
        (None, "Withdrawn for revision"),
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
        ("Withdrawn arXiv:2401.00001 is part of this paper", "We show."),
        ("This takes the place of the previously withdrawn paper", "We show."),
        ("The companion paper has been withdrawn", "We show."),
        ("An earlier preprint has been withdrawn by the authors", "We show."),
        ("A previous version of this manuscript was withdrawn due to an error", "We show."),
        ("v1 was withdrawn; v2 mends the error", "We show."),
        ("v3; the claims of v2 are withdrawn", "We show."),
        ("Section 6 is withdrawn. Lemma 6 is new", "We show."),
        ("New title. Withdrawn as wrong: the second definition", "We show."),
        ("This paper was withdrawn because of an error. This is the corrected version", "We show."),
        ("This paper has been withdrawn by mistake; this version restores it", "We show."),
        ("This paper was withdrawn from ICLR 2020", "We show."),
        ("Accepted at a workshop; withdrawn from the proceedings", "We show."),
        ("Accepted at ACL 2023, withdrawn due to the journey", "We show."),
        ("Submitted to NeurIPS 2023, withdrawn", "We show."),
        ("Withdrawn from ICML", "We show."),
        ("We withdraw this paper from the proceedings", "We show."),
        ("We have withdrawn the claim of Section 4", "We show."),
        ("It will be withdrawn if the journal wants it so", "We show."),
        ("This paper is not withdrawn", "We show."),
        ("A study of withdrawn drugs", "Withdrawn drugs are studied."),
        (None, "Withdrawn for years from the public, the archive is described here."),
        (None, "The paper withdrawn by its authors in 2010 is read again."),
        (None, "Papers withdrawn by their authors are counted."),
        (None, "We withdraw the assumption that noise is Gaussian."),
        ("accepted; never withdrawn", "We show."),
        ("", ""),
    ],
)
def test_papers_that_stand(comment: str | None, abstract: str) -> None:
    assert not is_withdrawn(comment, abstract)


@pytest.mark.parametrize(
    ("comment", "abstract", "sentence"),
    [
        ("12 pages; withdrawn: a gap\n in Lemma 3. More later", "", "withdrawn: a gap in Lemma 3"),
        ("A sign is wrong. We are withdrawing this paper!", "", "We are withdrawing this paper"),
        (None, "[Paper withdrawn, see arXiv:2401.00001.] We", "Paper withdrawn, see arXiv:2401.00001"),
        ("Withdrawn", "This paper has been withdrawn", "Withdrawn"),
        ("12 pages", "We count.", None),
    ],
)
def test_the_sentence_that_withdraws_a_paper(
    comment: str | None, abstract: str, sentence: str | None
) -> None:
    assert withdrawal(comment, abstract) == sentence


def test_of_the_real_papers_one_is_withdrawn(shared: Path) -> None:
    found = []
    for name in ("snapshot_sample.jsonl.gz", "papers.jsonl.gz"):
        with gzip.open(shared / "arxiv" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                fields = json.loads(line)
                if is_withdrawn(fields.get("comments"), fields["abstract"] or ""):
                    found.append(fields["id"])
    assert found == ["0704.0156"]


@pytest.mark.parametrize("piece", ["! ", "this ", "12 pages, ", "we have ", "the present paper was ", ". 1 "])
def test_a_hostile_comment_is_read_in_no_time(piece: str) -> None:
    remark = "withdr " + piece * 200_000
    assert withdrawal(remark, remark) is None
