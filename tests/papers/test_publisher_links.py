"""DOIs in the addresses of publishers' pages."""

from __future__ import annotations

import pytest

from littable.papers.identifiers import identify


@pytest.mark.parametrize(
    ("link", "doi"),
    [
        ("https://dl.acm.org/doi/10.1145/371920.372071", "10.1145/371920.372071"),
        ("https://dl.acm.org/doi/pdf/10.1145/371920.372071", "10.1145/371920.372071"),
        ("https://dl.acm.org/doi/abs/10.1145/2939672.2939673", "10.1145/2939672.2939673"),
        ("https://link.springer.com/chapter/10.1007/978-3-030-58592-1_13", "10.1007/978-3-030-58592-1_13"),
        ("https://link.springer.com/chapter/10.1007%2F978-3-030-58592-1_13", "10.1007/978-3-030-58592-1_13"),
        ("https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf", "10.1007/s11263-015-0816-y"),
        ("https://www.science.org/doi/full/10.1126/science.aar6170?casa_token=x", "10.1126/science.aar6170"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/rob.21831/full", "10.1002/rob.21831"),
    ],
)
def test_the_doi_is_read_without_what_stands_behind_it(link: str, doi: str) -> None:
    identity = identify(link)
    assert identity is not None
    assert identity.doi is not None
    assert identity.doi.value == doi
    assert link[identity.id_start : identity.id_end].replace("%2F", "/") == doi
    assert identity.arxiv is None


@pytest.mark.parametrize(
    "link",
    [
        "https://link.springer.com/journal/11263",
        "https://dl.acm.org/doi/proceedings/abc",
        "https://dl.acm.org/conference/kdd",
        "https://example.org/doi/10.1145/371920.372071",
    ],
)
def test_other_pages_name_no_paper(link: str) -> None:
    assert identify(link) is None
