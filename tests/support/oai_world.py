"""A library, a server to bring it to today from, and a clock that goes on when somebody sleeps."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from littable.papers.arxiv.page import Timeouts
from littable.papers.library.updating import LibraryUpdate, Updated
from littable.papers.oai.client import OaiClient
from littable.papers.oai.harvest import Harvester, HarvestStopped
from littable.papers.pace import OwnPace
from littable.papers.store.file import open_store
from support.clock import Clock
from support.oai_server import Fault, OaiServer

V1 = ("Tue, 5 Mar 2024 18:59:35 GMT",)
V2 = (*V1, "Wed, 6 Mar 2024 18:59:35 GMT")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC).timestamp()


def on(day: int) -> date:
    return date(2026, 11, day)


def ids(count: int, first: int = 1) -> list[str]:
    return [f"2403.{number:05}" for number in range(first, first + count)]


@dataclass
class World:
    store: Path
    server: OaiServer
    clock: Clock
    delay: float = 3.0
    wall: float = NOW

    def update(self, max_wait: float = 300.0, timeouts: Timeouts | None = None) -> Updated:
        pace = OwnPace(self.delay, self.clock.time)
        with closing(OaiClient(self.server.url)) as client, open_store(self.store) as connection:
            harvester = Harvester(
                client,
                pace,
                self.server.url,
                max_wait=max_wait,
                timeouts=timeouts or Timeouts(),
                sleep=self.clock.sleep,
                clock=self.clock.time,
            )
            return LibraryUpdate(connection, harvester, self.server.url, now=lambda: self.wall).run()

    @property
    def since(self) -> list[str]:
        """What was asked for by date; for a token "token"."""
        return [asked.get("from", "token") for asked in self.server.asked]

    def stop_after(self, pages: int) -> None:
        """An update that ends after some pages."""
        self.server.fail(*[Fault()] * pages, Fault(status=403))
        with pytest.raises(HarvestStopped):
            self.update()
