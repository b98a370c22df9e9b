from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.arxiv_server import ArxivServer


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer() as running:
        yield running


@pytest.fixture
def shared() -> Path:
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("LITTABLE_SHARED", root.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}; set LITTABLE_SHARED to the folder with recorded data")
    return folder
