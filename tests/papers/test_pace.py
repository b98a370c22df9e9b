"""The pace that the processes of one user keep together, whatever the clock, the store and the others do."""

from __future__ import annotations

import math
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from littable.papers.arxiv_api import ArxivApi
from littable.papers.pace import OwnPace, ordinary_delay, pace_key
from littable.papers.sources import Found
from littable.papers.store.file import connect
from littable.papers.store.pace import SharedPace
from support.arxiv_server import ArxivServer, Fault, Served, many
from support.clock import Clock
from support.lookups import found, reason

ARXIV = "https://export.arxiv.org/api/query"
MIRROR = "http://127.0.0.1:1234/api/query"
MakeApi = Callable[..., ArxivApi]

RESERVING = """
import sys
from pathlib import Path
from littable.papers.pace import OwnPace
from littable.papers.store.pace import SharedPace
for _ in range(5):
    print(SharedPace(Path(sys.argv[1]), sys.argv[2], 0.5, clock=lambda: 1000.0).reserve())
"""
# Everybody is ready before anybody asks, so that nobody is late because others are starting.
ASKING = """
import sys, time
from pathlib import Path
from littable.papers.arxiv import client as arxiv_client
from littable.papers.arxiv_api import ArxivApi
from littable.papers.store.pace import SharedPace
url, store, delay, ready = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])

now = 0.0

def clock():
    global now
    now = time.time()
    return now

class Told(SharedPace):
    def reserve(self):
        seconds = super().reserve()
        self.given = now + seconds
        return seconds

    def done(self):
        print("moment", self.given, time.time())
        super().done()

api = ArxivApi(url, delay=delay, pace=Told(store, url, delay, clock=clock))
(ready / sys.argv[5]).touch()
while not (ready / "go").exists():
    time.sleep(0.01)
for number in sys.argv[6:]:
    print("answer", type(api.papers([number])[number]).__name__)
"""


class Wall:
    """A wall clock that can be set."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "store.sqlite"


def shared(store: Path, wall: Wall, *, url: str = ARXIV, delay: float = 3) -> SharedPace:
    """The pace as a process that has just begun keeps it."""
    return SharedPace(store, url, delay, clock=wall)


def test_one_object_keeps_the_pace_from_the_end_of_a_request() -> None:
    clock = Clock()
    pace = OwnPace(3, clock.time)
    assert pace.reserve() == 0
    clock.now += 10
    pace.done()
    clock.now += 1
    assert pace.reserve() == 2
    pace.postpone(20)
    assert pace.reserve() == 20
    clock.now += 30
    assert pace.reserve() == 0


def test_the_pace_of_arxiv_cannot_be_shortened() -> None:
    assert ordinary_delay("https://export.arxiv.org/api/query", 0) == 3
    assert ordinary_delay("https://EXPORT.arxiv.org./api/query", 1) == 3
    assert ordinary_delay("https://arxiv.org/api/query", 10) == 10
    assert ordinary_delay("http://127.0.0.1/api/query", 0) == 0
    assert ordinary_delay("http://notarxiv.org/api/query", 0) == 0


def test_all_servers_of_arxiv_share_one_pace_and_others_have_their_own() -> None:
    assert pace_key(ARXIV) == pace_key("https://oaipmh.arxiv.org:443/oai") == pace_key("http://ARXIV.org.")
    assert len({pace_key(url) for url in (ARXIV, MIRROR, "http://notarxiv.org/x", "http://127.0.0.1/x")}) == 4


def test_each_process_gets_a_moment_of_its_own(store: Path) -> None:
    wall = Wall()
    assert [shared(store, wall).reserve() for _ in range(3)] == [0, 3, 6]
    assert shared(store, wall, url=MIRROR, delay=1).reserve() == 0
    wall.now += 100
    assert shared(store, wall).reserve() == 0


def test_twenty_processes_at_once_get_a_hundred_moments(store: Path) -> None:
    call = [sys.executable, "-c", RESERVING, str(store), MIRROR]
    running = [subprocess.Popen(call, stdout=subprocess.PIPE, text=True) for _ in range(20)]
    waits = [float(line) for process in running for line in process.communicate()[0].splitlines()]
    assert sorted(waits) == [0.5 * number for number in range(100)]


def test_the_end_of_a_request_counts_for_all(store: Path) -> None:
    wall = Wall()
    mine, other = shared(store, wall), shared(store, wall)
    assert mine.reserve() == 0
    wall.now += 10
    mine.done()
    assert other.reserve() == 3


def test_a_server_that_wishes_to_be_left_alone_is_left_alone_by_all_for_a_minute(store: Path) -> None:
    wall = Wall()
    shared(store, wall).postpone(20)
    assert shared(store, wall).reserve() == 20
    shared(store, wall).postpone(1e9)
    assert shared(store, wall).reserve() == 60


@pytest.mark.parametrize("back", [1, 60, 3_600, 1e9])
def test_a_clock_that_was_set_back_starves_nobody(store: Path, back: float) -> None:
    wall = Wall()
    shared(store, wall).reserve()
    wall.now -= back
    first, second = shared(store, wall).reserve(), shared(store, wall).reserve()
    assert 0 <= first <= 63
    assert second == first + 3


def test_a_clock_that_is_set_back_between_two_requests_hurries_nobody(store: Path) -> None:
    wall, clock = Wall(), Clock()
    pace = SharedPace(store, ARXIV, 3, clock=wall, own=OwnPace(3, clock.time))
    pace.reserve()
    pace.done()
    wall.now -= 3_600
    clock.now += 1
    assert pace.reserve() == 2


@pytest.mark.parametrize("moment", ["soon", b"\0\xff", math.inf, -math.inf, 1e300, -1.0])
def test_a_damaged_moment_is_none(store: Path, moment: object) -> None:
    wall = Wall()
    shared(store, wall).reserve()
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE pace SET next = ?", (moment,))
    assert [shared(store, wall).reserve() for _ in range(2)] == [0, 3]


def _directory(store: Path) -> None:
    store.mkdir(parents=True)


def _no_folder(store: Path) -> None:
    store.parent.write_bytes(b"a file where a folder should be")


def _foreign(store: Path) -> None:
    store.parent.mkdir()
    store.write_text("# A readme, and no store\n" * 100)


def _foreign_database(store: Path) -> None:
    store.parent.mkdir()
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("CREATE TABLE pace (host TEXT)")


def _newer(store: Path) -> None:
    store.parent.mkdir()
    connect(store).close()
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("PRAGMA user_version = 1000")


def _damaged(store: Path) -> None:
    store.parent.mkdir()
    with closing(connect(store)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    content = store.read_bytes()
    store.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


@pytest.mark.parametrize("spoil", [_directory, _no_folder, _foreign, _foreign_database, _newer, _damaged])
def test_without_a_store_each_process_keeps_the_pace_for_itself(
    store: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(store)
    before = store.read_bytes() if store.is_file() else b""
    wall, clock = Wall(), Clock()
    pace = SharedPace(store, ARXIV, 3, clock=wall, own=OwnPace(3, clock.time))
    assert pace.reserve() == 0
    pace.done()
    clock.now += 1
    assert pace.reserve() == 2
    pace.postpone(30)
    assert pace.reserve() == 30
    assert (store.read_bytes() if store.is_file() else b"") == before


def test_on_a_full_disk_each_process_keeps_the_pace_for_itself(store: Path) -> None:
    code = RESERVING + "pace = SharedPace(Path(sys.argv[1]), sys.argv[2], 50)\n"
    code += "pace.reserve(); pace.done(); print(pace.reserve() > 40)\n"
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n" + code
    call = [sys.executable, "-c", limited, str(store), MIRROR]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == ([*["0.0"] * 5, "True"], "")


def test_nothing_is_locked_while_somebody_waits_or_asks(
    store: Path, server: ArxivServer, make: MakeApi
) -> None:
    server.add(*many(2))

    def write(_done: int, _total: int, _waiting_for: str, _seconds: float) -> None:
        with closing(sqlite3.connect(store, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")

    SharedPace(store, server.url, 3).done()
    api = make(pace=SharedPace(store, server.url, 3), progress=write)
    assert isinstance(api.papers(["2401.00001"])["2401.00001"], Found)


def test_what_the_server_wishes_is_told_to_the_others(
    store: Path, server: ArxivServer, make: MakeApi
) -> None:
    server.fail_always(Fault(status=429, headers=(("Retry-After", "40"),)))
    wall = Wall()
    api = make(pace=shared(store, wall, url=server.url), max_wait=30)
    assert "--max-wait" in reason(api.papers(["2403.03218"])["2403.03218"])
    assert 40 <= shared(store, wall, url=server.url).reserve() <= 50


class Queue:
    """A pace with others before us."""

    def __init__(self, *waits: float) -> None:
        self._waits = list(waits)

    def reserve(self) -> float:
        return self._waits.pop(0)

    def done(self) -> None:
        pass

    def postpone(self, seconds: float) -> None:
        pass


def test_only_the_wait_for_others_is_at_the_expense_of_patience(
    server: ArxivServer, make: MakeApi, clock: Clock
) -> None:
    server.add(Served("2403.03218"))
    api = make(pace=Queue(3, 3, 10, 10), max_wait=8)
    for _ in range(3):
        assert found(api.papers(["2403.03218"])["2403.03218"])
    late = reason(api.papers(["2403.03218"])["2403.03218"])
    assert late == "other runs are asking arXiv, and --max-wait is over"
    assert (clock.slept, len(server.asked)) == ([3, 3, 10], 3)


def _asked_by(processes: int, delay: float, server: ArxivServer, folder: Path) -> list[list[str]]:
    """What the processes print, as words."""
    ready = folder / "ready"
    ready.mkdir()
    call = [sys.executable, "-c", ASKING, server.url, str(folder / "store.sqlite"), str(delay), str(ready)]
    ids = [paper.id for paper in many(2 * processes)]
    running = [
        subprocess.Popen([*call, str(number), *ids[number::processes]], stdout=subprocess.PIPE, text=True)
        for number in range(processes)
    ]
    while len(list(ready.iterdir())) < processes and all(process.poll() is None for process in running):
        time.sleep(0.01)
    (ready / "go").touch()
    return [line.split() for process in running for line in process.communicate()[0].splitlines()]


# The moments are compared that the processes were given and waited for. When requests arrive depends on how
# busy the machine is.
@pytest.mark.parametrize(("processes", "delay"), [(2, 0.5), pytest.param(20, 0.5, marks=pytest.mark.slow)])
def test_processes_that_ask_at_once_never_ask_too_fast(tmp_path: Path, processes: int, delay: float) -> None:
    with ArxivServer(many(2 * processes)) as server:
        told = _asked_by(processes, delay, server, tmp_path)
        assert [words for words in told if words[0] == "answer"] == [["answer", "Found"]] * 2 * processes
        assert len(server.arrivals) == 2 * processes
    asked = sorted((float(words[1]), float(words[2])) for words in told if words[0] == "moment")
    assert len(asked) == 2 * processes
    assert all(given <= done + 0.01 for given, done in asked)
    assert all(later[0] - earlier[0] >= delay - 0.001 for earlier, later in pairwise(asked))


def test_without_a_pace_the_same_server_refuses(server: ArxivServer) -> None:
    with ArxivServer(many(2), pace=30) as strict:
        api = ArxivApi(strict.url, delay=0, max_wait=0)
        assert isinstance(api.papers(["2401.00001"])["2401.00001"], Found)
        assert "--max-wait" in reason(api.papers(["2401.00002"])["2401.00002"])
        api.close()
        assert strict.too_fast == 1
