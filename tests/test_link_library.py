from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.config.links import HostSettings, LinkSettings
from littable.link_library import LinkLibrary, options_from, pack, unpack
from littable.links.options import HostOptions, LinkOptions
from littable.links.verdict import LinkState, Verdict
from littable.papers.store.access import CacheFile
from littable.papers.store.links import LinkMemory
from support.links import QUICK
from support.web_servers import OK, WebServer, WebServers, answer, redirect

DAY = 24 * 60 * 60
SETTINGS = LinkSettings(allow_private=True, pause=0.01)


class World:
    """A store with a clock of its own, and a server."""

    def __init__(self, path: Path, server: WebServer) -> None:
        self.path = path
        self.server = server
        self.now = 1_700_000_000.0

    def library(
        self, settings: LinkSettings = SETTINGS, *, offline: bool = False, options: LinkOptions = QUICK
    ) -> LinkLibrary:
        memory = LinkMemory(CacheFile(self.path), lambda: self.now)
        return LinkLibrary(settings, memory, offline=offline, options=options)

    def verdict(self, url: str, settings: LinkSettings = SETTINGS) -> Verdict:
        library = self.library(settings)
        state = library.states([url])[url]
        library.close()
        return state.verdict


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with WebServers() as servers:
        yield World(tmp_path / "papers.sqlite", servers.start())


def test_alive_and_moved_are_remembered_for_a_week_dead_for_a_day(world: World) -> None:
    new = world.server.on("/new", OK)
    urls = {
        world.server.on("/paper", OK): (Verdict.ALIVE, 7),
        world.server.on("/old", redirect(new)): (Verdict.MOVED, 7),
        world.server.on("/gone", answer(404)): (Verdict.DEAD, 1),
    }
    for url, (verdict, days) in urls.items():
        assert world.verdict(url) is verdict
        asked = len(world.server.asked)
        world.now += days * DAY - 1
        assert world.verdict(url) is verdict
        assert len(world.server.asked) == asked
        world.now += 2
        assert world.verdict(url) is verdict
        assert len(world.server.asked) > asked


def test_the_new_address_of_a_link_is_not_asked_again(world: World) -> None:
    new = world.server.on("/new", OK)
    old = world.server.on("/old", redirect(new))
    library = world.library()
    assert library.states([old])[old].moved_to == new
    asked = len(world.server.asked)
    assert library.states([new])[new].verdict is Verdict.ALIVE
    assert len(world.server.asked) == asked


def test_unknown_is_never_remembered(world: World) -> None:
    url = world.server.on("/paper", answer(403))
    assert world.verdict(url) is Verdict.UNKNOWN
    world.server.on("/paper", OK)
    assert world.verdict(url) is Verdict.ALIVE


def test_a_shorter_age_holds_for_dead_links_too(world: World) -> None:
    url = world.server.on("/gone", answer(404))
    assert world.verdict(url) is Verdict.DEAD
    world.now += 10
    world.server.on("/gone", OK)
    assert world.verdict(url) is Verdict.DEAD
    assert world.verdict(url, replace(SETTINGS, max_age=0.0)) is Verdict.ALIVE


def test_offline_nothing_is_asked(world: World) -> None:
    known, other = world.server.on("/paper", OK), world.server.on("/other", OK)
    world.verdict(known)
    asked = len(world.server.asked)
    states = world.library(offline=True).states([known, other])
    assert [states[known].verdict, states[other].verdict] == [Verdict.ALIVE, Verdict.UNKNOWN]
    assert states[other].reason == "was not asked: offline"
    assert len(world.server.asked) == asked


def test_what_is_left_out_has_no_state_and_is_not_asked(world: World) -> None:
    first, second = world.server.on("/a/1", OK), world.server.on("/a/2", OK)
    settings = replace(SETTINGS, exclude=("/a/",), include=("/2$",))
    assert list(world.library(settings).states([first, second])) == [second]
    assert [asked.path for asked in world.server.asked] == ["/a/2"]


def test_another_address_can_be_asked(world: World) -> None:
    new = world.server.on("/new", OK)
    old = world.server.on("/old", redirect(new))
    settings = replace(SETTINGS, remap=(("^https://lab\\.example/", f"{world.server.url}/"),))
    states = world.library(settings).states(["https://lab.example/old", "https://lab.example/none", old])
    assert states["https://lab.example/old"].verdict is Verdict.ALIVE
    assert states["https://lab.example/old"].moved_to is None
    assert states[old].moved_to == new


def test_the_parts_of_an_address_can_be_moved(world: World) -> None:
    world.server.on("/mirror/lab.example/a$b", answer(404))
    remap = ((r"^https://([^/]+)/(?P<page>\w)$", f"{world.server.url}/mirror/$1/${{page}}$$b"),)
    url = "https://lab.example/a"
    states = world.library(replace(SETTINGS, remap=remap)).states([url])
    assert (states[url].url, states[url].verdict) == (url, Verdict.DEAD)


@pytest.mark.parametrize("status", [301, 302])
def test_nobody_is_followed_to_arxivs_pages(world: World, status: int) -> None:
    url = world.server.on("/paper", redirect("http://export.arxiv.org/abs/1706.03762", status))
    place = [f"{world.server.host}:{world.server.port}"]
    options = replace(QUICK, resolve=lambda host: place if host.endswith("arxiv.org") else None)
    settings = replace(SETTINGS, remap=(("^https://lab.example", "http://arxiv.org"),))
    states = world.library(settings, options=options).states([url, "https://lab.example/abs/1706.03762"])
    assert {state.verdict for state in states.values()} == {Verdict.UNKNOWN}
    assert {asked.path for asked in world.server.asked} == {"/paper"}


def test_a_password_is_neither_sent_nor_kept_nor_told(world: World) -> None:
    world.server.on("/gone", answer(404))
    world.server.on("/there", OK)
    place = world.server.url.removeprefix("http://")
    gone, there = f"http://me:hunter2@{place}/gone", f"http://me:hunter2@{place}/there"
    for _ in range(2):
        states = world.library().states([gone, there])
        assert [states[url].verdict for url in (gone, there)] == [Verdict.UNKNOWN, Verdict.ALIVE]
        assert "hunter2" not in repr(list(states.values()))
    assert world.server.methods("/there") == ["HEAD"]
    assert "hunter2" not in repr(world.server.asked)
    assert b"hunter2" not in world.path.read_bytes()


def test_a_fragment_is_asked_for_although_the_page_is_known(world: World) -> None:
    page = world.server.on("/paper", answer(200, b"<html><h1 id='results'>Results</h1></html>"))
    url = f"{page}#missing"
    assert world.library().states([url])[url].anchor is None
    assert world.library(replace(SETTINGS, fragments=True)).states([url])[url].anchor is False


def test_accept_and_hosts_reach_the_one_who_asks() -> None:
    settings = LinkSettings(
        accept=((403, 405),),
        hosts={"a.example": HostSettings(interval=1.0, accept=((429, 430),))},
        timeout=5.0,
        fragments=True,
    )
    options = options_from(settings, LinkOptions(max_wait=7.0))
    assert options.accept == {403, 404, 405}
    assert options.hosts == {"a.example": HostOptions(interval=1.0, accept=frozenset({429, 430}))}
    assert (options.timeout, options.fragments, options.allow_private, options.max_wait) == (
        5.0,
        True,
        False,
        7.0,
    )


states = st.builds(
    LinkState,
    st.just("https://a.example/"),
    st.sampled_from([Verdict.ALIVE, Verdict.DEAD]),
    st.text(),
    st.none() | st.integers(100, 599),
    st.none(),
    st.lists(st.text()).map(tuple),
    st.none() | st.booleans(),
) | st.builds(LinkState, st.just("https://a.example/"), st.just(Verdict.MOVED), st.text(), moved_to=st.text())


@given(states)
def test_what_is_kept_is_read_again(state: LinkState) -> None:
    assert unpack(state.url, pack(state)) == state


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"verdict": "dea"}', '{"verdict": "moved", "reason": ""}']
)
def test_what_cannot_be_read_is_unknown(text: str) -> None:
    assert unpack("https://a.example/", text) is None
