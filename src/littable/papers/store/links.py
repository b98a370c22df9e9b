"""What the store remembers of links: a text a link, made and read by whoever asks about links."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping

from littable.papers.store.access import CLOCK_SLACK, CacheFile
from littable.papers.store.rows import select


class LinkMemory:
    """The states of links in the store's file, by URL."""

    def __init__(self, file: CacheFile, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._now = now

    def recall(self, urls: Collection[str]) -> dict[str, tuple[str, float]]:
        """What was kept of those of the links that are known, and how many seconds ago."""
        found: dict[str, tuple[str, float]] = {}
        now = self._now()
        with self._file.guarded(), self._file.reading() as connection:
            for url, state, asked in select(
                connection, "SELECT url, state, asked FROM link WHERE url", list(urls)
            ):
                whole = isinstance(state, str) and isinstance(asked, int)
                if whole and asked <= now + CLOCK_SLACK:
                    found[url] = state, max(now - asked, 0)
        return found

    def keep(self, states: Mapping[str, str]) -> None:
        """Keep what is known of these links as of now."""
        rows = [(url, state, int(self._now())) for url, state in states.items()]
        if rows:
            with self._file.guarded(), self._file.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO link VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
