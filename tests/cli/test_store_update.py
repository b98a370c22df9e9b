"""``littable store update`` as a process, against a server that answers as arXiv's OAI-PMH does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from littable.papers.store.file import open_store
from littable.papers.store.library import library_state
from support.command import Outcome, littable
from support.oai_library import as_of, holds, make_library, paper, versions
from support.oai_server import HTML, SILENCE, Fault, Kept, OaiServer
from support.oai_world import V1, V2, on


@pytest.fixture
def server() -> Iterator[OaiServer]:
    with OaiServer() as running:
        yield running


def _environment(server: OaiServer) -> dict[str, str]:
    # With another address than arXiv's, nobody insists on three seconds.
    return {
        "LITTABLE_ARXIV_OAI_URL": server.url,
        "LITTABLE_ARXIV_URL": server.url,
        "LITTABLE_ARXIV_DELAY": "0",
    }


def _update(folder: Path, server: OaiServer, *arguments: str) -> Outcome:
    call = ("store", "update", *arguments)
    return littable(*call, cwd=folder, stdin=b"", **_environment(server))


def _start(folder: Path, server: OaiServer) -> subprocess.Popen[str]:
    """An update that nobody waits for, in a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "littable", "store", "update"],
        cwd=folder,
        env=os.environ | _environment(server) | {"LITTABLE_STORE": str(folder / "store.sqlite")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_it_says_what_has_changed_and_up_to_when(tmp_path: Path, server: OaiServer) -> None:
    store = tmp_path / "store.sqlite"
    make_library(store, [paper("2403.00001"), paper("2403.00002")], on(15))
    server.add(
        *(Kept(f"2411.{number:05}", on(17)) for number in range(1, 1201)),
        Kept("2403.00001", on(16), dates=V2),
        Kept("2403.00002", on(16), dates=V2, comments="This paper has been withdrawn by the authors."),
    )
    server.page_size = 500
    outcome = _update(tmp_path, server)
    said = "Updated 1,202 papers (1,200 new, 1 withdrawn); the library is as arXiv was on 2026-11-22.\n"
    assert outcome == Outcome(0, "", said)
    assert len(versions(store)) == 1202
    assert _update(tmp_path, server).err == "Nothing new; the library is as arXiv was on 2026-11-22.\n"
    assert _update(tmp_path, server, "--quiet") == Outcome(0, "", "")


def test_what_it_brought_is_what_offline_checks_go_by(tmp_path: Path, server: OaiServer) -> None:
    make_library(tmp_path / "store.sqlite", [paper("2403.00001")], on(20))
    server.add(Kept("2403.00001", on(21), dates=V2, flags="I"))
    row = "| A title | https://arxiv.org/abs/2403.00001 |"
    (tmp_path / "a.md").write_text(f"| Title | Link |\n| --- | --- |\n{row}\n")
    assert "withdrawn" not in littable("check", "--offline", "a.md", cwd=tmp_path).out
    assert _update(tmp_path, server).code == 0
    assert "withdrawn" in littable("check", "--offline", "a.md", cwd=tmp_path).out


def test_without_a_library_it_says_how_to_make_one(tmp_path: Path, server: OaiServer) -> None:
    said = "error: there is no library yet; `littable store import` makes one\n"
    assert _update(tmp_path, server) == Outcome(2, "", said)
    assert not (tmp_path / "store.sqlite").exists()
    with open_store(tmp_path / "store.sqlite"):
        pass
    assert _update(tmp_path, server) == Outcome(2, "", said)
    assert server.asked == []


def test_a_record_that_cannot_be_read_is_named_even_quietly(tmp_path: Path, server: OaiServer) -> None:
    make_library(tmp_path / "store.sqlite", day=on(20))
    server.add(Kept("2403.00001", on(21)), Kept("2403.00002", on(21)), Kept("2403.00003", on(21), dates=()))
    outcome = _update(tmp_path, server, "--quiet")
    assert outcome.code == 0
    assert outcome.err == (
        "warning: 2403.00003 is left out of the library: its record cannot be read (it has no versions)\n"
    )


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            Fault(status=503),
            "127.0.0.1 could not be asked: it answers with HTTP 503, and --max-wait (1 s) is over",
        ),
        (HTML, "127.0.0.1 could not be asked: its answer is truncated or not OAI-PMH"),
        (Fault(status=404), "127.0.0.1 could not be asked: it answers with HTTP 404"),
    ],
)
def test_what_could_not_be_had_is_said(tmp_path: Path, server: OaiServer, fault: Fault, said: str) -> None:
    store = tmp_path / "store.sqlite"
    make_library(store, day=on(20))
    server.add(*(Kept(f"2403.{number:05}", on(21)) for number in range(1, 8)))
    server.fail(Fault())
    server.fail_always(fault)
    outcome = _update(tmp_path, server, "--max-wait", "1")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: {said}")
    assert outcome.err.endswith("; `littable store update` goes on from here\n")
    assert (len(versions(store)), as_of(store)) == (3, on(20))


def test_what_the_server_says_cannot_harm_the_terminal(tmp_path: Path, server: OaiServer) -> None:
    make_library(tmp_path / "store.sqlite", day=on(20))
    words = "<error code='badArgument'>no\u009b31m\n\ttoo &lt;b&gt;</error>"
    server.fail(
        Fault(status=200, body=f"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>{words}</OAI-PMH>")
    )
    outcome = _update(tmp_path, server)
    assert outcome.code == 2
    assert "\u009b" not in outcome.err
    assert "badArgument: no" in outcome.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_is_said_and_the_library_is_as_it_was(tmp_path: Path, server: OaiServer) -> None:
    store = tmp_path / "store.sqlite"
    make_library(store, [paper("2403.00001")], on(20))
    server.page_size = 2000
    server.add(*(Kept(f"2411.{number:05}", on(21), abstract="word " * 300) for number in range(1, 1000)))
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
    code = "import sys; sys.argv = ['littable', 'store', 'update']; from littable.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", limit + code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | _environment(server) | {"LITTABLE_STORE": str(store)},
        check=False,
    )
    assert done.returncode == 2, done
    assert "store.sqlite cannot be used: " in done.stderr
    assert "Traceback" not in done.stderr
    assert versions(store) == {"2403.00001": 1}
    assert as_of(store) == on(20)
    assert _update(tmp_path, server).code == 0
    assert len(versions(store)) == 1000


@pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of POSIX")
def test_an_interrupt_says_that_it_goes_on(tmp_path: Path, server: OaiServer) -> None:
    store = tmp_path / "store.sqlite"
    make_library(store, day=on(20))
    server.add(*(Kept(f"2403.{number:05}", on(21)) for number in range(1, 8)))
    server.fail(Fault(), SILENCE)
    second = threading.Event()
    server.listen(lambda count: second.set() if count == 2 else None)
    process = _start(tmp_path, server)
    asked = second.wait(60)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert asked
    assert (process.returncode, out) == (130, "")
    assert err == "interrupted; `littable store update` goes on from here\n"
    assert len(versions(store)) == 3
    assert _update(tmp_path, server).err.startswith("Updated 4 papers (4 new); ")
    assert "resumptionToken" in server.asked[2]


def test_two_updates_at_once_do_each_other_no_harm(tmp_path: Path, server: OaiServer) -> None:
    store = tmp_path / "store.sqlite"
    make_library(store, [paper("2403.00001")], on(10))
    server.add(*(Kept(f"2403.{n:05}", on(11 + n // 5), dates=V2) for n in range(1, 50)))
    running = [_start(tmp_path, server) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in running]
    # Who comes second takes over, and the first says so.
    assert 0 in [process.returncode for process in running], said
    for process, words in zip(running, said, strict=True):
        assert process.returncode == 0 or "another process is bringing the library to today" in words
    assert versions(store) == {f"2403.{n:05}": 2 for n in range(1, 50)}
    assert as_of(store) == on(22)


ROUNDS, KILLS = 10, 10


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of POSIX")
def test_killed_at_any_moment_nothing_is_lost(tmp_path: Path, server: OaiServer) -> None:
    """A hundred updates are killed; the library is then what an update that nobody kills makes of it."""
    randomness = random.Random(4)
    for number in range(ROUNDS):
        folder, twin = tmp_path / f"killed-{number}", tmp_path / f"left-alone-{number}"
        for place in (folder, twin):
            place.mkdir()
            make_library(place / "store.sqlite", [paper(f"2403.{n:05}") for n in range(1, 30)], on(10))
        server.add(*_changes(randomness))
        killed = sum(_kill(folder, server, randomness) for _ in range(KILLS))
        assert killed > 0
        assert _update(folder, server).code == 0
        assert _update(twin, server).code == 0
        assert holds(folder / "store.sqlite") == holds(twin / "store.sqlite")
        assert as_of(folder / "store.sqlite") == as_of(twin / "store.sqlite") == on(22)


def _changes(randomness: random.Random) -> list[Kept]:
    return [
        Kept(
            f"2403.{number:05}",
            on(randomness.randint(11, 22)),
            title=f"A title {randomness.random()}",
            dates=V2 if randomness.random() < 0.5 else V1,
            deleted=randomness.random() < 0.1,
        )
        for number in range(1, 121)
    ]


def _kill(folder: Path, server: OaiServer, randomness: random.Random) -> bool:
    """Start an update and kill it a moment after one of its requests; False where it was faster."""
    enough = threading.Event()
    target = len(server.asked) + randomness.randint(1, 8)
    server.listen(lambda count: enough.set() if count >= target else None)
    with _start(folder, server) as process:
        while not enough.wait(0.01) and process.poll() is None:
            pass
        threading.Event().wait(randomness.random() * 0.03)
        running = process.poll() is None
        process.kill()
        process.communicate()
    with open_store(folder / "store.sqlite") as connection:
        assert library_state(connection) is not None
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return running
