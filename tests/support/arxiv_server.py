"""A server on loopback that answers as arXiv's query API does, and fails as it does.

The shape of its answers is that of recorded ones: unknown papers are absent, a malformed identifier fails
the whole request with 400 and an entry titled Error, a bare identifier gives the latest version, an address
of more than 8,190 bytes gets a 414 and, where a pace is to be kept, a request too soon a 429. A search
finds phrases in titles (``ti:"…"``) joined by AND and OR, as arXiv does: words are runs of letters and
digits, whatever their case, and stand beside each other.
"""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

_WELL_FORMED = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_LONGEST_ADDRESS = 8_190
_FIRST_TITLE = "Calculation of prompt diphoton production cross sections at Tevatron and LHC energies"
_PHRASE = re.compile(r'ti:"([^"]*)"')
_WORDS = re.compile(r"[a-z0-9]+")
_QUERY = re.compile(r'(?:(?:^| OR | AND )\(?ti:"[a-z0-9 ]+"\)?)+')
_HEADER = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/loopback</id>
  <title>arXiv Query</title>
  <updated>2026-04-12T22:10:29Z</updated>
"""


@dataclass(frozen=True)
class Served:
    """One version of a paper on the server."""

    id: str
    version: int = 1
    title: str = "A title"
    authors: tuple[str, ...] = ("Ada Author", "Ben Writer")
    abstract: str = "We count what is there."
    published: str = "2024-03-05T18:59:34Z"
    updated: str = "2024-03-05T18:59:34Z"
    comment: str | None = None
    doi: str | None = None
    journal_ref: str | None = None

    def entry(self) -> str:
        """The entry of the feed."""
        extras = [
            f"    <arxiv:{name}>{escape(value)}</arxiv:{name}>\n"
            for name, value in (
                ("comment", self.comment),
                ("doi", self.doi),
                ("journal_ref", self.journal_ref),
            )
            if value is not None
        ]
        authors = "".join(
            f"    <author>\n      <name>{escape(name)}</name>\n    </author>\n" for name in self.authors
        )
        return (
            "  <entry>\n"
            f"    <id>http://arxiv.org/abs/{self.id}v{self.version}</id>\n"
            f"    <title>{escape(self.title)}</title>\n"
            f"    <updated>{self.updated}</updated>\n"
            f'    <link href="https://arxiv.org/abs/{self.id}v{self.version}" rel="alternate"/>\n'
            f"    <summary>{escape(self.abstract)}</summary>\n"
            f"    <published>{self.published}</published>\n"
            f"{''.join(extras)}"
            '    <arxiv:primary_category term="cs.LG"/>\n'
            f"{authors}"
            "  </entry>\n"
        )


@dataclass(frozen=True)
class Fault:
    """What the server does instead of answering one request.

    ``status`` and ``body`` replace the answer. ``lacks`` leaves entries out and keeps the totals.
    ``truncate`` cuts the answer there, with a length that fits, ``reset`` cuts the connection, ``silence``
    never answers, ``total`` lies about the number, ``double`` sends each entry twice, ``chunked`` sends in
    pieces, ``drip`` byte by byte, ``drip_head`` already the status line.
    """

    status: int | None = None
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    lacks: tuple[str, ...] = ()
    truncate: int | None = None
    reset: bool = False
    silence: bool = False
    total: int | None = None
    double: bool = False
    chunked: bool = False
    drip: bool = False
    drip_head: bool = False


EMPTY = Fault(status=200, body=_HEADER + "  <opensearch:totalResults>0</opensearch:totalResults>\n</feed>\n")
HTML = Fault(
    status=200,
    body="<html><head><title>arXiv is busy</title></head><body>Please wait</body></html>",
    headers=(("Content-Type", "text/html"),),
)
TRUNCATED = Fault(truncate=300)
RESET = Fault(reset=True)
SILENCE = Fault(silence=True)


@dataclass
class Asked:
    """One request as the server saw it: ``arrived`` in seconds of its clock, ``address`` in bytes."""

    ids: list[str]
    max_results: int
    headers: dict[str, str]
    query: str = ""
    arrived: float = 0.0
    address: int = 0


@dataclass
class _State:
    papers: dict[str, dict[int, Served]] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    always: Fault | None = None
    above: tuple[int, Fault] | None = None
    poisoned: tuple[str, Fault] | None = None
    pace: float = 0.0
    previous: float | None = None
    too_fast: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    searching: Fault | None = None
    asked: list[Asked] = field(default_factory=list)
    rejects: set[str] = field(default_factory=set)
    recorded: dict[str, bytes] = field(default_factory=dict)
    shuffled: bool = False
    closing: threading.Event = field(default_factory=threading.Event)


class ArxivServer:
    """Use as ``with ArxivServer([Served("2403.03218")]) as server: … server.url``.

    ``fail`` queues faults for the next requests, ``always`` is the fault for all others, ``rejects`` are
    well-formed identifiers that get a 400, ``recorded`` holds whole answers by the identifiers asked for
    (joined by commas), ``asked`` is what came in. The paper 0704.0001 is always there, as on arXiv. ``pace``
    is the seconds that must lie between the beginnings of two requests; whoever comes sooner gets a 429.
    """

    def __init__(self, papers: Iterable[Served] = (), *, pace: float = 0.0) -> None:
        self._state = _State(pace=pace)
        self.add(Served("0704.0001", version=2, title=_FIRST_TITLE), *papers)
        handler = type("Handler", (_Handler,), {"state": self._state})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._state.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The address of the API."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/api/query"

    @property
    def asked(self) -> list[Asked]:
        """The requests so far."""
        return self._state.asked

    @property
    def rejects(self) -> set[str]:
        """Identifiers that get a 400."""
        return self._state.rejects

    @property
    def recorded(self) -> dict[str, bytes]:
        """Whole answers, by the identifiers asked for."""
        return self._state.recorded

    def add(self, *papers: Served) -> None:
        """Serve these too."""
        for paper in papers:
            self._state.papers.setdefault(paper.id, {})[paper.version] = paper

    def fail(self, *faults: Fault) -> None:
        """What happens to the next requests, one each."""
        self._state.faults.extend(faults)

    def fail_always(self, fault: Fault) -> None:
        """What happens to every request from now on."""
        self._state.always = fault

    def fail_searches(self, fault: Fault) -> None:
        """What happens to every search from now on, while identifiers are answered."""
        self._state.searching = fault

    def shuffle(self) -> None:
        """Answer in the reverse of the order asked for."""
        self._state.shuffled = True

    def fail_above(self, size: int, fault: Fault) -> None:
        """What happens to requests for more than ``size`` identifiers."""
        self._state.above = (size, fault)

    def fail_with(self, identifier: str, fault: Fault) -> None:
        """What happens to requests that ask for this paper."""
        self._state.poisoned = (identifier, fault)

    @property
    def too_fast(self) -> int:
        """How many requests came sooner than the pace allows."""
        return self._state.too_fast

    @property
    def arrivals(self) -> list[float]:
        """When the requests came, in seconds."""
        return [asked.arrived for asked in self._state.asked]


class _Handler(BaseHTTPRequestHandler):
    state: _State
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: the second would wait for the first to be acknowledged

    def do_GET(self) -> None:
        if self.state.closing.is_set():
            self.close_connection = True
            return
        if len(self.path) > _LONGEST_ADDRESS:
            self.state.asked.append(Asked([], 0, {}, arrived=time.monotonic(), address=len(self.path)))
            self._send(414, b"<html>Request-URI Too Large</html>", Fault())
            return
        self._answer(parse_qs(urlsplit(self.path).query, keep_blank_values=True))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        self._answer(parse_qs(self.rfile.read(length).decode(), keep_blank_values=True))

    def log_message(self, format: str, *args: object) -> None:
        """Keep the output of the tests clean."""

    def _answer(self, query: dict[str, list[str]]) -> None:
        ids = [item for item in query.get("id_list", [""])[0].split(",") if item]
        most = int(query.get("max_results", ["10"])[0])
        search = query.get("search_query", [""])[0]
        headers = {name.lower(): value for name, value in self.headers.items()}
        fault = self._too_fast(Asked(ids, most, headers, search, time.monotonic(), len(self.path)))
        fault = fault or self._next_fault(ids, searching=bool(search))
        if fault.drip_head:
            self._drip(b"HTTP/1.1 200 OK\r\n" + b"X-Slow: yes\r\n" * 1_000_000)
            return
        if fault.silence:
            self.state.closing.wait()
            self.close_connection = True
            return
        if fault.status is not None:
            self._send(fault.status, fault.body.encode(), fault)
            return
        status, body = self._feed(ids, search, most, fault)
        self._send(status, body, fault)

    def _too_fast(self, asked: Asked) -> Fault | None:
        state = self.state
        with state.lock:
            state.asked.append(asked)
            previous, state.previous = state.previous, asked.arrived
            if previous is None or asked.arrived - previous >= state.pace:
                return None
            state.too_fast += 1
            return Fault(status=429, body="Rate exceeded.")

    def _next_fault(self, ids: list[str], *, searching: bool) -> Fault:
        if self.state.faults:
            return self.state.faults.popleft()
        if self.state.above is not None and len(ids) > self.state.above[0]:
            return self.state.above[1]
        if self.state.poisoned is not None and self.state.poisoned[0] in ids:
            return self.state.poisoned[1]
        return (self.state.searching if searching else None) or self.state.always or Fault()

    def _feed(self, ids: list[str], search: str, most: int, fault: Fault) -> tuple[int, bytes]:
        recorded = self.state.recorded.get(",".join(ids))
        if recorded is not None:
            return (400 if b"/api/errors#" in recorded else 200), recorded
        bad = next(
            (item for item in ids if not _WELL_FORMED.fullmatch(item) or item in self.state.rejects), None
        )
        if bad is not None:
            return 400, _error(bad)
        if search and not _QUERY.fullmatch(search):
            return 400, _error(search)
        found = self._search(search) if search else [paper for paper in map(self._find, ids) if paper]
        if self.state.shuffled:
            found.reverse()
        total = len(found) if fault.total is None else fault.total
        sent = [paper for paper in found[:most] if paper.id not in fault.lacks]
        entries = "".join(paper.entry() * (2 if fault.double else 1) for paper in sent)
        counts = f"  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
        return 200, f"{_HEADER}{counts}{entries}</feed>\n".encode()

    def _search(self, query: str) -> list[Served]:
        current = [versions[max(versions)] for versions in self.state.papers.values()]
        return [paper for paper in current if any(_fits(paper.title, part) for part in query.split(" OR "))]

    def _find(self, asked: str) -> Served | None:
        identifier, _, version = asked.partition("v") if re.search(r"v\d+$", asked) else (asked, "", "")
        versions = self.state.papers.get(identifier, {})
        return versions.get(int(version) if version else max(versions, default=0))

    def _send(self, status: int, body: bytes, fault: Fault) -> None:
        self.send_response(status)
        for name, value in fault.headers:
            self.send_header(name, value)
        if fault.reset:
            self._reset(body)
            return
        body = body if fault.truncate is None else body[: fault.truncate]
        if fault.chunked:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            pieces = [body[start : start + 100] for start in range(0, len(body), 100)]
            self.wfile.write(
                b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
            )
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault.drip:
            self._drip(body)
            return
        self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        try:
            for position in range(len(body)):
                self.wfile.write(body[position : position + 1])
                self.wfile.flush()
                if self.state.closing.wait(0.02):
                    break
        except OSError:
            pass
        self.close_connection = True

    def _reset(self, body: bytes) -> None:
        """Send half of the answer, then a reset instead of the end."""
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True


def many(count: int) -> list[Served]:
    """``count`` different papers."""
    return [Served(f"24{1 + number // 90_000:02}.{1 + number % 90_000:05}") for number in range(count)]


def _fits(title: str, part: str) -> bool:
    words = f" {' '.join(_WORDS.findall(title.lower()))} "
    return all(f" {' '.join(_WORDS.findall(phrase))} " in words for phrase in _PHRASE.findall(part))


def _error(bad: str) -> bytes:
    anchor = f"https://arxiv.org/api/errors#incorrect_id_format_for_{escape(bad)}"
    return (
        f"{_HEADER}"
        "  <opensearch:totalResults>1</opensearch:totalResults>\n"
        "  <entry>\n"
        f"    <id>{anchor}</id>\n"
        "    <title>Error</title>\n"
        "    <updated>2026-04-12T22:59:06Z</updated>\n"
        f"    <summary>incorrect id format for {escape(bad)}</summary>\n"
        "  </entry>\n"
        "</feed>\n"
    ).encode()
