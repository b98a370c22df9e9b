"""Asking arXiv's API one question after the other: at its pace, again after faults, and within bounds."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from littable.config.arxiv import is_arxiv
from littable.papers.arxiv.page import PageFault, Remedy, Timeouts

if TYPE_CHECKING:
    from littable.papers.arxiv.batches import Batch
    from littable.papers.arxiv.client import Pages
    from littable.papers.pace import Pace

_LONGEST_BACK_OFF = 60.0
_SHORTEST_BACK_OFF = 0.25
_MOST_JITTER = 5.0
# An answer may take this long even where there is no patience left for faults.
_SHORTEST_TIMEOUT = 5.0
_FAULTS_IN_A_ROW = 30
# Two moments less than this apart are the same.
_TICK = 0.001
_PACE = "the pace that arXiv asks for"
_OTHERS = "the pace, which other runs keep as well"

Progress = Callable[[int, int, str, float], None]
"""Called with papers done, all papers asked for, what is waited for (empty at the end), and for how many
seconds (0 where nobody knows)."""


class Stopped(Exception):
    """Nothing more is asked in this run; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Asker:
    """Asks for batches until they are answered, or the fault is to last.

    ``delay`` is the ordinary seconds between two requests, which ``pace`` keeps; ``patience`` the seconds
    that may be lost to faults, to a server that asks for patience, and to others that are asking it. It
    bounds the time limits of each request as well.
    """

    def __init__(
        self,
        url: str,
        pace: Pace,
        *,
        delay: float,
        patience: float,
        timeouts: Timeouts,
        progress: Progress,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
    ) -> None:
        self._url = url
        self._pace = pace
        self._delay = delay
        self._patience = patience
        self._timeouts = timeouts
        self._progress = progress
        self._sleep = sleep
        self._clock = clock
        self._pages: Pages | None = None
        self._faults = 0
        self._answered = False
        self._rest: tuple[float, PageFault] | None = None

    def ask(self, batch: Batch[Any, Any]) -> PageFault | None:
        """Ask until a whole answer has come, or give the fault that remains. Raises Stopped."""
        pages = self._connection()
        tries = 0
        while True:
            self._wait(batch.answers)
            began = self._clock()
            fault = self._ask_once(batch, pages)
            if fault is None or fault.remedy is Remedy.SPLIT:
                self._faults, self._answered = 0, True
            if fault is None:
                return None
            if fault.remedy is Remedy.SPLIT:
                self._spend(self._clock() - began + self._delay, fault)
                return fault
            tries += 1
            self._note(fault, self._clock() - began)
            if tries >= self._tries(fault, len(batch.open)):
                if fault.partial:  # the server is well: what comes next need not wait
                    self._faults, self._rest = 0, None
                return fault

    def reason(self, fault: PageFault) -> str:
        """Why there is no answer, for the user."""
        host = urlsplit(self._url).hostname or self._url
        who = "arXiv" if is_arxiv(host.lower()) else host
        return f"{who} could not be asked: {fault.reason}"

    def report(self, answers: Mapping[Any, object], waiting_for: str, seconds: float = 0) -> None:
        """Tell how far the asking is; with nothing to wait for, that it has ended."""
        done = sum(answer is not None for answer in answers.values())
        self._progress(done, len(answers), waiting_for, seconds)

    def close(self) -> None:
        """Close the connection."""
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def _ask_once(self, batch: Batch[Any, Any], pages: Pages) -> PageFault | None:
        self.report(batch.answers, "an answer")
        pages.timeouts = self._timeouts.within(max(self._patience, _SHORTEST_TIMEOUT))
        try:
            return batch.ask(pages)
        except PageFault as fault:
            return fault
        finally:
            self._pace.done()

    def _connection(self) -> Pages:
        if self._pages is None:
            # requests and the arxiv package take 150 ms to import, so only a run that asks pays for them,
            # and before its turn has come: whoever comes next counts on the moment.
            from littable.papers.arxiv.client import Pages

            self._pages = Pages(self._url, self._timeouts)
        return self._pages

    def _tries(self, fault: PageFault, size: int) -> int:
        """How often a batch of ``size`` is asked for; a large one soon goes on in parts."""
        if fault.remedy in {Remedy.WAIT, Remedy.RECONNECT}:
            return 5 if fault.too_much and size > 1 else _FAULTS_IN_A_ROW
        if size == 1:
            return 5
        return 2 if fault.too_much else 3

    def _note(self, fault: PageFault, seconds: float) -> None:
        """Count a fault that took ``seconds``, and see to a pause before the next request."""
        self._faults += 1
        if fault.remedy is Remedy.STOP or self._faults >= self._most_faults(fault):
            raise Stopped(self.reason(fault))
        self._spend(seconds, fault)
        self._rest = (self._pause(fault), fault)
        if fault.remedy is Remedy.WAIT:
            self._pace.postpone(self._rest[0])

    def _most_faults(self, fault: PageFault) -> int:
        if fault.remedy is not Remedy.RECONNECT:
            return _FAULTS_IN_A_ROW
        # A network that is gone stays away; one that was there a moment ago may come back.
        return 8 if self._answered else 3

    def _pause(self, fault: PageFault) -> float:
        least = max(self._delay, _SHORTEST_BACK_OFF)
        if fault.retry_after is not None:
            pause = max(fault.retry_after, least)
        else:
            pause = max(min(least * 2 ** (self._faults - 1), _LONGEST_BACK_OFF), least)
        # Jitter keeps two machines that failed together from coming back together.
        return pause + random.random() * min(pause / 4, _MOST_JITTER)

    def _wait(self, answers: Mapping[Any, object]) -> None:
        if self._rest is not None:
            (pause, fault), self._rest = self._rest, None
            self._spend(pause, fault)
            self.report(answers, fault.reason, pause)
            self._sleep(pause)
        pause = self._pace.reserve()
        if pause <= 0:
            return
        others = pause - self._delay
        if others > _TICK:
            self._wait_for_others(others)
        self.report(answers, _OTHERS if others > _TICK else _PACE, pause)
        self._sleep(pause)

    def _wait_for_others(self, seconds: float) -> None:
        self._patience -= seconds
        if self._patience < 0:
            raise Stopped("other runs are asking arXiv, and --max-wait is over")

    def _spend(self, seconds: float, fault: PageFault) -> None:
        self._patience -= seconds
        if self._patience >= 0:
            return
        if fault.remedy is Remedy.WAIT:
            raise Stopped("arXiv asked for more patience than --max-wait")
        raise Stopped(f"{self.reason(fault)}, and --max-wait is over")
