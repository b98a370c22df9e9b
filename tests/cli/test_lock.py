"""``littable lock`` against a server that answers as arXiv does, and what checks do with the lock."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from littable.papers.lock.line import LockedTitle
from littable.papers.lock.lines import LockLines, write_lines
from support.arxiv_server import ArxivServer, Fault, Served
from support.command import Outcome, littable

TITLE = "Counting What Is There"
NOW = "We count 3,668 things with RMU, which counts while it looks, and find that all of them are there."
THEN = NOW.replace("3,668", "4,157").replace("RMU", "CUT")
HEADER = "| Title | Year | Authors | Link | Abstract |\n| --- | --- | --- | --- | --- |\n"
COUNTING = f"| {TITLE} | 2024 | A. Author | https://arxiv.org/abs/2403.03218 | {THEN} |\n"
CURRENT = COUNTING.replace(THEN, NOW)
SORTING = f"| Sorting It | 2024 | A. Author | https://arxiv.org/abs/2404.00001 | {NOW} |\n"
ABSENT = f"| Sorting Nothing | 2024 | A. Author | https://arxiv.org/abs/2404.99999 | {NOW} |\n"
TODAY = datetime.now(UTC).date()


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    papers = [
        Served("2403.03218", 1, TITLE, abstract=THEN),
        Served("2403.03218", 2, TITLE, abstract=THEN.replace("CUT", "RMU")),
        Served("2403.03218", 3, TITLE, abstract=NOW),
        Served("2404.00001", 1, "Sorting It", abstract=NOW),
    ]
    with ArxivServer(papers) as running:
        yield running


class Project:
    """A folder with Markdown files, and the command run in it."""

    def __init__(self, folder: Path, server: ArxivServer) -> None:
        self.folder = folder
        self.path = folder / "littable.lock"
        self.server = server

    def write(self, *rows: str, to: str = "a.md") -> None:
        (self.folder / to).parent.mkdir(exist_ok=True)
        (self.folder / to).write_text(HEADER + "".join(rows))

    def run(self, *arguments: str, url: str | None = None, store: str = "store.sqlite") -> Outcome:
        return littable(
            *arguments,
            cwd=self.folder,
            LITTABLE_ARXIV_URL=url or self.server.url,
            LITTABLE_ARXIV_DELAY="0",
            LITTABLE_STORE=str(self.folder / store),
        )

    def alone(self, *arguments: str) -> Outcome:
        """Run where nothing answers and nothing was looked up before."""
        return self.run(
            *arguments, "--max-wait", "0", url="http://127.0.0.1:9/api/query", store="none.sqlite"
        )

    @property
    def lines(self) -> LockLines:
        return LockLines.of_file(self.path)

    @property
    def locked(self) -> dict[str, int | None]:
        """The version of each paper in the lock; None for one that is missing."""
        return {
            key: paper.record.version if paper.record else None for key, paper in self.lines.papers().items()
        }

    def age(self, days: int, *ids: str) -> None:
        """Let the lock, and the store, be that old."""
        (self.folder / "store.sqlite").unlink(missing_ok=True)
        asked = TODAY - timedelta(days=days)
        papers, titles = self.lines.papers(), self.lines.titles()
        aged = {key: replace(papers[key], asked=asked) for key in ids or papers}
        old = [replace(title, asked=title.asked and asked) for title in titles.values()]
        self.path.write_bytes(write_lines((papers | aged).values(), old))


@pytest.fixture
def project(tmp_path: Path, server: ArxivServer) -> Project:
    return Project(tmp_path, server)


# The same results everywhere.


def test_a_check_with_the_lock_says_what_arxiv_said(project: Project) -> None:
    project.write(COUNTING, SORTING, ABSENT)
    online = project.run("check")
    assert "LT501" in online.out
    assert "copied from v1" in online.out
    assert "LT309 arXiv has no paper 2404.99999" in online.out
    locked = project.run("lock")
    assert (locked.code, locked.out) == (0, "")
    assert locked.err == (
        "2404.99999 (a.md:5): arXiv has no such paper\nLocked 3 papers in littable.lock (3 added).\n"
    )
    asked = len(project.server.asked)
    for arguments in (("check",), ("check", "--offline"), ("check", "a.md")):
        assert project.alone(*arguments) == replace(online, err=project.alone(*arguments).err)
    assert project.alone("check").err == ""
    assert project.run("check", store="other.sqlite").out == online.out
    assert len(project.server.asked) == asked


def test_a_fix_with_the_lock_writes_what_arxiv_said(project: Project) -> None:
    project.write(COUNTING)
    project.run("lock")
    assert project.alone("fix").code == 0
    assert (project.folder / "a.md").read_text() == HEADER + CURRENT
    assert project.alone("lock", "--check").code == 0


def test_a_row_is_added_from_the_lock(project: Project) -> None:
    project.write(CURRENT)
    project.write(SORTING, to="b.md")
    project.run("lock")
    assert project.alone("add", "a.md", "2404.00001").code == 0
    assert "https://arxiv.org/abs/2404.00001" in (project.folder / "a.md").read_text()


def test_what_is_not_in_the_lock_is_asked_for(project: Project) -> None:
    project.write(CURRENT)
    project.run("lock")
    project.write(CURRENT, ABSENT)
    assert "LT309" in project.run("check", store="other.sqlite").out
    alone = project.alone("check", "--offline")
    assert "Not checked: 2404.99999" in alone.out
    assert "not in littable.lock; not in the store; offline" in alone.out


def test_isolated_reads_no_lock(project: Project) -> None:
    project.write(COUNTING)
    project.run("lock")
    assert "copied from v1" not in project.alone("check", "--isolated", "--offline").out
    assert "copied from v1" in project.alone("check", "--offline").out


def test_rows_without_identifiers_are_resolved_as_they_were(project: Project) -> None:
    (project.folder / "littable.toml").write_text("resolve = true\n")
    nobody = "| Nobody Ever Wrote This Paper | 2024 | N. Body | | |\n"
    unlinked = f"| {TITLE} | 2024 | Ada Author | | {THEN} |\n"
    project.write(unlinked, nobody, unlinked.replace("Ada", "Zoe"))
    online = project.run("check")
    assert "arXiv has it as 2403.03218" in online.out
    assert project.run("lock").code == 0
    assert project.alone("check").out == online.out
    assert project.alone("check", "--offline").out == online.out
    checked = project.alone("lock", "--check")
    assert checked.err == "littable.lock is up to date: 1 paper.\n"


def test_all_papers_of_a_title_are_locked(project: Project) -> None:
    (project.folder / "littable.toml").write_text("resolve = true\n")
    project.server.add(
        Served("2405.00002", 1, TITLE), Served("2405.00003", 1, TITLE, authors=("Else W. Here",))
    )
    project.write(f"| {TITLE} | 2024 | Ada Author | | |\n")
    online = project.run("check")
    assert "2 papers have its title" in online.out
    project.run("lock")
    assert set(project.locked) == {"2403.03218", "2405.00002", "2405.00003"}
    assert project.alone("check", "--offline").out == online.out
    project.age(30)
    assert project.run("lock", "--upgrade").code == 0
    assert project.run("lock", "--check").code == 0


# What is written.


def test_locking_twice_changes_nothing(project: Project) -> None:
    project.write(COUNTING, SORTING, ABSENT)
    project.run("lock")
    project.age(30)
    written, state = project.path.read_bytes(), project.path.stat()
    asked = len(project.server.asked)
    again = project.run("lock")
    assert again.err == "Locked 3 papers in littable.lock (nothing changed).\n"
    assert (project.path.read_bytes(), project.path.stat().st_ino) == (written, state.st_ino)
    assert len(project.server.asked) == asked


def test_papers_come_and_go_and_the_rest_stays(project: Project) -> None:
    project.write(COUNTING, ABSENT)
    project.run("lock")
    before = project.path.read_bytes().splitlines()
    project.write(COUNTING, SORTING)
    done = project.run("lock")
    assert done.err == "Locked 2 papers in littable.lock (1 added, 1 removed).\n"
    assert project.locked == {"2403.03218": 3, "2404.00001": 1}
    assert project.path.read_bytes().splitlines()[0] == before[0]


def test_the_lock_lies_beside_the_configuration(project: Project) -> None:
    (project.folder / "littable.toml").write_text("")
    project.write(COUNTING, to="docs/b.md")
    project.write(SORTING)
    below = littable(
        "lock", cwd=project.folder / "docs", LITTABLE_ARXIV_URL=project.server.url, LITTABLE_ARXIV_DELAY="0"
    )
    assert below.code == 0
    assert project.locked == {"2403.03218": 3, "2404.00001": 1}
    assert not (project.folder / "docs" / "littable.lock").exists()
    assert "copied from v1" in project.alone("check", "docs/b.md").out


def test_locking_one_file_keeps_the_papers_of_others_and_drops_what_is_nowhere(project: Project) -> None:
    project.write(COUNTING)
    project.write(SORTING, ABSENT, to="b.md")
    project.run("lock")
    project.write(SORTING, to="b.md")
    project.write(CURRENT)
    assert project.run("lock", "a.md").err == "Locked 2 papers in littable.lock (1 removed).\n"
    assert project.locked == {"2403.03218": 3, "2404.00001": 1}


def test_nothing_is_dropped_when_a_file_cannot_be_read(project: Project) -> None:
    project.write(COUNTING)
    project.write(SORTING, to="b.md")
    project.run("lock")
    (project.folder / "b.md").write_bytes(b"\xff\xfe")
    done = project.run("lock")
    assert done.code == 2
    assert "error: b.md" in done.err
    assert set(project.locked) == {"2403.03218", "2404.00001"}
    project.run("lock", "a.md")
    assert set(project.locked) == {"2403.03218", "2404.00001"}
    checked = project.run("lock", "--check")
    assert "in no file" not in checked.out
    assert checked.code == 2


def test_no_papers_make_no_lock(project: Project) -> None:
    project.write()
    assert project.run("lock").code == 0
    assert not project.path.exists()
    assert project.run("lock", "--check").code == 0


def test_earlier_versions_are_locked_when_a_row_wants_them(project: Project) -> None:
    project.write(CURRENT)
    project.run("lock")
    assert not project.lines.papers()["2403.03218"].earlier
    project.write(COUNTING)
    checked = project.alone("lock", "--check")
    assert checked.out == ("a.md:3: 2403.03218 differs, and its earlier versions are not in littable.lock\n")
    project.age(3)
    assert project.run("lock").err.endswith("(1 updated).\n")
    paper = project.lines.papers()["2403.03218"]
    assert set(paper.earlier) == {1, 2}
    assert paper.asked == TODAY - timedelta(days=3)
    assert "copied from v1" in project.alone("check").out


def test_a_version_that_a_row_links_and_the_lock_does_not_know_is_asked_for(project: Project) -> None:
    project.write(CURRENT)
    project.run("lock")
    project.age(1)
    project.write(CURRENT.replace("2403.03218", "2403.03218v4"))
    project.server.add(Served("2403.03218", 4, TITLE, abstract=NOW))
    alone = project.alone("check", "--select", "LT309")
    assert "Not checked: 2403.03218 (LT309): littable.lock does not know the version" in alone.out
    assert project.run("lock").err.startswith("2403.03218: v3 → v4\n")
    assert "Not checked" not in project.alone("check", "--select", "LT309").out


# --upgrade.


def test_an_upgrade_asks_for_what_is_due_and_says_what_changed(project: Project) -> None:
    project.write(COUNTING, SORTING)
    project.run("lock")
    project.age(30, "2403.03218")
    project.server.add(Served("2403.03218", 4, TITLE, abstract=NOW.replace("3,668", "3,669")))
    asked = len(project.server.asked)
    done = project.run("lock", "--upgrade")
    assert (done.code, done.err) == (
        0, "2403.03218: v3 → v4\nLocked 2 papers in littable.lock (1 updated).\n",
    )  # fmt: skip
    # v1 and v2 are in the lock, and v3 was the current one.
    assert [request.ids for request in project.server.asked[asked:]] == [["2403.03218"]]
    paper = project.lines.papers()["2403.03218"]
    assert (set(paper.earlier), paper.asked) == ({1, 2, 3}, TODAY)
    assert "4,157 → 3,669" in project.alone("check").out


def test_an_upgrade_that_brings_nothing_new_notes_the_day(project: Project) -> None:
    project.write(CURRENT, SORTING)
    project.run("lock")
    today = project.path.read_bytes()
    project.age(8)
    assert project.run("lock", "--upgrade", "--max-age", "9").err.endswith("(nothing changed).\n")
    assert project.run("lock", "--upgrade").err.endswith("(2 asked again).\n")
    assert project.path.read_bytes() == today
    asked = len(project.server.asked)
    assert project.run("lock", "--upgrade").err.endswith("(nothing changed).\n")
    assert len(project.server.asked) == asked


def test_an_upgrade_asks_for_missing_papers_after_a_day(project: Project) -> None:
    project.write(ABSENT)
    project.run("lock")
    project.age(1)
    project.server.add(Served("2404.99999", 1, "Sorting Nothing", abstract=NOW))
    assert project.run("lock").err.endswith("(nothing changed).\n")
    done = project.run("lock", "--upgrade")
    assert done.err.startswith("2404.99999: arXiv has it now\n")
    assert project.locked == {"2404.99999": 1}


def test_changes_without_a_new_version_are_named(project: Project) -> None:
    project.write(CURRENT)
    project.run("lock")
    project.age(30)
    project.server.add(Served("2403.03218", 3, TITLE, abstract=NOW, comment="5 pages", doi="10.1000/1"))
    assert project.run("lock", "--upgrade").err.startswith("2403.03218: comment, DOI changed\n")


def test_the_day_of_an_answer_from_the_store_is_that_of_the_answer(project: Project) -> None:
    import sqlite3

    project.write(CURRENT, ABSENT)
    project.run("check")
    with sqlite3.connect(project.folder / "store.sqlite") as store:
        store.execute("UPDATE record SET fetched = fetched - 3 * 86400")
    asked = len(project.server.asked)
    project.run("lock")
    assert {key: paper.asked for key, paper in project.lines.papers().items()} == {
        "2403.03218": TODAY - timedelta(days=3), "2404.99999": TODAY,
    }  # fmt: skip
    assert len(project.server.asked) == asked


def test_the_day_of_a_papers_file_is_that_of_its_last_change(project: Project) -> None:
    project.write(CURRENT)
    (project.folder / "p.jsonl").write_text('{"id": "2403.03218", "title": "Counting What Is There"}\n')
    moment = datetime(2024, 6, 1, 12, tzinfo=UTC).timestamp()
    os.utime(project.folder / "p.jsonl", (moment, moment))
    assert project.run("lock", "--papers", "p.jsonl", "--offline").code == 0
    assert project.lines.papers()["2403.03218"].asked == date(2024, 6, 1)


# --check.


def test_the_check_names_what_is_lacking_too_old_and_too_much(project: Project) -> None:
    project.write(CURRENT, SORTING)
    project.run("lock")
    project.age(30, "2404.00001")
    project.write(SORTING, ABSENT)
    written, asked = project.path.read_bytes(), len(project.server.asked)
    checked = project.run("lock", "--check")
    day = (TODAY - timedelta(days=30)).isoformat()
    assert checked.code == 1
    assert checked.out == (
        f"a.md:3: 2404.00001 was asked for on {day}, 30 days ago\n"
        "a.md:4: 2404.99999 is not in littable.lock\n"
        "littable.lock:1: 2403.03218 is in no file any more\n"
    )
    assert checked.err == (
        "littable.lock is not up to date; run `littable lock`, with --upgrade for what is too old.\n"
    )
    assert project.run("lock", "--check", "--quiet").err == ""
    assert "30 days" not in project.run("lock", "--check", "--max-age", "30").out
    assert (project.path.read_bytes(), len(project.server.asked)) == (written, asked)
    project.run("lock", "--upgrade")
    assert project.run("lock", "--check") == Outcome(0, "", "littable.lock is up to date: 2 papers.\n")


def test_the_check_says_that_there_is_no_lock(project: Project) -> None:
    project.write(CURRENT)
    assert project.run("lock", "--check") == Outcome(
        1, "littable.lock is not there; run `littable lock`\n", ""
    )
    assert project.server.asked == []


def test_check_and_upgrade_do_not_go_together(project: Project) -> None:
    project.write(CURRENT)
    done = project.run("lock", "--check", "--upgrade")
    assert done.code == 2
    assert done.err.startswith("error: --check asks nothing")


# Lines that are not as they were written.


def test_a_line_changed_by_hand_is_told_ignored_and_written_anew(project: Project) -> None:
    project.write(COUNTING, SORTING)
    project.run("lock")
    written = project.path.read_bytes()
    project.path.write_bytes(written.replace(b'"We count 3,668', b'"We count 3,667', 1))
    checked = project.alone("check", "--offline")
    assert checked.err == ("littable.lock:1: changed by hand; ignored, `littable lock` puts it right\n")
    assert "3,667" not in checked.out
    assert "Not checked: 2403.03218" in checked.out
    assert project.run("lock", "--check").out == (
        "a.md:3: 2403.03218 is not in littable.lock\nlittable.lock:1: changed by hand\n"
    )
    done = project.run("lock")
    assert done.err.startswith("littable.lock:1: changed by hand; it is left out")
    assert project.path.read_bytes() == written


def test_a_newer_lock_is_not_written_over(project: Project) -> None:
    project.write(CURRENT)
    project.path.write_text('{"id":"2403.03218","format":2}\n')
    assert project.run("check").err == "littable.lock:1: written by a newer littable; ignored\n"
    done = project.run("lock")
    assert done.code == 2
    assert done.err == (
        "error: littable.lock:1: written by a newer littable; update littable, nothing was written\n"
    )
    assert project.path.read_text() == '{"id":"2403.03218","format":2}\n'


@pytest.mark.slow
@pytest.mark.parametrize("union", [True, False])
def test_two_branches_are_merged_by_git(project: Project, union: bool) -> None:
    def git(*arguments: str) -> int:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=project.folder, capture_output=True, check=False
        )
        return done.returncode

    def commit(name: str, *rows: str) -> None:
        project.write(*rows, to=name)
        project.run("lock")
        git("add", "-A")
        git("commit", "-q", "-m", name)

    git("init", "-q", "-b", "main")
    if union:
        (project.folder / ".gitattributes").write_text("littable.lock merge=union\n")
    (project.folder / ".gitignore").write_text("store.sqlite*\n")
    project.server.add(Served("2406.00001", 1, "Sorting It", abstract=NOW))
    commit("a.md", COUNTING)
    git("checkout", "-q", "-b", "topic")
    commit("b.md", SORTING.replace("2404.00001", "2406.00001"))
    git("checkout", "-q", "main")
    commit("c.md", SORTING)
    merged = git("merge", "-q", "topic")
    assert (merged == 0) is union
    checked = project.run("lock", "--check")
    assert ("is up to date: 3 papers" in checked.err) is union
    assert ("the mark of a merge conflict" in checked.out) is not union
    asked = len(project.server.asked)
    assert project.run("lock").code == 0
    assert set(project.locked) == {"2403.03218", "2404.00001", "2406.00001"}
    assert len(project.server.asked) == asked
    assert project.run("lock", "--check") == Outcome(0, "", "littable.lock is up to date: 3 papers.\n")


# What could not be asked or written.


def test_what_could_not_be_asked_is_said_and_the_rest_is_written(project: Project) -> None:
    project.write(CURRENT)
    project.run("lock")
    project.age(30)
    project.write(CURRENT, SORTING)
    papers = '{"id": "2404.00001", "title": "Sorting It"}\n'
    (project.folder / "p.jsonl").write_text(papers)
    (project.folder / "littable.toml").write_text('papers = ["p.jsonl"]\n')
    project.write(CURRENT, SORTING, ABSENT)
    project.server.fail_always(Fault(status=503))
    done = project.run("lock", "--upgrade", "--max-wait", "0.1")
    assert done.code == 2
    assert "error: 1 paper could not be asked for (" in done.err
    assert ") and stays as it is: 2403.03218 (a.md:3)\n" in done.err
    assert "error: 1 new paper could not be asked for (" in done.err
    assert ") and is not locked: 2404.99999 (a.md:5)\n" in done.err
    assert "Locked 2 papers in littable.lock (1 added).\n" in done.err
    assert project.locked == {"2403.03218": 3, "2404.00001": None}
    assert project.lines.papers()["2403.03218"].asked == TODAY - timedelta(days=30)


def test_a_title_that_could_not_be_searched_for_is_said(project: Project) -> None:
    (project.folder / "littable.toml").write_text("resolve = true\n")
    project.write(CURRENT, "| Sorting It Out Again | 2024 | A. Author | | |\n")
    project.server.fail_searches(Fault(status=503))
    done = project.run("lock", "--max-wait", "0.1")
    assert done.code == 2
    assert "error: the title 'Sorting It Out Again' could not be looked for: " in done.err
    assert project.locked == {"2403.03218": 3}


def test_titles_that_no_search_can_tell_are_no_failure(project: Project) -> None:
    (project.folder / "littable.toml").write_text("resolve = true\n")
    others = [Served(f"2405.{number:05}", 1, f"On Sorting It Again {number}") for number in range(1, 30)]
    project.server.add(*others)
    project.write(
        "| Sorting It Again | 2024 | A. Author | | |\n", "| Ä Ö Ü É | 2024 | A. Author | | |\n", CURRENT
    )
    done = project.run("lock")
    assert (done.code, done.err) == (0, "Locked 1 paper in littable.lock (1 added).\n")


def test_a_lock_that_cannot_be_written_is_as_it_was(project: Project) -> None:
    project.write(COUNTING)
    project.run("lock")
    written = project.path.read_bytes()
    project.path.chmod(0o444)
    project.write(COUNTING, SORTING)
    done = project.run("lock")
    assert done.code == 2
    assert done.err == "error: littable.lock: cannot be written: the file is read-only; it is as it was\n"
    assert project.path.read_bytes() == written


def test_a_lock_behind_a_link_is_written_where_the_link_leads(project: Project) -> None:
    project.write(CURRENT)
    (project.folder / "locks").mkdir()
    project.path.symlink_to("locks/papers.lock")
    assert project.run("lock").code == 0
    assert project.path.is_symlink()
    assert (project.folder / "locks" / "papers.lock").read_bytes().startswith(b'{"id":"2403.03218"')


@pytest.mark.slow
@pytest.mark.parametrize("there", [True, False])
def test_a_full_disk_leaves_no_half_lock(project: Project, there: bool) -> None:
    project.write(COUNTING)
    project.run("lock")
    written = project.path.read_bytes()
    if not there:
        project.path.unlink()
    rows = [SORTING.replace("2404.00001", f"2405.{number:05}") for number in range(1, 60)]
    project.server.add(*(Served(f"2405.{n:05}", 1, "Sorting It", abstract=NOW * 20) for n in range(1, 60)))
    project.write(COUNTING, *rows)
    project.run("check")
    files = set(os.listdir(project.folder))
    environment = os.environ | {
        "LITTABLE_STORE": str(project.folder / "store.sqlite"), "LITTABLE_ARXIV_URL": "http://127.0.0.1:9/"
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "littable", "lock", "--offline"],
        cwd=project.folder, env=environment, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "littable.lock: cannot be written: File too large" in done.stderr
    assert {name for name in os.listdir(project.folder) if "littable.lock" in name} == {
        name for name in files if "littable.lock" in name
    }
    assert (project.path.read_bytes() if there else b"") == (written if there else b"")


def test_a_lock_that_cannot_be_read_is_an_error_for_lock_and_a_notice_for_check(project: Project) -> None:
    project.write(CURRENT)
    project.path.mkdir()
    assert project.run("lock").err == "error: littable.lock: is no file\n"
    checked = project.run("check")
    assert (checked.code, checked.err) == (0, "littable.lock: is no file; working without it\n")


def test_lines_of_a_title_go_with_resolving(project: Project) -> None:
    papers = [LockedTitle("sortingnothingatall", (), TODAY)]
    project.write(CURRENT, "| Sorting Nothing at All | 2024 | A. Author | | |\n")
    project.run("lock")
    project.path.write_bytes(write_lines(project.lines.papers().values(), papers))
    assert project.run("lock", "--check").code == 0
    (project.folder / "littable.toml").write_text("resolve = false\n")
    assert project.run("lock", "--check").out == "littable.lock:2: the title is in no file any more\n"
    project.run("lock")
    assert project.lines.titles() == {}
