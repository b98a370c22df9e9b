from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.web_servers import WebServer, WebServers


@pytest.fixture
def servers() -> Iterator[WebServers]:
    with WebServers() as running:
        yield running


@pytest.fixture
def server(servers: WebServers) -> WebServer:
    return servers.start()
