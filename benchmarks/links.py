"""Asking links on loopback, as a ratio to the time that the limits per host alone force, and its peak memory.

The servers run in a process of their own, and each measurement in another, so that memory is the engine's.
"""

from __future__ import annotations

import asyncio
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

HOSTS = 50
LATENCY = 0.05
MOST_TIME = 1.5
MOST_MEMORY = 250.0
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"


async def _serve() -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(LATENCY)
                writer.write(_ANSWER)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    first = await asyncio.start_server(connected, _host(0), 0)
    port = first.sockets[0].getsockname()[1]
    others = [await asyncio.start_server(connected, _host(number), port) for number in range(1, HOSTS)]
    print(port, flush=True)
    await asyncio.gather(first.serve_forever(), *(server.serve_forever() for server in others))


def _host(number: int) -> str:
    return f"127.1.0.{number + 1}"


@contextmanager
def _servers() -> Iterator[str]:
    """All servers in another process; gives their port."""
    with subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def _ask(number: int, port: str) -> None:
    from littable.links.engine import check_links
    from littable.links.options import LinkOptions
    from littable.links.verdict import Verdict

    urls = [f"http://{_host(index % HOSTS)}:{port}/{index}" for index in range(number)]
    begun = time.perf_counter()
    states = check_links(urls, LinkOptions(allow_private=True, proxies=False))
    print(time.perf_counter() - begun)
    wrong = sum(state.verdict is not Verdict.ALIVE for state in states.values())
    if wrong:
        sys.exit(f"{wrong} links were not alive")


def measure(number: int, port: str) -> tuple[float, float]:
    """Seconds of asking and peak MiB of the process that asks."""
    command = [sys.executable, __file__, "ask", str(number), port]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    seconds = float(process.stdout.readline() or "nan")
    status, usage = os.wait4(process.pid, 0)[1:]
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        sys.exit(process.returncode)
    return seconds, usage.ru_maxrss / 1024


def forced(number: int) -> float:
    """The seconds that the limits of the fullest host leave no way around."""
    from littable.links.options import LinkOptions

    options = LinkOptions()
    each = math.ceil(number / HOSTS)
    return max((each - 1) * options.interval + LATENCY, math.ceil(each / options.concurrency) * LATENCY)


def main() -> None:
    """Print the table of times and memory."""
    with _servers() as port:
        for number in (1_000, 10_000):
            seconds, memory = measure(number, port)
            ratio = seconds / forced(number)
            print(
                f"{number:>6} links, {HOSTS} hosts: {seconds:5.2f} s, forced {forced(number):5.2f} s, "
                f"ratio {ratio:.2f} (at most {MOST_TIME}), {memory:.0f} MiB (at most {MOST_MEMORY:.0f})"
            )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve"]:
            asyncio.run(_serve())
        case ["ask", number, port]:
            _ask(int(number), port)
        case _:
            main()
