"""Web servers on loopback that answer by a script, well or badly. All of them run in one thread."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Reply:
    """What the server does with one request.

    ``raw`` is sent instead of an answer. After the head: ``endless`` sends without end, ``drip`` a byte at a
    time, ``reset`` cuts the connection. ``silence`` never answers, ``slam`` closes without a word. ``delay``
    are seconds before anything of this.
    """

    status: int = 200
    body: bytes = b"<html><title>A paper</title></html>"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    raw: bytes | None = None
    endless: bool = False
    drip: bool = False
    reset: bool = False
    silence: bool = False
    slam: bool = False
    delay: float = 0.0


OK = Reply()
SILENCE = Reply(silence=True)
SLAM = Reply(slam=True)


def answer(status: int, body: bytes = b"", **headers: str) -> Reply:
    """A plain answer; ``retry_after="3"`` is the header Retry-After."""
    pairs = [
        ("Content-Type", "text/html"),
        *((key.replace("_", "-"), value) for key, value in headers.items()),
    ]
    return Reply(status, body, tuple(pairs))


def redirect(location: str, status: int = 301) -> Reply:
    """A redirect."""
    return answer(status, location=location)


@dataclass
class Asked:
    """One request as the server saw it, at a moment of the server's clock."""

    method: str
    path: str
    headers: dict[str, str]
    at: float
    http: str = "1.1"


@dataclass
class _Script:
    replies: dict[tuple[str, str], list[Reply]] = field(default_factory=dict)
    otherwise: Reply = OK
    choose: Callable[[str, str], Reply] | None = None
    served: Counter[tuple[str, str]] = field(default_factory=Counter)

    def reply(self, method: str, path: str) -> Reply:
        for key in ((method, path), ("", path)):
            if key in self.replies:
                number = self.served[key]
                self.served[key] += 1
                return self.replies[key][min(number, len(self.replies[key]) - 1)]
        return self.choose(method, path) if self.choose else self.otherwise


class WebServer:
    """One server at ``host:port``. Make it with ``WebServers.start``.

    ``on("/paper", answer(404), OK)`` answers in turn, the last one ever after; ``method`` limits it to one.
    With ``tunnel`` it is a proxy that connects everybody to that place.
    """

    def __init__(self, host: str, tls: ssl.SSLContext | None) -> None:
        self.host = host
        self.port = 0
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self.sent = 0
        self.connections = 0
        self.tunnel: tuple[str, int] | None = None
        self._tls = tls
        self._at_once = 0
        self._script = _Script()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}"

    def on(self, path: str, *replies: Reply, method: str = "") -> str:
        """Answer a path by these replies. Gives its address."""
        self._script.replies[method, path] = list(replies)
        return self.url + path

    def always(self, reply: Reply) -> None:
        """Answer every path without a script of its own so."""
        self._script.otherwise = reply

    def by(self, choose: Callable[[str, str], Reply]) -> None:
        """Answer every path without a script of its own as ``choose`` says of method and path."""
        self._script.choose = choose

    def methods(self, path: str) -> list[str]:
        """The methods by which a path was asked, in order."""
        return [asked.method for asked in self.asked if asked.path == path]

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._accept, self.host, 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Listen no more, and drop everybody."""
        if self._server is not None:
            self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Not left to asyncio: a task of its own that is cancelled before it begins would close nothing.
        self._writers.add(writer)
        task = asyncio.get_running_loop().create_task(self._connected(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            tls = writer.get_extra_info("ssl_object")
            if tls is not None and tls.selected_alpn_protocol() == "h2":
                await self._serve_http2(reader, writer)
            else:
                while await self._serve(reader, writer):
                    pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self._writers.discard(writer)
            with contextlib.suppress(OSError, RuntimeError):
                writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request, *lines = head.rstrip("\r\n").split("\r\n")
        method, path, _ = request.split(" ", 2)
        headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
        reply = self._note(method, path, headers, "1.1")
        if method == "CONNECT" and self.tunnel is not None:
            await _pass_through(reader, writer, self.tunnel)
            return False
        try:
            return await self._reply(method, reply, writer)
        finally:
            self._at_once -= 1

    def _note(self, method: str, path: str, headers: dict[str, str], http: str) -> Reply:
        self.asked.append(Asked(method, path, headers, asyncio.get_running_loop().time(), http))
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        return self._script.reply(method, path)

    async def _reply(self, method: str, reply: Reply, writer: asyncio.StreamWriter) -> bool:
        await asyncio.sleep(reply.delay)
        if reply.silence:
            await asyncio.Event().wait()
        if reply.slam:
            return False
        if reply.raw is not None:
            writer.write(reply.raw)
            await writer.drain()
            return False
        writer.write(_head(reply))
        await writer.drain()
        if reply.reset:
            _arm_reset(writer)
            return False
        if method == "HEAD":
            return True
        return await self._send_body(reply, writer)

    async def _send_body(self, reply: Reply, writer: asyncio.StreamWriter) -> bool:
        while reply.endless:
            writer.write(reply.body)
            self.sent += len(reply.body)
            await writer.drain()
        if reply.drip:
            for position in range(len(reply.body)):
                writer.write(reply.body[position : position + 1])
                await writer.drain()
                await asyncio.sleep(0.05)
            return True
        self.sent += len(reply.body)
        writer.write(reply.body)
        await writer.drain()
        return True

    async def _serve_http2(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        import h2.config
        import h2.connection
        import h2.events

        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65_536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    headers = {key.decode(): value.decode() for key, value in event.headers or ()}
                    reply = self._note(headers[":method"], headers[":path"], headers, "2")
                    await asyncio.sleep(reply.delay)
                    self._at_once -= 1
                    pairs = [(key.lower(), value) for key, value in reply.headers]
                    assert event.stream_id is not None
                    connection.send_headers(
                        event.stream_id, [(":status", str(reply.status)), *pairs], end_stream=True
                    )
            writer.write(connection.data_to_send())
            await writer.drain()


async def _pass_through(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: tuple[str, int]
) -> None:
    far_reader, far_writer = await asyncio.open_connection(*target)
    writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")

    async def copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65_536):
            sink.write(data)
        sink.close()

    try:
        await asyncio.gather(copy(reader, far_writer), copy(far_reader, writer))
    finally:
        far_writer.close()


def _head(reply: Reply) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} So", *(f"{key}: {value}" for key, value in reply.headers)]
    if not reply.endless:
        lines.append(f"Content-Length: {len(reply.body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8")


def _arm_reset(writer: asyncio.StreamWriter) -> None:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class WebServers:
    """Use as ``with WebServers() as servers: paper = servers.start(); paper.on(…)``.

    Every server has an address of 127.0.0.0/8 of its own, so that each is a host.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)
        self._number = 1
        self._servers: list[WebServer] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def start(self, host: str | None = None, tls: ssl.SSLContext | None = None) -> WebServer:
        """Start one more server, at the next address of 127.0.0.0/8 unless ``host`` is given."""
        if host is None:
            self._number += 1
            host = f"127.0.{self._number // 250}.{self._number % 250 + 1}"
        server = WebServer(host, tls)
        asyncio.run_coroutine_threadsafe(server.start(), self._loop).result(30)
        self._servers.append(server)
        return server

    def _run(self) -> None:
        self._loop.set_exception_handler(lambda _loop, _context: None)
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(_cancel_all())
            for server in self._servers:
                server.stop()
            self._loop.run_until_complete(_turn())
            self._loop.close()


async def _cancel_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await _turn()


async def _turn() -> None:
    """Let the loop turn: connections that were closed just now are gone after that."""
    for _ in range(5):
        await asyncio.sleep(0)
