"""arXiv's query API as a source: few requests, slow enough, patient within bounds, and honest.

https://info.arxiv.org/help/api/tou.html asks for at most one request in three seconds. A paper is missing
only when two whole answers lacked it; an empty answer proves nothing, since arXiv gives such under load.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from littable.config.arxiv import ARXIV_DELAY, ARXIV_URL, is_arxiv
from littable.papers.arxiv_batches import AnswerT, Batch, IdBatch, KeyT, TitleBatch, title_batches
from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.page import PageFault, Remedy, Timeouts
from littable.papers.sources import Lookup, Missing, TitleLookup, Unavailable, VersionKey, version_keys
from littable.papers.title_query import title_query

if TYPE_CHECKING:
    from littable.papers.arxiv_client import Pages

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

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """The papers that have these titles.

        Unavailable where no plain words are left of a title, or where so many papers have them in their
        titles that not all could be looked at.
        """
        nothing = Unavailable("arXiv cannot be searched for such a title")
        lookups: dict[str, TitleLookup] = dict.fromkeys(titles, nothing)
        asked = [title for title in lookups if title_query(title)]
        answers: dict[str, TitleLookup | None] = dict.fromkeys(asked)
        with self._until_stopped():
            self._ask_in_batches(title_batches(asked), lambda keys: TitleBatch(keys, answers))
        unasked = self._unasked(answers)
        return lookups | {title: answer or unasked for title, answer in answers.items()}

    def close(self) -> None:
        """Close the connection."""
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def _ask(self, keys: Iterable[ArxivId]) -> dict[ArxivId, Lookup]:
        answers: dict[ArxivId, Lookup | None] = dict.fromkeys(keys)
        with self._until_stopped():
            first = self._in_batches(list(answers))
            lacking = self._ask_in_batches(first, lambda keys: IdBatch(keys, answers))
            again = self._in_batches(lacking)
            for key in self._ask_in_batches(again, lambda keys: IdBatch(keys, answers, witnessed=True)):
                answers[key] = Missing()
        unasked = self._unasked(answers)
        return {key: answer or unasked for key, answer in answers.items()}

    def _in_batches(self, keys: Sequence[ArxivId]) -> list[list[ArxivId]]:
        size = self._batch_size
        return [list(keys[start : start + size]) for start in range(0, len(keys), size)]

    @contextmanager
    def _until_stopped(self) -> Iterator[None]:
        try:
            yield
        except _Stopped as stop:
            self._stopped = stop.reason

    def _unasked(self, answers: Mapping[Any, object]) -> Unavailable:
        """What to say, at the end of a round, about what was not asked."""
        self._report(answers, "")
        return Unavailable(self._stopped or "not asked")

    def _ask_in_batches(
        self,
        asked: Iterable[list[KeyT]],
        make: Callable[[list[KeyT]], Batch[KeyT, AnswerT]],
    ) -> list[KeyT]:
        """Ask for all of ``asked``, fill the answers, and give those that whole answers lacked."""
        waiting = deque(asked)
        lacking: list[KeyT] = []
        while waiting:
            batch = make(waiting.popleft())
            fault = self._ask_patiently(batch)
            if fault is None:
                lacking += batch.open
            elif fault.remedy is Remedy.SPLIT and len(batch.open) > 1:
                waiting.extendleft(batch.parts(fault.rejected))
            else:
                batch.give_up(self._reason(fault, batch.noun))
        return lacking

    def _ask_patiently(self, batch: Batch[KeyT, AnswerT]) -> PageFault | None:
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

    def _ask_once(self, batch: Batch[KeyT, AnswerT]) -> PageFault | None:
        self._report(batch.answers, "an answer")
        try:
            return batch.ask(self._connection())
        except PageFault as fault:
            return fault
        finally:
            self._last_request = self._clock()

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

    def _reason(self, fault: PageFault, asked: str = "question") -> str:
        if fault.remedy is Remedy.SPLIT:
            return f"arXiv rejects the {asked}"
        who = "arXiv" if is_arxiv(self._host) else self._host
        return f"{who} could not be asked: {fault.reason}"

    def _keep_pace(self, answers: Mapping[Any, object]) -> None:
        if self._stopped is not None:
            raise _Stopped(self._stopped)
        if self._last_request is None:
            return
        pause = self._last_request + self._delay - self._clock()
        if pause > 0:
            self._report(answers, "the pace that arXiv asks for")
            self._sleep(pause)

    def _back_off(self, fault: PageFault, tries: int, answers: Mapping[Any, object]) -> None:
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

    def _report(self, answers: Mapping[Any, object], waiting_for: str) -> None:
        self._progress(sum(answer is not None for answer in answers.values()), len(answers), waiting_for)
