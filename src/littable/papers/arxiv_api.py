"""arXiv's query API as a source: few requests, slow enough, patient within bounds, and honest.

https://info.arxiv.org/help/api/tou.html asks for at most one request in three seconds. A paper is missing
only when two whole answers lacked it; an empty answer proves nothing, since arXiv gives such under load.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from littable.config.arxiv import ARXIV_DELAY, ARXIV_URL, is_arxiv
from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.page import PageFault, Remedy, Timeouts
from littable.papers.sources import Found, Lookup, Missing, Unavailable, VersionKey, version_keys

if TYPE_CHECKING:
    from littable.papers.arxiv_client import Pages
    from littable.papers.page import Page
    from littable.papers.record import PaperRecord

# Asked beside papers that may not exist: an answer that has one of these is not an empty one. Both are
# papers that everybody has: the first of the new identifiers, and one of the most cited.
_WITNESSES = (ArxivId("0704.0001"), ArxivId("1706.03762"))

_TRIES = {Remedy.STOP: 1, Remedy.RECONNECT: 3, Remedy.REPEAT: 5}
_TRIES_AT_MOST = 30
_LONGEST_BACK_OFF = 60.0
_SHORTEST_BACK_OFF = 0.25

Progress = Callable[[int, int, str], None]


class _Stopped(Exception):
    """Nothing more is asked in this run; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ArxivApi:
    """Asks arXiv, or a server that answers like it.

    ``delay`` is the seconds between two requests; for arxiv.org it is never below 3. ``max_wait`` bounds
    the seconds lost to faults and to a server that asks for patience, over the life of the object; the
    ordinary pace does not count. ``progress`` is called with the papers done, all papers asked for, and
    what is being waited for. Not for several threads at once.
    """

    name = "arXiv"

    def __init__(
        self,
        url: str = ARXIV_URL,
        *,
        delay: float = ARXIV_DELAY,
        batch_size: int = 100,
        max_wait: float = 300.0,
        progress: Progress | None = None,
        timeouts: Timeouts | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._host = (urlsplit(url).hostname or url).lower()
        self._delay = max(delay, ARXIV_DELAY) if is_arxiv(self._host) else max(delay, 0.0)
        self._batch_size = max(batch_size, 1)
        self._patience = max_wait
        self._progress = progress or (lambda _done, _total, _waiting_for: None)
        self._timeouts = timeouts or Timeouts()
        self._sleep = sleep
        self._clock = clock
        self._pages: Pages | None = None
        self._last_request: float | None = None
        self._stopped: str | None = None

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The current records. A malformed identifier is never sent, and unavailable."""
        keys: dict[str, ArxivId] = {}
        lookups: dict[str, Lookup] = {}
        for identifier in ids:
            try:
                keys[identifier] = ArxivId.parse(identifier).bare
            except MalformedArxivId as error:
                lookups[identifier] = Unavailable(str(error))
        answers = self._ask(keys.values())
        return lookups | {identifier: answers[key] for identifier, key in keys.items()}

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """The records of single versions. A malformed identifier is never sent, and unavailable."""
        keys: dict[VersionKey, ArxivId] = {}
        lookups: dict[VersionKey, Lookup] = {}
        for identifier, version in version_keys(wanted):
            try:
                keys[identifier, version] = ArxivId.parse(f"{identifier}v{version}")
            except MalformedArxivId as error:
                lookups[identifier, version] = Unavailable(str(error))
        answers = self._ask(keys.values())
        return lookups | {key: answers[asked] for key, asked in keys.items()}

    def close(self) -> None:
        """Close the connection."""
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def _ask(self, keys: Iterable[ArxivId]) -> dict[ArxivId, Lookup]:
        answers: dict[ArxivId, Lookup | None] = dict.fromkeys(keys)
        try:
            lacking = self._ask_in_batches(list(answers), answers, witnessed=False)
            for key in self._ask_in_batches(lacking, answers, witnessed=True):
                answers[key] = Missing()
        except _Stopped as stop:
            self._stopped = stop.reason
        self._report(answers, "")
        unasked = Unavailable(self._stopped or "not asked")
        return {key: answer or unasked for key, answer in answers.items()}

    def _ask_in_batches(
        self, keys: Sequence[ArxivId], answers: dict[ArxivId, Lookup | None], *, witnessed: bool
    ) -> list[ArxivId]:
        """Ask for ``keys``, fill ``answers``, and give those that whole answers lacked."""
        size = self._batch_size
        batches = deque(list(keys[start : start + size]) for start in range(0, len(keys), size))
        lacking: list[ArxivId] = []
        while batches:
            batch = _Batch(batches.popleft(), answers, witnessed)
            fault = self._ask_patiently(batch)
            if fault is None:
                lacking += batch.open
            elif fault.remedy is Remedy.SPLIT and len(batch.open) > 1:
                batches.extendleft(_split(batch.open, fault.rejected))
            else:
                batch.give_up(self._reason(fault))
        return lacking

    def _ask_patiently(self, batch: _Batch) -> PageFault | None:
        """Ask until a whole answer has come, or give the fault that remains."""
        tries = 0
        while True:
            self._keep_pace(batch.answers)
            began = self._clock()
            fault = self._ask_once(batch)
            if fault is None:
                return None
            tries += 1
            if fault.remedy is Remedy.SPLIT:
                self._spend(self._clock() - began + self._delay, fault)
                return fault
            if tries >= _TRIES.get(fault.remedy, _TRIES_AT_MOST):
                return self._last_fault(fault)
            self._spend(self._clock() - began, fault)
            self._back_off(fault, tries, batch.answers)

    def _ask_once(self, batch: _Batch) -> PageFault | None:
        self._report(batch.answers, "an answer")
        try:
            page = self._connection().fetch(batch.asked())
        except PageFault as fault:
            return fault
        finally:
            self._last_request = self._clock()
        batch.take(page)
        if not batch.open or (page.records and page.whole):
            return None
        batch.witnessed = True
        return PageFault(Remedy.REPEAT, "its answer is incomplete" if page.records else "its answer is empty")

    def _connection(self) -> Pages:
        if self._pages is None:
            # requests and the arxiv package take 150 ms to import, so only a run that asks pays for them.
            from littable.papers.arxiv_client import Pages

            self._pages = Pages(self._url, self._timeouts)
        return self._pages

    def _last_fault(self, fault: PageFault) -> PageFault:
        if fault.remedy in {Remedy.STOP, Remedy.RECONNECT, Remedy.WAIT}:
            raise _Stopped(self._reason(fault))
        return fault

    def _reason(self, fault: PageFault) -> str:
        if fault.remedy is Remedy.SPLIT:
            return "arXiv rejects the identifier"
        who = "arXiv" if is_arxiv(self._host) else self._host
        return f"{who} could not be asked: {fault.reason}"

    def _keep_pace(self, answers: Mapping[ArxivId, Lookup | None]) -> None:
        if self._stopped is not None:
            raise _Stopped(self._stopped)
        if self._last_request is None:
            return
        pause = self._last_request + self._delay - self._clock()
        if pause > 0:
            self._report(answers, "the pace that arXiv asks for")
            self._sleep(pause)

    def _back_off(self, fault: PageFault, tries: int, answers: Mapping[ArxivId, Lookup | None]) -> None:
        if fault.retry_after is not None:
            pause = max(fault.retry_after, self._delay, _SHORTEST_BACK_OFF)
        else:
            pause = min(max(self._delay, _SHORTEST_BACK_OFF) * 2 ** (tries - 1), _LONGEST_BACK_OFF)
        # Jitter keeps two machines that failed together from coming back together.
        pause *= 1 + random.random() / 4
        self._spend(pause, fault)
        self._report(answers, f"{pause:.0f} s, since {fault.reason}")
        self._sleep(pause)

    def _spend(self, seconds: float, fault: PageFault) -> None:
        self._patience -= seconds
        if self._patience >= 0:
            return
        if fault.remedy is Remedy.WAIT:
            raise _Stopped("arXiv asked for more patience than --max-wait")
        raise _Stopped(f"{self._reason(fault)}, and --max-wait is over")

    def _report(self, answers: Mapping[ArxivId, Lookup | None], waiting_for: str) -> None:
        self._progress(sum(answer is not None for answer in answers.values()), len(answers), waiting_for)


class _Batch:
    """Papers asked for in one request, and those of them that are still ``open``."""

    def __init__(self, keys: list[ArxivId], answers: dict[ArxivId, Lookup | None], witnessed: bool) -> None:
        self.open = keys
        self.answers = answers
        self.witnessed = witnessed

    def asked(self) -> list[ArxivId]:
        """What to put into the request."""
        return list(dict.fromkeys([*self.open, *(self._witnesses() if self.witnessed else ())]))

    def take(self, page: Page) -> None:
        """Keep what the page has, whatever else it lacks."""
        current: dict[str, PaperRecord] = {}
        for record in page.records:
            known = current.get(record.id)
            if known is None or (record.version or 0) > (known.version or 0):
                current[record.id] = record
        exact = {(record.id, record.version): record for record in page.records}
        for key in self.open:
            found = current.get(key.id) if key.version is None else exact.get((key.id, key.version))
            if found is not None:
                self.answers[key] = Found(found)
        self.open = [key for key in self.open if self.answers[key] is None]

    def give_up(self, reason: str) -> None:
        """Nobody could say about what is open."""
        for key in self.open:
            self.answers[key] = Unavailable(reason)

    def _witnesses(self) -> tuple[ArxivId, ...]:
        found = (key.bare for key, answer in self.answers.items() if isinstance(answer, Found))
        first = next(found, None)
        return _WITNESSES if first is None else (first,)


def _split(keys: list[ArxivId], rejected: str | None) -> list[list[ArxivId]]:
    """The smaller batches to ask instead: the identifier that arXiv named apart, or else two halves."""
    named = [key for key in keys if str(key) == rejected]
    if named:
        return [named, [key for key in keys if str(key) != rejected]]
    middle = len(keys) // 2
    return [keys[middle:], keys[:middle]]
