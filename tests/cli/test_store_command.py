from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from littable.papers.record import PaperRecord
from littable.papers.sources import Candidates, Found, Missing
from littable.papers.store import Store
from littable.papers.store.file import open_store, transaction
from littable.papers.store.library import LibraryState, set_library_state, upsert
from support.command import littable

PAPER = PaperRecord(
    id="2403.03218",
    version=2,
    title="The WMDP Benchmark",
    authors=("Nathaniel Li",),
    abstract="Words.",
    published=date(2024, 3, 5),
    updated=date(2024, 5, 15),
    comment=None,
    doi=None,
    journal_ref=None,
    withdrawn=False,
    origin="the store",
)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "papers.sqlite"
    store = Store(path)
    store.remember({PAPER.id: Found(PAPER), "2401.00001": Missing()})
    store.remember_versions({(PAPER.id, 1): Found(replace(PAPER, version=1))})
    store.remember_titles({"A title that nobody has": Candidates(())})
    store.close()
    with open_store(path) as connection, transaction(connection):
        upsert(connection, [replace(PAPER, id="1706.03762", title="Attention")], 1_700_000_000)
        set_library_state(connection, LibraryState(1, 1_700_000_000, "snapshot.json"))
    return path


def test_path_names_the_file_of_the_option_or_the_setting(tmp_path: Path) -> None:
    assert littable("store", "path", "--store", "a.sqlite", cwd=tmp_path).out == f"{tmp_path / 'a.sqlite'}\n"
    (tmp_path / "littable.toml").write_text('store = "b.sqlite"\n')
    named = littable("store", "path", cwd=tmp_path, LITTABLE_STORE="").out
    assert named == f"{tmp_path / 'b.sqlite'}\n"


def test_info_counts_what_is_there(filled: Path) -> None:
    said = littable("store", "info", "--store", filled)
    assert said.code == 0
    first, *lines = said.out.splitlines()
    assert first.startswith(f"{filled} (0.")
    assert [line.split(",")[0].strip() for line in lines] == [
        "1 paper looked up",
        "1 earlier version",
        "1 paper that arXiv does not have",
        "1 title searched for",
        "0 links",
        "1 paper in the library",
    ]
    assert lines[-1].endswith("as arXiv was on 2023-11-14 (snapshot.json)")


def test_info_for_programs(filled: Path, tmp_path: Path) -> None:
    data = json.loads(littable("store", "info", "--format", "json", "--store", filled).out)
    assert data["papers"] == 1
    assert data["library"] == {"papers": 1, "as_of": "2023-11-14", "source": "snapshot.json"}
    assert littable("store", "info", "--format", "json", "--store", tmp_path / "none").out == "null\n"


def test_info_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite"
    assert littable("store", "info", "--store", path).out == f"There is no store at {path} yet.\n"
    assert not path.exists()


def test_clear_forgets_everything(filled: Path) -> None:
    said = littable("store", "clear", "--store", filled)
    assert (said.code, said.err) == (0, f"Cleared {filled}.\n")
    data = json.loads(littable("store", "info", "--format", "json", "--store", filled).out)
    numbers = [data[name] for name in ("papers", "versions", "missing", "titles", "links")]
    assert (numbers, data["library"]) == ([0] * 5, None)
    store = Store(filled, any_age=True)
    assert not any(isinstance(found, Found) for found in store.papers([PAPER.id, "1706.03762"]).values())
    store.close()


def test_clear_can_keep_the_library(filled: Path) -> None:
    said = littable("store", "clear", "--keep-library", "--store", filled)
    assert said.err == f"Cleared {filled}; the library is kept.\n"
    store = Store(filled, any_age=True)
    found = store.papers([PAPER.id, "1706.03762"])
    assert [isinstance(lookup, Found) for lookup in found.values()] == [False, True]
    assert isinstance(store.by_title(["Attention"])["Attention"], Candidates)
    store.close()


@pytest.mark.parametrize("command", ["info", "clear"])
def test_another_file_is_left_alone(tmp_path: Path, command: str) -> None:
    text = tmp_path / "README.md"
    text.write_text("# A list of papers\n" * 100)
    said = littable("store", command, "--store", text)
    assert said.code == 2
    assert said.err == f"error: {text} is no store of littable; name another file with --store\n"
    assert text.read_text() == "# A list of papers\n" * 100
    bookmarks = tmp_path / "bookmarks.sqlite"
    with closing(sqlite3.connect(bookmarks)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    assert littable("store", command, "--store", bookmarks).code == 2
    with closing(sqlite3.connect(bookmarks)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


COMMANDS = (["info"], ["clear"], ["update"], ["import", "snapshot.json"])


def _with_snapshot(folder: Path) -> None:
    line = {"id": PAPER.id, "title": PAPER.title, "abstract": PAPER.abstract}
    (folder / "snapshot.json").write_text(json.dumps(line) + "\n")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_folder_is_no_store(tmp_path: Path, command: list[str]) -> None:
    _with_snapshot(tmp_path)
    (tmp_path / "cache").mkdir()
    said = littable("store", *command, "--store", "cache", cwd=tmp_path)
    assert said.code == 2
    assert said.err == f"error: the store {tmp_path / 'cache'} cannot be used: it is a folder\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "snapshot.json"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_name_that_no_file_can_have_is_said(tmp_path: Path, command: list[str]) -> None:
    _with_snapshot(tmp_path)
    said = littable("store", *command, "--store", "x" * 300, cwd=tmp_path)
    assert said.code == 2
    assert said.err.startswith(f"error: the store {tmp_path / ('x' * 300)} cannot be used: ")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_nothing_is_laid_beside_a_file_that_is_no_store(tmp_path: Path, command: list[str]) -> None:
    _with_snapshot(tmp_path)
    (tmp_path / "README.md").write_text("# A list of papers\n" * 100)
    assert littable("store", *command, "--store", "README.md", cwd=tmp_path).code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "snapshot.json"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_damaged_store_is_told_what_to_do_about(filled: Path, tmp_path: Path, command: list[str]) -> None:
    _with_snapshot(tmp_path)
    data = bytearray(filled.read_bytes())
    data[4096:] = b"\xa5" * len(data[4096:])
    filled.write_bytes(data)
    said = littable("store", *command, "--store", filled, cwd=tmp_path)
    assert said.code == 2
    assert said.err == (
        f"error: the store {filled} is damaged (database disk image is malformed); delete it and begin anew\n"
    )


def test_a_moment_that_cannot_be_is_no_end_of_the_world(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE record SET fetched = ?", (2**60,))
        connection.commit()
    said = littable("store", "info", "--store", filled)
    assert (said.code, said.err) == (0, "")
    assert "1 paper looked up, the oldest asked for on 9999-12-31\n" in said.out
