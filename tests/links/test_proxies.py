"""Proxies that the environment names: honoured, and not a way around what must not be asked."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from littable.links.verdict import Verdict
from support.links import ask
from support.web_servers import OK, SLAM, WebServer, WebServers, answer

ALIVE, DEAD, UNKNOWN = Verdict.ALIVE, Verdict.DEAD, Verdict.UNKNOWN
URL = "http://paper.org/a"


@pytest.fixture(autouse=True)
def proxy(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> WebServer:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("http_proxy", f"http://me:word@{server.host}:{server.port}")
    monkeypatch.setenv("https_proxy", server.url)
    return server


def test_a_page_is_asked_through_the_proxy(proxy: WebServer) -> None:
    proxy.on(URL, OK)
    assert ask(URL, proxies=True, allow_private=False).verdict is ALIVE
    assert [(asked.method, asked.path) for asked in proxy.asked] == [("HEAD", URL)]
    assert proxy.asked[0].headers["proxy-authorization"].startswith("Basic ")
    assert proxy.asked[0].headers["host"] == "paper.org"


def test_404_through_the_proxy_is_dead(proxy: WebServer) -> None:
    proxy.on(URL, answer(404))
    assert ask(URL, proxies=True).verdict is DEAD


@pytest.mark.parametrize("reply", [answer(407), answer(502), SLAM])
def test_a_proxy_that_fails_makes_no_link_dead(proxy: WebServer, reply: object) -> None:
    proxy.always(reply)  # type: ignore[arg-type]
    assert ask(URL, proxies=True).verdict is UNKNOWN


def test_a_proxy_that_refuses_a_tunnel_makes_no_link_dead(proxy: WebServer) -> None:
    proxy.always(answer(404))
    state = ask("https://paper.org/a", proxies=True)
    assert state.verdict is UNKNOWN
    assert state.reason.startswith("is not let through by the proxy (404")


def test_a_secure_page_is_asked_through_a_tunnel(
    proxy: WebServer, servers: WebServers, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("paper.org").configure_cert(context)
    server = servers.start(tls=context)
    proxy.tunnel = (server.host, server.port)
    state = ask("https://paper.org/a", proxies=True, ca_file=str(tmp_path / "ca.pem"), allow_private=False)
    assert state.verdict is ALIVE
    assert [asked.path for asked in proxy.asked] == ["paper.org:443"]
    assert [asked.path for asked in server.asked] == ["/a"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "http://localhost/",
        "http://intranet/",
    ],
)
def test_what_an_address_says_of_itself_is_judged_before_the_proxy_is_asked(
    proxy: WebServer, url: str
) -> None:
    assert ask(url, proxies=True, allow_private=False).verdict is UNKNOWN
    assert proxy.asked == []


def test_no_proxy_is_honoured(proxy: WebServer, servers: WebServers, monkeypatch: pytest.MonkeyPatch) -> None:
    server = servers.start()
    monkeypatch.setenv("no_proxy", f"example.org,{server.host}")
    assert ask(server.on("/a", OK), proxies=True).verdict is ALIVE
    assert proxy.asked == []
    assert len(server.asked) == 1


@pytest.mark.parametrize("url", ["socks5://127.0.0.1:1080", "http://[", "ftp://x"])
def test_a_proxy_that_cannot_be_used_is_said(
    proxy: WebServer, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", url)
    state = ask(URL, proxies=True)
    assert state.verdict is UNKNOWN
    assert state.reason.startswith("needs a proxy ")
