"""Hosts that are not there, that are in two places, and that cannot be looked up."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from littable.links.engine import check_links
from littable.links.names import Endpoint
from littable.links.names import Names as Lookups
from littable.links.verdict import Verdict
from support.links import QUICK, ask
from support.web_servers import OK, WebServer, WebServers, redirect

ALIVE, DEAD, UNKNOWN = Verdict.ALIVE, Verdict.DEAD, Verdict.UNKNOWN
Names = dict[str, list[Sequence[str] | int]]


def resolver(names: Names) -> Callable[[str], Sequence[str] | None]:
    """Answers each name in turn, the last answer ever after; a number is an error of getaddrinfo."""

    def resolve(host: str) -> Sequence[str] | None:
        answers = names.get(host, [socket.EAI_NONAME])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, int):
            raise socket.gaierror(answer, "by the script")
        return answer

    return resolve


def check(url: str, names: Names) -> tuple[Verdict, str]:
    state = ask(url, resolve=resolver(names))
    return state.verdict, state.reason


def test_no_such_host_twice_is_dead_where_other_names_resolve(server: WebServer) -> None:
    names: Names = {"doi.org": [[server.host]]}
    assert check("http://gone.org/", names) == (DEAD, "has a host that does not exist, asked twice")


def test_no_such_host_is_unknown_where_no_name_resolves() -> None:
    verdict, reason = check("http://gone.org/", {})
    assert (verdict, reason) == (UNKNOWN, "could not be looked up, since no name resolves here")


def test_a_network_that_goes_away_in_the_middle_makes_no_host_dead(server: WebServer) -> None:
    # The first look is proven, the second is not; and what resolved before proves nothing now.
    names: Names = {
        "here.org": [[f"{server.host}:{server.port}"], socket.EAI_NONAME],
        "doi.org": [[server.host], socket.EAI_NONAME],
    }
    server.on("/a", redirect("http://gone.org/"))
    assert check("http://here.org/a", names)[0] is UNKNOWN


def test_no_such_host_once_is_not_dead(server: WebServer) -> None:
    names: Names = {
        "shy.org": [socket.EAI_NONAME, [f"{server.host}:{server.port}"]],
        "doi.org": [[server.host]],
    }
    assert check("http://shy.org/", names)[0] is ALIVE


@pytest.mark.parametrize("number", [socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_NODATA])
def test_any_other_trouble_with_a_name_is_unknown(server: WebServer, number: int) -> None:
    assert check("http://shy.org/", {"shy.org": [number], "doi.org": [[server.host]]})[0] is UNKNOWN


def test_a_name_that_resolves_to_nothing_is_unknown(server: WebServer) -> None:
    verdict, reason = check("http://shy.org/", {"shy.org": [[]], "doi.org": [[server.host]]})
    assert (verdict, reason) == (UNKNOWN, "has a host without an address")


def test_no_such_host_then_no_answer_is_unknown(server: WebServer) -> None:
    names: Names = {"shy.org": [socket.EAI_NONAME, socket.EAI_AGAIN], "doi.org": [[server.host]]}
    assert check("http://shy.org/", names)[0] is UNKNOWN


def test_a_name_is_missing_only_where_ipv4_alone_misses_it_too(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def getaddrinfo(host: str, port: None, family: int = 0, type: int = 0) -> list[object]:
        if family != socket.AF_INET:
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (server.host, 0))]

    monkeypatch.setattr("littable.links.names.socket.getaddrinfo", getaddrinfo)
    assert asyncio.run(Lookups().endpoints("shy.org")) == (Endpoint(server.host),)


def test_all_links_of_a_host_that_does_not_exist_are_dead_and_it_is_looked_up_twice(
    server: WebServer,
) -> None:
    asked: list[str] = []
    script = resolver({"doi.org": [[server.host]]})

    def resolve(host: str) -> Sequence[str] | None:
        asked.append(host)
        return script(host)

    urls = [f"http://gone.org/{number}" for number in range(50)]
    states = check_links(urls, replace(QUICK, resolve=resolve))
    assert {state.verdict for state in states.values()} == {DEAD}
    assert asked.count("gone.org") <= 52


def test_a_redirect_to_a_host_that_does_not_exist_is_dead(server: WebServer) -> None:
    names: Names = {"here.org": [[f"{server.host}:{server.port}"]], "doi.org": [[server.host]]}
    server.on("/a", redirect("http://gone.org/b"))
    verdict, reason = check("http://here.org/a", names)
    assert verdict is DEAD
    assert reason == "leads to http://gone.org/b, which has a host that does not exist, asked twice"


@pytest.mark.parametrize("first", ["dead", "alive"])
def test_of_two_addresses_one_may_be_dead(server: WebServer, first: str) -> None:
    alive = f"{server.host}:{server.port}"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        dead = f"127.0.0.1:{taken.getsockname()[1]}"
        given = [dead, alive] if first == "dead" else [alive, dead]
        assert check("http://two.org/", {"two.org": [given]})[0] is ALIVE


def test_of_two_addresses_one_may_be_silent(servers: WebServers) -> None:
    server = servers.start()
    with socket.socket() as full:
        # A listener whose queue is full lets nobody in and refuses nobody.
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        silent = f"127.0.0.1:{address[1]}"
        assert check("http://two.org/", {"two.org": [[silent, f"{server.host}:{server.port}"]]})[0] is ALIVE
        for filler in fillers:
            filler.close()


def test_ipv6(servers: WebServers) -> None:
    if not socket.has_ipv6:
        pytest.skip("there is no IPv6 here")
    server = servers.start("::1")
    assert ask(server.on("/a", OK)).verdict is ALIVE
    assert server.asked[0].headers["host"] == f"[::1]:{server.port}"
    assert check("http://six.org/a", {"six.org": [[f"[::1]:{server.port}"]]})[0] is ALIVE


def test_an_internationalised_name_is_asked_in_its_ascii_form(server: WebServer) -> None:
    names: Names = {"xn--bcher-kva.ch": [[f"{server.host}:{server.port}"]]}
    assert check("http://Bücher.ch/Straße/日本?q=ä#ö", names)[0] is ALIVE
    asked = server.asked[0]
    assert asked.headers["host"] == "xn--bcher-kva.ch"
    assert asked.path == "/Stra%C3%9Fe/%E6%97%A5%E6%9C%AC?q=%C3%A4"


def test_spaces_and_brackets_are_sent_as_browsers_do(server: WebServer) -> None:
    ask(f"{server.url}/a b/[c]{{d}}(e).pdf?x=[1]&y=a b")
    assert server.asked[0].path == "/a%20b/[c]%7Bd%7D(e).pdf?x=[1]&y=a%20b"
