"""Anchors: missing only where the page is there in full and makes no anchors of its own."""

from __future__ import annotations

import gzip

import pytest

from littable.links.engine import check_links
from littable.links.verdict import LinkState, Verdict
from support.links import QUICK, ask
from support.web_servers import Reply, WebServer, redirect

PAGE = b"""<html><h1 id="intro">1</h1><a name='old'>x</a><h2 id=results>2</h2><i id="caf&eacute;">c</i>
<p id="user-content-usage"> <b data-x id = "spaced">"""
HTML = (("Content-Type", "text/html"),)


def ask_anchor(server: WebServer, fragment: str, reply: Reply) -> LinkState:
    return ask(server.on("/page", reply) + f"#{fragment}", fragments=True)


@pytest.mark.parametrize(
    "name", ["intro", "old", "results", "caf%C3%A9", "café", "usage", "spaced", "top", "user-content-usage"]
)
def test_an_anchor_that_is_there(server: WebServer, name: str) -> None:
    state = ask_anchor(server, name, Reply(body=PAGE, headers=HTML))
    assert (state.verdict, state.anchor) == (Verdict.ALIVE, True)
    assert server.methods("/page") == ["GET"]


def test_an_anchor_that_is_not_there_leaves_the_page_alive(server: WebServer) -> None:
    state = ask_anchor(server, "discussion", Reply(body=PAGE, headers=HTML))
    assert (state.verdict, state.anchor) == (Verdict.ALIVE, False)


def test_an_anchor_on_github_stands_in_json(server: WebServer) -> None:
    body = rb'<script type="application/json">{"richText":"\u003ca id=\"user-content-install\""}</script>'
    assert ask_anchor(server, "install", Reply(body=body, headers=HTML)).anchor is True


@pytest.mark.parametrize(
    "name", ["L10", "L10-L20", ":~:text=abc", "!/route", "/route", "page=3", "issuecomment-12"]
)
def test_fragments_that_scripts_read_are_not_judged(server: WebServer, name: str) -> None:
    assert ask_anchor(server, name, Reply(body=PAGE, headers=HTML)).anchor is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=PAGE, headers=(("Content-Type", "application/pdf"),)),
        Reply(body=PAGE, headers=()),
        Reply(body=PAGE + b"<script src=app.js></script>", headers=HTML),
        Reply(body=PAGE + b" " * QUICK.page_limit, headers=HTML),
        Reply(body=PAGE, headers=(*HTML, ("Content-Encoding", "br"))),
    ],
)
def test_pages_that_cannot_tell(server: WebServer, reply: Reply) -> None:
    assert ask_anchor(server, "discussion", reply).anchor is None


def test_a_page_with_scripts_that_links_to_its_own_parts_can_tell(server: WebServer) -> None:
    body = PAGE + b'<script></script><a href="#intro">1</a>'
    assert ask_anchor(server, "discussion", Reply(body=body, headers=HTML)).anchor is False


def test_a_compressed_page(server: WebServer) -> None:
    reply = Reply(body=gzip.compress(PAGE), headers=(*HTML, ("Content-Encoding", "gzip")))
    assert ask_anchor(server, "intro", reply).anchor is True
    assert ask_anchor(server, "discussion", reply).anchor is False


def test_one_request_serves_all_anchors_of_a_page(server: WebServer) -> None:
    base = server.on("/page", Reply(body=PAGE, headers=HTML))
    from dataclasses import replace

    states = check_links([base, f"{base}#intro", f"{base}#no"], replace(QUICK, fragments=True))
    assert [state.anchor for state in states.values()] == [None, True, False]
    assert len(server.asked) == 1


def test_an_anchor_of_a_page_that_moved(server: WebServer) -> None:
    server.on("/page", Reply(body=PAGE, headers=HTML))
    state = ask(server.on("/old", redirect("/page")) + "#intro", fragments=True)
    assert (state.verdict, state.moved_to, state.anchor) == (Verdict.MOVED, f"{server.url}/page#intro", True)


def test_anchors_are_not_looked_for_unless_asked(server: WebServer) -> None:
    state = ask(server.on("/page", Reply(body=PAGE, headers=HTML)) + "#no")
    assert (state.verdict, state.anchor) == (Verdict.ALIVE, None)
    assert server.methods("/page") == ["HEAD"]
