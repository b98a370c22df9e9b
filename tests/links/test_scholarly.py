"""DOIs at their registry, papers left alone, and landing pages that say nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from littable.links.verdict import LinkState, Verdict
from support.links import ask
from support.web_servers import OK, SLAM, Reply, WebServer, WebServers, answer, redirect

ALIVE, DEAD, UNKNOWN = Verdict.ALIVE, Verdict.DEAD, Verdict.UNKNOWN
DOI = "10.1145/3292500.3330701"


def record(code: int, status: int = 200, handle: str = DOI) -> Reply:
    said = json.dumps({"responseCode": code, "handle": handle}).encode()
    return Reply(status, said, (("Content-Type", "application/json"),))


def ask_doi(
    server: WebServer, *replies: Reply, url: str = f"https://doi.org/{DOI}", **options: Any
) -> LinkState:
    server.on(f"/api/handles/{DOI}", *replies)
    return ask(url, doi_api=f"{server.url}/api/handles/", **options)


@pytest.mark.parametrize("host", ["https://doi.org", "http://dx.doi.org", "https://www.doi.org"])
def test_a_doi_is_asked_at_the_registry_and_nowhere_else(server: WebServer, host: str) -> None:
    state = ask_doi(server, record(1), url=f"{host}/{DOI}#abstract")
    assert (state.verdict, state.reason) == (ALIVE, "is known to the registry of DOIs")
    assert [(asked.method, asked.path) for asked in server.asked] == [("GET", f"/api/handles/{DOI}")]


def test_a_doi_that_the_registry_does_not_know_is_dead(server: WebServer) -> None:
    state = ask_doi(server, record(100, 404))
    assert (state.verdict, state.reason) == (DEAD, "is not known to the registry of DOIs, asked twice")
    assert len(server.asked) == 2


def test_a_doi_that_was_missing_once_is_not_dead(server: WebServer) -> None:
    assert ask_doi(server, record(100, 404), record(1)).verdict is ALIVE


def test_a_doi_without_an_address_exists(server: WebServer) -> None:
    assert ask_doi(server, record(200)).verdict is ALIVE


@pytest.mark.parametrize(
    "reply",
    [
        answer(404, b"not found"),
        answer(404, b'{"responseCode": 100}'),
        record(100, 404, handle="10.1/other"),
        record(2, 500),
        record(100, 503),
        answer(200, b"{}"),
        answer(200, b"<html>Log in to the Wi-Fi</html>"),
        answer(403),
        answer(404, b'{"responseCode": 100, "handle": "' + DOI.encode()),
        redirect("/elsewhere", 302),
        SLAM,
    ],
)
def test_whatever_else_the_registry_says_is_unknown(server: WebServer, reply: Reply) -> None:
    state = ask_doi(server, reply)
    assert state.verdict is UNKNOWN
    assert state.reason.startswith("could not be asked at the registry of DOIs, which ")


def test_a_registry_that_cannot_be_found_makes_no_doi_dead(server: WebServer) -> None:
    from socket import EAI_NONAME, gaierror

    def resolve(host: str) -> list[str]:
        if host == "registry.org":
            raise gaierror(EAI_NONAME, "no")
        return [server.host]

    state = ask(f"https://doi.org/{DOI}", doi_api="http://registry.org/", resolve=resolve)
    assert state.verdict is UNKNOWN


def test_escapes_of_a_doi_are_undone_and_made_anew(server: WebServer) -> None:
    server.on("/api/handles/10.1002/%28sici%291096%3C1%3A%3E", record(1, handle="10.1002/(SICI)1096<1:>"))
    server.always(record(1, handle="10.1002/(sici)1096<1:>"))
    state = ask("https://doi.org/10.1002/(SICI)1096%3C1:%3E", doi_api=f"{server.url}/api/handles/")
    assert state.verdict is ALIVE
    assert server.asked[0].path == "/api/handles/10.1002/(SICI)1096%3C1:%3E"


def test_papers_are_left_to_the_caller_also_behind_a_redirect(servers: WebServers) -> None:
    server = servers.start()
    server.on("/a", redirect("https://arxiv.org/abs/1706.03762"))

    def is_paper(url: str) -> bool:
        return "arxiv.org" in url

    state = ask("https://arxiv.org/abs/1706.03762", is_paper=is_paper)
    assert (state.verdict, state.reason) == (UNKNOWN, "is a paper's and not asked as a page")
    state = ask(f"{server.url}/a", is_paper=is_paper)
    assert (state.verdict, state.moved_to) == (UNKNOWN, None)
    assert state.redirects == ("https://arxiv.org/abs/1706.03762",)


@pytest.mark.parametrize("host", ["purl.org", "hdl.handle.net", "w3id.org", "bit.ly", "n2t.net"])
def test_what_is_meant_to_redirect_never_moves(servers: WebServers, host: str) -> None:
    server = servers.start()
    server.on("/x/1", redirect(server.on("/", OK)))
    state = ask(f"http://{host}/x/1", resolve={host: [f"{server.host}:{server.port}"]}.get)
    assert (state.verdict, state.moved_to) == (ALIVE, None)


def test_a_renamed_repository_on_github_has_moved(servers: WebServers) -> None:
    server = servers.start()
    server.on("/old/name", redirect("http://github.com/new/name"))
    state = ask(
        "http://github.com/old/name#usage", resolve={"github.com": [f"{server.host}:{server.port}"]}.get
    )
    assert (state.verdict, state.moved_to) == (Verdict.MOVED, "http://github.com/new/name#usage")


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {"cf_mitigated": "challenge"}),
        (418, {}),
        (202, {"x_amzn_waf_action": "challenge"}),
        (429, {"retry_after": "600"}),
    ],
)
def test_landing_pages_that_refuse_are_unknown(
    server: WebServer, status: int, headers: dict[str, str]
) -> None:
    state = ask(server.on("/doi/1", answer(status, b"", **headers)), max_wait=1.0)
    assert state.verdict is UNKNOWN


@pytest.mark.parametrize("status", [200, 403, 404, 410, 503])
@pytest.mark.parametrize(
    "page",
    [
        b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>",
        b"<TITLE> Attention Required! | Cloudflare</TITLE>",
        b"<html><script>window.gokuProps = {}</script>",
        b"<iframe>Request unsuccessful. Incapsula incident ID: 1-2</iframe>",
        b"<script src='https://ct.captcha-delivery.com/c.js'></script>",
        b"<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD>",
        b"<title>Making sure you&#39;re not a bot!</title>",
        b"<title>Client Challenge</title>",
    ],
)
def test_walls_are_unknown_whatever_status_they_carry(server: WebServer, page: bytes, status: int) -> None:
    server.on("/a", answer(403), method="HEAD")
    state = ask(server.on("/a", answer(status, page), method="GET") and f"{server.url}/a")
    assert state.verdict is UNKNOWN
    assert "wall against bots" in state.reason


def test_a_status_that_the_user_accepts_is_alive_even_behind_a_wall(server: WebServer) -> None:
    url = server.on("/a", answer(403, b"<title>Just a moment...</title>", cf_mitigated="challenge"))
    assert ask(url, accept=frozenset({403})).reason == "answers 403, which is accepted"
    assert ask(url).verdict is UNKNOWN


def test_a_challenge_that_says_so_in_its_head_is_seen_by_head(server: WebServer) -> None:
    state = ask(server.on("/a", answer(200, b"", cf_mitigated="challenge")))
    assert (state.verdict, state.reason) == (UNKNOWN, "shows a wall against bots (Cloudflare)")


def test_a_404_that_speaks_of_captchas_is_not_dead_and_a_200_is_alive(server: WebServer) -> None:
    page = b"<title>Papers</title><script src='https://www.google.com/recaptcha/api.js'></script>"
    assert ask(server.on("/a", answer(404, page))).verdict is UNKNOWN
    server.on("/b", answer(405), method="HEAD")
    server.on("/b", answer(200, page), method="GET")
    assert ask(f"{server.url}/b").verdict is ALIVE


def test_a_page_with_the_scripts_of_a_wall_is_no_wall(server: WebServer) -> None:
    page = b"<title>A paper</title><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    server.on("/b", answer(405), method="HEAD")
    server.on("/b", answer(200, page), method="GET")
    assert ask(f"{server.url}/b").verdict is ALIVE
