"""A pace that all processes of one user keep together, through a table in the store.

A process takes the next free moment in one short transaction and sleeps until then, so nothing is locked
while anybody waits. Moments are those of the wall clock, which machines that share a folder have in common.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from littable.papers.pace import OwnPace, ordinary_delay, pace_key
from littable.papers.store.file import Foreign, Newer, NoFile, connect

if TYPE_CHECKING:
    import sqlite3

_TABLE = "CREATE TABLE IF NOT EXISTS pace (host TEXT PRIMARY KEY, next REAL NOT NULL) WITHOUT ROWID"
# One process may keep the others waiting this long for a server that wishes to be left alone.
_LONGEST_WISH = 60.0
# More do not stand in one queue.
_MOST_WAITING = 50


class SharedPace:
    """The pace towards ``url`` of all processes that use the store at ``path``.

    ``delay`` is in seconds, for arXiv at least 3. When the store cannot be used, the pace is kept within
    this object alone. A moment further ahead than any queue can reach is not believed: the clock was set
    back, or the row is damaged, and nobody shall starve for that. ``clock`` is the wall clock.
    """

    def __init__(
        self,
        path: Path,
        url: str,
        delay: float,
        *,
        clock: Callable[[], float] = time.time,
        own: OwnPace | None = None,
    ) -> None:
        self._path = path
        self._host = pace_key(url)
        self._delay = ordinary_delay(url, delay)
        self._farthest = _LONGEST_WISH + _MOST_WAITING * self._delay
        self._clock = clock
        self._own = own or OwnPace(self._delay)

    def reserve(self) -> float:
        """Seconds to wait before the next request, whose moment no other process has been given."""
        own = self._own.reserve()
        now, free = self._change(lambda now, free: max(now + own, free) + self._delay)
        return max(own, free - now)

    def done(self) -> None:
        """A request has ended: those who have not taken a moment yet keep away from its end as well."""
        self._own.done()
        self._change(lambda now, free: max(now + self._delay, free))

    def postpone(self, seconds: float) -> None:
        """Not before so many seconds from now; others wait no longer than a minute on our word."""
        self._own.postpone(seconds)
        self._change(lambda now, free: max(now + min(seconds, _LONGEST_WISH), free))

    def _change(self, next_free: Callable[[float, float], float]) -> tuple[float, float]:
        """Replace the next free moment; gives the present one and that which was free until now."""
        import sqlite3

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = connect(self._path)
            try:
                return self._exchange(connection, next_free)
            finally:
                connection.close()
        except (sqlite3.Error, OSError, Foreign, Newer, NoFile):
            # The store itself says what is wrong with its file.
            now = self._clock()
            return now, now

    def _exchange(
        self, connection: sqlite3.Connection, next_free: Callable[[float, float], float]
    ) -> tuple[float, float]:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_TABLE)
        row = connection.execute("SELECT next FROM pace WHERE host = ?", (self._host,)).fetchone()
        now = self._clock()
        free = self._believed(row[0], now) if row else now
        replacement = (self._host, next_free(now, free))
        connection.execute("INSERT OR REPLACE INTO pace VALUES (?, ?)", replacement)
        connection.execute("COMMIT")
        return now, free

    def _believed(self, moment: object, now: float) -> float:
        if isinstance(moment, float) and now < moment <= now + self._farthest:  # NaN is neither
            return moment
        return now
