"""What a stranger's table must not make littable do."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from littable.links.engine import check_links
from littable.links.guard import is_local_name, refused_address, refused_port
from littable.links.verdict import Verdict
from support.links import QUICK, ask
from support.web_servers import OK, Reply, WebServer, WebServers, redirect

UNKNOWN, ALIVE = Verdict.UNKNOWN, Verdict.ALIVE


def allow_only(public: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the addresses of loopback, this one counts as public."""

    def refused(ip: str) -> str | None:
        return None if ip == public.host else refused_address(ip)

    monkeypatch.setattr("littable.links.connecting.refused_address", refused)


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.8.9.1 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 169.254.1.1
    169.254.169.254 100.100.100.200 168.63.129.16 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.7
    203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fc00::1
    fd00:ec2::254 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
    64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1::1 2001::1 2001:db8::1 3fff::1 ::7f00:1 5f00::1
    100::1""".split(),
)
def test_addresses_beside_the_public_internet_are_refused(address: str) -> None:
    assert refused_address(address)


@pytest.mark.parametrize(
    "address",
    """1.1.1.1 8.8.8.8 172.15.0.1 172.32.0.1 100.63.0.1 100.128.0.1 169.253.0.1 192.0.1.1 223.255.255.255
    2606:4700::1 2a00:1450::1 2001:4860:4860::8888 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1""".split(),
)
def test_addresses_on_the_public_internet_are_not(address: str) -> None:
    assert refused_address(address) is None


def test_metadata_services_are_named() -> None:
    assert refused_address("169.254.169.254") == "a metadata service"
    assert refused_address("fd00:ec2::254") == "a metadata service"


def test_ports_of_other_services() -> None:
    assert [number for number in (22, 25, 80, 443, 3000, 6667, 8080, 8443) if refused_port(number)] == [
        22,
        25,
        6667,
    ]


def test_names_beside_the_public_internet() -> None:
    names = [
        "localhost",
        "intranet",
        "a.localhost",
        "nas.local",
        "db.internal",
        "x.onion",
        "a.example",
        "arxiv.org",
    ]
    assert [name for name in names if not is_local_name(name)] == ["arxiv.org"]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.2", "127.2", "0x7f000002", "2130706434", "0177.0.0.2", "[::ffff:127.0.0.2]", "１２７.0.0.2"],
)
def test_loopback_is_not_asked_however_it_is_written(servers: WebServers, host: str) -> None:
    server = servers.start("127.0.0.2")
    url = f"http://{host}:{server.port}/"
    state = ask(url, allow_private=False)
    assert (state.verdict, state.reason) == (UNKNOWN, "is at this machine, which is not asked")
    assert server.asked == []
    assert ask(url).verdict is ALIVE


def test_a_name_that_resolves_to_a_private_address_is_not_asked(server: WebServer) -> None:
    url = f"http://paper.example.org:{server.port}/"
    for given in ([server.host], [f"::ffff:{server.host}"], ["10.0.0.1", "fd00::1"]):
        state = ask(url, allow_private=False, resolve={"paper.example.org": given}.get)
        assert state.verdict is UNKNOWN
        assert state.reason.startswith("is at ")
    assert server.asked == []


def test_a_name_that_changes_its_mind_is_asked_at_the_address_that_was_looked_at(
    servers: WebServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What rebinding does: a public address when looked at, loopback when connected to.
    public, private = servers.start(), servers.start()
    allow_only(public, monkeypatch)
    answers = iter([f"{public.host}:{public.port}"])

    def resolve(host: str) -> Sequence[str] | None:
        return [next(answers, f"{private.host}:{private.port}")]

    public.on("/a", redirect("http://paper.org/b"))
    urls = [f"http://paper.org/{name}" for name in "abcde"]
    check_links(urls, replace(QUICK, allow_private=False, resolve=resolve))
    assert private.asked == []
    assert len(public.asked) >= 5


def test_a_redirect_to_a_private_address_is_not_followed(
    servers: WebServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, private = servers.start(), servers.start()
    allow_only(public, monkeypatch)
    public.on("/a", redirect(private.on("/secret", OK)))
    state = ask(f"{public.url}/a", allow_private=False)
    assert state.verdict is UNKNOWN
    assert state.reason == f"leads to {private.url}/secret, which is at this machine, which is not asked"
    assert private.asked == []


def test_a_public_address_beside_a_private_one_is_the_only_one_tried(
    servers: WebServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, private = servers.start(), servers.start()
    allow_only(public, monkeypatch)
    given = [f"{private.host}:{private.port}", f"{public.host}:{public.port}"]
    assert ask("http://a.org/", allow_private=False, resolve={"a.org": given}.get).verdict is ALIVE
    assert private.asked == []
    assert len(public.asked) == 1


def test_ports_of_other_services_are_not_asked() -> None:
    state = ask("http://example.org:25/", allow_private=False)
    assert (state.verdict, state.reason) == (UNKNOWN, "names port 25, which is not one for pages")


def test_local_names_are_not_looked_up() -> None:
    state = ask("http://localhost/", allow_private=False)
    assert (state.verdict, state.reason) == (UNKNOWN, "has a name that is none of the public internet")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:a@b.org",
        "gopher://x/",
        "/etc/passwd",
    ],
)
def test_only_http_is_asked(url: str) -> None:
    state = ask(url)
    assert (state.verdict, state.reason) == (UNKNOWN, "is no http or https address")


def test_user_name_and_password_are_neither_sent_nor_shown(server: WebServer) -> None:
    server.on("/a", redirect(f"http://other:word@127.0.0.9:{server.port}/login", 302))
    url = f"http://me:secret@{server.host}:{server.port}/a"
    for state in (ask(url), ask("http://me:secret@[/")):
        assert not any(word in repr(state) for word in ("me:", "secret", "other", "word@"))
    assert "authorization" not in server.asked[0].headers


def test_credentials_of_netrc_are_not_sent(
    server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".netrc"
    file.write_text(f"machine {server.host} login me password secret\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    monkeypatch.setenv("HOME", str(tmp_path))
    ask(server.on("/a", OK))
    assert "authorization" not in server.asked[0].headers


def test_cookies_are_not_kept(servers: WebServers) -> None:
    server = servers.start()
    server.always(Reply(headers=(("Set-Cookie", "session=1; Path=/"),)))
    check_links([f"{server.url}/{number}" for number in range(3)], QUICK)
    assert not any("cookie" in asked.headers for asked in server.asked)


def test_who_asks_is_said(server: WebServer) -> None:
    ask(server.on("/a", OK))
    assert server.asked[0].headers["user-agent"].startswith("littable/")


def test_links_of_a_run_and_of_a_host_are_bounded(servers: WebServers) -> None:
    one, two = servers.start(), servers.start()
    urls = [f"{one.url}/{number}" for number in range(5)] + [f"{two.url}/{number}" for number in range(5)]
    states = check_links(urls, replace(QUICK, max_per_host=3, max_urls=5))
    assert (len(one.asked), len(two.asked)) == (3, 2)
    assert states[urls[3]].reason == f"was not asked: there are more than 3 links to {one.host}"
    assert states[urls[9]].reason == "was not asked: there are more than 5 links"
    assert list(states) == urls


def test_a_url_of_100_kb_is_not_asked(server: WebServer) -> None:
    state = ask(f"{server.url}/{'a' * 100_000}")
    assert (state.verdict, state.reason) == (UNKNOWN, "is longer than 8,000 characters")
    assert server.asked == []


def test_a_redirect_to_a_url_of_50_kb_is_not_followed(server: WebServer) -> None:
    state = ask(server.on("/a", redirect("/" + "b" * 50_000)))
    assert state.reason == "leads to an address that is longer than 8,000 characters"


def test_a_name_that_cannot_be_resolved_in_time() -> None:
    def resolve(host: str) -> Sequence[str] | None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    state = ask("http://paper.example.org/", resolve=resolve)
    assert (state.verdict, state.reason) == (UNKNOWN, "has a name that could not be looked up")


def test_the_address_that_a_connection_stands_to_has_the_last_word(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A way out through the first look, as a network that rewrites addresses could make one.
    looks = iter([None])
    monkeypatch.setattr(
        "littable.links.connecting.refused_address", lambda _ip: next(looks, "a private network")
    )
    state = ask(server.on("/a", OK), allow_private=False)
    assert (state.verdict, state.reason) == (UNKNOWN, "is at a private network, which is not asked")
    assert server.asked == []
