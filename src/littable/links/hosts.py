"""Who may be asked when: one lane for each host, all lanes side by side.

Nothing sleeps here, and no task waits: a lane knows the moment from which it may be asked again, so that ten
thousand links cost ten thousand small entries in queues.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

from littable.links.options import LinkOptions
from littable.links.verdict import Verdict

_Job = TypeVar("_Job")

# Links of one host that went without any answer, and none before them with one, until it is given up.
_SILENCES = 3
# Before every moment.
_FIRST = -1.0


@dataclass(frozen=True, slots=True)
class Closure:
    """Why a host is not asked any more, and what that makes of its links."""

    verdict: Verdict
    reason: str


class Lane(Generic[_Job]):
    """The queue of one host, with its limits. Moments are seconds of one clock."""

    __slots__ = (
        "_answered", "_concurrency", "_free_at", "_interval", "_jobs", "_order", "_patience", "_running",
        "_silences", "closure", "host", "stamp",
    )  # fmt: skip

    def __init__(self, host: str, options: LinkOptions) -> None:
        own = options.for_host(host)
        self.host = host
        self.closure: Closure | None = None
        self.stamp = 0
        self._concurrency = max(1, own.concurrency or options.concurrency)
        self._interval = options.interval if own.interval is None else own.interval
        self._patience = options.max_wait
        self._jobs: list[tuple[float, int, _Job]] = []
        self._order = count()
        self._running = 0
        self._free_at = 0.0
        self._silences = 0
        self._answered = False

    def add(self, job: _Job, when: float) -> None:
        """Queue a job that may not start before ``when``."""
        heapq.heappush(self._jobs, (when, next(self._order), job))

    def ready_at(self) -> float | None:
        """When the next job may start; None while there is none, or as many as may be are under way."""
        if not self._jobs or self._running >= self._concurrency:
            return None
        return max(self._jobs[0][0], self._free_at)

    def start(self, now: float) -> _Job:
        """Take the next job out; ``done`` must follow."""
        self._running += 1
        self._free_at = max(self._free_at, now + self._interval)
        return heapq.heappop(self._jobs)[2]

    def done(self) -> None:
        """A job that was started has come to an end, or goes on elsewhere."""
        self._running -= 1

    def hold(self, seconds: float, now: float) -> bool:
        """Leave the host alone, as it asks. False if that is more than the patience that is left."""
        longer = now + seconds - max(self._free_at, now)
        if longer > self._patience:
            return False
        if longer > 0:
            self._patience -= longer
            self._free_at = now + seconds
        return True

    def heard(self) -> None:
        """The host has answered something."""
        self._answered = True

    def try_again(self, job: _Job, seconds: float, now: float) -> None:
        """Queue a job that got no answer. A host that never gave one is asked nothing else until then."""
        if self._answered:
            self.add(job, now + seconds)
            return
        self._free_at = max(self._free_at, now + seconds)
        self.add(job, _FIRST)

    def was_silent(self) -> None:
        """A link of the host came to nothing for want of any answer."""
        self._silences += 1
        if not self._answered and self._silences >= _SILENCES and self.closure is None:
            reason = f"was not asked, since {self.host} did not answer {_SILENCES} links before it"
            self.closure = Closure(Verdict.UNKNOWN, reason)

    def drain(self) -> Iterator[_Job]:
        """Take all waiting jobs out."""
        while self._jobs:
            yield self._jobs.pop()[2]


class Lanes(Generic[_Job]):
    """All lanes, by the moment from which each may be asked."""

    def __init__(self, options: LinkOptions) -> None:
        self._options = options
        self._lanes: dict[str, Lane[_Job]] = {}
        self._queue: list[tuple[float, int, int, Lane[_Job]]] = []
        self._order = count()

    def lane(self, host: str) -> Lane[_Job]:
        """The lane of a host."""
        if host not in self._lanes:
            self._lanes[host] = Lane(host, self._options)
        return self._lanes[host]

    def changed(self, lane: Lane[_Job]) -> None:
        """Say this after every change to a lane."""
        lane.stamp += 1
        when = lane.ready_at()
        if when is not None:
            heapq.heappush(self._queue, (when, next(self._order), lane.stamp, lane))

    def next_at(self) -> float | None:
        """When the next job of any lane may start; None while there is none."""
        while self._queue and self._queue[0][2] != self._queue[0][3].stamp:
            heapq.heappop(self._queue)
        return self._queue[0][0] if self._queue else None

    def start(self, now: float) -> tuple[Lane[_Job], _Job]:
        """Take out the job that ``next_at`` speaks of."""
        lane = heapq.heappop(self._queue)[3]
        job = lane.start(now)
        self.changed(lane)
        return lane, job
