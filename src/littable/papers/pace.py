"""How often a server may be asked: at the pace of its terms, whoever asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

from littable.config.arxiv import ARXIV_DELAY, is_arxiv


class Pace(Protocol):
    """Keeps requests to one server apart. Call ``reserve``, sleep, ask, call ``done``."""

    def reserve(self) -> float:
        """Seconds to wait before the next request. The moment after them is taken: make use of it."""

    def done(self) -> None:
        """A request has ended, well or not."""

    def postpone(self, seconds: float) -> None:
        """The server wishes not to be asked for so many seconds from now."""


class OwnPace:
    """The pace of one object in one process: ``delay`` seconds from the end of a request to the next."""

    def __init__(self, delay: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._delay = delay
        self._clock = clock
        self._next: float | None = None

    def reserve(self) -> float:
        """Seconds to wait before the next request."""
        return 0.0 if self._next is None else max(self._next - self._clock(), 0.0)

    def done(self) -> None:
        """A request has ended."""
        self.postpone(self._delay)

    def postpone(self, seconds: float) -> None:
        """Not before so many seconds from now."""
        moment = self._clock() + seconds
        self._next = moment if self._next is None else max(self._next, moment)


def ordinary_delay(url: str, delay: float) -> float:
    """Seconds between two requests to an address: ``delay``, but never less than arXiv's terms ask for."""
    return max(delay, ARXIV_DELAY) if is_arxiv(_host(url)) else max(delay, 0.0)


def pace_key(url: str) -> str:
    """What addresses that share a pace have in common: arXiv's terms speak of all of its servers together."""
    host = _host(url)
    if is_arxiv(host):
        return "arxiv.org"
    return urlsplit(url).netloc.rpartition("@")[2].lower() or url


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).lower()
