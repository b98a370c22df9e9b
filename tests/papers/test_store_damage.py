"""Whatever has become of the store's file: no wrong answer, no crash, and what is whole is still served."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from littable.errors import StoreError
from littable.papers.library.importing import import_snapshot
from littable.papers.record import PaperRecord
from littable.papers.sources import Candidates, Found, Lookup, Missing
from littable.papers.store import Store
from littable.papers.store.days import store_days
from littable.papers.store.file import connect, open_store, transaction
from littable.papers.store.library import LibraryState, set_library_state, upsert
from littable.papers.store.rows import pack
from littable.papers.store.upkeep import clear, holdings
from papers.test_store import NOT_THERE, PAPER, VERSION_1, World, world

__all__ = ["world"]

RECORDS = {f"2401.{n:05}": replace(PAPER, id=f"2401.{n:05}", title=f"Paper {n}") for n in range(1, 41)}
LIBRARY = {f"2301.{n:05}": replace(PAPER, id=f"2301.{n:05}", title=f"Book {n}") for n in range(1, 41)}
GONE = [f"2402.{n:05}" for n in range(1, 101)]
KNOWN = RECORDS | LIBRARY


def fill(world: World) -> bytes:
    """A store with records, versions, a library and missing papers; its bytes."""
    store = world.store()
    store.remember({key: Found(record) for key, record in RECORDS.items()})
    store.remember({key: Missing() for key in GONE})
    store.remember_versions({(key, 1): Found(replace(KNOWN[key], version=1)) for key in RECORDS})
    store.close()
    with open_store(world.path) as connection, transaction(connection):
        upsert(connection, list(LIBRARY.values()), int(world.now))
        set_library_state(connection, LibraryState(len(LIBRARY), int(world.now), "snapshot.json"))
    return world.path.read_bytes()


def write(world: World, data: bytes | bytearray) -> None:
    for old in world.path.parent.iterdir():
        old.unlink()
    world.path.write_bytes(data)


def is_right(key: str, lookup: Lookup) -> bool:
    """Whether an answer is the truth, or none."""
    if isinstance(lookup, Found):
        return lookup.record == KNOWN.get(key)
    return not isinstance(lookup, Missing) or key in GONE


def ask_everything(world: World) -> None:
    store = world.store()
    asked = [*KNOWN, *GONE]
    assert all(is_right(key, lookup) for key, lookup in store.papers(asked).items())
    versions = store.versions({key: [1] for key in KNOWN})
    assert all(found.record.version == 1 for found in versions.values() if isinstance(found, Found))
    for title, titled in store.by_title([record.title for record in KNOWN.values()]).items():
        assert not isinstance(titled, Candidates) or all(record.title == title for record in titled.records)
    store.searched(["Paper 1"])
    store.remember({PAPER.id: Found(PAPER)})
    assert store.papers([PAPER.id])[PAPER.id] in (Found(PAPER), NOT_THERE)
    store.close()


def damage(data: bytes, chance: random.Random) -> bytearray:
    spoilt = bytearray(data)
    kind = chance.choice(("bit", "bits", "bytes", "page", "end"))
    place = chance.randrange(len(spoilt))
    if kind == "end":
        del spoilt[place:]
    elif kind in {"bytes", "page"}:
        length = 64 if kind == "bytes" else 4096
        spoilt[place : place + length] = chance.randbytes(len(spoilt[place : place + length]))
    for _ in range({"bit": 1, "bits": 40}.get(kind, 0)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return spoilt


@pytest.mark.parametrize("seed", range(40))
def test_a_store_damaged_anywhere_gives_no_wrong_answer(world: World, seed: int) -> None:
    chance = random.Random(seed)
    spoilt = damage(fill(world), chance)
    write(world, spoilt)
    ask_everything(world)
    write(world, spoilt)
    store_days(world.path, [*KNOWN, *GONE], ["paper1"])
    # A StoreError is the one thing that may be said of it.
    with suppress(StoreError), open_store(world.path) as connection:
        holdings(connection)
        clear(connection, keep_library=chance.random() < 0.5)


def test_an_identifier_damaged_in_a_row_or_its_index_is_unknown(world: World) -> None:
    data = fill(world)
    for key in ("2401.00017", "2301.00017", "2402.00017"):
        place = data.find(key.encode())
        assert place >= 0
        while place >= 0:
            spoilt = bytearray(data)
            spoilt[place + 3] ^= 0x08
            write(world, spoilt)
            ask_everything(world)
            place = data.find(key.encode(), place + 1)


def test_a_text_that_is_no_utf_8_any_more_costs_its_own_row_only(world: World) -> None:
    records = {f"2401.{n:05}": replace(PAPER, id=f"2401.{n:05}", abstract=f"things {n}.") for n in (1, 2)}
    store = world.store()
    store.remember({key: Found(record) for key, record in records.items()})
    store.close()
    data = world.path.read_bytes()
    write(world, data.replace(b"things 1.", b"things \xff."))
    answers = world.store().papers(list(records))
    assert answers == {"2401.00001": NOT_THERE, "2401.00002": Found(records["2401.00002"])}
    world.store().remember({"2401.00001": Found(records["2401.00001"])})
    assert world.store().papers(["2401.00001"]) == {"2401.00001": Found(records["2401.00001"])}
    assert world.notices == []


def test_an_index_of_titles_that_is_damaged_does_not_keep_answers_from_being_kept(world: World) -> None:
    fill(world)
    with closing(sqlite3.connect(world.path)) as connection:
        connection.execute("UPDATE record_title_data SET block = zeroblob(length(block))")
        connection.commit()
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    for _ in range(2):
        store = world.store()
        store.remember({PAPER.id: Found(PAPER)})
        store.close()
    assert world.store().papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
    (notice,) = world.notices
    assert "it was moved to" in notice


def test_a_damaged_store_is_set_aside_by_whoever_is_first(world: World) -> None:
    write_damaged = bytearray(fill(world))
    write_damaged[4096 * 6 :] = b"\xa5" * len(write_damaged[4096 * 6 :])
    write(world, write_damaged)
    first, second = world.store(), world.store()
    for store in (first, second):
        store.searched(["Paper 1"])  # both have the damaged file open
    for store in (first, second):
        store.remember({key: Found(record) for key, record in RECORDS.items()})
    assert first.papers(["2401.00001"]) == {"2401.00001": Found(RECORDS["2401.00001"])}
    aside = [path for path in world.path.parent.iterdir() if ".broken-" in path.name]
    assert len(aside) == len(world.notices) == 1


@pytest.mark.parametrize("moment", [-(2**60), -1, 2**40, 2**60])
def test_a_clock_that_was_far_off_is_no_end_of_the_world(world: World, moment: int) -> None:
    now, world.now = world.now, float(moment)
    world.store().remember({PAPER.id: Found(PAPER)})
    world.now = now
    assert not isinstance(world.store().papers([PAPER.id])[PAPER.id], (Found, Missing))
    offline = world.store(any_age=True).papers([PAPER.id])[PAPER.id]
    assert isinstance(offline, Found)
    assert offline.record.as_of is not None
    assert store_days(world.path, [PAPER.id], []).records[PAPER.id] == offline.record.as_of


def test_a_store_of_the_second_version_learns_titles(world: World) -> None:
    world.path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(world.path)) as connection:
        connection.executescript(VERSION_1)
        connection.executescript("""
            CREATE TABLE title (key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
            CREATE INDEX title_id ON title (id);
            CREATE TABLE searched (key TEXT PRIMARY KEY, asked INTEGER NOT NULL) WITHOUT ROWID;
            PRAGMA user_version = 2;
        """)
        connection.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?)", pack(PAPER, int(world.now)))
        connection.execute("INSERT INTO searched VALUES ('unasked', ?)", (int(world.now),))
        connection.execute("INSERT INTO missing VALUES ('2402.00001', 0, ?)", (int(world.now),))
        connection.commit()
    store = world.store()
    assert store.by_title([PAPER.title]) == {PAPER.title: Candidates((PAPER,))}
    assert store.searched(["Unasked"]) == {"Unasked"}
    assert store.papers([PAPER.id, "2402.00001"]) == {PAPER.id: Found(PAPER), "2402.00001": Missing()}
    assert world.notices == []


class WithoutFts5(sqlite3.Connection):
    """What SQLite says where it was built without FTS5; such a build cannot be had for a test."""

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        self._refuse(sql)
        return super().execute(sql, *parameters)  # type: ignore[arg-type]

    def executemany(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        self._refuse(sql)
        return super().executemany(sql, *parameters)  # type: ignore[arg-type]

    @staticmethod
    def _refuse(sql: str) -> None:
        if "fts5(" in sql or "_title " in sql:
            raise sqlite3.OperationalError("no such module: fts5")


@pytest.fixture
def without_fts5(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=WithoutFts5))


def snapshot_of(record: PaperRecord, folder: Path) -> Path:
    snapshot = folder / "snapshot.json"
    snapshot.write_text(f'{{"id": "{record.id}", "title": "{record.title}", "abstract": "Words."}}\n')
    return snapshot


@pytest.mark.usefixtures("without_fts5")
def test_without_fts5_everything_but_titles_works(world: World, tmp_path: Path) -> None:
    world.store().remember({PAPER.id: Found(PAPER)})
    import_snapshot(world.path, snapshot_of(LIBRARY["2301.00001"], tmp_path))
    store = world.store(any_age=True)
    found = store.papers([PAPER.id, "2301.00001"])
    assert found[PAPER.id] == Found(PAPER)
    assert isinstance(found["2301.00001"], Found)
    assert store.by_title([PAPER.title]) == {PAPER.title: NOT_THERE}
    with open_store(world.path) as connection:
        clear(connection, keep_library=False)
    assert world.notices == []


def test_a_store_made_with_fts5_can_be_read_without(world: World, request: pytest.FixtureRequest) -> None:
    fill(world)
    request.getfixturevalue("without_fts5")
    store = world.store()
    assert store.papers(["2401.00001"]) == {"2401.00001": Found(RECORDS["2401.00001"])}
    assert store.by_title(["Paper 1"]) == {"Paper 1": NOT_THERE}
    store.remember({PAPER.id: Found(PAPER)})
    assert store.papers(["2301.00001"]) == {"2301.00001": Found(LIBRARY["2301.00001"])}
    (notice,) = world.notices
    assert notice.endswith("cannot be used (no such module: fts5); working without keeping answers")


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_an_import_through_a_link_is_one_into_the_file_itself(world: World, tmp_path: Path) -> None:
    fill(world)
    link = tmp_path / "link.sqlite"
    link.symlink_to(world.path)
    told: list[str] = []

    def again(_progress: object) -> None:
        with pytest.raises(StoreError, match=r"another import into .* is running") as caught:
            import_snapshot(world.path, snapshot)
        told.append(str(caught.value))

    snapshot = snapshot_of(PAPER, tmp_path)
    import_snapshot(link, snapshot, progress=again)
    assert told
    assert isinstance(world.store(any_age=True).papers([PAPER.id])[PAPER.id], Found)


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_what_another_process_has_just_written_is_seen_through_a_link(world: World, tmp_path: Path) -> None:
    fill(world)
    link = tmp_path / "link.sqlite"
    link.symlink_to(world.path)
    with closing(connect(world.path)) as writing:
        with transaction(writing):
            upsert(writing, [PAPER], int(world.now))
        seen = Store(link, now=lambda: world.now)
        assert seen.papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
        seen.close()
