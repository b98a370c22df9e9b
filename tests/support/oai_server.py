"""A server on loopback that answers ListRecords as arXiv's OAI-PMH does, and fails as it does.

Its pages are made as arXiv's own are (https://github.com/arXiv/oaipmh): records in the order of their
datestamps, a token that says from which day and how many records of it to pass over, errors as OAI-PMH has
them. A token says nothing about how many records there are.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit
from xml.sax.saxutils import escape

_EARLIEST = date(2005, 9, 16)
_ALLOWED = {"verb", "metadataPrefix", "from", "until"}


@dataclass(frozen=True)
class Kept:
    """A paper on the server, with the day on which its record was changed last.

    ``dates`` are those of its versions; ``flags`` what stands in ``source_type`` of the last. ``raw``, where
    there is one, stands in the place of its metadata.
    """

    id: str
    day: date = date(2026, 11, 20)
    title: str = "A title"
    authors: str = "Ada Author and Ben Writer"
    abstract: str = "  We count what is there.\n"
    dates: tuple[str, ...] = ("Tue, 5 Mar 2024 18:59:35 GMT",)
    comments: str | None = None
    doi: str | None = None
    journal_ref: str | None = None
    flags: str | None = None
    deleted: bool = False
    raw: str | None = None

    def record(self) -> str:
        """The record of the page."""
        status = ' status="deleted"' if self.deleted else ""
        header = (
            f"    <header{status}>\n"
            f"      <identifier>oai:arXiv.org:{self.id}</identifier>\n"
            f"      <datestamp>{self.day.isoformat()}</datestamp>\n"
            "      <setSpec>cs:cs:LG</setSpec>\n"
            "    </header>\n"
        )
        metadata = "" if self.deleted else f"    <metadata>\n{self.raw or self._raw()}    </metadata>\n"
        return f"  <record>\n{header}{metadata}  </record>\n"

    def _raw(self) -> str:
        return (
            '      <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            ' xsi:schemaLocation="http://arxiv.org/OAI/arXivRaw/ http://arxiv.org/OAI/arXivRaw.xsd">\n'
            f"        <id>{self.id}</id>\n"
            "        <submitter>Ada Author</submitter>\n"
            f"{self._versions()}"
            f"        <title>{escape(self.title)}</title>\n"
            f"        <authors>{escape(self.authors)}</authors>\n"
            "        <categories>cs.LG</categories>\n"
            f"{_element('comments', self.comments)}"
            f"{_element('journal-ref', self.journal_ref)}"
            f"{_element('doi', self.doi)}"
            "        <license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>\n"
            f"        <abstract>{escape(self.abstract)}</abstract>\n"
            "      </arXivRaw>\n"
        )

    def _versions(self) -> str:
        last = len(self.dates)
        return "".join(
            f'        <version version="v{number}">\n'
            f"          <date>{moment}</date>\n"
            "          <size>24kb</size>\n"
            f"{_element('source_type', self.flags if number == last else 'D')}"
            "        </version>\n"
            for number, moment in enumerate(self.dates, start=1)
        )


def _element(name: str, value: str | None) -> str:
    return "" if value is None else f"        <{name}>{escape(value)}</{name}>\n"


@dataclass(frozen=True)
class Fault:
    """What the server does instead of answering one request, or to its answer.

    ``status`` and ``body`` replace the answer; ``truncate`` cuts it there, with a length that fits, ``reset``
    cuts the connection, ``silence`` never answers, ``drip`` sends byte by byte, ``change`` makes other bytes
    of the answer.
    """

    status: int | None = None
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    truncate: int | None = None
    reset: bool = False
    silence: bool = False
    drip: bool = False
    change: Callable[[bytes], bytes] | None = None


HTML = Fault(
    status=200,
    body="<!DOCTYPE html>\n<html><head><title>arXiv is busy</title></head><body>Please wait</body></html>",
)
TRUNCATED = Fault(truncate=700)
RESET = Fault(reset=True)
SILENCE = Fault(silence=True)


@dataclass
class _State:
    page_size: int
    now: datetime
    papers: dict[str, Kept] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    always: Fault | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    expired: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    listener: Callable[[int], None] = lambda _count: None
    closing: threading.Event = field(default_factory=threading.Event)


class OaiServer:
    """Use as ``with OaiServer([Kept("2403.03218")]) as server: … server.url``.

    ``asked`` holds the arguments of the requests so far, ``headers`` what came with them. ``now`` is the
    moment that it says.
    """

    def __init__(self, papers: Iterable[Kept] = (), page_size: int = 3) -> None:
        self._state = _State(page_size, datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
        self.add(*papers)
        handler = type("Handler", (_Handler,), {"state": self._state})
        self._server = _Server(("127.0.0.1", 0), handler)
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
        """The address of the server."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/oai"

    @property
    def asked(self) -> list[dict[str, str]]:
        """The arguments of the requests so far."""
        return self._state.asked

    @property
    def headers(self) -> list[dict[str, str]]:
        """The headers of the requests so far, names in small letters."""
        return self._state.headers

    @property
    def now(self) -> datetime:
        """The moment that the server says."""
        return self._state.now

    @now.setter
    def now(self, moment: datetime) -> None:
        self._state.now = moment

    @property
    def page_size(self) -> int:
        """How many records stand on a page."""
        return self._state.page_size

    @page_size.setter
    def page_size(self, records: int) -> None:
        self._state.page_size = records

    def add(self, *papers: Kept) -> None:
        """Keep these, too, or instead of what is kept of the same papers."""
        self._state.papers.update({paper.id: paper for paper in papers})

    def fail(self, *faults: Fault) -> None:
        """What happens to the next requests, one each."""
        self._state.faults.extend(faults)

    def fail_always(self, fault: Fault) -> None:
        """What happens to every request from now on."""
        self._state.always = fault

    def recover(self) -> None:
        """No faults from now on."""
        self._state.always = None
        self._state.faults.clear()

    def expire_tokens(self) -> None:
        """Refuse every token that was given out so far."""
        self._state.expired |= self._state.given

    def listen(self, listener: Callable[[int], None]) -> None:
        """Call this at every request, with the number of requests so far."""
        self._state.listener = listener


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked may be killed; everything else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Refusal(Exception):
    """An error of the protocol."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


class _Handler(BaseHTTPRequestHandler):
    state: _State
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        arguments = {name: values[0] for name, values in query.items()}
        self.state.asked.append(arguments)
        self.state.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.state.listener(len(self.state.asked))
        fault = self.state.faults.popleft() if self.state.faults else self.state.always or Fault()
        if fault.silence:
            self.state.closing.wait()
            self.close_connection = True
            return
        body = fault.body.encode() if fault.status is not None else self._body(arguments)
        self._send(fault.status or 200, fault.change(body) if fault.change else body, fault)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the output of the tests clean."""

    def _body(self, arguments: dict[str, str]) -> bytes:
        try:
            inner = self._identify() if arguments.get("verb") == "Identify" else self._list(arguments)
        except _Refusal as refusal:
            inner = f"  <error code='{refusal.code}'>{escape(refusal.words)}</error>\n"
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/'
            ' http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">\n'
            f"  <responseDate>{self.state.now:%Y-%m-%dT%H:%M:%SZ}</responseDate>\n"
            f"  <request>http://127.0.0.1/oai</request>\n{inner}</OAI-PMH>\n"
        ).encode()

    def _identify(self) -> str:
        return (
            "<Identify><repositoryName>arXiv</repositoryName>"
            f"<earliestDatestamp>{_EARLIEST.isoformat()}</earliestDatestamp>"
            "<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify>\n"
        )

    def _list(self, arguments: dict[str, str]) -> str:
        arguments, skip = self._from_token(arguments)
        if arguments.get("verb") != "ListRecords":
            raise _Refusal("badVerb", "Invalid verb provided")
        if set(arguments) - _ALLOWED or "metadataPrefix" not in arguments:
            raise _Refusal("badArgument", "The request includes illegal arguments.")
        if arguments["metadataPrefix"] != "arXivRaw":
            raise _Refusal("cannotDisseminateFormat", "Did not recognize requested format")
        since, until = self._days(arguments)
        found = sorted(
            (paper for paper in self.state.papers.values() if since <= paper.day <= until),
            key=lambda paper: (paper.day, paper.id),
        )[skip:]
        if not found:
            raise _Refusal("noRecordsMatch", "The combination of the values results in an empty list.")
        size = self.state.page_size
        token = self._token(arguments, skip, found[: size + 1]) if len(found) > size else ""
        records = "".join(paper.record() for paper in found[:size])
        return f"  <ListRecords>\n{records}{token}  </ListRecords>\n"

    def _from_token(self, arguments: dict[str, str]) -> tuple[dict[str, str], int]:
        token = arguments.get("resumptionToken")
        if token is None:
            return arguments, 0
        if set(arguments) != {"verb", "resumptionToken"}:
            raise _Refusal("badArgument", "No other paramters allowed with resumptionToken")
        if token in self.state.expired or token not in self.state.given:
            raise _Refusal("badResumptionToken", "The resumptionToken is invalid or expired.")
        held = {name: values[0] for name, values in parse_qs(unquote(token)).items()}
        return held, int(held.pop("skip"))

    def _token(self, arguments: dict[str, str], skip: int, shown: list[Kept]) -> str:
        """The token behind a page, of which ``shown`` has one record too many."""
        first, last = shown[0].day, shown[-1].day
        skip += len(shown) - 1
        if first != last:
            skip = sum(paper.day == last for paper in shown) - 1
            arguments = {**arguments, "from": last.isoformat()}
        token = quote(urlencode({**arguments, "skip": skip}))
        self.state.given.add(token)
        self.state.expired.discard(token)
        midnight = f"{self.state.now + timedelta(days=1):%Y-%m-%d}T00:00:00Z"
        return f"    <resumptionToken expires='{midnight}'>{token}</resumptionToken>\n"

    def _days(self, arguments: dict[str, str]) -> tuple[date, date]:
        today = self.state.now.date()
        try:
            since = date.fromisoformat(arguments.get("from", _EARLIEST.isoformat()))
            until = date.fromisoformat(arguments.get("until", today.isoformat()))
        except ValueError:
            raise _Refusal("badArgument", "from date format must be YYYY-MM-DD") from None
        if since < _EARLIEST:
            raise _Refusal("badArgument", "start date too early")
        if since > until:
            raise _Refusal("badArgument", "until date must be greater than or equal to from date")
        return since, until

    def _send(self, status: int, body: bytes, fault: Fault) -> None:
        body = body if fault.truncate is None else body[: fault.truncate]
        self.send_response(status)
        for name, value in fault.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            if fault.reset:
                self._reset(body)
            elif fault.drip:
                self._drip(body)
            else:
                self.wfile.write(body)
        except OSError:  # whoever asked was killed
            self.close_connection = True

    def _drip(self, body: bytes) -> None:
        for position in range(len(body)):
            self.wfile.write(body[position : position + 1])
            if self.state.closing.wait(0.02):
                break
        self.close_connection = True

    def _reset(self, body: bytes) -> None:
        """Send half of the answer, then a reset instead of the end."""
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
