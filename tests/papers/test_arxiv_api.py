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
from littable.papers.sources import Found, Missing
from support.arxiv_server import ArxivServer, Fault, Served, many
from support.clock import Clock
from support.lookups import found, reason

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
    server.add(*many(600))
    lookups = make(max_wait=0).papers([paper.id for paper in many(600)] * 2)
    assert sum(isinstance(lookup, Found) for lookup in lookups.values()) == 600
    assert [len(asked.ids) for asked in server.asked] == [250, 250, 100]
    assert clock.slept == [3.0, 3.0]


def test_ten_thousand_papers_with_unknown_ones_take_no_more_than_fifty_requests(
    server: ArxivServer, make: MakeApi
) -> None:
    papers = many(10_000)
    server.add(*papers[::2], *papers[1::4])
    lookups = make().papers([paper.id for paper in papers])
    states = [type(lookup) for lookup in lookups.values()]
    assert (states.count(Found), states.count(Missing)) == (7_500, 2_500)
    assert len(server.asked) == 50


def test_an_address_never_gets_too_long(server: ArxivServer, make: MakeApi) -> None:
    wanted = {f"cond-mat/06{number:05}": [*range(1, 4), 10, 100] for number in range(1001, 1101)}
    server.add(*(Served(key, version) for key, versions in wanted.items() for version in versions))
    lookups = make().versions(wanted)
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    assert max(asked.address for asked in server.asked) <= 6_000
    assert len(server.asked) <= 3


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


def test_progress_counts_and_says_what_is_waited_for(server: ArxivServer, make: MakeApi) -> None:
    papers = many(300)
    server.add(*papers)
    server.fail(Fault(status=503, headers=(("Retry-After", "10"),)))
    told: list[tuple[int, int, str, float]] = []
    make(progress=lambda *state: told.append(state)).papers([paper.id for paper in papers])
    busy = told.pop(1)
    assert busy[:3] == (0, 300, "it answers with HTTP 503")
    assert 10 <= busy[3] <= 12.5
    assert told == [
        (0, 300, "an answer", 0),
        (0, 300, "an answer", 0),
        (250, 300, "the pace that arXiv asks for", 3),
        (250, 300, "an answer", 0),
        (300, 300, "", 0),
    ]


def test_progress_ends_when_the_run_is_interrupted(server: ArxivServer, make: MakeApi) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    server.fail_always(Fault(status=503))
    told: list[tuple[int, int, str, float]] = []
    api = make(sleep=interrupted, progress=lambda *state: told.append(state))
    with pytest.raises(KeyboardInterrupt):
        api.papers(["2403.03218"])
    assert told[-1] == (0, 1, "", 0)


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
