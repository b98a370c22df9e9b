"""The links of real tables, with all their hosts on loopback: every verdict is the scripted one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

import pytest

from littable.links.engine import check_links
from littable.links.guard import is_local_name
from littable.links.redirects import is_front_page
from littable.links.scholarly import doi_of, is_meant_to_redirect
from littable.links.url import Address, NotAskable, parse
from littable.links.verdict import Verdict
from support.links import QUICK
from support.shared import corpus, needs_shared
from support.web_servers import OK, Reply, WebServers, answer, redirect

_URL = re.compile(r"\]\((https?://[^\s)]+)\)")
_REPLIES = (OK, answer(404), answer(403), answer(500), answer(410))
_VERDICTS = (
    Verdict.ALIVE,
    Verdict.DEAD,
    Verdict.UNKNOWN,
    Verdict.UNKNOWN,
    Verdict.DEAD,
    Verdict.ALIVE,
    Verdict.MOVED,
)
# Of some 5,000 links, every so manieth.
_EVERY = 5


def _number(target: str) -> int:
    return crc32(target.encode()) % len(_VERDICTS)


def _links() -> dict[str, Address]:
    found = {}
    for path in corpus():
        for url in _URL.findall(path.read_text("utf-8", "replace")):
            # One port cannot serve both, and the scheme is not what this is about.
            url = url.replace("https://", "http://", 1)
            try:
                address = parse(url)
            except NotAskable:
                continue
            if address.host != "arxiv.org" and not is_local_name(address.host) and not doi_of(address):
                found[url] = address
    return dict(list(found.items())[::_EVERY])


def _expected(address: Address) -> Verdict:
    verdict = _VERDICTS[_number(address.target)]
    return Verdict.ALIVE if verdict is Verdict.MOVED and is_meant_to_redirect(address.host) else verdict


@needs_shared
@pytest.mark.slow
def test_the_links_of_real_tables_get_the_scripted_verdicts(servers: WebServers) -> None:
    links = _links()
    assert len(links) > 500
    server = servers.start()

    def choose(method: str, target: str) -> Reply:
        number = _number(target)
        if target.startswith("/new/"):
            return OK
        if number < len(_REPLIES):
            return _REPLIES[number]
        return redirect(f"/new/{crc32(target.encode())}", 302 if _VERDICTS[number] is Verdict.ALIVE else 301)

    def resolve(host: str) -> Sequence[str]:
        return [f"{server.host}:{server.port}"]

    server.by(choose)
    states = check_links(list(links), replace(QUICK, resolve=resolve))
    wrong = {
        url: (states[url].verdict, states[url].reason)
        for url, address in links.items()
        if states[url].verdict is not _expected(address)
    }
    assert wrong == {}
    assert not any(is_front_page(parse(state.moved_to)) for state in states.values() if state.moved_to)
