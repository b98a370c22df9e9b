"""One answer over HTTP, whole and within limits, or the fault that stood in its way.

Importing this module imports requests.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import requests
import urllib3

from littable import __version__
from littable.papers.arxiv.page import PageFault, Remedy, Timeouts
from littable.papers.deadline import within

USER_AGENT = f"littable/{__version__}"

_MEGABYTE = 1024 * 1024
# A page of 2,000 papers, the most that arXiv's query API gives, has about 5 MB.
_LARGEST = 64 * _MEGABYTE
# Time for the limits of the connection to be noticed before the last one cuts the request off.
GRACE = 1.0
_BUSY = frozenset({429, 503})
_BROKEN = frozenset({408, 425, 500, 502, 504})
# What servers answer when a question takes them too long.
_TOO_MUCH = frozenset({503, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: the status, and the bytes as they were before they were compressed."""

    status: int
    body: bytes


class Connection:
    """A connection to one address. Not for several threads at once."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = _session()

    def get(self, parameters: Mapping[str, str], timeouts: Timeouts) -> Answer:
        """Ask once, without following anybody elsewhere.

        Raises PageFault where no whole answer came, or one that says to come again later.
        """
        session = self._session
        try:
            return within(timeouts.total + GRACE, lambda: _get(session, self._url, parameters, timeouts))
        except TimeoutError:
            # Whoever hangs there keeps the old connection for himself.
            self._session = _session()
            raise silent() from None

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


def _session() -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    return session


def _get(session: requests.Session, url: str, parameters: Mapping[str, str], timeouts: Timeouts) -> Answer:
    limits = (timeouts.connect, timeouts.read)
    deadline = time.monotonic() + timeouts.total
    try:
        response = session.get(url, params=parameters, timeout=limits, stream=True, allow_redirects=False)
    except requests.RequestException as error:
        raise connection_fault(error) from error
    with response:
        body = whole_body(response, deadline)
    check_ready(response.status_code, response.headers)
    return Answer(response.status_code, body)


def silent() -> PageFault:
    """No whole answer came in time."""
    return PageFault(Remedy.REPEAT, "it did not answer in time", too_much=True)


def connection_fault(error: requests.RequestException) -> PageFault:
    """What a request that brought no answer at all died of."""
    if isinstance(error, requests.ReadTimeout):
        return silent()
    if isinstance(error, (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError)):
        return PageFault(Remedy.RECONNECT, "no connection")
    if isinstance(error, requests.exceptions.SSLError):
        return PageFault(Remedy.RECONNECT, "no secure connection")
    cause = error.args[0] if error.args else None
    if isinstance(cause, urllib3.exceptions.MaxRetryError):
        return PageFault(Remedy.RECONNECT, "no connection")
    if isinstance(error, requests.ConnectionError):
        return PageFault(Remedy.REPEAT, "the connection was closed")
    return PageFault(Remedy.STOP, f"the address cannot be asked ({type(error).__name__})")


def whole_body(response: requests.Response, deadline: float) -> bytes:
    """The body, read to its end before ``deadline`` on the monotonic clock. Raises PageFault."""
    body = bytearray()
    try:
        while chunk := response.raw.read1(_MEGABYTE, decode_content=True):
            body += chunk
            if len(body) > _LARGEST:
                raise PageFault(Remedy.STOP, f"its answer is larger than {_LARGEST // _MEGABYTE} MB")
            if time.monotonic() > deadline:
                raise silent()
    except urllib3.exceptions.ReadTimeoutError as error:
        raise silent() from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise PageFault(Remedy.REPEAT, "the connection was closed in the middle of an answer") from error
    return bytes(body)


def check_ready(status: int, headers: Mapping[str, str]) -> None:
    """Raise PageFault where a status says that the same question may be answered later."""
    remedy = Remedy.WAIT if status in _BUSY else Remedy.REPEAT if status in _BROKEN else None
    if remedy is not None:
        raise PageFault(
            remedy,
            f"it answers with HTTP {status}",
            retry_after=_retry_after(headers),
            too_much=status in _TOO_MUCH,
        )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, whether given as such or as a date, which is compared with the server's own clock."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    until = _http_date(text)
    if until is None:
        return None
    now = _http_date(headers.get("Date", "")) or datetime.now(UTC)
    return max((until - now).total_seconds(), 0.0)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class _NoDoctype(ElementTree.TreeBuilder):
    """Refuses a document type, and with it every entity that a document could define."""

    def doctype(self, name: str, _pubid: str | None, _system: str | None) -> None:
        raise ElementTree.ParseError(f"document type {name}")


def xml_root(body: bytes) -> ElementTree.Element | None:
    """The root of an XML document without a document type; None where it is damaged or something else."""
    try:
        return ElementTree.fromstring(body, ElementTree.XMLParser(target=_NoDoctype()))
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
