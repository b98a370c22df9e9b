"""Ctrl-C, and loops that are running already."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from littable.links.engine import check_links
from littable.links.verdict import Verdict
from support.links import QUICK
from support.web_servers import OK, SILENCE, WebServer


def interrupted(script: str, server: WebServer, tmp_path: Path) -> list[str]:
    """What a program prints that is sent Ctrl-C once it says "ready".

    Left alone it would wait for ten minutes; what is waited for it here is generous.
    """
    file = tmp_path / "program.py"
    head = """
        import sys, time, socket
        from dataclasses import replace
        from littable.links.engine import Interrupted, check_links
        from littable.links.options import LinkOptions
        base = sys.argv[1]
        quick = LinkOptions(timeout=600, interval=0.0, pause=0.01, allow_private=True, proxies=False)
        def show(states):
            for state in states.values():
                print(state.url.removeprefix(base), state.verdict.value, state.reason, flush=True)
    """
    file.write_text(textwrap.dedent(head) + textwrap.dedent(script))
    command = [sys.executable, str(file), server.url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        time.sleep(0.2)
        program.send_signal(signal.SIGINT)
        lines = program.stdout.read().splitlines()
        program.wait(60)
    return lines


def test_ctrl_c_stops_within_a_second_and_says_what_is_known(server: WebServer, tmp_path: Path) -> None:
    server.on("/good", OK)
    server.on("/silent", SILENCE)
    script = """
        def progress(done, total, why):
            if done == 1:
                print("ready", flush=True)
        urls = [base + "/good", base + "/silent", base + "/later"]
        try:
            check_links(urls, replace(quick, concurrency=1), progress)
        except Interrupted as stop:
            show(stop.states)
    """
    lines = interrupted(script, server, tmp_path)
    assert lines == [
        "/good alive answers 200",
        "/silent unknown was not asked to the end: interrupted",
        "/later unknown was not asked to the end: interrupted",
    ]


def test_ctrl_c_does_not_wait_for_a_name_that_is_being_looked_up(server: WebServer, tmp_path: Path) -> None:
    script = """
        def slow(*args, **options):
            print("ready", flush=True)
            time.sleep(600)
        socket.getaddrinfo = slow
        try:
            check_links(["http://paper.org/"], quick)
        except Interrupted as stop:
            show(stop.states)
    """
    lines = interrupted(script, server, tmp_path)
    assert lines == ["http://paper.org/ unknown was not asked to the end: interrupted"]


def test_ctrl_c_within_a_running_loop(server: WebServer, tmp_path: Path) -> None:
    server.on("/silent", SILENCE)
    script = """
        import asyncio, signal
        async def main():
            # As in a notebook, where Ctrl-C is Python's own.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            print("ready", flush=True)
            try:
                check_links([base + "/silent"], quick)
            except Interrupted as stop:
                show(stop.states)
        asyncio.run(main())
    """
    lines = interrupted(script, server, tmp_path)
    assert lines == ["/silent unknown was not asked to the end: interrupted"]


def test_within_a_running_loop(server: WebServer) -> None:
    url = server.on("/a", OK)

    async def within() -> Verdict:
        return check_links([url], QUICK)[url].verdict

    assert asyncio.run(within()) is Verdict.ALIVE
