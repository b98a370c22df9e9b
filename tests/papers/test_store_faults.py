"""What many processes, sudden deaths and wrong clocks do to a store: nothing that a reader could tell."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from littable.papers.sources import Candidates, Found, Missing, Unavailable
from littable.papers.store import Store
from littable.papers.store.file import open_store, transaction
from littable.papers.store.library import LibraryState, set_library_state, upsert
from papers.test_store import DAY, PAPER, World, world

__all__ = ["world"]

TESTS = str(Path(__file__).parent.parent)

# Keeps records for ever, and says of each batch that it is kept.
WRITER = """
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from littable.papers.sources import Found
from littable.papers.store import Store
from papers.test_store import PAPER

number = int(sys.argv[3])
rounds = int(sys.argv[4])
store = Store(Path(sys.argv[1]), notice=lambda text: print("notice:", text, flush=True))
for round in range(rounds):
    ids = [f"{2401 + number % 12:04}.{round * 50 + n:05}" for n in range(1, 51)]
    store.remember({key: Found(replace(PAPER, id=key, title=f"Paper {number} {key}")) for key in ids})
    print(ids[0], ids[-1], flush=True)
"""


def _writer(path: Path, number: int, rounds: int) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", WRITER, str(path), TESTS, str(number), str(rounds)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, text=True)


def _check_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("INSERT INTO record_title (record_title) VALUES ('integrity-check')")


@pytest.mark.slow
def test_a_writer_that_is_killed_loses_nothing_that_it_kept(tmp_path: Path) -> None:
    path = tmp_path / "papers.sqlite"
    chance = random.Random(4)
    kept: set[str] = set()
    for turn in range(100):
        writer = _writer(path, turn % 12, 1_000)
        assert writer.stdout is not None
        if turn % 10:  # the others die before or while they begin
            kept.update(writer.stdout.readline().split())
        time.sleep(chance.random() * (0.05 if turn % 10 else 0.3))
        writer.kill()
        rest = writer.communicate()[0]
        kept.update(
            key for line in rest.splitlines(keepends=True) if line.endswith("\n") for key in line.split()
        )
    notices: list[str] = []
    store = Store(path, any_age=True, notice=notices.append)
    found = store.papers(sorted(kept))
    titles = [lookup.record.title for lookup in found.values() if isinstance(lookup, Found)]
    assert len(titles) == len(kept) > 100
    assert all(isinstance(named, Candidates) for named in store.by_title(titles).values())
    store.close()
    assert notices == []
    assert [file.name for file in tmp_path.iterdir() if "broken" in file.name] == []
    _check_whole(path)


@pytest.mark.slow
def test_twenty_processes_share_a_store(tmp_path: Path) -> None:
    path = tmp_path / "papers.sqlite"
    running = [_writer(path, number % 12, 8) for number in range(20)]
    said = [process.communicate()[0].splitlines() for process in running]
    assert [process.returncode for process in running] == [0] * 20
    assert [len(lines) for lines in said] == [8] * 20
    store = Store(path, any_age=True)
    kept = sorted({key for lines in said for line in lines for key in line.split()})
    assert all(isinstance(lookup, Found) for lookup in store.papers(kept).values())
    store.close()
    _check_whole(path)


BEGINNER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from littable.papers.sources import Found
from littable.papers.store import Store
from papers.test_store import PAPER

folder = Path(sys.argv[1])
print("ready", flush=True)
for round in range(40):
    while not (folder / f"go-{round}").exists():
        time.sleep(0.001)
    store = Store(folder / f"{round}.sqlite", notice=lambda text: print("notice:", text))
    store.remember({PAPER.id: Found(PAPER)})
    store.close()
    print("done", flush=True)
"""


@pytest.mark.slow
def test_processes_that_begin_a_store_at_once_begin_one(tmp_path: Path) -> None:
    call = [sys.executable, "-c", BEGINNER, str(tmp_path), TESTS]
    running = [subprocess.Popen(call, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    said = [_line(process) for process in running]
    for number in range(40):
        (tmp_path / f"go-{number}").touch()
        said += [_line(process) for process in running]
    for process in running:
        process.communicate()
    assert said == ["ready"] * 6 + ["done"] * 240
    assert [file.name for file in tmp_path.iterdir() if "broken" in file.name] == []


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_clock_that_was_set_back_makes_nothing_fresh(world: World) -> None:
    now = world.now
    world.store().remember({PAPER.id: Found(PAPER), "2401.00001": Missing()})
    world.store().remember_titles({"Another title": Candidates(())})
    world.now = now - 30 * DAY
    store = world.store()
    told = store.papers([PAPER.id, "2401.00001"])
    assert [type(lookup) for lookup in told.values()] == [Unavailable, Unavailable]
    assert store.searched(["Another title"]) == set()
    # What is asked for now is kept as of now, although the file has a later moment.
    store.remember({PAPER.id: Found(replace(PAPER, version=3))})
    assert store.papers([PAPER.id]) == {PAPER.id: Found(replace(PAPER, version=3))}
    world.now = now
    found = world.store().papers([PAPER.id])[PAPER.id]
    assert isinstance(found, Unavailable)
    assert found.reason == "in the store, but older than 7 days"


def _import(world: World, as_of: float, title: str) -> None:
    with open_store(world.path) as connection, transaction(connection):
        upsert(connection, [replace(PAPER, title=title)], int(as_of))
        set_library_state(connection, LibraryState(1, int(as_of), "snapshot.json"))


def test_the_later_of_library_and_records_is_served(world: World) -> None:
    day = world.now
    _import(world, day, "As imported")
    assert world.store().papers([PAPER.id]) == {PAPER.id: Found(replace(PAPER, title="As imported"))}
    world.now = day + DAY
    world.store().remember({PAPER.id: Found(replace(PAPER, title="As asked for"))})
    assert world.store().papers([PAPER.id]) == {PAPER.id: Found(replace(PAPER, title="As asked for"))}
    world.now = day + 3 * DAY
    _import(world, world.now, "As updated")
    assert world.store().papers([PAPER.id]) == {PAPER.id: Found(replace(PAPER, title="As updated"))}
    assert world.store().by_title(["as updated."]) == {
        "as updated.": Candidates((replace(PAPER, title="As updated"),))
    }


def test_a_library_of_long_ago_is_good_enough_offline_only(world: World) -> None:
    _import(world, world.now - 30 * DAY, PAPER.title)
    told = world.store().papers([PAPER.id])[PAPER.id]
    assert told == Unavailable("in the store, but older than 7 days")
    dated = replace(PAPER, as_of=date(2023, 10, 15))
    assert world.store(any_age=True).papers([PAPER.id]) == {PAPER.id: Found(dated)}
    assert world.store().versions({PAPER.id: [2]}) == {(PAPER.id, 2): Found(PAPER)}


def test_a_paper_is_found_by_its_title_of_today_alone(world: World) -> None:
    store = world.store()
    store.remember({PAPER.id: Found(PAPER), "2401.00001": Found(replace(PAPER, id="2401.00001"))})
    store.remember({PAPER.id: Found(replace(PAPER, title="Renamed"))})
    told = store.by_title([PAPER.title, "Renamed"])
    assert told[PAPER.title] == Candidates((replace(PAPER, id="2401.00001"),))
    assert told["Renamed"] == Candidates((replace(PAPER, title="Renamed"),))
