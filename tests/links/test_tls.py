"""Secure connections: a bad certificate makes a link unknown, and HTTP/2 is spoken where it is offered."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from littable.links.verdict import LinkState, Verdict
from support.links import ask
from support.web_servers import OK, Reply, WebServer, WebServers

UNKNOWN = Verdict.UNKNOWN


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return made


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    return str(tmp_path / "ca.pem")


def context(certificate: trustme.LeafCert, *protocols: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(made)
    made.set_alpn_protocols(list(protocols))
    return made


def ask_as(server: WebServer, ca_file: str) -> LinkState:
    endpoint = f"{server.host}:{server.port}"
    return ask("https://paper.org/a", ca_file=ca_file, resolve={"paper.org": [endpoint]}.get)


def test_a_good_certificate(servers: WebServers, authority: trustme.CA, ca_file: str) -> None:
    server = servers.start(tls=context(authority.issue_cert("paper.org")))
    assert ask_as(server, ca_file).verdict is Verdict.ALIVE


def test_a_certificate_for_another_name(servers: WebServers, authority: trustme.CA, ca_file: str) -> None:
    server = servers.start(tls=context(authority.issue_cert("other.org")))
    state = ask_as(server, ca_file)
    assert (state.verdict, state.reason) == (UNKNOWN, "has a certificate for another name")
    assert server.asked == []


def test_an_expired_certificate(servers: WebServers, authority: trustme.CA, ca_file: str) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    server = servers.start(tls=context(authority.issue_cert("paper.org", not_after=yesterday)))
    state = ask_as(server, ca_file)
    assert (state.verdict, state.reason) == (UNKNOWN, "has a certificate that has expired")


def test_a_certificate_of_nobody_known(servers: WebServers, ca_file: str) -> None:
    server = servers.start(tls=context(trustme.CA().issue_cert("paper.org")))
    state = ask_as(server, ca_file)
    assert (state.verdict, state.reason) == (UNKNOWN, "has a certificate that nobody known vouches for")


def test_a_server_that_speaks_no_tls(server: WebServer, ca_file: str) -> None:
    endpoint = f"{server.host}:{server.port}"
    resolve = {"paper.org": [endpoint]}.get
    state = ask("https://paper.org/a", ca_file=ca_file, resolve=resolve, timeout=0.5, retries=0)
    assert state.verdict is UNKNOWN


def test_http_2_is_spoken_where_it_is_offered(
    servers: WebServers, authority: trustme.CA, ca_file: str
) -> None:
    server = servers.start(tls=context(authority.issue_cert("paper.org"), "h2", "http/1.1"))
    server.on("/a", OK)
    assert ask_as(server, ca_file).verdict is Verdict.ALIVE
    assert [asked.http for asked in server.asked] == ["2"]


def test_404_over_http_2_is_confirmed_by_get(
    servers: WebServers, authority: trustme.CA, ca_file: str
) -> None:
    server = servers.start(tls=context(authority.issue_cert("paper.org"), "h2", "http/1.1"))
    server.on("/a", Reply(404, b""))
    assert ask_as(server, ca_file).verdict is Verdict.DEAD
    assert [asked.method for asked in server.asked] == ["HEAD", "GET", "GET"]
