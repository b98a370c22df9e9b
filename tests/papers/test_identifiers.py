from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.doi import Doi
from littable.papers.identifiers import (
    LinkForm,
    badge_identity,
    identify,
    identities_in,
    is_scholarly,
)


def _new_style(year: int, month: int, number: int) -> str:
    return f"{year % 100:02}{month:02}.{number:0{5 if year >= 2015 else 4}}"


new_ids = st.builds(_new_style, st.integers(2008, 2090), st.integers(1, 12), st.integers(1, 9999))
old_ids = st.builds(
    "{}/{:02}{:02}{:03}".format,
    st.sampled_from(["astro-ph", "hep-th", "cs", "cond-mat", "q-bio", "supr-con"]),
    st.integers(92, 99),
    st.integers(1, 12),
    st.integers(1, 999),
)
arxiv_ids = st.builds(ArxivId, new_ids | old_ids, st.none() | st.integers(1, 99))


@settings(deadline=None)
@given(arxiv_ids)
def test_what_is_written_is_read_back(paper: ArxivId) -> None:
    assert ArxivId.parse(str(paper)) == paper
    assert ArxivId.parse(f"arXiv: {paper} [cs.CL]") == paper
    for link in (
        paper.abs_url,
        f"https://arxiv.org/pdf/{paper}.pdf?x#y",
        f"arXiv:{paper}",
        f"hf.co/papers/{paper}",
    ):
        identity = identify(link)
        assert identity is not None
        assert identity.arxiv == paper
        assert link[identity.id_start : identity.id_end] == paper.id
        if paper.version is not None:
            assert link[identity.version_start : identity.version_end] == f"v{paper.version}"


@settings(deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"(https?:/{1,3})*([a-z.]*arxiv\.org|doi\.org)/.*"))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    identity = identify(text)
    if identity is not None:
        assert 0 <= identity.id_start <= identity.id_end <= len(text)
        assert (identity.malformed is None) == (identity.canonical_key is not None)
    badge_identity(text)
    is_scholarly(text)
    list(identities_in(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2403.03218", ArxivId("2403.03218")),
        ("0704.0001v2", ArxivId("0704.0001", 2)),
        ("1412.9999", ArxivId("1412.9999")),
        ("1501.00001", ArxivId("1501.00001")),
        ("math.GT/0309136", ArxivId("math/0309136")),
        ("Hep-Th/9901001v3", ArxivId("hep-th/9901001", 3)),
        ("cs.CL/0112017", ArxivId("cs/0112017")),
        (" arXiv:2403.03218v2 [cs.CL] ", ArxivId("2403.03218", 2)),
    ],
)
def test_identifiers_become_canonical(text: str, expected: ArxivId) -> None:
    assert ArxivId.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2413.00001", "no month 13"),
        ("0000.0000", "no month 00"),
        ("2401.1234", "4 digits after the dot, but identifiers from 2015 on have 5"),
        ("1412.12345", "5 digits after the dot, but identifiers before 2015 have 4"),
        ("2401.123456", "6 digits after the dot"),
        ("24011.12345", "5 digits before the dot"),
        ("0612.1234", "April 2007"),
        ("2401.00000", "start at 00001"),
        ("2401.12345v0", "no version 0"),
        ("foo-bar/9901001", "no archive 'foo-bar'"),
        ("hep-th/99010011", "7 digits, not 8"),
        ("hep-th/9913001", "no month 13"),
        ("hep-th/0704001", "March 2007"),
        ("0112019", "needs its archive"),
        ("abc", "not of the form"),
        ("", "not of the form"),
        ("２４０３.０３２１８", "not of the form"),
    ],
)
def test_a_malformed_identifier_is_explained(text: str, why: str) -> None:
    with pytest.raises(MalformedArxivId, match="is not an arXiv identifier") as caught:
        ArxivId.parse(text)
    assert why in caught.value.reason


def test_parts_of_an_identifier() -> None:
    paper = ArxivId.parse("astro-ph/0601001v2")
    assert (str(paper), str(paper.bare), str(paper.at(7))) == (
        "astro-ph/0601001v2",
        "astro-ph/0601001",
        "astro-ph/0601001v7",
    )
    assert paper.submitted == (2006, 1)
    assert ArxivId("hep-th/9108001").submitted == (1991, 8)
    assert ArxivId("2403.03218").submitted == (2024, 3)
    assert paper.abs_url == "https://arxiv.org/abs/astro-ph/0601001v2"


WMDP = ArxivId("2403.03218")


@pytest.mark.parametrize(
    ("link", "form"),
    [
        ("https://arxiv.org/abs/2403.03218", LinkForm.ABS),
        ("http://arxiv.org/abs/2403.03218", LinkForm.ABS),
        ("http://www.arxiv.org/abs/2403.03218/", LinkForm.ABS),
        ("https://export.arxiv.org/abs/2403.03218.", LinkForm.ABS),
        ("https://de.arxiv.org/abs/2403.03218", LinkForm.ABS),
        ("HTTPS://ARXIV.ORG/ABS/2403.03218", LinkForm.ABS),
        ("arxiv.org/abs/2403.03218", LinkForm.ABS),
        ("//arxiv.org/abs/2403.03218", LinkForm.ABS),
        ("https://https://arxiv.org/abs/2403.03218", LinkForm.ABS),
        ("https:arxiv.org/abs/2403.03218", LinkForm.ABS),
        ("(https://arxiv.org/abs/2403.03218)", LinkForm.ABS),
        ("https://arxiv.org//abs/2403.03218?", LinkForm.ABS),
        ("https://arxiv.org/abs/2403.03218#", LinkForm.ABS),
        ("https://arxiv.org/abs/2403.03218?utm_source=x", LinkForm.ABS),
        ("https://arxiv.org/abs/2403.03218%20", LinkForm.ABS),
        ("https://arxiv.org/abs/arXiv:2403.03218", LinkForm.ABS),
        ("https://arxiv.org:443/abs/2403.03218", LinkForm.ABS),
        ("https://arxiv.org/pdf/2403.03218", LinkForm.PDF),
        ("https://arxiv.org/pdf/2403.03218.pdf", LinkForm.PDF),
        ("https://arxiv.org/pdf/2403.03218.pdf#page=3", LinkForm.PDF),
        ("https://arxiv.org/html/2403.03218", LinkForm.HTML),
        ("https://arxiv.org/html/2403.03218/#S1", LinkForm.HTML),
        ("https://arxiv.org/e-print/2403.03218", LinkForm.SOURCE),
        ("https://arxiv.org/src/2403.03218", LinkForm.SOURCE),
        ("https://arxiv.org/ps/2403.03218", LinkForm.SOURCE),
        ("https://arxiv.org/format/2403.03218", LinkForm.OTHER),
        ("https://arxiv.org/ftp/arxiv/papers/2403/2403.03218.pdf", LinkForm.OTHER),
        ("https://link.zhihu.com/?target=https%3A//arxiv.org/pdf/2403.03218.pdf", LinkForm.OTHER),
        ("https://web.archive.org/web/2024/https://arxiv.org/abs/2403.03218", LinkForm.OTHER),
        ("https://ar5iv.org/abs/2403.03218", LinkForm.MIRROR),
        ("https://ar5iv.labs.arxiv.org/html/2403.03218", LinkForm.MIRROR),
        ("http://www.ar5iv.org/html/2403.03218", LinkForm.MIRROR),
        ("https://www.alphaxiv.org/abs/2403.03218", LinkForm.MIRROR),
        ("https://alphaxiv.org/overview/2403.03218", LinkForm.MIRROR),
        ("https://papers.cool/arxiv/2403.03218", LinkForm.MIRROR),
        ("https://hjfy.top/arxiv/2403.03218", LinkForm.MIRROR),
        ("https://huggingface.co/papers/2403.03218", LinkForm.MIRROR),
        ("https://hf.co/papers/2403.03218", LinkForm.MIRROR),
        ("https://www.arxiv-vanity.com/papers/2403.03218/", LinkForm.MIRROR),
        ("http://www.arxiv-sanity.com/2403.03218", LinkForm.MIRROR),
        ("https://arxiv-sanity-lite.com/?rank=pid&pid=2403.03218", LinkForm.MIRROR),
        ("https://www.semanticscholar.org/arxiv/2403.03218", LinkForm.MIRROR),
        ("https://api.semanticscholar.org/arXiv:2403.03218", LinkForm.MIRROR),
        ("https://arxiv.xilesou.top/pdf/2403.03218.pdf", LinkForm.MIRROR),
        ("https://doi.org/10.48550/arXiv.2403.03218", LinkForm.DOI),
        ("https://dx.doi.org/10.48550/ARXIV.2403.03218", LinkForm.DOI),
        ("10.48550/arXiv.2403.03218", LinkForm.DOI),
        ("doi:10.48550/arXiv.2403.03218", LinkForm.DOI),
        ("arXiv:2403.03218", LinkForm.TEXT),
        ("arXiv: 2403.03218 [cs.LG].", LinkForm.TEXT),
        ("2403.03218", LinkForm.TEXT),
    ],
)
def test_every_form_of_link_names_the_same_paper(link: str, form: LinkForm) -> None:
    identity = identify(link)
    assert identity is not None
    assert (identity.arxiv, identity.form, identity.malformed) == (WMDP, form, None)
    assert link[identity.id_start : identity.id_end] == "2403.03218"
    assert (identity.version_start, identity.version_end) == (None, None)
    assert identity.canonical_key == "arxiv:2403.03218"
    assert identity.canonical_url == "https://arxiv.org/abs/2403.03218"


@pytest.mark.parametrize(
    ("link", "paper", "written"),
    [
        ("https://arxiv.org/abs/math.GT/0309136v2", ArxivId("math/0309136", 2), "math.GT/0309136"),
        ("https://arxiv.org/pdf/hep-th%2F9901001.pdf", ArxivId("hep-th/9901001"), "hep-th%2F9901001"),
        ("arXiv:astro-ph/0601001", ArxivId("astro-ph/0601001"), "astro-ph/0601001"),
        ("https://doi.org/10.48550/arXiv.hep-th/9901001", ArxivId("hep-th/9901001"), "hep-th/9901001"),
        ("https://arxiv.org/pdf/cs/0112017v1.pdf", ArxivId("cs/0112017", 1), "cs/0112017"),
    ],
)
def test_old_style_links(link: str, paper: ArxivId, written: str) -> None:
    identity = identify(link)
    assert identity is not None
    assert identity.arxiv == paper
    assert link[identity.id_start : identity.id_end] == written


@pytest.mark.parametrize(
    "link",
    [
        "https://arxiv.org/html/2403.03218v1/x1.png",
        "https://arxiv.org/html/2403.03218v1/extracted/6090667/block.png",
        "https://ar5iv.labs.arxiv.org/html/2403.03218/assets/x1.png",
        "https://arxiv.org/list/cs.CL/recent",
        "https://arxiv.org/a/hendrycks_d_1",
        "https://arxiv.org/search/cs?query=2403.03218",
        "https://arxiv.org",
        "https://arxiv.org/help/api",
        "https://papers.cool/arxiv/cs.CL",
        "https://huggingface.co/papers",
        "https://huggingface.co/datasets/x/2403.03218",
        "https://raw.githubusercontent.com/a/b/2403.03218/x1.png",
        "https://github.com/arXivTimes/arXivTimes/issues/989",
        "https://notarxiv.org/abs/2403.03218",
        "https://arxiv.org.example.com/abs/2403.03218",
        "https://user@arxiv.org/abs/2403.03218",
        "https://paperswithcode.com/paper/wmdp",
        "2024.04",
        "2413.00001",
        "see 2403.03218 and 2403.03219",
        "",
        "#",
        "/abs/2403.03218",
    ],
)
def test_what_names_no_paper(link: str) -> None:
    assert identify(link) is None


@pytest.mark.parametrize(
    ("link", "written", "why"),
    [
        ("https://arxiv.org/abs/2413.00001", "2413.00001", "no month 13"),
        ("https://arxiv.org/pdf/2401.1234.pdf", "2401.1234", "4 digits"),
        ("https://arxiv.org/abs/2401.123456v2", "2401.123456v2", "6 digits"),
        ("https://arxiv.org/abs/0112019", "0112019", "needs its archive"),
        ("https://arxiv.org/abs/2407.11681mini", "2407.11681mini", "'mini' follows it"),
        ("https://arxiv.org/abs/XXXX.XXXXX", "XXXX.XXXXX", "not of the form"),
        ("https://arxiv.org/abs/", "", "missing"),
        ("https://arxiv.org/abs/foo/9901001", "foo/9901001", "no archive 'foo'"),
        ("arXiv:2413.00001", "2413.00001", "no month 13"),
        ("https://doi.org/10.48550/arXiv.2413.00001", "2413.00001", "no month 13"),
    ],
)
def test_an_arxiv_link_that_leads_nowhere_says_why(link: str, written: str, why: str) -> None:
    identity = identify(link)
    assert identity is not None
    assert identity.arxiv is None
    assert identity.canonical_key is None
    assert link[identity.id_start : identity.id_end] == written
    assert why in (identity.malformed or "")


@pytest.mark.parametrize(
    ("link", "value"),
    [
        ("https://doi.org/10.1162/COLI_a_00123", "10.1162/coli_a_00123"),
        ("http://dx.doi.org/10.1016/S0140-6736(05)12345-6.", "10.1016/s0140-6736(05)12345-6"),
        ("(https://doi.org/10.1000/182)", "10.1000/182"),
        ("10.1162/tacl_a_00324", "10.1162/tacl_a_00324"),
        ("doi: 10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1002%2Frob.21831", None),
        ("https://doi.org/10.1000/a%28b%29", "10.1000/a(b)"),
        ("https://doi.org/", None),
        ("10.5 points", None),
    ],
)
def test_dois(link: str, value: str | None) -> None:
    identity = identify(link)
    if value is None:
        assert identity is None
        return
    assert identity is not None
    assert identity.doi == Doi(value) == Doi.parse(link.strip("()"))
    assert identity.arxiv is None
    assert identity.canonical_key == f"doi:{value}"
    assert identity.canonical_url == f"https://doi.org/{value}"


def test_a_doi_of_arxiv_is_the_paper() -> None:
    assert Doi.parse("10.48550/arXiv.2403.03218").arxiv == WMDP
    assert Doi.parse("10.1000/182").arxiv is None
    with pytest.raises(ValueError, match="is not a DOI"):
        Doi.parse("11.1000/182")


@pytest.mark.parametrize(
    ("url", "paper"),
    [
        ("https://img.shields.io/badge/arXiv-2403.03218-b31b1b.svg", WMDP),
        ("https://img.shields.io/badge/arxiv_paper-2403.03218v2-red?style=flat", WMDP.at(2)),
        ("https://img.shields.io/badge/-2403.03218-b31b1b?logo=arXiv", WMDP),
        ("https://img.shields.io/static/v1?label=arXiv&message=2403.03218", WMDP),
        ("https://img.shields.io/badge/Source-arXiv-red.svg", None),
        ("https://img.shields.io/badge/stars-2403.03218-red", None),
        ("https://img.shields.io/badge/arXiv-2413.03218-red", None),
        ("https://example.com/badge/arXiv-2403.03218-red", None),
    ],
)
def test_badges(url: str, paper: ArxivId | None) -> None:
    identity = badge_identity(url)
    assert (identity.arxiv if identity else None) == paper


def test_identifiers_within_a_text() -> None:
    text = (
        "Preprint arXiv:2403.03218v2, see arXiv: 2103.07899. and arXiv:math.GT/0309136; arXiv: cs.CL; "
        "arXiv:2413.00001"
    )
    found = list(identities_in(text))
    assert [str(identity.arxiv) for identity in found] == [
        "2403.03218v2",
        "2103.07899",
        "math/0309136",
        "None",
    ]
    assert text[found[1].id_start : found[1].id_end] == "2103.07899"
    assert found[3].malformed == "there is no month 13"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://link.springer.com/article/10.1007/x", True),
        ("http://openaccess.thecvf.com/content/x.html", True),
        ("https://proceedings.neurips.cc/paper/2020/hash/x", True),
        ("https://papers.nips.cc/paper/1", True),
        ("https://www.cs.cmu.edu/~a/b.PDF?x=1", True),
        ("https://huggingface.co/papers/2403.03218", True),
        ("10.1162/tacl_a_00324", True),
        ("arxiv.org/abs/2403.03218", True),
        ("https://huggingface.co/bert", False),
        ("https://github.com/a/b", False),
        ("https://notspringer.com/x", False),
        ("https://example.com/pdf", False),
        ("README.md", False),
        ("#anchor", False),
    ],
)
def test_where_papers_are_kept(url: str, expected: bool) -> None:
    assert is_scholarly(url) is expected


@pytest.mark.parametrize(
    "hostile",
    [
        "http://" * 30_000,
        "https://" + "a." * 60_000,
        "https://arxiv.org/abs/" + "a-" * 60_000,
        "https://arxiv.org/abs/" + "9" * 120_000,
        "https://doi.org/10.1000/" + "(" * 60_000,
        "arXiv:" * 20_000,
        "https://arxiv.org/abs/2403.03218" + "%20" * 40_000,
        " " * 120_000 + "arxiv",
        "arxiv" + " " * 120_000,
    ],
)
def test_hostile_links_cost_no_more_than_their_length(hostile: str) -> None:
    before = time.process_time()
    identify(hostile)
    is_scholarly(hostile)
    badge_identity(hostile)
    list(identities_in(hostile))
    # A quadratic pattern needs minutes for these, a linear one milliseconds.
    assert time.process_time() - before < 5
