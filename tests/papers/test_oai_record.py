"""What a record of arXivRaw says, and a page of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.papers.arxiv.page import PageFault
from littable.papers.oai.page import OaiError, OaiPage, Unreadable, read_page
from support.oai_server import Kept

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
    "<responseDate>2026-11-22T09:30:00Z</responseDate><request>http://127.0.0.1/oai</request>"
)


def page(*papers: Kept, token: str = "", leniently: bool = False) -> OaiPage:
    records = "".join(paper.record() for paper in papers)
    body = f"{HEAD}<ListRecords>{records}{token}</ListRecords></OAI-PMH>"
    return read_page(body.encode(), leniently=leniently)


WHOLE = Kept(
    "0704.0001",
    title="Calculation of prompt diphoton production\n  cross sections",
    authors="C. Bal\\'azs (Argonne), E. L. Berger, P. M. Nadolsky and C.-P. Yuan",
    abstract="  We compute \\alpha & find\nit <small>.\n",
    dates=("Mon, 2 Apr 2007 19:18:42 GMT", "Tue, 24 Jul 2007 20:10:27 GMT"),
    comments="37 pages,\n  15 figures",
    doi="10.1103/PhysRevD.76.013009",
    journal_ref="Phys.Rev.D76:013009,2007",
    flags="SD",
)


def test_a_record_holds_what_arxiv_says() -> None:
    read = page(WHOLE)
    (record,) = read.records
    assert (record.id, record.version) == ("0704.0001", 2)
    assert record.title == "Calculation of prompt diphoton production cross sections"
    assert record.authors == ("C. Bal\\'azs", "E. L. Berger", "P. M. Nadolsky", "C.-P. Yuan")
    assert record.abstract == "We compute \\alpha & find\nit <small>."
    assert (record.published, record.updated) == (date(2007, 4, 2), date(2007, 7, 24))
    assert record.version_dates == (date(2007, 4, 2), date(2007, 7, 24))
    assert record.comment == "37 pages, 15 figures"
    assert (record.doi, record.journal_ref) == ("10.1103/PhysRevD.76.013009", "Phys.Rev.D76:013009,2007")
    assert (record.withdrawn, record.origin) == (False, "arXiv")
    assert read.said == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert (read.days, read.token) == ((date(2026, 11, 20),), None)


@pytest.mark.parametrize(
    ("paper", "withdrawn"),
    [
        (Kept("2403.03218", flags="I"), True),
        (Kept("2403.03218", flags="SI"), True),
        (Kept("2403.03218", flags="D"), False),
        (Kept("2403.03218", comments="This paper has been withdrawn by the authors"), True),
        (Kept("2403.03218", abstract="This paper has been withdrawn."), True),
    ],
)
def test_a_withdrawn_paper_is_one_without_source_or_one_that_says_so(paper: Kept, withdrawn: bool) -> None:
    assert page(paper).records[0].withdrawn is withdrawn


def test_a_paper_that_stands_again_is_not_withdrawn() -> None:
    paper = Kept("2403.03218", dates=("Tue, 5 Mar 2024 18:59:35 GMT",) * 2, flags="D")
    raw = paper.record().replace("<source_type>D", "<source_type>I", 1)
    body = f"{HEAD}<ListRecords>{raw}</ListRecords></OAI-PMH>"
    assert "I</source_type>" in raw
    assert read_page(body.encode()).records[0].withdrawn is False


def test_an_old_identifier_loses_its_subject_class() -> None:
    assert page(Kept("math.GT/0309136")).records[0].id == "math/0309136"


@pytest.mark.parametrize(
    ("paper", "reason"),
    [
        (Kept("2403.03218", title=""), "it has no title"),
        (Kept("2403.03218", dates=()), "it has no versions"),
        (Kept("2403.03218", dates=("yesterday",)), "'yesterday' is not a date"),
        (Kept("2403.03218", dates=("Tue, 35 Mar 2024 18:59:35 GMT",)), "is not a date"),
        (Kept("2403.03218", raw="<dc>A title</dc>"), "it is not in the format arXivRaw"),
    ],
)
def test_a_record_that_cannot_be_read_is_named_and_costs_the_others_nothing(paper: Kept, reason: str) -> None:
    read = page(Kept("2403.00001"), paper, Kept("2403.00002"))
    assert [record.id for record in read.records] == ["2403.00001", "2403.00002"]
    (unreadable,) = read.unreadable
    assert unreadable.id == "2403.03218"
    assert reason in unreadable.reason


def test_a_record_of_another_paper_than_its_header_says_is_not_believed() -> None:
    raw = Kept("2403.00009").record().replace("arXiv.org:2403.00009", "arXiv.org:2403.00008")
    body = f"{HEAD}<ListRecords>{Kept('2403.00001').record()}{raw}</ListRecords></OAI-PMH>"
    read = read_page(body.encode())
    assert [record.id for record in read.records] == ["2403.00001"]
    assert read.unreadable == (Unreadable("2403.00008", "its metadata are those of 2403.00009"),)


def test_a_page_of_which_hardly_anything_can_be_read_is_no_page() -> None:
    with pytest.raises(PageFault, match="2 of its 3 records cannot be read"):
        page(Kept("2403.00001"), Kept("2403.00002", title=""), Kept("2403.00003", title=""))


def test_a_deleted_record_is_told() -> None:
    read = page(Kept("2403.00001"), Kept("2403.00002", deleted=True))
    assert (len(read.records), read.deleted, read.unreadable) == (1, ("2403.00002",), ())


def test_of_two_records_of_a_paper_the_later_version_counts() -> None:
    later = Kept("2403.00001", dates=("Tue, 5 Mar 2024 18:59:35 GMT",) * 2)
    for papers in ([later, Kept("2403.00001")], [Kept("2403.00001"), later]):
        assert [record.version for record in page(*papers).records] == [2]


def test_a_token_asks_for_more_and_an_empty_one_does_not() -> None:
    token = "<resumptionToken expires='2026-11-23T00:00:00Z'> a%26b </resumptionToken>"
    assert page(Kept("2403.00001"), token=token).token == "a%26b"
    assert page(Kept("2403.00001"), token="<resumptionToken/>").token is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>busy</body></html>",
        b"<!DOCTYPE html><html></html>",
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD.encode() + b"</OAI-PMH>",
        HEAD.encode(),
        HEAD.encode() + b"</OAI-PMH>",
        HEAD.encode() + b"<ListRecords></ListRecords></OAI-PMH>",
        HEAD.encode() + b"<ListRecords><resumptionToken>a</resumptionToken></ListRecords></OAI-PMH>",
        HEAD.replace("2026-11-22T", "yesterday").encode() + b"<ListRecords><record/></ListRecords></OAI-PMH>",
    ],
)
@pytest.mark.parametrize("leniently", [False, True])
def test_what_is_no_page_is_a_fault(body: bytes, leniently: bool) -> None:
    with pytest.raises(PageFault):
        read_page(body, leniently=leniently)


def test_an_error_of_the_protocol_keeps_its_code() -> None:
    body = f"{HEAD}<error code='noRecordsMatch'>nothing\n there</error></OAI-PMH>"
    with pytest.raises(OaiError, match="noRecordsMatch: nothing there") as caught:
        read_page(body.encode())
    assert caught.value.code == "noRecordsMatch"


@pytest.mark.parametrize("bad", [b"\x0b", b"a & b", b"\xff", b"&#11;", b"<p>"])
def test_a_record_that_spoils_its_page_can_be_told_from_the_others(bad: bytes) -> None:
    papers = [Kept("2403.00001"), Kept("2403.00002", title="SPOILT"), Kept("2403.00003")]
    records = "".join(paper.record() for paper in papers)
    token = "<resumptionToken>next</resumptionToken>"
    body = f"{HEAD}<ListRecords>{records}{token}</ListRecords></OAI-PMH>".encode().replace(b"SPOILT", bad)
    with pytest.raises(PageFault):
        read_page(body)
    read = read_page(body, leniently=True)
    assert [record.id for record in read.records] == ["2403.00001", "2403.00003"]
    assert read.unreadable == (Unreadable("2403.00002", "it is not well-formed XML"),)
    assert read.token == "next"


def test_the_headers_of_recorded_answers_are_read_and_another_format_is_told(shared: Path) -> None:
    """They are in the format ``arXiv``; nothing was recorded in ``arXivRaw``."""
    several = (shared / "arxiv/atom/oai_hepcrawl__arxiv-physics-hep-th.xml").read_bytes()
    with pytest.raises(PageFault, match=r"3 of its 3 records .*not in the format arXivRaw"):
        read_page(several)
    one = (shared / "arxiv/atom/oai_hepcrawl__arxiv-single.xml").read_bytes()
    read = read_page(one.replace(b"GetRecord>", b"ListRecords>"))
    assert read.said == datetime(2018, 1, 26, 9, 5, 29, tzinfo=UTC)
    assert read.days == (date(2018, 1, 25),)
    assert read.unreadable == (Unreadable("1401.2122", "it is not in the format arXivRaw"),)


WHOLE_PAGE = (
    f"{HEAD}<ListRecords>{WHOLE.record()}{Kept('2403.00001').record()}{Kept('hep-th/9901001').record()}"
    "<resumptionToken>next</resumptionToken></ListRecords></OAI-PMH>"
).encode()


@given(st.integers(0, len(WHOLE_PAGE) - 1), st.booleans())
def test_a_truncated_page_is_never_taken_for_a_whole_one(length: int, leniently: bool) -> None:
    with pytest.raises(PageFault):
        read_page(WHOLE_PAGE[:length], leniently=leniently)


@given(st.integers(0, len(WHOLE_PAGE) - 1), st.binary(max_size=3), st.booleans())
def test_a_damaged_page_is_a_page_an_error_or_a_fault(at: int, damage: bytes, leniently: bool) -> None:
    try:
        read = read_page(WHOLE_PAGE[:at] + damage + WHOLE_PAGE[at + len(damage) :], leniently=leniently)
    except (PageFault, OaiError):
        return
    assert len(read.records) + len(read.deleted) + len(read.unreadable) > 0
