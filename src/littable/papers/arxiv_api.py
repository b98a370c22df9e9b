"""arXiv's query API as a source: few requests, slow enough, patient within bounds, and honest.

https://info.arxiv.org/help/api/tou.html asks for at most one request in three seconds. A paper is missing
only when two whole answers lacked it; an empty answer proves nothing, since arXiv gives such under load.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from littable.config.arxiv import ARXIV_DELAY, ARXIV_URL
from littable.papers.arxiv.asking import Asker, Progress, Stopped
from littable.papers.arxiv.batches import (
    AnswerT,
    Batch,
    IdBatch,
    KeyT,
    TitleBatch,
    id_batches,
    title_batches,
)
from littable.papers.arxiv.page import PageFault, Remedy, Timeouts
from littable.papers.arxiv.title_query import title_query
from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.pace import OwnPace, Pace, ordinary_delay
from littable.papers.sources import Lookup, Missing, TitleLookup, Unavailable, VersionKey, version_keys

# Smaller batches than this cost more requests than they help a slow server.
_SMALLEST_BATCH = 25


class ArxivApi:
    """Asks arXiv, or a server that answers like it.

    ``delay`` is the seconds between two requests; for arxiv.org it is never below 3. ``pace`` keeps them
    apart where others ask the same server, too. ``batch_size`` bounds the identifiers in a request, as the
    length of its address does. ``max_wait`` bounds the seconds lost to faults, to a server that asks for
    patience and to others' requests, over the life of the object; the ordinary pace does not count. Not for
    several threads at once.
    """

    name = "arXiv"

    def __init__(
        self,
        url: str = ARXIV_URL,
        *,
        delay: float = ARXIV_DELAY,
        pace: Pace | None = None,
        batch_size: int = 250,
        max_wait: float = 300.0,
        progress: Progress | None = None,
        timeouts: Timeouts | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        delay = ordinary_delay(url, delay)
        self._batch_size = max(batch_size, 1)
        self._stopped: str | None = None
        self._asker = Asker(
            url,
            pace or OwnPace(delay, clock),
            delay=delay,
            patience=max_wait,
            timeouts=timeouts or Timeouts(),
            progress=progress or (lambda _done, _total, _waiting_for, _seconds: None),
            sleep=sleep,
            clock=clock,
        )

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
        with self._until_stopped(answers):
            self._ask_in_batches(title_batches(asked), lambda keys: TitleBatch(keys, answers))
        unasked = self._unasked()
        return lookups | {title: answer or unasked for title, answer in answers.items()}

    def close(self) -> None:
        """Close the connection."""
        self._asker.close()

    def _ask(self, keys: Iterable[ArxivId]) -> dict[ArxivId, Lookup]:
        answers: dict[ArxivId, Lookup | None] = dict.fromkeys(keys)
        with self._until_stopped(answers):
            first = id_batches(list(answers), self._batch_size)
            lacking = self._ask_in_batches(first, lambda keys: IdBatch(keys, answers))
            again = id_batches(lacking, self._batch_size)
            for key in self._ask_in_batches(again, lambda keys: IdBatch(keys, answers, witnessed=True)):
                answers[key] = Missing()
        unasked = self._unasked()
        return {key: answer or unasked for key, answer in answers.items()}

    @contextmanager
    def _until_stopped(self, answers: Mapping[Any, object]) -> Iterator[None]:
        try:
            yield
        except Stopped as stop:
            self._stopped = stop.reason
        finally:
            self._asker.report(answers, "")

    def _unasked(self) -> Unavailable:
        """What to say, at the end of a round, about what was not asked."""
        return Unavailable(self._stopped or "not asked")

    def _ask_in_batches(
        self,
        asked: Iterable[list[KeyT]],
        make: Callable[[list[KeyT]], Batch[KeyT, AnswerT]],
    ) -> list[KeyT]:
        """Ask for all of ``asked``, fill the answers, and give those that whole answers lacked."""
        waiting = deque(map(make, asked))
        lacking: list[KeyT] = []
        while waiting:
            if self._stopped is not None:
                raise Stopped(self._stopped)
            batch = waiting.popleft()
            if len(batch.open) > self._batch_size:
                waiting.extendleft(reversed(batch.parts(None)))
                continue
            fault = self._asker.ask(batch)
            if fault is None:
                lacking += batch.open
            elif len(batch.open) > 1:
                self._learn(fault, len(batch.open))
                waiting.extendleft(reversed(batch.parts(fault.rejected)))
            else:
                batch.give_up(self._reason(fault, batch.noun))
        return lacking

    def _learn(self, fault: PageFault, size: int) -> None:
        """What is too much for the server now would be so again."""
        if fault.too_much and size >= 2 * _SMALLEST_BATCH:
            self._batch_size = min(self._batch_size, size // 2)

    def _reason(self, fault: PageFault, noun: str) -> str:
        rejected = fault.remedy is Remedy.SPLIT
        return f"arXiv rejects the {noun}" if rejected else self._asker.reason(fault)
