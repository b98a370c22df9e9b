from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.papers.record import PaperRecord
from littable.papers.sources import Candidates, Found, Missing, Unavailable
from littable.papers.store import Store
from littable.papers.store.rows import pack

DAY = 24 * 60 * 60
PAPER = PaperRecord(
    id="2403.03218",
    version=2,
    title="Zählen – 数える",
    authors=("A. B", "C. D"),
    abstract="We count\n  $\\alpha$ | things.",
    published=date(2024, 3, 5),
    updated=date(2024, 5, 15),
    comment=None,
    doi="10.1000/182",
    journal_ref="J. 1",
    withdrawn=True,
    origin="the store",
    version_dates=(date(2024, 3, 5), None),
)
NOT_THERE = Unavailable("not in the store")


class World:
    """A store file with a clock of its own, and the notices given about it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = 1_700_000_000.0
        self.notices: list[str] = []
        self.opened: list[Store] = []

    def store(self, max_age: float = 7.0, *, any_age: bool = False) -> Store:
        store = Store(
            self.path, max_age=max_age, any_age=any_age, notice=self.notices.append, now=lambda: self.now
        )
        self.opened.append(store)
        return store


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "cache" / "papers.db")
    yield made
    for store in made.opened:
        store.close()


def test_what_is_kept_is_found_again(world: World) -> None:
    world.store().remember({PAPER.id: Found(PAPER), "2401.00001": Missing(), "2401.00002": Unavailable("no")})
    assert world.store().papers([PAPER.id, "2401.00001", "2401.00002"]) == {
        PAPER.id: Found(PAPER),
        "2401.00001": Missing(),
        "2401.00002": NOT_THERE,
    }
    assert world.notices == []


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
days = st.none() | st.dates()


@settings(deadline=None)
@given(
    st.builds(
        PaperRecord,
        id=st.just("2403.03218"),
        version=st.none() | st.integers(1, 99),
        title=texts,
        authors=st.lists(texts, max_size=3).map(tuple),
        abstract=texts,
        published=days,
        updated=days,
        comment=st.none() | texts,
        doi=st.none() | texts,
        journal_ref=st.none() | texts,
        withdrawn=st.booleans(),
        origin=st.just("the store"),
        version_dates=st.lists(days, max_size=3).map(tuple),
    )
)
def test_any_record_survives(tmp_path_factory: pytest.TempPathFactory, record: PaperRecord) -> None:
    store = Store(tmp_path_factory.mktemp("store") / "papers.db")
    try:
        store.remember({record.id: Found(record)})
        assert store.papers([record.id]) == {record.id: Found(record)}
    finally:
        store.close()


def test_looking_makes_no_file(world: World) -> None:
    store = world.store()
    assert store.papers([PAPER.id]) == {PAPER.id: NOT_THERE}
    assert store.versions({PAPER.id: [1]}) == {(PAPER.id, 1): NOT_THERE}
    store.remember({PAPER.id: Unavailable("offline")})
    assert not world.path.parent.exists()


def test_records_age(world: World) -> None:
    world.store().remember({PAPER.id: Found(PAPER), "2401.00001": Missing()})
    world.now += 2 * DAY
    assert world.store().papers([PAPER.id, "2401.00001"]) == {PAPER.id: Found(PAPER), "2401.00001": NOT_THERE}
    world.now += 6 * DAY
    old = Unavailable("in the store, but older than 7 days")
    assert world.store().papers([PAPER.id]) == {PAPER.id: old}
    assert world.store(max_age=30).papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
    assert world.store(any_age=True).papers([PAPER.id, "2401.00001"]) == {
        PAPER.id: Found(replace(PAPER, as_of=date(2023, 11, 14))),
        "2401.00001": NOT_THERE,
    }


def test_a_clock_set_back_does_not_keep_records_young(world: World) -> None:
    world.store().remember({PAPER.id: Found(PAPER), "2401.00001": Missing()})
    world.now -= 30 * DAY
    lookups = world.store().papers([PAPER.id, "2401.00001"])
    assert all(isinstance(lookup, Unavailable) for lookup in lookups.values())


def test_versions_never_age(world: World) -> None:
    first = replace(PAPER, version=1, abstract="Earlier.")
    world.store().remember_versions({(PAPER.id, 1): Found(first), (PAPER.id, 9): Missing()})
    assert world.store().versions({PAPER.id: [1, 9, 3]}) == {
        (PAPER.id, 1): Found(first),
        (PAPER.id, 9): Missing(),
        (PAPER.id, 3): NOT_THERE,
    }
    world.now += 1000 * DAY
    assert world.store().versions({PAPER.id: [1, 9]}) == {
        (PAPER.id, 1): Found(first),
        (PAPER.id, 9): NOT_THERE,
    }
    assert world.store().papers([PAPER.id]) == {PAPER.id: NOT_THERE}


def test_a_record_that_is_replaced_stays_known_as_its_version(world: World) -> None:
    third = replace(PAPER, version=3, abstract="Later.")
    store = world.store()
    store.remember({PAPER.id: Found(PAPER)})
    store.remember({PAPER.id: Found(third)})
    assert store.papers([PAPER.id]) == {PAPER.id: Found(third)}
    assert store.versions({PAPER.id: [2, 3]}) == {(PAPER.id, 2): Found(PAPER), (PAPER.id, 3): Found(third)}


def test_missing_and_found_replace_each_other(world: World) -> None:
    store = world.store()
    store.remember({PAPER.id: Missing()})
    store.remember({PAPER.id: Found(PAPER)})
    assert store.papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
    world.now += 8 * DAY
    store.remember({PAPER.id: Missing()})
    assert store.papers([PAPER.id]) == {PAPER.id: Missing()}


def test_papers_are_found_by_title_at_any_age(world: World) -> None:
    same = replace(PAPER, id="2401.00001", title="ZAHLEN: 数える")
    world.store().remember({record.id: Found(record) for record in (PAPER, same)})
    world.now += 1000 * DAY
    assert world.store().by_title(["Zählen 数える", "Counting", ""]) == {
        "Zählen 数える": Candidates((same, PAPER)),
        "Counting": NOT_THERE,
        "": NOT_THERE,
    }


def test_only_the_title_that_a_paper_has_now_finds_it(world: World) -> None:
    store = world.store()
    store.remember({PAPER.id: Found(PAPER)})
    renamed = replace(PAPER, version=3, title="On counting")
    store.remember({PAPER.id: Found(renamed)})
    assert store.by_title([PAPER.title, "On Counting"]) == {
        PAPER.title: NOT_THERE,
        "On Counting": Candidates((renamed,)),
    }


def test_what_was_searched_for_is_remembered_for_a_while(world: World) -> None:
    world.store().remember_titles(
        {PAPER.title: Candidates((PAPER,)), "Nobody's": Candidates(()), "Unasked": Unavailable("no")}
    )
    titles = [PAPER.title.upper(), "nobody's", "Unasked", "Other"]
    assert world.store().searched(titles) == {titles[0], titles[1]}
    assert world.store().by_title(titles)[titles[0]] == Candidates((PAPER,))
    assert world.store().papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
    world.now += 8 * DAY
    assert world.store().searched(titles) == set()
    assert world.store().by_title(titles)[titles[0]] == Candidates((PAPER,))


VERSION_1 = """
CREATE TABLE record (id TEXT PRIMARY KEY, version INTEGER, fetched INTEGER NOT NULL,
                     content TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE version (id TEXT NOT NULL, version INTEGER NOT NULL, fetched INTEGER NOT NULL,
                      content TEXT NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (id, version));
CREATE TABLE missing (id TEXT NOT NULL, version INTEGER NOT NULL, asked INTEGER NOT NULL,
                      PRIMARY KEY (id, version)) WITHOUT ROWID;
PRAGMA application_id = 0x6C74626C;
PRAGMA user_version = 1;
"""


def _write_version_1(world: World, *records: PaperRecord) -> None:
    world.path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(world.path)) as connection:
        connection.executescript(VERSION_1)
        rows = [pack(record, int(world.now)) for record in records]
        connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", rows)
        connection.commit()


def test_a_store_of_the_first_version_learns_titles(world: World) -> None:
    _write_version_1(world, PAPER)
    assert world.store().by_title([PAPER.title]) == {PAPER.title: Candidates((PAPER,))}
    other = replace(PAPER, id="2401.00001", title="Another")
    world.store().remember_titles({"Another": Candidates((other,))})
    assert world.store().by_title(["Another"]) == {"Another": Candidates((other,))}
    assert world.store().papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
    assert world.notices == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of POSIX")
def test_a_store_of_the_first_version_that_cannot_be_written_is_read_as_it_is() -> None:
    # Not in tmp_path, which nobody but its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "papers.db")
        _write_version_1(world, PAPER)
        world.path.chmod(0o444)
        world.path.parent.chmod(0o555)
        with nobody():
            store = world.store()
            assert store.by_title([PAPER.title]) == {PAPER.title: NOT_THERE}
            assert store.papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
            assert store.searched([PAPER.title]) == set()
            store.remember_titles({"Another": Candidates(()), PAPER.title: Candidates((PAPER,))})
            assert store.papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
            store.close()
        world.path.parent.chmod(0o755)
    assert len(world.notices) == 1


def test_thousands_of_papers(world: World) -> None:
    records = {
        f"2401.{number:05}": Found(replace(PAPER, id=f"2401.{number:05}")) for number in range(1, 3000)
    }
    world.store().remember(records)
    assert world.store().papers(list(records)) == records
    (found,) = world.store().by_title([PAPER.title]).values()
    assert isinstance(found, Candidates)
    assert len(found.records) == len(records)


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.commit()
    connection.close()


def _damaged(path: Path) -> None:
    store = Store(path)
    store.remember(
        {f"2401.{number:05}": Found(replace(PAPER, id=f"2401.{number:05}")) for number in range(1, 500)}
    )
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text("# A list of papers\n" * 100),
        lambda path: path.write_bytes(b"\0" * 5000),
        _foreign,
        _damaged,
    ],
    ids=["text", "zeros", "foreign", "damaged"],
)
def test_a_file_that_is_no_store_is_set_aside(world: World, spoil: Callable[[Path], object]) -> None:
    world.path.parent.mkdir()
    spoil(world.path)
    before = world.path.read_bytes()
    store = world.store()
    assert store.papers(["2401.00001"]) == {"2401.00001": NOT_THERE}
    store.remember({PAPER.id: Found(PAPER)})
    assert store.papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
    aside = world.path.with_name("papers.db.broken-1")
    assert aside.read_bytes() == before
    assert len(world.notices) == 1
    assert str(aside) in world.notices[0]


def test_a_damaged_file_is_set_aside_when_it_is_written_first(world: World) -> None:
    world.path.parent.mkdir()
    world.path.with_name("papers.db.broken-1").touch()
    world.path.write_text("no database at all, but some text")
    store = world.store()
    store.remember({PAPER.id: Found(PAPER)})
    assert store.papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
    assert world.path.with_name("papers.db.broken-2").exists()


def test_a_row_whose_text_was_damaged_is_unknown(world: World) -> None:
    world.store().remember({PAPER.id: Found(PAPER)})
    for store in world.opened:
        store.close()
    data = world.path.read_bytes()
    assert b"things." in data
    world.path.write_bytes(data.replace(b"things.", b"thongs."))
    assert world.store().papers([PAPER.id]) == {PAPER.id: NOT_THERE}


def test_the_file_of_a_newer_littable_is_left_alone(world: World) -> None:
    world.store().remember({PAPER.id: Found(PAPER)})
    world.opened[0].close()
    connection = sqlite3.connect(world.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    store = world.store()
    assert store.papers([PAPER.id]) == {PAPER.id: NOT_THERE}
    store.remember({PAPER.id: Missing()})
    assert world.notices == [
        f"the store {world.path} was written by a newer littable; working without keeping answers"
    ]


def test_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    world = World(tmp_path / "file" / "papers.db")
    store = world.store()
    for _ in range(2):
        store.remember({PAPER.id: Found(PAPER)})
        assert store.papers([PAPER.id]) == {PAPER.id: NOT_THERE}
    assert len(world.notices) == 1
    assert "working without keeping answers" in world.notices[0]


@contextmanager
def nobody() -> Iterator[None]:
    """Root may write everywhere, so root becomes somebody else for a while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of POSIX")
def test_a_folder_that_is_read_only_can_still_be_read() -> None:
    # Not in tmp_path, which nobody but its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "papers.db")
        world.store().remember({PAPER.id: Found(PAPER)})
        world.opened[0].close()
        world.path.parent.chmod(0o555)
        with nobody():
            store = world.store()
            assert store.papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
            store.remember({"2401.00001": Missing()})
            assert store.papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
            store.close()
        world.path.parent.chmod(0o755)
    assert len(world.notices) == 1
    assert "working without keeping answers" in world.notices[0]


FULL_DISK = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from littable.papers.sources import Found
from littable.papers.store import Store
sys.path.insert(0, sys.argv[2])
from test_store import PAPER

store = Store(Path(sys.argv[1]), notice=print)
store.remember({PAPER.id: Found(PAPER)})
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
many = {f"2401.{n:05}": Found(replace(PAPER, id=f"2401.{n:05}")) for n in range(1, 2000)}
store.remember(many)
store.remember(many)
print(store.papers([PAPER.id])[PAPER.id] == Found(PAPER), store.papers(["2401.00001"])["2401.00001"].reason)
store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_is_done_without(world: World) -> None:
    arguments = [sys.executable, "-c", FULL_DISK, str(world.path), str(Path(__file__).parent)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    *notices, answer = done.stdout.splitlines()
    assert answer == "True not in the store"
    assert len(notices) == 1
    assert "working without keeping answers" in notices[0]
    kept = world.store(any_age=True).papers([PAPER.id])[PAPER.id]
    assert isinstance(kept, Found)
    assert replace(kept.record, as_of=None) == PAPER


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from littable.papers.sources import Found
from littable.papers.store import Store
sys.path.insert(0, sys.argv[2])
from test_store import PAPER

number = int(sys.argv[3])
store = Store(Path(sys.argv[1]), notice=print)
for round in range(1, 11):
    identifier = f"{2400 + number % 12 + 1:04}.{number * 100 + round:05}"
    store.remember({identifier: Found(replace(PAPER, id=identifier))})
    assert store.papers([identifier])[identifier] == Found(replace(PAPER, id=identifier))
print(len(store.papers([identifier])))
store.close()
"""


def test_many_processes_share_one_file(world: World) -> None:
    here = str(Path(__file__).parent)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(world.path), here, str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(8)
    ]
    outputs = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0] * 8
    assert outputs == ["1\n"] * 8
    ids = [f"{2400 + n % 12 + 1:04}.{n * 100 + r:05}" for n in range(8) for r in range(1, 11)]
    assert all(isinstance(lookup, Found) for lookup in world.store(any_age=True).papers(ids).values())
