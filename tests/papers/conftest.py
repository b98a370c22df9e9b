from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from littable.papers.arxiv_api import ArxivApi
from support.arxiv_server import ArxivServer
from support.clock import Clock


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(server: ArxivServer, clock: Clock) -> Iterator[Callable[..., ArxivApi]]:
    made: list[ArxivApi] = []

    def build(**options: object) -> ArxivApi:
        settings: dict[str, object] = {
            "url": server.url,
            "sleep": clock.sleep,
            "clock": clock.time,
            "delay": 3.0,
        }
        api = ArxivApi(**(settings | options))  # type: ignore[arg-type]
        made.append(api)
        return api

    yield build
    for api in made:
        api.close()


@pytest.fixture
def shared() -> Path:
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("LITTABLE_SHARED", root.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}; set LITTABLE_SHARED to the folder with recorded data")
    return folder
