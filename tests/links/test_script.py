"""A run over a made-up web, all of it on loopback: every verdict is the scripted one."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.links.engine import check_links
from littable.links.verdict import Verdict
from support.links import QUICK
from support.web_servers import OK, SLAM, Reply, WebServer, WebServers, answer, redirect

ALIVE, DEAD, MOVED, UNKNOWN = Verdict.ALIVE, Verdict.DEAD, Verdict.MOVED, Verdict.UNKNOWN

SCRIPT: dict[str, tuple[tuple[Reply, ...], Verdict]] = {
    "good": ((OK,), ALIVE),
    "gone": ((answer(404),), DEAD),
    "withdrawn": ((answer(410),), DEAD),
    "shy": ((answer(404), answer(404), OK), ALIVE),
    "renamed": ((redirect("new"),), MOVED),
    "elsewhere": ((redirect("/good/2", 302),), ALIVE),
    "private": ((redirect("/login", 302),), UNKNOWN),
    "forbidden": ((answer(403),), UNKNOWN),
    "broken": ((answer(500),), UNKNOWN),
    "mended": ((answer(502), OK), ALIVE),
    "slammed": ((SLAM,), UNKNOWN),
    "walled": ((answer(404, b"<title>Just a moment...</title>"),), UNKNOWN),
    "circle": ((redirect("/circle/3"),), UNKNOWN),
}
HOSTS = 12


def script(server: WebServer) -> None:
    for name, (replies, _) in SCRIPT.items():
        for number in range(4):
            server.on(f"/{name}/{number}", *replies)
    for number in range(4):
        server.on(f"/renamed/{number}", redirect(f"/new/{number}"))


def test_every_verdict_is_the_scripted_one(servers: WebServers) -> None:
    running = [servers.start() for _ in range(HOSTS)]
    for each in running:
        script(each)
    places = {f"host{number}.org": [f"{each.host}:{each.port}"] for number, each in enumerate(running)}

    def resolve(host: str) -> Sequence[str]:
        if host.startswith("none"):
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        if host == "www.iana.org":
            return [running[0].host]
        return places[host]

    expected = {
        f"http://{host}/{name}/{number}": verdict
        for host in places
        for name, (_, verdict) in SCRIPT.items()
        for number in range(4)
    }
    expected |= {f"http://none{number}.org/": DEAD for number in range(5)}
    states = check_links(list(expected), replace(QUICK, resolve=resolve))
    assert {url: state.verdict for url, state in states.items()} == expected
    assert states["http://host3.org/renamed/0"].moved_to == "http://host3.org/new/0"
    assert not [url for url, state in states.items() if (state.moved_to is None) == (state.verdict is MOVED)]
    # What is there is asked once, what is gone three times, and a redirect that may be written twice.
    asked = Counter(request.path for each in running for request in each.asked)
    assert asked["/good/0"] == HOSTS
    assert asked["/gone/0"] == 3 * HOSTS
    assert asked["/renamed/1"] == asked["/new/1"] == 2 * HOSTS


_PASSING = st.sampled_from(
    [answer(500), answer(503), SLAM, answer(429, retry_after="0"), Reply(raw=b"\0\n\n")]
)
_ANY = st.sampled_from(
    [
        OK,
        answer(403),
        answer(404),
        answer(410),
        answer(202),
        redirect("/end"),
        redirect("/end", 302),
        redirect("/"),
    ]
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    head=st.lists(_ANY | _PASSING, min_size=1, max_size=3),
    get=st.lists(_ANY | _PASSING, min_size=1, max_size=8),
)
def test_whatever_a_server_does_dead_takes_two_plain_words_by_get(
    head: list[Reply], get: list[Reply]
) -> None:
    with WebServers() as servers:
        server = servers.start()
        server.on("/a", *head, method="HEAD")
        server.on("/a", *get, method="GET")
        url = f"{server.url}/a"
        # A second for every 429, whatever it says; so one is enough patience here.
        state = check_links([url], replace(QUICK, max_wait=1.5))[url]
        times = len([asked for asked in server.asked if asked.path == "/a" and asked.method == "GET"])
    heard = [get[min(number, len(get) - 1)] for number in range(times)]
    gone = [reply.status in (404, 410) and reply.raw is None and not reply.slam for reply in heard]
    if state.verdict is DEAD:
        assert sum(gone) == 2
        assert gone[-1]
    if state.verdict is MOVED:
        assert state.moved_to == f"{server.url}/end"
        assert heard[-1].status == 301
    assert times <= 12
