"""What arXiv, its servers and the network do wrong, on a real server: nothing known is ever missing."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.papers.arxiv.page import Timeouts
from littable.papers.arxiv_api import ArxivApi
from littable.papers.sources import Found, Missing, Unavailable
from support.arxiv_server import EMPTY, HTML, RESET, SILENCE, TRUNCATED, ArxivServer, Fault, Served, many
from support.clock import Clock
from support.lookups import found, reason

WMDP = Served("2403.03218", version=7)
OLD = Served("hep-th/9901001", title="An old paper")
UNFINISHED = Fault(status=200, body="<feed xmlns='http://www.w3.org/2005/Atom'><entry></feed>")
ENTITIES = Fault(
    status=200, body="<!DOCTYPE x [<!ENTITY a 'b'>]><feed xmlns='http://www.w3.org/2005/Atom'>&a;</feed>"
)
PASSING = [
    EMPTY,
    HTML,
    TRUNCATED,
    RESET,
    UNFINISHED,
    ENTITIES,
    Fault(truncate=0),
    Fault(status=500),
    Fault(status=502),
    Fault(status=503),
    Fault(status=503, headers=(("Retry-After", "7"),)),
    Fault(status=503, headers=(("Retry-After", "soon"),)),
    Fault(status=504),
    Fault(status=429),
    Fault(status=429, headers=(("Retry-After", "0"),)),
    Fault(lacks=("2403.03218",)),
    Fault(lacks=("2403.03218",), total=2, double=True),
    Fault(total=1000),
]
MakeApi = Callable[..., ArxivApi]


@pytest.mark.parametrize("fault", PASSING)
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
    papers = many(600)
    server.add(*papers)
    server.fail(Fault())
    server.fail_always(HTML)
    lookups = make().papers([paper.id for paper in papers])
    states = [type(lookup) for lookup in lookups.values()]
    assert states == [Found] * 250 + [Unavailable] * 350


def test_half_an_answer_is_kept_and_the_rest_asked_again(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP, OLD)
    server.fail(Fault(lacks=("hep-th/9901001",)))
    lookups = make().papers(["2403.03218", "hep-th/9901001"])
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    assert server.asked[1].ids == ["hep-th/9901001", "2403.03218"]


def test_a_paper_left_out_of_one_answer_is_not_missing(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP, OLD)
    server.fail(Fault(lacks=("2403.03218",), total=1))
    lookups = make().papers(["2403.03218", "hep-th/9901001"])
    assert found(lookups["2403.03218"]) == "2403.03218v7"


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
    server.add(*many(500))
    server.fail(Fault())
    server.fail_always(Fault(status=429, headers=(("Retry-After", "60"),)))
    api = make(max_wait=200)
    lookups = api.papers([paper.id for paper in many(500)])
    states = [type(lookup) for lookup in lookups.values()]
    assert states == [Found] * 250 + [Unavailable] * 250
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


@settings(max_examples=50)
@given(st.lists(st.sampled_from(PASSING), max_size=14), st.booleans())
def test_whatever_goes_wrong_nothing_known_is_missing_and_nothing_unknown_found(
    faults: list[Fault], shuffled: bool
) -> None:
    clock = Clock()
    with ArxivServer([WMDP, OLD, *many(30)]) as server:
        server.fail(*faults)
        if shuffled:
            server.shuffle()
        api = ArxivApi(server.url, batch_size=20, sleep=clock.sleep, clock=clock.time)
        known = ["2403.03218", "hep-th/9901001", *(paper.id for paper in many(30))]
        lookups = api.papers([*known, "2403.99999"])
        api.close()
    assert not any(isinstance(lookups[key], Missing) for key in known)
    assert not isinstance(lookups["2403.99999"], Found)
    if len(faults) < 5:  # one paper is asked for five times
        assert all(isinstance(lookups[key], Found) for key in known)
        assert lookups["2403.99999"] == Missing()


def test_a_paper_that_no_answer_holds_is_not_missing_while_answers_are_incomplete(
    server: ArxivServer, make: MakeApi
) -> None:
    server.add(WMDP, OLD)
    server.fail_always(Fault(lacks=("2403.03218",)))
    lookups = make().papers(["2403.03218", "2403.99999", "hep-th/9901001"])
    assert "incomplete" in reason(lookups["2403.03218"])
    assert lookups["2403.99999"] == Missing()
    assert found(lookups["hep-th/9901001"])


def test_papers_that_are_always_left_out_use_up_no_patience_of_the_others(
    server: ArxivServer, make: MakeApi
) -> None:
    papers = many(40)
    server.add(*papers)
    gone = [paper.id for paper in papers[5:25:8]]
    server.fail_always(Fault(lacks=tuple(gone)))
    lookups = make(max_wait=400).papers([*(paper.id for paper in papers), "2403.99999"])
    for key in gone:
        assert reason(lookups.pop(key)) == "127.0.0.1 could not be asked: its answer is incomplete"
    assert lookups.pop("2403.99999") == Missing()
    assert all(isinstance(lookup, Found) for lookup in lookups.values())


def test_answers_whose_total_is_too_small_are_believed_for_what_they_hold(
    server: ArxivServer, make: MakeApi
) -> None:
    server.add(*many(10))
    server.fail(Fault(total=0))
    lookups = make().papers([paper.id for paper in many(10)])
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", [Fault(status=504), Fault(status=503), Fault(status=414), SILENCE])
def test_batches_that_are_too_large_for_the_server_go_in_parts(
    server: ArxivServer, make: MakeApi, fault: Fault
) -> None:
    papers = many(600)
    server.add(*papers)
    server.fail_above(130, fault)
    lookups = make(timeouts=Timeouts(connect=5, read=0.3, total=5)).papers([paper.id for paper in papers])
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    # Only the first batch is found to be too large; the second and the third are not even tried.
    assert len([asked for asked in server.asked if len(asked.ids) > 130]) <= 5
    assert len(server.asked) <= 5 + 5


def test_a_paper_that_breaks_the_server_does_not_cost_the_others(server: ArxivServer, make: MakeApi) -> None:
    papers = many(300)
    server.add(*papers)
    server.fail_with("2401.00017", Fault(status=500))
    lookups = make(max_wait=3_000).papers([paper.id for paper in papers])
    assert "HTTP 500" in reason(lookups.pop("2401.00017"))
    assert all(isinstance(lookup, Found) for lookup in lookups.values())


def test_an_answer_whose_head_never_ends_is_cut_off(server: ArxivServer, make: MakeApi) -> None:
    server.fail_always(Fault(drip_head=True))
    api = make(timeouts=Timeouts(connect=5, read=5, total=0.1), max_wait=1, clock=time.monotonic)
    assert "did not answer in time" in reason(api.papers(["2403.03218"])["2403.03218"])
    assert len(server.asked) == 1


def test_after_an_answer_that_was_cut_off_the_next_one_comes(server: ArxivServer, make: MakeApi) -> None:
    server.add(WMDP)
    server.fail(Fault(drip_head=True))
    api = make(timeouts=Timeouts(connect=5, read=5, total=0.3))
    assert found(api.papers(["2403.03218"])["2403.03218"]) == "2403.03218v7"


def test_time_limits_are_no_longer_than_the_patience_that_is_left() -> None:
    assert Timeouts(connect=10, read=60, total=180).within(20) == Timeouts(connect=10, read=20, total=20)


@pytest.mark.slow
@pytest.mark.parametrize("fault", [SILENCE, Fault(drip=True), Fault(drip_head=True)])
def test_a_server_that_keeps_everybody_waiting_does_so_no_longer_than_max_wait(
    server: ArxivServer, fault: Fault
) -> None:
    server.add(*[Served(paper.id, abstract="word " * 2_000) for paper in many(20)])
    server.fail_always(fault)
    api = ArxivApi(server.url, delay=0, max_wait=6)
    began = time.monotonic()
    lookups = api.papers([paper.id for paper in many(20)])
    assert time.monotonic() - began < 30
    assert {reason(lookup) for lookup in lookups.values()} == {
        "127.0.0.1 could not be asked: it did not answer in time, and --max-wait is over"
    }


def test_a_network_that_was_there_is_given_time_to_come_back(make: MakeApi, clock: Clock) -> None:
    papers = many(500)
    server = ArxivServer(papers)
    with server:

        def unplug(done: int, _total: int, waiting_for: str, _seconds: float) -> None:
            if done == 250 and waiting_for == "an answer" and not gone:
                gone.append(done)
                server.__exit__(None, None, None)

        gone: list[int] = []
        lookups = make(url=server.url, progress=unplug).papers([paper.id for paper in papers])
    states = [type(lookup) for lookup in lookups.values()]
    assert states == [Found] * 250 + [Unavailable] * 250
    assert len(clock.slept) >= 7


def test_every_storm_ends(server: ArxivServer, make: MakeApi, clock: Clock) -> None:
    papers = many(400)
    server.add(*papers)
    server.fail(*[Fault(status=429)] * 9)
    lookups = make(max_wait=1_000).papers([paper.id for paper in papers])
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    assert max(clock.slept) <= 65
    server.fail_always(Fault(status=500))
    unknown = make(max_wait=1e9).papers([paper.id for paper in many(5_000)])
    assert all(isinstance(lookup, Unavailable) for lookup in unknown.values())
    assert len(server.asked) < 50
