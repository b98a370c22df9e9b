"""The real command over all real files, with the whole web on loopback: every verdict is the scripted one.

The web stands behind a proxy that the environment names, so that hosts keep their names, and https is https.
"""

from __future__ import annotations

import json
import re
import shutil
import ssl
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

import pytest
import trustme

from littable.document.inline import LinkKind
from littable.document.model import Document
from littable.document.reading import read_document
from littable.links.guard import is_local_name
from littable.links.options import LinkOptions
from littable.links.scholarly import doi_of, is_meant_to_redirect
from littable.links.url import Address, NotAskable, parse
from littable.roles import Role
from littable.rules._web_links import followed_links, is_askable
from littable.text import Source
from support.command import littable
from support.shared import corpus, needs_shared
from support.web_servers import OK, Reply, WebServer, WebServers, answer, redirect

ALIVE, DEAD, MOVED, UNKNOWN = "alive", "dead", "moved", "unknown"
_ARXIV = "https://arxiv.org/abs/1706.03762"
_METADATA = "http://169.254.169.254/latest/meta-data/"
_REGISTRY = "/api/handles/"
_TOO_MANY = f"there are more than {LinkOptions().max_per_host:,} links to "

# How the independent count reads a cell: no pictures, no broken links, an address up to what may end it.
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]|\"'`*\\]+", re.IGNORECASE)
_NO_LINK = re.compile(r"!\[[^\]]*\]\([^)]*\)|<(?:img|source)[^>]*>|\]\(\[[^|]*")
_ARXIVS = re.compile(r"https?://(?:[a-z]+\.)*arxiv\.(?:[a-z]+\.)?[a-z]+(?:[/:?#]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a link stands: file, 1-based row and column of its address."""

    file: str
    row: int
    column: int


def _script(target: str) -> tuple[Reply, str]:
    """What the web answers to a path with its query, and what that makes of the link."""
    new = f"/new/{crc32(target.encode())}"
    script = [
        (OK, ALIVE),
        (answer(404), DEAD),
        (answer(410), DEAD),
        (answer(403), UNKNOWN),
        (answer(401), UNKNOWN),
        (redirect(new), MOVED),
        (redirect(new, 302), ALIVE),
        (redirect("/login", 302), UNKNOWN),
        (redirect(_ARXIV, 302), UNKNOWN),
        (redirect(_METADATA), UNKNOWN),
    ]
    return script[crc32(target.encode()) % len(script)]


def _registry(doi: str) -> tuple[Reply, str]:
    """What the registry says of a DOI."""
    code, verdict = ((1, ALIVE), (100, DEAD))[crc32(doi.encode()) % 2]
    said = json.dumps({"responseCode": code, "handle": doi}).encode()
    return answer(200 if code == 1 else 404, said), verdict


def _web(_: str, path: str) -> Reply:
    target = re.sub(r"^http://[^/]+", "", path)  # as a proxy is asked
    if target.startswith(_REGISTRY):
        return _registry(target.removeprefix(_REGISTRY))[0]
    return OK if target.startswith(("/new/", "/login")) else _script(target)[0]


def _expected(url: str) -> str:
    try:
        address = parse(url)
    except NotAskable:
        return UNKNOWN
    if is_local_name(address.host):
        return UNKNOWN
    if (doi := doi_of(address)) is not None:
        return _registry(doi)[1]
    reply, verdict = _script(address.target)
    # A host that shortens addresses may lead anywhere on the same web, to a page called login, too.
    leads_on = verdict == MOVED or ("location", "/login") in reply.headers
    return ALIVE if leads_on and is_meant_to_redirect(address.host) else verdict


def _documents() -> list[Document]:
    return [read_document(path.name, Source.decode(path.read_bytes()).text) for path in corpus()]


def _web_links(documents: list[Document]) -> dict[Place, str]:
    found = {}
    for document in documents:
        for _, link in followed_links(document.entries):
            if is_askable(link):
                position = document.lines.position(link.link.url_span.start)
                found[Place(document.path, position.row, position.column)] = link.link.url
    return found


def _counted(documents: list[Document]) -> set[str]:
    """The addresses of the cells that may link papers, by a plain search."""
    aside = (Role.ABSTRACT, Role.COMMENT)
    cells = (
        cell.text
        for document in documents
        for entry in document.entries
        if not entry.torn
        for role, cell in entry.cells(*Role)
        if role not in aside
    )
    return {_plain(url) for text in cells for url in _ADDRESS.findall(_NO_LINK.sub(" ", text))}


def _plain(url: str) -> str:
    match = _ADDRESS.match(url)
    return match[0].rstrip(".,;:!?~_") if match else url


def _said(out: str) -> tuple[dict[Place, str], set[Place]]:
    """The verdicts of a JSON report, and the places that were left out for there being too many."""
    verdicts, left_out = {}, set()
    for each in json.loads(out)["diagnostics"]:
        place = Place(each["filename"], each["location"]["row"], each["location"]["column"])
        verdicts[place] = (
            MOVED if each["code"] == "LT304" else DEAD if each["severity"] == "error" else UNKNOWN
        )
        if _TOO_MANY in each["message"]:
            left_out.add(place)
    return verdicts, left_out


def _addresses(urls: dict[Place, str]) -> set[Address]:
    found = set()
    for url in urls.values():
        try:
            found.add(parse(url.partition("#")[0]))
        except NotAskable:
            continue
    return found


def _start(servers: WebServers, folder: Path, hosts: set[str]) -> tuple[WebServer, WebServer]:
    """A proxy, and the server behind it that has a certificate for every host."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*sorted(hosts)).configure_cert(context)
    secure, proxy = servers.start(tls=context), servers.start()
    proxy.tunnel = (secure.host, secure.port)
    for each in (secure, proxy):
        each.by(_web)
    return proxy, secure


def _configure(folder: Path, hosts: set[str]) -> None:
    lines = ["[links]", "unknown = 'note'", "pause = 0.01"]
    for domain in sorted({host.rpartition(".")[2] for host in hosts | {urlsplit(_METADATA).hostname or ""}}):
        lines += [f"[links.hosts.{domain}]", "interval = 0", "concurrency = 8"]
    (folder / "littable.toml").write_text("\n".join(lines))


@needs_shared
def test_no_link_of_the_real_files_is_missed() -> None:
    documents = _documents()
    links = [link for document in documents for _, link in followed_links(document.entries)]
    # A plain search does not see where a reference leads.
    written = [one for one in links if is_askable(one) and one.link.kind is not LinkKind.REFERENCE]
    asked = {_plain(link.link.url) for link in written}
    counted = {url for url in _counted(documents) if not _ARXIVS.match(url)}
    assert len(asked) > 2_000
    assert asked == counted


@needs_shared
@pytest.mark.slow
def test_the_links_of_the_real_files_get_the_scripted_verdicts(tmp_path: Path) -> None:
    links = _web_links(_documents())
    addresses = _addresses(links)
    hosts = {address.host for address in addresses if not is_local_name(address.host)}
    folder = tmp_path / "lists"
    folder.mkdir()
    for path in corpus():
        shutil.copy(path, folder)
    _configure(folder, hosts)
    with WebServers() as servers:
        proxy, secure = _start(servers, tmp_path, hosts)
        outcome = littable(
            *("check", "--links", "--select", "LT303,LT304", "--output-format", "json", "."),
            cwd=folder,
            SSL_CERT_FILE=str(tmp_path / "ca.pem"),
            http_proxy=proxy.url,
            https_proxy=proxy.url,
            no_proxy="",
            LITTABLE_ARXIV_URL=f"{proxy.url}/never",
        )
    assert (outcome.code, outcome.err) == (1, "")
    said, left_out = _said(outcome.out)
    wrong = {
        (place, url): (said.get(place, ALIVE), _expected(url))
        for place, url in links.items()
        if place not in left_out and said.get(place, ALIVE) != _expected(url)
    }
    assert wrong == {}
    by_host = Counter(address.host for address in addresses)
    excess = {host: count - 2_000 for host, count in by_host.items() if count > 2_000}
    kept_out = _addresses({place: links[place] for place in left_out})
    assert Counter(address.host for address in kept_out) == excess
    _nothing_else_was_asked(proxy, secure, addresses - kept_out)


def _nothing_else_was_asked(proxy: WebServer, secure: WebServer, addresses: set[Address]) -> None:
    through = {asked.path.rpartition(":")[0] for asked in proxy.asked if asked.method == "CONNECT"}
    plain = {urlsplit(asked.path).hostname or "" for asked in proxy.asked if asked.method != "CONNECT"}
    assert through | plain == {each.host for each in addresses if not is_local_name(each.host)}
    asked = {re.sub(r"^http://[^/]+", "", each.path) for each in [*proxy.asked, *secure.asked]}
    targets = {
        _REGISTRY + doi if (doi := doi_of(each)) is not None else each.target
        for each in addresses
        if not is_local_name(each.host)
    }
    led_to = {f"/new/{crc32(target.encode())}" for target in targets} | {"/login"}
    rest = {path for path in asked if not re.fullmatch(r"[^/]+:\d+", path)}
    assert targets <= rest
    assert rest <= targets | led_to
