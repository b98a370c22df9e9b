"""One page of arXiv's query API, through the ``arxiv`` package: asked for once, judged, turned into records.

The package (4.0.2) is kept for its URLs, its parser and its results. Around it stand the things that it
does not do: time limits, a user agent of one's own, Retry-After, the reason of a 400, and the difference
between a whole answer and a truncated, empty or partial one. Importing this module imports requests.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import arxiv  # type: ignore[import-untyped]
import requests
import urllib3
from requests.adapters import HTTPAdapter

from littable import __version__
from littable.papers.arxiv.page import Page, PageFault, Remedy, Timeouts
from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.deadline import within
from littable.papers.record import PaperRecord, is_withdrawn, one_line

USER_AGENT = f"littable/{__version__}"

_ATOM = "{http://www.w3.org/2005/Atom}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_MEGABYTE = 1024 * 1024
# A page of 2,000 papers, the most that arXiv gives, has about 5 MB.
_LARGEST_PAGE = 64 * _MEGABYTE
_BUSY = frozenset({429, 503})
_BROKEN = frozenset({408, 425, 500, 502, 504})
_REFUSED = frozenset({400, 414})
# What servers answer when a question takes them too long, or is too long.
_TOO_MUCH = frozenset({414, 503, 504})
# Time for the limits of the connection to be noticed before the last one cuts the request off.
_GRACE = 1.0

# Without a handler Python prints the package's warnings, and what a server sent with them.
logging.getLogger("arxiv").addHandler(logging.NullHandler())


class Pages:
    """A connection to one address of the API. Not for several threads at once.

    ``timeouts`` may be changed between two questions.
    """

    def __init__(self, url: str, timeouts: Timeouts) -> None:
        self.timeouts = timeouts
        self._url = url
        self._connect()

    def _connect(self) -> None:
        self._client = arxiv.Client(delay_seconds=0, num_retries=0)
        self._client.query_url_format = self._url + "?{}"
        self._transport = _Transport()
        self._session = self._client._session
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, self._transport)

    def fetch(self, ids: Sequence[ArxivId]) -> Page:
        """Ask once for ``ids``, each at most once. Raises PageFault."""
        return self._ask(arxiv.Search(id_list=[str(key) for key in ids], max_results=None), len(ids))

    def search(self, query: str, most: int) -> Page:
        """Ask once for up to ``most`` papers that a query of arXiv's form fits. Raises PageFault."""
        return self._ask(arxiv.Search(query=query, max_results=None), most)

    def _ask(self, search: arxiv.Search, most: int) -> Page:
        self._transport.expect_one(self.timeouts)
        # The package leaves max_results at 100 unless told otherwise, and sends the page size as the limit.
        self._client.page_size = most
        try:
            return within(self.timeouts.total + _GRACE, lambda: self._page(search))
        except TimeoutError:
            # Whoever hangs there keeps the old connection for himself.
            self._connect()
            raise _silent() from None

    def _page(self, search: arxiv.Search) -> Page:
        results: list[arxiv.Result] = []
        try:
            for result in self._client.results(search):
                results.append(result)  # noqa: PERF402 - what came before a fault is kept
        except _NoSecondPage:
            pass
        except requests.RequestException as error:
            raise PageFault(Remedy.STOP, f"the address cannot be asked ({type(error).__name__})") from error
        except ValueError as error:
            raise PageFault(Remedy.REPEAT, "its answer holds a date that is none") from error
        return _page(results, self._transport.announced)

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


class _NoSecondPage(Exception):
    """The package asked for a second page, since the server announced more than it sent."""


class _Transport(HTTPAdapter):
    """Sends one request, reads the whole answer and lets only a good page through.

    ``announced`` is the number of papers in the last good page: the larger of what it says and what it holds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.announced = 0
        self._timeouts = Timeouts()
        self._spent = True

    def expect_one(self, timeouts: Timeouts) -> None:
        """Allow one more request within these limits."""
        self._timeouts = timeouts
        self._spent = False

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the whole answer is read here, within limits
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,  # noqa: ARG002 - never set
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send the request. Raises PageFault for every answer that is not a good page."""
        if self._spent:
            raise _NoSecondPage
        self._spent = True
        request.headers["User-Agent"] = USER_AGENT
        limits = (self._timeouts.connect, self._timeouts.read)
        deadline = time.monotonic() + self._timeouts.total
        try:
            response = super().send(request, True, limits, verify, cert, proxies)
        except requests.RequestException as error:
            raise _connection_fault(error) from error
        try:
            body = _body(response, deadline)
            _check_status(response, body)
            self.announced = _check_feed(body)
        except BaseException:
            response.close()
            raise
        response.raw = io.BytesIO(body)
        return response


def _connection_fault(error: requests.RequestException) -> PageFault:
    if isinstance(error, requests.ReadTimeout):
        return _silent()
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


def _silent() -> PageFault:
    return PageFault(Remedy.REPEAT, "it did not answer in time", too_much=True)


def _body(response: requests.Response, deadline: float) -> bytes:
    body = bytearray()
    try:
        while chunk := response.raw.read1(_MEGABYTE, decode_content=True):
            body += chunk
            if len(body) > _LARGEST_PAGE:
                raise PageFault(Remedy.STOP, f"its answer is larger than {_LARGEST_PAGE // _MEGABYTE} MB")
            if time.monotonic() > deadline:
                raise _silent()
    except urllib3.exceptions.ReadTimeoutError as error:
        raise _silent() from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise PageFault(Remedy.REPEAT, "the connection was closed in the middle of an answer") from error
    return bytes(body)


def _check_status(response: requests.Response, body: bytes) -> None:
    status = response.status_code
    if status == 200:
        return
    reason = f"it answers with HTTP {status}"
    remedy = Remedy.WAIT if status in _BUSY else Remedy.REPEAT if status in _BROKEN else None
    too_much = status in _TOO_MUCH
    if remedy is not None:
        raise PageFault(remedy, reason, retry_after=_retry_after(response.headers), too_much=too_much)
    if status in _REFUSED:
        raise PageFault(Remedy.SPLIT, reason, rejected=_rejected(_feed(body)), too_much=too_much)
    raise PageFault(Remedy.STOP, reason)


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


def _feed(body: bytes) -> ElementTree.Element | None:
    """The feed, when all of it arrived; the package's own parser mends a truncated one in silence."""
    try:
        root = ElementTree.fromstring(body, ElementTree.XMLParser(target=_NoDoctype()))
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    return root if root.tag == f"{_ATOM}feed" else None


def _check_feed(body: bytes) -> int:
    feed = _feed(body)
    if feed is None:
        raise PageFault(Remedy.REPEAT, "its answer is truncated or no Atom feed")
    rejected = _rejected(feed)
    if rejected is not None:
        raise PageFault(Remedy.SPLIT, "it rejects an identifier", rejected=rejected)
    total = (feed.findtext(f"{_OPENSEARCH}totalResults") or "").strip()
    announced = int(total) if total.isascii() and total.isdigit() and len(total) < 10 else 0
    return max(announced, len(feed.findall(f"{_ATOM}entry")))


def _rejected(feed: ElementTree.Element | None) -> str | None:
    """The identifier that an error names; arXiv writes "incorrect id format for ID". Empty when unnamed."""
    if feed is None:
        return None
    for entry in feed.iterfind(f"{_ATOM}entry"):
        if "/api/errors" in (entry.findtext(f"{_ATOM}id") or ""):
            return (entry.findtext(f"{_ATOM}summary") or "").strip().rpartition(" ")[2]
    return None


def _page(results: Sequence[arxiv.Result], announced: int) -> Page:
    records = {(record.id, record.version): record for record in map(_record, results) if record}
    return Page(tuple(records.values()), announced)


def _record(result: arxiv.Result) -> PaperRecord | None:
    try:
        key = ArxivId.parse(result.entry_id.rpartition("/abs/")[2])
    except MalformedArxivId:
        return None
    published, updated = result.published.date(), result.updated.date()
    between = (None,) * ((key.version or 1) - 2)
    abstract = result.summary.strip()
    return PaperRecord(
        id=key.id,
        version=key.version,
        title=one_line(result.title),
        authors=tuple(name for author in result.authors if (name := one_line(author.name))),
        abstract=abstract,
        published=published,
        updated=updated,
        comment=one_line(result.comment) if result.comment else None,
        doi=result.doi.strip() if result.doi else None,
        journal_ref=one_line(result.journal_ref) if result.journal_ref else None,
        withdrawn=is_withdrawn(result.comment, abstract),
        origin="arXiv",
        version_dates=(published,) if (key.version or 1) == 1 else (published, *between, updated),
    )
