"""``littable store import`` as a process."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from littable.papers.store.file import open_store
from littable.papers.store.library import read_note
from papers.test_import import encoded, many
from support.command import Outcome, littable

TABLE = """\
| Title | Authors | Year | Link |
| --- | --- | --- | --- |
| On counting many thing | Ada Counter | 2024 | https://arxiv.org/abs/2401.00001 |
"""
PAPER = {
    "id": "2401.00001",
    "title": "On counting\n  many things",
    "authors": "Ada Counter",
    "abstract": "  We count.\n",
    "versions": [{"version": "v1", "created": "Mon, 1 Jan 2024 18:59:35 GMT"}],
    "update_date": "2024-01-02",
    "authors_parsed": [["Counter", "Ada", ""]],
}


def _import(folder: Path, *arguments: str) -> Outcome:
    return littable("store", "import", *arguments, cwd=folder)


def test_a_library_makes_checks_without_a_network(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(TABLE, encoding="utf-8")
    (tmp_path / "snapshot.json.gz").write_bytes(gzip.compress(encoded(PAPER)))
    done = _import(tmp_path, "snapshot.json.gz")
    assert (done.code, done.out) == (0, "")
    pattern = r"Imported 1 paper in \d\.\d s; the library is as arXiv was on 2024-01-02\.\n"
    assert re.fullmatch(pattern, done.err)
    found = littable("check", "--offline", "--select", "LT502", cwd=tmp_path)
    assert "thing → things" in found.out
    assert found.code == 1


def test_bad_lines_are_named_and_counted(tmp_path: Path) -> None:
    bad = [{"id": f"2413.{number:05}\x1b[31m"} for number in range(1, 31)]
    lines = encoded(*bad, PAPER, PAPER | {"version": "v1"}, *bad)
    (tmp_path / "snapshot.json").write_bytes(lines)
    done = _import(tmp_path, "snapshot.json")
    told = done.err.splitlines()
    assert done.code == 1
    assert told[0].startswith('snapshot.json:1: "id": \'2413.00001')
    assert told[19].startswith("snapshot.json:20: ")
    assert told[20] == "further lines that cannot be read are only counted"
    assert "\x1b" not in done.err
    (summary,) = told[21:]
    assert summary.endswith(
        "the library is as arXiv was on 2024-01-02. 1 line with an earlier version was passed over; --papers"
        " reads it. 60 lines could not be read; all other papers can be used."
    )
    quiet = _import(tmp_path, "snapshot.json", "--quiet")
    assert (quiet.code, quiet.err.splitlines()) == (1, told[:21])


def test_what_is_no_snapshot_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html>\nSign in\n</html>\n", encoding="utf-8")
    for name, what in (
        ("page.html", "no line here is a paper (line 1: not JSON: Expecting value at column 1)"),
        ("none.json", "cannot be read: No such file or directory"),
        (".", "cannot be read: Is a directory"),
    ):
        done = _import(tmp_path, name)
        assert (done.code, done.out, done.err) == (2, "", f"error: {name}: {what}\n")


def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "snapshot.json").write_bytes(encoded(PAPER))
    (tmp_path / "README.md").write_text(TABLE, encoding="utf-8")
    done = _import(tmp_path, "snapshot.json", "--store", "README.md")
    assert done.code == 2
    assert done.err.startswith("error: ")
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == TABLE


def test_a_file_without_dates(tmp_path: Path) -> None:
    (tmp_path / "snapshot.json").write_bytes(encoded({"id": "2401.00001"}))
    done = _import(tmp_path, "snapshot.json")
    assert done.code == 0
    assert done.err.endswith("; the file does not say of when it is, so the papers count as old.\n")


def _has_begun(store: Path) -> bool:
    if not store.exists():
        return False
    with open_store(store) as connection:
        return bool(read_note(connection, "import").get("number"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_after_an_interrupt_the_same_command_goes_on(tmp_path: Path) -> None:
    (tmp_path / "snapshot.json").write_bytes(encoded(*many(150_000)))
    store = tmp_path / "store.sqlite"
    call = [sys.executable, "-m", "littable", "store", "import", "snapshot.json", "--store", str(store)]
    with subprocess.Popen(call, cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=os.environ) as process:
        while not _has_begun(store):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert (process.returncode, told) == (130, "interrupted; the same command goes on from here\n")
    done = _import(tmp_path, "snapshot.json")
    assert done.code == 0
    assert re.match(r"Imported 150,000 papers in .*, from line [\d,]+ on; the library is as ", done.err)
    assert json.loads(littable("store", "info", "--format", "json", cwd=tmp_path).out)["library"] == {
        "papers": 150_000,
        "as_of": "2026-01-01",
        "source": "snapshot.json",
    }
