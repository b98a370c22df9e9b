"""The pages of an OAI-PMH server, asked for at its pace, patiently within bounds.

https://info.arxiv.org/help/oa/index.html: at most one request in three seconds, and a 503 says when to come
again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from littable.config.arxiv import ARXIV_DELAY, is_arxiv
from littable.errors import LittableError
from littable.papers.arxiv.page import PageFault, Remedy, Timeouts
from littable.papers.pace import Pace, ordinary_delay

if TYPE_CHECKING:
    from littable.papers.oai.client import OaiClient
    from littable.papers.oai.page import OaiPage

# A page has thousands of records, and arXiv takes its time before the first byte.
TIMEOUTS = Timeouts(connect=10, read=120, total=600)
_TRIES = {Remedy.STOP: 1, Remedy.SPLIT: 1, Remedy.RECONNECT: 3, Remedy.REPEAT: 6}
_TRIES_AT_MOST = 30
# A page that is damaged in the same way each time is not damaged on its way.
_TRIES_STRICTLY = 3
_SHORTEST_BACK_OFF, _LONGEST_BACK_OFF = 0.25, 60.0
# What an ordinary answer may take, however little patience there is.
_ORDINARY_ANSWER = 30.0

Waiting = Callable[[str, float], None]
"""Told what is being waited for, and for how many seconds; 0 where nobody knows."""

AnswerT = TypeVar("AnswerT")


class HarvestStopped(LittableError):
    """The server could not be asked, or not within ``max_wait``."""


class Harvester:
    """Asks one server, through its ``client``, at a ``pace`` that others may share.

    ``delay`` is the seconds of that pace, from which the pauses after faults grow. ``max_wait`` bounds the
    seconds lost to faults and to a server that asks for patience, over the life of the object; the pace
    itself does not count. Not for several threads at once.
    """

    def __init__(
        self,
        client: OaiClient,
        pace: Pace,
        url: str,
        *,
        delay: float = ARXIV_DELAY,
        max_wait: float = 300.0,
        waiting: Waiting = lambda _for_what, _seconds: None,
        timeouts: Timeouts = TIMEOUTS,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._pace = pace
        host = (urlsplit(url).hostname or url).lower()
        self.server = "arXiv" if is_arxiv(host) else host
        self._max_wait = max_wait
        self._patience = max_wait
        self._waiting = waiting
        self._timeouts = timeouts
        self._least = max(ordinary_delay(url, delay), _SHORTEST_BACK_OFF)
        self._sleep = sleep
        self._clock = clock

    def page(self, arguments: Mapping[str, str]) -> OaiPage:
        """The page of records that these arguments ask for. Raises OaiError and HarvestStopped."""
        return self._patiently(
            lambda timeouts, tries: self._client.list_records(
                arguments, timeouts, leniently=tries >= _TRIES_STRICTLY
            )
        )

    def earliest(self) -> date | None:
        """The first datestamp of the server, None where it does not say. Raises HarvestStopped."""
        return self._patiently(lambda timeouts, _tries: self._client.earliest(timeouts))

    def _patiently(self, ask: Callable[[Timeouts, int], AnswerT]) -> AnswerT:
        tries = 0
        while True:
            self._keep_pace()
            began = self._clock()
            try:
                return self._once(ask, tries)
            except PageFault as fault:
                tries += 1
                if tries >= _TRIES.get(fault.remedy, _TRIES_AT_MOST):
                    raise HarvestStopped(self._reason(fault)) from None
                self._wait(fault, tries, self._clock() - began)

    def _once(self, ask: Callable[[Timeouts, int], AnswerT], tries: int) -> AnswerT:
        self._waiting("an answer", 0)
        try:
            return ask(self._timeouts.within(max(self._patience, _ORDINARY_ANSWER)), tries)
        finally:
            self._pace.done()

    def _keep_pace(self) -> None:
        pause = self._pace.reserve()
        if pause > 0:
            self._waiting("arXiv's pace", pause)
            self._sleep(pause)

    def _wait(self, fault: PageFault, tries: int, lost: float) -> None:
        """Put the next request off, where there is patience left for that."""
        pause = max(min(self._least * 2 ** (tries - 1), _LONGEST_BACK_OFF), self._least)
        if fault.retry_after is not None:
            pause = max(fault.retry_after, self._least)
        # Jitter keeps two machines that failed together from coming back together.
        pause *= 1 + random.random() / 4
        self._patience -= lost + pause
        if self._patience < 0:
            raise HarvestStopped(f"{self._reason(fault)}, and --max-wait ({self._max_wait:g} s) is over")
        if fault.remedy is Remedy.WAIT:
            self._pace.postpone(pause)
        self._waiting(fault.reason, pause)
        self._sleep(pause)

    def _reason(self, fault: PageFault) -> str:
        return f"{self.server} could not be asked: {fault.reason}"
