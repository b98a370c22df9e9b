from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from littable.papers.arxiv_api import ArxivApi
from littable.papers.page import Timeouts
from littable.papers.sources import Found, Lookup, Missing, Unavailable
from support.arxiv_server import EMPTY, HTML, RESET, SILENCE, TRUNCATED, ArxivServer, Fault, Served
from support.clock import Clock

ATOM = "{http://www.w3.org/2005/Atom}"
WMDP = Served(
    "2403.03218",
    version=7,
    title="A benchmark\n  of what is known",
    authors=("Nathaniel Li", "Alexander  Pan"),
    abstract="  We release 3,668 questions & answers.\n  Code is there.",
    published="2024-03-05T18:59:35Z",
    updated="2024-05-15T17:41:26Z",
    comment="See the\n  project page",
    doi="10.1000/wmdp",
    journal_ref="Proc. of 2024",
)
OLD = Served("hep-th/9901001", title="An old paper")


MakeApi = Callable[..., ArxivApi]


def found(lookup: Lookup) -> str:
    assert isinstance(lookup, Found), lookup
    return f"{lookup.record.id}v{lookup.record.version}"


def reason(lookup: Lookup) -> str:
    assert isinstance(lookup, Unavailable), lookup
    return lookup.reason


def many(count: int) -> list[Served]:
    return [Served(f"2401.{number:05}") for number in range(1, count + 1)]


def test_a_record_holds_what_arxiv_says(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP)
    lookup = make().papers(["2403.03218"])["2403.03218"]
    assert isinstance(lookup, Found)
    record = lookup.record
    assert (record.id, record.version, record.title) == ("2403.03218", 7, "A benchmark of what is known")
    assert record.authors == ("Nathaniel Li", "Alexander Pan")
    assert record.abstract == "We release 3,668 questions & answers.\n  Code is there."
    assert (record.published, record.updated) == (date(2024, 3, 5), date(2024, 5, 15))
    assert (record.comment, record.doi, record.journal_ref) == (
        "See the project page",
        "10.1000/wmdp",
        "Proc. of 2024",
    )
    assert (record.withdrawn, record.origin) == (False, "arXiv")
    assert record.version_dates == (date(2024, 3, 5), None, None, None, None, None, date(2024, 5, 15))


def test_the_server_sees_who_asks_and_how_much(server: ArxivServer, make: MakeApi) -> None:
    server.add(*many(3))
    make().papers([paper.id for paper in many(3)])
    assert len(server.asked) == 1
    assert server.asked[0].max_results == 3
    assert server.asked[0].headers["user-agent"].startswith("littable/")


def test_answers_are_told_apart_whatever_their_order(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP, OLD, *many(5))
    server.shuffle()
    ids = ["2403.03218", "hep-th/9901001", *(paper.id for paper in many(5))]
    lookups = make().papers(ids)
    assert list(lookups) == ids
    assert [found(lookup).rpartition("v")[0] for lookup in lookups.values()] == ids


def test_single_versions(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP, Served("2403.03218", version=1, abstract="We release 4,157 questions."))
    lookups = make().versions({"2403.03218": [1, 7, 9]})
    first = lookups["2403.03218", 1]
    assert isinstance(first, Found)
    assert first.record.abstract == "We release 4,157 questions."
    assert found(lookups["2403.03218", 7]) == "2403.03218v7"
    assert lookups["2403.03218", 9] == Missing()


def test_many_papers_go_in_few_requests_at_the_pace_of_arxiv(
    server: ArxivServer, make: MakeApi, clock: Clock
) -> None:
    server.add(*many(250))
    lookups = make(max_wait=0).papers([paper.id for paper in many(250)] * 2)
    assert sum(isinstance(lookup, Found) for lookup in lookups.values()) == 250
    assert [len(asked.ids) for asked in server.asked] == [100, 100, 50]
    assert clock.slept == [3.0, 3.0]


def test_the_pace_of_arxiv_cannot_be_shortened(server: ArxivServer) -> None:
    assert ArxivApi("https://export.arxiv.org/api/query", delay=0)._delay == 3
    assert ArxivApi("https://arxiv.org/api/query", delay=10)._delay == 10
    assert ArxivApi("http://127.0.0.1/api/query", delay=0)._delay == 0
    assert ArxivApi("http://notarxiv.org/api/query", delay=0)._delay == 0


def test_malformed_identifiers_are_never_sent(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP)
    lookups = make().papers(["abc", "2403.03218", "2413.00001"])
    assert "no month 13" in reason(lookups["2413.00001"])
    assert "abc" in reason(lookups["abc"])
    assert found(lookups["2403.03218"]) == "2403.03218v7"
    assert [asked.ids for asked in server.asked] == [["2403.03218"]]


def test_a_paper_is_missing_after_two_answers_without_it(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP)
    lookups = make().papers(["2403.03218", "2403.99999"])
    assert lookups["2403.99999"] == Missing()
    assert [asked.ids for asked in server.asked] == [
        ["2403.03218", "2403.99999"],
        ["2403.99999", "2403.03218"],
    ]


def test_a_single_unknown_paper_is_missing_though_its_answer_is_empty(
    server: ArxivServer, make: MakeApi
) -> None:
    assert make().papers(["2403.99999"]) == {"2403.99999": Missing()}
    assert [asked.ids[0] for asked in server.asked] == ["2403.99999"] * 3


def test_a_paper_left_out_of_one_answer_is_not_missing(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP, OLD)
    server.fail(Fault(lacks=("2403.03218",), total=1))
    lookups = make().papers(["2403.03218", "hep-th/9901001"])
    assert found(lookups["2403.03218"]) == "2403.03218v7"


@pytest.mark.parametrize(
    "fault",
    [
        EMPTY,
        HTML,
        TRUNCATED,
        RESET,
        Fault(truncate=0),
        Fault(status=500),
        Fault(status=503),
        Fault(status=429),
        Fault(lacks=("2403.03218",)),
        Fault(total=1000),
        Fault(
            status=200,
            body="<!DOCTYPE x [<!ENTITY a 'b'>]><feed xmlns='http://www.w3.org/2005/Atom'>&a;</feed>",
        ),
    ],
)
def test_after_a_fault_the_answer_still_comes(server: ArxivServer, make: MakeApi, fault: Fault) -> None:
    server.add(WMDP, OLD)
    server.fail(fault, fault)
    lookups = make().papers(["2403.03218", "hep-th/9901001", "2403.99999"])
    assert found(lookups["2403.03218"]) == "2403.03218v7"
    assert found(lookups["hep-th/9901001"]) == "hep-th/9901001v1"
    assert lookups["2403.99999"] == Missing()


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (EMPTY, "empty"),
        (HTML, "no Atom feed"),
        (TRUNCATED, "truncated"),
        (RESET, "closed in the middle"),
        (Fault(status=500), "HTTP 500"),
        (Fault(status=404), "HTTP 404"),
        (Fault(status=301, headers=(("Location", "http://127.0.0.1:1/"),)), "HTTP 301"),
        (Fault(lacks=("2403.03218",)), "incomplete"),
    ],
)
def test_what_could_not_be_asked_is_never_missing(
    server: ArxivServer, make: MakeApi, fault: Fault, why: str
) -> None:
    server.add(WMDP)
    server.fail_always(fault)
    lookups = make().papers(["2403.03218", "2403.99999"])
    assert why in reason(lookups["2403.03218"])
    assert why in reason(lookups["2403.99999"])
    assert len(server.asked) < 20


def test_what_came_before_a_failure_is_kept(server: ArxivServer, make: MakeApi) -> None:
    papers = many(250)
    server.add(*papers)
    server.fail(Fault(), *[HTML] * 5)
    lookups = make().papers([paper.id for paper in papers])
    states = [type(lookup) for lookup in lookups.values()]
    assert states == [Found] * 100 + [Unavailable] * 100 + [Found] * 50


def test_half_an_answer_is_kept_and_the_rest_asked_again(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP, OLD)
    server.fail(Fault(lacks=("hep-th/9901001",)))
    lookups = make().papers(["2403.03218", "hep-th/9901001"])
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    assert server.asked[1].ids == ["hep-th/9901001", "2403.03218"]


def test_doubled_entries_and_pieces_do_no_harm(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP, OLD)
    server.fail(Fault(double=True, chunked=True))
    lookups = make().papers(["2403.03218", "hep-th/9901001"])
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept_to(server: ArxivServer, make: MakeApi, clock: Clock, status: int) -> None:
    server.add(WMDP)
    server.fail(Fault(status=status, headers=(("Retry-After", "20"),)))
    assert found(make().papers(["2403.03218"])["2403.03218"])
    assert 20 <= clock.slept[0] <= 25


def test_retry_after_as_a_date(server: ArxivServer, make: MakeApi, clock: Clock) -> None:
    server.add(WMDP)
    later = "Wed, 21 Oct 2099 07:28:00 GMT"
    server.fail(Fault(status=503, headers=(("Retry-After", later),)))
    lookups = make().papers(["2403.03218"])
    assert reason(lookups["2403.03218"]) == "arXiv asked for more patience than --max-wait"
    server.fail(Fault(status=503, headers=(("Retry-After", "Wed, 21 Oct 1999 07:28:00 GMT"),)))
    assert found(make().papers(["2403.03218"])["2403.03218"])
    assert clock.slept[0] < 10


def test_without_retry_after_the_pauses_grow(server: ArxivServer, make: MakeApi, clock: Clock) -> None:
    server.add(WMDP)
    server.fail(*[Fault(status=503)] * 4)
    assert found(make().papers(["2403.03218"])["2403.03218"])
    pauses = [pause for pause in clock.slept if pause > 0]
    for pause, least in zip(pauses, [3, 6, 12, 24], strict=True):
        assert least <= pause <= least * 1.25


def test_patience_ends_with_max_wait(server: ArxivServer, make: MakeApi, clock: Clock) -> None:
    server.add(*many(300))
    server.fail(Fault())
    server.fail_always(Fault(status=429, headers=(("Retry-After", "60"),)))
    api = make(max_wait=200)
    lookups = api.papers([paper.id for paper in many(300)])
    states = [type(lookup) for lookup in lookups.values()]
    assert states == [Found] * 100 + [Unavailable] * 200
    assert reason(list(lookups.values())[-1]) == "arXiv asked for more patience than --max-wait"
    assert sum(clock.slept) <= 203
    requests = len(server.asked)
    assert reason(api.papers(["2401.00001"])["2401.00001"]) == "arXiv asked for more patience than --max-wait"
    assert len(server.asked) == requests


def test_no_patience_at_all_asks_once(server: ArxivServer, make: MakeApi, clock: Clock) -> None:
    server.fail_always(Fault(status=429))
    assert "--max-wait" in reason(make(max_wait=0).papers(["2403.03218"])["2403.03218"])
    assert (len(server.asked), clock.slept) == (1, [])


@pytest.mark.parametrize("named", [True, False])
def test_one_rejected_identifier_does_not_cost_the_others(
    server: ArxivServer, make: MakeApi, named: bool
) -> None:
    papers = many(40)
    server.add(*papers)
    server.rejects.add("2401.00017")
    if not named:
        server.fail(Fault(status=400, body="<html>Bad Request</html>"))
    lookups = make().papers([paper.id for paper in papers])
    assert reason(lookups.pop("2401.00017")) == "arXiv rejects the identifier"
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    assert len(server.asked) <= 8


def test_a_server_that_rejects_everything_is_left_alone(server: ArxivServer, make: MakeApi) -> None:
    server.fail_always(Fault(status=400))
    lookups = make().papers([paper.id for paper in many(200)])
    assert all(isinstance(lookup, Unavailable) for lookup in lookups.values())
    assert len(server.asked) < 110


def test_a_silent_server_is_not_waited_for_without_end(server: ArxivServer, make: MakeApi) -> None:
    server.fail_always(SILENCE)
    api = make(timeouts=Timeouts(connect=5, read=0.05, total=5))
    assert "did not answer in time" in reason(api.papers(["2403.03218"])["2403.03218"])


def test_a_dripping_server_is_not_waited_for_without_end(server: ArxivServer, make: MakeApi) -> None:
    server.fail_always(Fault(drip=True))
    api = make(timeouts=Timeouts(connect=5, read=5, total=0.05))
    assert "did not answer in time" in reason(api.papers(["2403.03218"])["2403.03218"])


def test_nobody_at_the_address(make: MakeApi) -> None:
    with ArxivServer() as gone:
        url = gone.url
    lookups = make(url=url).papers([paper.id for paper in many(500)])
    assert {reason(lookup) for lookup in lookups.values()} == {"127.0.0.1 could not be asked: no connection"}


@pytest.mark.parametrize("url", ["file:///etc/hostname", "nonsense", "http://"])
def test_an_address_that_is_none(make: MakeApi, url: str) -> None:
    assert "cannot be asked" in reason(make(url=url).papers(["2403.03218"])["2403.03218"])


def test_an_interrupt_ends_the_run_at_once(server: ArxivServer, make: MakeApi) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    server.fail_always(Fault(status=503))
    api = make(sleep=interrupted)
    with pytest.raises(KeyboardInterrupt):
        api.papers(["2403.03218"])
    assert len(server.asked) == 1


def test_progress_counts_and_says_what_is_waited_for(server: ArxivServer, make: MakeApi) -> None:
    papers = many(150)
    server.add(*papers)
    server.fail(Fault(status=503, headers=(("Retry-After", "10"),)))
    told: list[tuple[int, int, str]] = []
    make(progress=lambda *state: told.append(state)).papers([paper.id for paper in papers])
    assert (told[0][:2], told[-1][:2]) == ((0, 150), (150, 150))
    assert (100, 150) in {state[:2] for state in told}
    assert any("HTTP 503" in state[2] for state in told)


def test_a_withdrawn_paper_is_recognised(server: ArxivServer, make: MakeApi) -> None:
    server.add(Served("2401.00001", comment="This paper has been withdrawn by the author due to an error"))
    lookup = make().papers(["2401.00001"])["2401.00001"]
    assert isinstance(lookup, Found)
    assert lookup.record.withdrawn


def test_importing_the_source_imports_no_network() -> None:
    code = "import sys, littable.papers.arxiv_api, littable.papers.store; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"requests", "arxiv", "urllib3", "sqlite3", "lxml"} & set(modules)


def test_recorded_answers_of_arxiv(shared: Path, server: ArxivServer, make: MakeApi) -> None:
    folder = shared / "arxiv" / "atom"
    index = [json.loads(line) for line in (folder / "arxivpy__INDEX.jsonl").read_text().splitlines()]
    compared = 0
    for line in index:
        feed = (folder / line["file"]).read_bytes()
        entries = ElementTree.fromstring(feed).findall(f"{ATOM}entry")
        ids = [(entry.findtext(f"{ATOM}id") or "").rpartition("/abs/")[2] for entry in entries]
        if line["status"] != 200 or not ids:
            continue
        server.recorded[",".join(ids)] = feed
        # The recorded searches say how many papers they found in all, which no page of ours may take
        # for a reason to ask for more.
        wanted = {(item.rpartition("v")[0], int(item.rpartition("v")[2])): item for item in ids}
        groups: dict[str, list[int]] = {}
        for identifier, version in wanted:
            groups.setdefault(identifier, []).append(version)
        before = len(server.asked)
        lookups = make(batch_size=1000).versions(groups)
        assert len(server.asked) == before + 1
        for entry, item in zip(entries, ids, strict=True):
            lookup = lookups[item.rpartition("v")[0], int(item.rpartition("v")[2])]
            assert isinstance(lookup, Found)
            record = lookup.record
            assert record.title == " ".join((entry.findtext(f"{ATOM}title") or "").split())
            assert record.abstract == (entry.findtext(f"{ATOM}summary") or "").strip()
            assert len(record.authors) == len(entry.findall(f"{ATOM}author"))
            assert f"{record.published}" == (entry.findtext(f"{ATOM}published") or "")[:10]
            compared += 1
    assert compared > 100
