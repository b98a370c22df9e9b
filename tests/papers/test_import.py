"""An import of arXiv's snapshot: the library is the old one or the new one, whatever happens."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from littable.errors import PapersFileError, StoreError
from littable.papers.library.importing import Imported, ImportProgress, import_snapshot
from littable.papers.sources import Candidates, Found, Unavailable
from littable.papers.store import Store
from littable.papers.store.file import open_store
from littable.papers.store.library import LibraryState, library_state
from littable.papers.store.upkeep import clear
from papers.test_store import PAPER, nobody

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

NOW = 1_790_000_000.0  # September 2026
OLD = {"id": "2401.00001", "title": "The old library", "update_date": "2024-01-02"}
NEW = {"id": "2401.00002", "title": "The new library", "update_date": "2026-05-06"}


def encoded(*lines: object) -> bytes:
    return b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)


def many(count: int, title: str = "Paper") -> list[dict[str, str]]:
    """More lines than are written at once."""
    return [
        {
            "id": f"{1501 + number // 50_000:04}.{number % 50_000 + 1:05}",
            "title": f"{title} {number}",
            "abstract": f"What is said of {number}. " * 8,
            "update_date": "2026-01-01",
        }
        for number in range(count)
    ]


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 1)


def zipped(data: bytes, *names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names or ("arxiv-metadata-oai-snapshot.json",):
            archive.writestr(name, data)
    return file.getvalue()


def in_two_members(data: bytes) -> bytes:
    half = len(data) // 2
    return gzipped(data[:half]) + gzipped(data[half:])


class World:
    """A store and snapshots beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "cache" / "papers.sqlite"
        self.bad: list[tuple[int, str]] = []

    def snapshot(self, data: bytes, name: str = "snapshot.json") -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def run(self, snapshot: Path, progress: Callable[[ImportProgress], None] = lambda _: None) -> Imported:
        return import_snapshot(
            self.store,
            snapshot,
            progress=progress,
            bad_line=lambda number, what: self.bad.append((number, what)),
            now=lambda: NOW,
        )

    def titles(self, *ids: str) -> list[str | None]:
        with closing(Store(self.store, any_age=True)) as store:
            found = store.papers(ids)
        return [look.record.title if isinstance(look := found[key], Found) else None for key in ids]

    def titled(self, title: str) -> list[str]:
        with closing(Store(self.store)) as store:
            found = store.by_title([title])[title]
        return [record.id for record in found.records] if isinstance(found, Candidates) else []

    def state(self) -> LibraryState | None:
        with open_store(self.store) as connection:
            return library_state(connection)

    def rows(self) -> list[tuple[object, ...]]:
        """All of the library, and the words of its index."""
        with open_store(self.store) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.execute("INSERT INTO library_title (library_title) VALUES ('integrity-check')")
            connection.execute(
                "CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, library_title, instance)"
            )
            rows = connection.execute("SELECT number, id, version, content, checksum FROM library").fetchall()
            words = connection.execute("SELECT doc, term FROM word").fetchall()
        return sorted(rows) + sorted(words)

    def tables(self) -> set[str]:
        with open_store(self.store) as connection:
            return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_the_papers_of_a_snapshot_are_the_library(world: World) -> None:
    done = world.run(world.snapshot(encoded(OLD, NEW)))
    assert done == Imported(papers=2, as_of=date(2026, 5, 6), lines=2, resumed=0, bad=0, earlier=0)
    assert world.titles("2401.00001", "2401.00002", "2401.00003") == [OLD["title"], NEW["title"], None]
    assert world.titled("the NEW library!") == ["2401.00002"]
    assert world.state() == LibraryState(2, 1_778_025_600, "snapshot.json")


def test_what_the_next_snapshot_lacks_is_gone(world: World) -> None:
    world.run(world.snapshot(encoded(OLD)))
    world.run(world.snapshot(encoded(NEW)))
    assert world.titles("2401.00001", "2401.00002") == [None, NEW["title"]]
    assert world.titled("The old library") == []
    assert not any(name.startswith(("arriving", "leaving")) for name in world.tables())
    assert not Path(f"{world.store}-wal").exists()


@pytest.mark.parametrize("pack", [bytes, gzipped, in_two_members, zipped, zstd.compress])
def test_the_form_is_told_by_the_content(world: World, pack: Callable[[bytes], bytes]) -> None:
    world.run(world.snapshot(pack(encoded(OLD, NEW)), "papers.dat"))
    assert world.titles("2401.00001", "2401.00002") == [OLD["title"], NEW["title"]]


def test_the_member_of_an_archive_that_is_meant(world: World) -> None:
    data = encoded(NEW)
    world.run(world.snapshot(zipped(data, "notes/", "a.txt", "papers.JSON")))
    assert world.titles("2401.00002") == [NEW["title"]]
    for names, found in ((("a.json", "b.jsonl"), "2 files"), (("a.txt", "b.txt"), "no file")):
        with pytest.raises(PapersFileError, match=f"holds {found} that may be a snapshot; unpack"):
            world.run(world.snapshot(zipped(data, *names)))


def test_bad_lines_are_told_and_passed_over(world: World) -> None:
    long = b'{"id": "2401.00009", "title": "' + b"x" * (40 * 1024 * 1024) + b'"}\n'
    data = encoded(
        b"\xef\xbb\xbf",
        OLD,
        b"\r\n \n",
        b"nonsense\r\n",
        b'{"id": "2401.00003", "title": "\x00"}\n',
        b'{"id": "2401.00004", "submitter": "\xff"}\n',
        long,
        {"id": "2413.00001"},
        {"id": "2401.00005", "versions": [{"version": "v1", "created": "soon"}]},
        json.dumps(NEW).encode(),
    )
    done = world.run(world.snapshot(data))
    assert (done.papers, done.bad, done.lines) == (2, 6, 10)
    assert world.bad == [
        (4, "not JSON: Expecting value at column 1"),
        (5, "not JSON: Invalid control character at at column 32"),
        (6, "not UTF-8: byte 0xff at offset 35"),
        (7, "longer than 16 MB"),
        (8, "\"id\": '2413.00001' is not an arXiv identifier: there is no month 13"),
        (9, "\"created\": 'soon' is not a date"),
    ]
    assert world.titles("2401.00001", "2401.00002") == [OLD["title"], NEW["title"]]


def test_a_bad_line_at_the_end_is_one_like_others(world: World) -> None:
    done = world.run(world.snapshot(encoded(OLD, {"id": "2413.00001"}).rstrip()))
    assert (done.papers, done.bad) == (1, 1)


def test_a_file_with_many_bad_lines_is_still_a_snapshot(world: World) -> None:
    done = world.run(world.snapshot(encoded(*[b"bad\n"] * 900, OLD, *[b"bad\n"] * 3_000, NEW)))
    assert (done.papers, done.bad, len(world.bad)) == (2, 3_900, 3_900)
    with pytest.raises(PapersFileError, match=r"no line here is a paper \(line 1: not JSON"):
        world.run(world.snapshot(encoded(*[b"bad\n"] * 1_001, OLD)))


HTML = b"<!DOCTYPE html>\n<html>\n<title>Sign in</title>\n" + b"<p>Sign in to download.</p>\n" * 2_000
WHOLE = encoded(*many(300))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "holds no papers"),
        (b"\n\r\n  \n", "holds no papers"),
        (HTML, r"no line here is a paper \(line 1: not JSON: Expecting value at column 1\)"),
        (HTML[:40], r"no line here is a paper \(line 1: "),
        (b"\x00" * 5_000, r"no line here is a paper \(line 1: not JSON"),
        (b"{}", r"no line here is a paper \(line 1: \"id\" is missing\)"),
        (encoded(NEW | {"version": "v1"}), "holds no papers"),
        (WHOLE[:-20], r"ends within line 300 \(not JSON: .*\); it was not downloaded whole"),
        (gzipped(WHOLE)[:-20], "the compressed data is damaged"),
        (gzipped(WHOLE)[:8], "the compressed data is damaged"),
        (gzipped(WHOLE)[:-8] + b"\x00" * 8, "the compressed data is damaged"),
        (zstd.compress(WHOLE)[:-20], "the compressed data is damaged"),
        (b"\x28\xb5\x2f\xfd" + b"nonsense" * 9, "the compressed data is damaged"),
        (zipped(WHOLE)[:-20], "the compressed data is damaged"),
        (zipped(WHOLE)[:200] + b"\x00" * 50 + zipped(WHOLE)[250:], "the compressed data is damaged"),
    ],
    ids=lambda value: f"{len(value)} bytes" if isinstance(value, bytes) else None,
)
def test_what_is_no_whole_snapshot_changes_nothing(world: World, data: bytes, what: str) -> None:
    world.run(world.snapshot(encoded(OLD)))
    snapshot = world.snapshot(data, "other.json")
    for _ in range(2):
        with pytest.raises(PapersFileError, match=what) as caught:
            world.run(snapshot)
        assert str(caught.value).startswith(f"{snapshot}: ")
    assert world.titles("2401.00001", "1501.00001") == [OLD["title"], None]
    assert world.titled("The old library") == ["2401.00001"]
    assert "arriving" not in world.tables()
    world.run(world.snapshot(encoded(NEW)))
    assert world.titles("2401.00001", "2401.00002") == [None, NEW["title"]]


def test_files_that_cannot_be_read(world: World) -> None:
    for path in (world.folder, world.folder / "none.json"):
        with pytest.raises(PapersFileError, match="cannot be read"):
            world.run(path)
    assert not world.store.exists()


def test_of_two_lines_the_later_counts(world: World) -> None:
    again = OLD | {"title": "Corrected"}
    far = many(6_000)
    done = world.run(world.snapshot(encoded(OLD, again, *far, far[0] | {"title": "At the end"})))
    assert done.papers == 6_001
    assert world.titles("2401.00001", "1501.00001") == ["Corrected", "At the end"]
    assert [world.titled(title) for title in ("The old library", "Paper 0")] == [[], []]
    assert [world.titled(title) for title in ("Corrected", "At the end")] == [["2401.00001"], ["1501.00001"]]


def test_earlier_versions_are_counted_and_passed_over(world: World) -> None:
    done = world.run(world.snapshot(encoded(OLD, OLD | {"version": "v1", "title": "Earlier"})))
    assert (done.papers, done.earlier) == (1, 1)
    assert world.titles("2401.00001") == [OLD["title"]]


@pytest.mark.parametrize(
    ("lines", "as_of"),
    [
        ([OLD, {"id": "2401.00002", "update_date": "2099-01-01"}], date(2024, 1, 2)),
        ([OLD, {"id": "2401.00002", "update_date": "2026-99-01"}], date(2024, 1, 2)),
        ([OLD, {"id": "2401.00002", "update_date": 5}], None),
        ([{"id": "2401.00002", "versions": [{"version": "v1", "created": "2025-05-06"}]}], date(2025, 5, 6)),
        ([{"id": "2401.00002"}], None),
    ],
)
def test_the_library_is_as_old_as_its_latest_change(
    world: World, lines: list[object], as_of: date | None
) -> None:
    done = world.run(world.snapshot(encoded(*lines)))
    state = world.state()
    assert state is not None
    if lines[0] == OLD:
        assert done.as_of == date(2024, 1, 2)  # of a line that can be read and is not in the future
    else:
        assert done.as_of == as_of
        assert (state.as_of == 0) is (as_of is None)


class Stop(BaseException):
    """What a Ctrl-C is."""


def stop_after(lines: int) -> Callable[[ImportProgress], None]:
    def progress(told: ImportProgress) -> None:
        if told.lines >= lines:
            raise Stop

    return progress


@pytest.mark.parametrize("pack", [bytes, gzipped, zipped, zstd.compress])
def test_an_import_goes_on_where_it_stopped(world: World, pack: Callable[[bytes], bytes]) -> None:
    lines = [*many(3_000), b"bad\n", *many(11_000)[3_000:]]
    snapshot = world.snapshot(pack(encoded(*lines)))
    uninterrupted = World(world.folder / "other")
    whole = uninterrupted.run(snapshot)
    world.run(world.snapshot(encoded(OLD), "old.json"))
    for stop in (1, 6_000):
        with pytest.raises(Stop):
            world.run(snapshot, stop_after(stop))
        assert world.titles("2401.00001", "1501.00001") == [OLD["title"], None]
    seen: list[ImportProgress] = []
    done = world.run(snapshot, seen.append)
    assert (done.papers, done.bad, done.resumed + done.lines) == (whole.papers, 1, 11_001)
    assert done.resumed >= 6_000
    assert world.bad == [(3_001, "not JSON: Expecting value at column 1")]
    assert world.rows() == uninterrupted.rows()
    assert world.titles("2401.00001") == [None]
    assert [told.lines for told in seen] == sorted(told.lines for told in seen)
    assert (seen[0].lines, seen[-1].lines) == (done.resumed, 11_001)
    assert seen[-1].read <= seen[-1].size == snapshot.stat().st_size


def test_another_file_begins_anew(world: World) -> None:
    snapshot = world.snapshot(encoded(*many(12_000)))
    with pytest.raises(Stop):
        world.run(snapshot, stop_after(1))
    # The same size, another content.
    world.snapshot(encoded(*many(12_000, "Paqer")))
    done = world.run(snapshot)
    assert (done.resumed, done.papers) == (0, 12_000)
    assert world.titles("1501.00001", "1501.12000") == ["Paqer 0", "Paqer 11999"]


def test_a_file_that_changes_meanwhile_is_not_taken(world: World) -> None:
    world.run(world.snapshot(encoded(OLD), "old.json"))
    snapshot = world.snapshot(encoded(*many(12_000)))

    def change(told: ImportProgress) -> None:
        if told.lines == 0:
            with snapshot.open("ab") as file:
                file.write(encoded(NEW))

    with pytest.raises(PapersFileError, match="was changed while it was read; import it again"):
        world.run(snapshot, change)
    assert world.titles("2401.00001", "1501.00001") == [OLD["title"], None]


def test_others_use_the_store_meanwhile(world: World) -> None:
    world.run(world.snapshot(encoded(OLD), "old.json"))
    snapshot = world.snapshot(encoded(*many(12_000)))
    steps = 0

    def use(_told: ImportProgress) -> None:
        nonlocal steps
        steps += 1
        with closing(Store(world.store, now=lambda: NOW)) as store:
            key = f"2402.{steps:05}"
            store.remember({key: Found(replace(PAPER, id=key))})
        assert world.titles("2401.00001", "1501.00001") == [OLD["title"], None]

    world.run(snapshot, use)
    assert steps >= 3
    assert world.titles("2401.00001", "1501.00001", *(f"2402.{n:05}" for n in range(1, steps + 1))) == [
        None,
        "Paper 0",
        *[PAPER.title] * steps,
    ]


def test_a_store_that_is_open_all_the_while_sees_the_new_library(world: World) -> None:
    world.run(world.snapshot(encoded(OLD), "old.json"))
    with closing(Store(world.store, any_age=True)) as store:
        assert isinstance(store.papers(["2401.00001"])["2401.00001"], Found)
        assert isinstance(store.by_title(["The old library"])["The old library"], Candidates)
        world.run(world.snapshot(encoded(NEW)))
        assert store.papers(["2401.00001"])["2401.00001"] == Unavailable("not in the store")
        assert isinstance(store.papers(["2401.00002"])["2401.00002"], Found)
        assert isinstance(store.by_title(["The new library"])["The new library"], Candidates)


def test_a_second_import_is_told(world: World) -> None:
    snapshot = world.snapshot(encoded(NEW))
    told: list[str] = []

    def again(_told: ImportProgress) -> None:
        with pytest.raises(StoreError, match=r"another import into .* is running; wait") as caught:
            world.run(snapshot)
        told.append(str(caught.value))

    world.run(snapshot, again)
    assert told


@pytest.mark.parametrize("lines", [1, 12_000])
def test_a_store_that_is_cleared_meanwhile(world: World, lines: int) -> None:
    world.run(world.snapshot(encoded(OLD), "old.json"))
    snapshot = world.snapshot(encoded(*many(12_000)))

    def clear_once(told: ImportProgress) -> None:
        if told.lines >= lines:
            with open_store(world.store) as connection:
                clear(connection, keep_library=False)

    with pytest.raises(StoreError, match="cleared by another process meanwhile; import again"):
        world.run(snapshot, clear_once)
    assert world.titles("2401.00001", "1501.00001") == [None, None]
    assert world.run(snapshot).resumed == 0
    assert world.titles("1501.00001") == ["Paper 0"]


def test_what_arxiv_said_later_is_served(world: World) -> None:
    changed = replace(PAPER, id=NEW["id"], title="What arXiv says now")
    world.run(world.snapshot(encoded(NEW)))
    with closing(Store(world.store, now=lambda: NOW)) as store:
        store.remember({NEW["id"]: Found(changed)})
    assert world.titles(NEW["id"]) == ["What arXiv says now"]
    world.run(world.snapshot(encoded(NEW | {"update_date": "2026-06-01"})))
    assert world.titles(NEW["id"]) == ["What arXiv says now"]
    late = 1_600_000_000
    with closing(Store(world.store, now=lambda: late)) as store:
        store.remember({NEW["id"]: Found(changed)})
    assert world.titles(NEW["id"]) == [NEW["title"]]


def test_the_room_of_the_old_library_is_used_again(world: World) -> None:
    sizes = []
    for title in ("First", "Second", "Third", "Fourth"):
        world.run(world.snapshot(encoded(*many(6_000, title))))
        sizes.append(world.store.stat().st_size)
    assert sizes[3] <= sizes[1] * 1.05 <= sizes[0] * 2.2


IMPORT = """
import sys, time
from pathlib import Path
from littable.errors import LittableError
from littable.papers.library.importing import import_snapshot
if len(sys.argv) > 3:
    import resource
    limit = int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print("ready", flush=True)
try:
    print(import_snapshot(Path(sys.argv[1]), Path(sys.argv[2]), now=lambda: 1_790_000_000.0).papers)
except LittableError as error:
    print(f"{type(error).__name__}: {error}")
status = Path("/proc/self/status")  # what getrusage says counts the parent as it was, too
lines = status.read_text().splitlines() if status.exists() else []
peak = [line for line in lines if line.startswith("VmHWM")]
print(int(peak[0].split()[1]) // 1024 if peak else 0)
"""


def _import(world: World, snapshot: Path, *limit: int) -> list[str]:
    call = [sys.executable, "-c", IMPORT, str(world.store), str(snapshot), *map(str, limit)]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_is_told_and_leaves_the_old_library(world: World) -> None:
    world.run(world.snapshot(encoded(OLD), "old.json"))
    snapshot = world.snapshot(encoded(*many(20_000)))
    for limit in (300_000, 2_000_000):
        _, told, _ = _import(world, snapshot, limit)
        assert told.startswith(f"StoreError: the store {world.store} cannot be used: ")
        assert world.titles("2401.00001", "1501.00001") == [OLD["title"], None]
    assert _import(world, snapshot)[1] == "20000"
    assert world.titles("2401.00001", "1501.20000") == [None, "Paper 19999"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of POSIX")
def test_a_store_that_cannot_be_written_is_told() -> None:
    # Not in tmp_path, which nobody but its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        world.run(world.snapshot(encoded(OLD)))
        snapshot = world.snapshot(encoded(NEW), "new.json")
        world.folder.chmod(0o755)
        for _ in range(2):  # with the file of the lock, and without
            world.store.parent.chmod(0o555)
            with (
                nobody(),
                pytest.raises(StoreError, match=f"the store {world.store} cannot be (used|written): "),
            ):
                world.run(snapshot)
            world.store.parent.chmod(0o755)
            Path(f"{world.store}-import").unlink(missing_ok=True)
        assert world.titles("2401.00001") == [OLD["title"]]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
def test_a_line_of_any_length_is_passed_over_in_little_memory(world: World) -> None:
    path = world.folder / "long.json"
    with path.open("wb") as file:
        file.write(encoded(OLD))
        file.seek(1024 * 1024 * 1024, os.SEEK_CUR)
        file.write(b"\n" + encoded(NEW))
    _, papers, peak = _import(world, path)
    assert papers == "2"
    assert int(peak) < 300


NAMES = ("Even", "Odd")


@pytest.fixture
def chance() -> random.Random:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_an_import_that_is_killed_leaves_the_old_library_or_the_new(
    world: World, chance: random.Random
) -> None:
    snapshots = [world.snapshot(encoded(*many(30_000, name)), name) for name in NAMES]
    expected = []
    for number, snapshot in enumerate(snapshots):
        alone = World(world.folder / f"alone-{number}")
        alone.run(snapshot)
        expected.append(alone.rows())
    world.run(snapshots[0])
    with closing(Store(world.store, now=lambda: NOW)) as store:
        store.remember({PAPER.id: Found(PAPER)})
    kills, switches, current = 0, 0, 0
    while kills < 100:
        coming = chance.choice((1 - current, 1 - current, current))
        call = [sys.executable, "-c", IMPORT, str(world.store), str(snapshots[coming])]
        with subprocess.Popen(call, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(chance.uniform(0, 0.7))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                kills += 1
        with closing(sqlite3.connect(world.store)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        first, last, *kept = world.titles("1501.00001", "1501.30000", PAPER.id)
        assert kept == [PAPER.title]
        if coming != current and first == f"{NAMES[coming]} 0":
            current, switches = coming, switches + 1
            assert world.rows() == expected[current]
        name = NAMES[current]
        assert (first, last) == (f"{name} 0", f"{name} 29999")
        assert world.titled(f"{name} 17") == ["1501.00018"]
    world.run(snapshots[1 - current])
    assert world.rows() == expected[1 - current]
    assert world.titles(PAPER.id) == [PAPER.title]
    assert switches > 0
