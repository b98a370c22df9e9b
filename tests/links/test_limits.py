"""What one host has to bear, and that the others do not wait for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from littable.links.engine import check_links
from littable.links.hosts import Lane
from littable.links.options import HostOptions, LinkOptions
from littable.links.verdict import Verdict
from support.links import QUICK
from support.web_servers import OK, Reply, WebServer, WebServers, answer, redirect


def urls_of(server: WebServer, number: int) -> list[str]:
    return [f"{server.url}/{index}" for index in range(number)]


def test_each_address_is_asked_once_whatever_its_fragment_and_form(server: WebServer) -> None:
    base = server.url
    urls = [
        f"{base}/a",
        f"{base}/a#x",
        f"{base}/a#y",
        f"{base}/./a",
        base.upper().replace("HTTP", "http") + "/a",
    ]
    states = check_links([*urls, urls[0]], QUICK)
    assert list(states) == urls[:4] + ([urls[4]] if urls[4] not in urls[:4] else [])
    assert len(server.asked) == 1


def test_no_more_at_once_than_a_host_is_meant_to_bear(server: WebServer) -> None:
    server.always(Reply(delay=0.02))
    check_links(urls_of(server, 20), replace(QUICK, concurrency=3))
    assert server.most_at_once == 3


def test_between_two_requests_lies_the_interval(server: WebServer) -> None:
    check_links(urls_of(server, 5), replace(QUICK, interval=0.2))
    moments = [asked.at for asked in server.asked]
    # 0.8 s at the client; the first request also makes the connection, and so arrives later than it starts.
    assert moments[-1] - moments[0] >= 0.5


def test_settings_of_a_host_hold_for_its_subdomains_and_no_others(servers: WebServers) -> None:
    server, other = servers.start(), servers.start()
    for each in (server, other):
        each.always(Reply(delay=0.05))
    resolve = {
        "www.slow.org": [f"{server.host}:{server.port}"],
        "notslow.org": [f"{other.host}:{other.port}"],
    }.get
    urls = [f"http://{host}/{number}" for host in ("www.slow.org", "notslow.org") for number in range(8)]
    own = HostOptions(concurrency=1, accept=frozenset({418}))
    server.on("/3", answer(418))
    other.on("/3", answer(418))
    states = check_links(urls, replace(QUICK, concurrency=4, resolve=resolve, hosts={"slow.org": own}))
    assert (server.most_at_once, other.most_at_once) == (1, 4)
    assert states["http://www.slow.org/3"].verdict is Verdict.ALIVE
    assert states["http://notslow.org/3"].verdict is Verdict.UNKNOWN


def test_when_a_host_asks_for_patience_all_its_links_wait_and_other_hosts_do_not(servers: WebServers) -> None:
    busy, other = servers.start(), servers.start()
    busy.on("/0", answer(429, retry_after="1"), OK)
    options = replace(QUICK, concurrency=1, interval=0.001)
    states = check_links([*urls_of(busy, 6), *urls_of(other, 6)], options)
    assert {state.verdict for state in states.values()} == {Verdict.ALIVE}
    first, second = busy.asked[0].at, busy.asked[1].at
    assert second - first >= 0.99
    assert other.asked[-1].at < second


def test_what_a_busy_host_may_cost_is_bounded_for_all_its_links_together(server: WebServer) -> None:
    server.always(answer(429, retry_after="2"))
    states = check_links(urls_of(server, 30), replace(QUICK, max_wait=1.0))
    assert {state.verdict for state in states.values()} == {Verdict.UNKNOWN}
    assert len(server.asked) <= 2
    reasons = {state.reason for state in states.values()}
    assert f"was not asked, since {server.host} answers 429 and wants more patience than there is" in reasons


def test_a_redirect_waits_for_its_turn_at_the_other_host(servers: WebServers) -> None:
    many, one = servers.start(), servers.start()
    one.always(Reply(delay=0.02))
    for number in range(20):
        many.on(f"/{number}", redirect(f"{one.url}/{number}", 302))
    check_links(urls_of(many, 20), replace(QUICK, concurrency=2))
    assert one.most_at_once <= 2


def test_connections_are_used_again(server: WebServer) -> None:
    check_links(urls_of(server, 20), replace(QUICK, connections=2))
    assert server.connections <= 2


def test_progress_counts_up_to_the_end_and_says_what_is_waited_for(server: WebServer) -> None:
    seen: list[tuple[int, int, str]] = []
    server.on("/0", answer(429, retry_after="1"), OK)
    check_links(
        [*urls_of(server, 3), "mailto:a@b.org"],
        QUICK,
        lambda done, total, why: seen.append((done, total, why)),
    )
    assert seen[0] == (1, 4, "")
    assert seen[-1] == (4, 4, "")
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert f"1 s, since {server.host} answers 429" in [why for _, _, why in seen]


def test_what_progress_raises_ends_the_run(server: WebServer) -> None:
    def progress(done: int, total: int, why: str) -> None:
        if done:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        check_links(urls_of(server, 3), QUICK, progress)


def test_the_defaults_are_gentle() -> None:
    options = LinkOptions()
    assert options.concurrency <= 2
    assert options.interval >= 0.2
    assert not options.allow_private


def test_nothing_to_ask_is_no_trouble() -> None:
    assert check_links([]) == {}


def test_a_lane_knows_when_its_host_may_be_asked() -> None:
    lane: Lane[str] = Lane("paper.org", LinkOptions(concurrency=2, interval=0.5, max_wait=10.0))
    assert lane.ready_at() is None
    for name in "abcd":
        lane.add(name, 0.0)
    assert (lane.ready_at(), lane.start(100.0)) == (0.0, "a")
    assert (lane.ready_at(), lane.start(100.5)) == (100.5, "b")
    assert lane.ready_at() is None, "two are under way"
    lane.done()
    assert lane.ready_at() == 101.0
    assert lane.hold(4.0, 100.6)
    assert lane.ready_at() == 104.6
    assert lane.hold(4.0, 100.6), "the same seconds are not counted twice"
    assert lane.hold(6.0, 104.6)
    assert not lane.hold(5.0, 110.6), "a second is left of ten"
