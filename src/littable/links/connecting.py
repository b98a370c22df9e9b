"""Connections that are opened to an address which was looked at, and to no other."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore2

from littable.links.guard import refused_address
from littable.links.names import Endpoint, Names

# Happy eyeballs (RFC 8305): the next address is tried beside one that has not answered in this time.
_HEAD_START = 0.25


class Refused(Exception):
    """Nothing was asked, since the host is not on the public internet; the message is a clause."""


class _Stream(httpcore2.AsyncNetworkStream):
    """A stream that is closed when the handshake on it is given up: httpcore2 (2.16) forgets it then."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class PlainBackend(httpcore2.AnyIOBackend):
    """Connects to whatever it is told: to a proxy, which the user has named."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """The connection. Raises httpcore2's errors."""
        return _Stream(await super().connect_tcp(host, port, timeout, local_address, socket_options))


class GuardedBackend(PlainBackend):
    """Resolves a name, drops the addresses that must not be asked, and connects to one of the others."""

    def __init__(self, names: Names, *, allow_private: bool) -> None:
        self._names = names
        self._allow_private = allow_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - nobody sets it
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """The first connection that stands. Raises NoSuchHost, LookupFailed, Refused, httpcore2's errors."""
        endpoints = await self._names.endpoints(host)
        allowed = [endpoint for endpoint in endpoints if self._refusal(endpoint.ip) is None]
        if not allowed:
            raise Refused(f"is at {self._refusal(endpoints[0].ip)}, which is not asked")
        stream = await self._first(allowed, port, timeout, socket_options)
        peer = stream.get_extra_info("server_addr")
        if peer and (refusal := self._refusal(str(peer[0]))):
            await stream.aclose()
            raise Refused(f"is at {refusal}, which is not asked")
        return stream

    def _refusal(self, ip: str) -> str | None:
        return None if self._allow_private else refused_address(ip)

    async def _first(
        self,
        endpoints: Sequence[Endpoint],
        port: int,
        timeout: float | None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None,
    ) -> httpcore2.AsyncNetworkStream:
        connect = super().connect_tcp
        if len(endpoints) == 1:
            only = endpoints[0]
            return await connect(only.ip, only.port or port, timeout, None, socket_options)
        waiting = list(endpoints)
        running: set[asyncio.Task[httpcore2.AsyncNetworkStream]] = set()
        failure: BaseException | None = None
        try:
            while waiting or running:
                if waiting:
                    next_ = waiting.pop(0)
                    attempt = connect(next_.ip, next_.port or port, timeout, None, socket_options)
                    running.add(asyncio.create_task(attempt))
                done, running = await asyncio.wait(
                    running, timeout=_HEAD_START if waiting else None, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    if (failure := task.exception()) is None:
                        running |= done - {task}
                        return task.result()
        finally:
            await _abandon(running)
        raise failure or httpcore2.ConnectError("no address")


async def _abandon(tasks: Iterable[asyncio.Task[httpcore2.AsyncNetworkStream]]) -> None:
    for task in tasks:
        task.cancel()
    for stream in await asyncio.gather(*tasks, return_exceptions=True):
        if not isinstance(stream, BaseException):
            await stream.aclose()
