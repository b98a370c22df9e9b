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
from typing import TYPE_CHECKING

import arxiv  # type: ignore[import-untyped]
import requests
from requests.adapters import HTTPAdapter

from littable.papers.arxiv.page import Page, PageFault, Remedy, Timeouts
from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.deadline import within
from littable.papers.http_answer import (
    GRACE,
    USER_AGENT,
    check_ready,
    connection_fault,
    silent,
    whole_body,
    xml_root,
)
from littable.papers.record import PaperRecord, is_withdrawn, one_line

if TYPE_CHECKING:
    from xml.etree import ElementTree

_ATOM = "{http://www.w3.org/2005/Atom}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_TOO_LONG = 414
_REFUSED = frozenset({400, _TOO_LONG})

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
            return within(self.timeouts.total + GRACE, lambda: self._page(search))
        except TimeoutError:
            # Whoever hangs there keeps the old connection for himself.
            self._connect()
            raise silent() from None

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
            raise connection_fault(error) from error
        try:
            body = whole_body(response, deadline)
            _check_status(response, body)
            self.announced = _check_feed(body)
        except BaseException:
            response.close()
            raise
        response.raw = io.BytesIO(body)
        return response


def _check_status(response: requests.Response, body: bytes) -> None:
    status = response.status_code
    if status == 200:
        return
    check_ready(status, response.headers)
    reason = f"it answers with HTTP {status}"
    if status in _REFUSED:
        too_long = status == _TOO_LONG
        raise PageFault(Remedy.SPLIT, reason, rejected=_rejected(_feed(body)), too_much=too_long)
    raise PageFault(Remedy.STOP, reason)


def _feed(body: bytes) -> ElementTree.Element | None:
    """The feed, when all of it arrived; the package's own parser mends a truncated one in silence."""
    root = xml_root(body)
    return root if root is not None and root.tag == f"{_ATOM}feed" else None


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
