"""Checking against a server that answers as arXiv does: what is asked, remembered, said and mended."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from support.arxiv_server import EMPTY, HTML, SILENCE, ArxivServer, Fault, Served
from support.command import Outcome, littable
from support.terminal import on_terminal

TITLE = "Counting What Is There"
NOW = "We count 3,668 things with RMU, which counts while it looks, and find that all of them are there."
THEN = NOW.replace("3,668", "4,157").replace("RMU", "CUT")
TABLE = f"""\
| Title | Year | Authors | Link | Abstract |
| --- | --- | --- | --- | --- |
| {TITLE} | 2024 | A. Author | https://arxiv.org/abs/2403.03218 | {THEN} |
"""


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    papers = [
        Served("2403.03218", 1, TITLE, abstract=THEN),
        Served("2403.03218", 2, TITLE, abstract=THEN.replace("CUT", "RMU")),
        Served("2403.03218", 3, TITLE, abstract=NOW),
        Served("1706.03762", 7, "Attention Is All You Need"),
    ]
    with ArxivServer(papers) as running:
        yield running


def _run(tmp_path: Path, server: ArxivServer, *arguments: str) -> Outcome:
    return littable(*arguments, cwd=tmp_path, LITTABLE_ARXIV_URL=server.url, LITTABLE_ARXIV_DELAY="0")


def _json(outcome: Outcome) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(outcome.out)
    return found


def test_a_stale_abstract_is_found_word_by_word_with_its_version(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    outcome = _run(tmp_path, server, "check", "--output-format", "json", "a.md")
    (found,) = _json(outcome)["diagnostics"]
    assert outcome.code == 1
    assert found["code"] == "LT501"
    assert found["changes"] == [{"old": "4,157", "new": "3,668"}, {"old": "CUT", "new": "RMU"}]
    assert (found["verdict"], found["copied_from"]) == ("changed", "v1")
    assert [sorted(asked.ids) for asked in server.asked] == [["2403.03218"], ["2403.03218v1", "2403.03218v2"]]


def test_the_fix_writes_the_changed_words_and_nothing_else(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    assert _run(tmp_path, server, "fix", "a.md").code == 0
    assert (tmp_path / "a.md").read_text() == TABLE.replace(THEN, NOW)


def test_each_paper_is_asked_for_once_and_then_remembered(tmp_path: Path, server: ArxivServer) -> None:
    row = TABLE.splitlines(keepends=True)[2]
    (tmp_path / "a.md").write_text(TABLE + row.replace("/abs/", "/pdf/"))
    (tmp_path / "b.md").write_text(TABLE.replace("https://arxiv.org/abs/", "https://www.alphaxiv.org/abs/"))
    first = _run(tmp_path, server, "check", "a.md", "b.md")
    assert first.out.count("LT501") == 3
    assert len(server.asked) == 2
    assert _run(tmp_path, server, "check", "a.md", "b.md").out == first.out
    assert len(server.asked) == 2
    assert _run(tmp_path, server, "check", "--offline", "a.md", "b.md").out == first.out


@pytest.mark.parametrize("fault", [EMPTY, HTML, Fault(status=503), Fault(reset=True), Fault(truncate=300)])
def test_what_could_not_be_asked_is_said_and_fails_nothing(
    tmp_path: Path, server: ArxivServer, fault: Fault
) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    server.fail_always(fault)
    outcome = _run(tmp_path, server, "check", "--max-wait", "0.1", "a.md")
    assert outcome.code == 0, outcome
    assert re.search(r"^Not checked: 2403\.03218 \(.*LT501", outcome.out, re.MULTILINE)
    assert "LT501 [" not in outcome.out
    assert "Traceback" not in outcome.err


def test_a_passing_fault_is_waited_out(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    server.fail(Fault(status=429, headers=(("Retry-After", "0"),)))
    assert "LT501" in _run(tmp_path, server, "check", "a.md").out


def test_a_silent_server_is_waited_for_no_longer_than_max_wait(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    server.fail_always(SILENCE)
    outcome = _run(tmp_path, server, "check", "--max-wait", "1", "a.md")
    assert "Not checked: 2403.03218" in outcome.out
    assert "it did not answer in time, and --max-wait is over" in outcome.out
    assert (outcome.code, outcome.err, len(server.asked)) == (0, "", 1)


def test_an_interrupt_while_the_server_is_silent_ends_the_run_without_a_word(
    tmp_path: Path, server: ArxivServer
) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    server.fail_always(SILENCE)
    environment = {
        **os.environ,
        "LITTABLE_ARXIV_URL": server.url,
        "LITTABLE_STORE": str(tmp_path / "store.sqlite"),
    }
    command = [sys.executable, "-m", "littable", "check", "a.md"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=pipe, stderr=pipe)
    while not server.asked and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=50)  # the server alone would be waited for longer
    assert (process.returncode, out, err) == (130, b"", b"")


def test_on_a_terminal_it_is_seen_what_is_waited_for_and_nothing_of_it_stays(
    tmp_path: Path, server: ArxivServer
) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    server.fail(Fault(status=429, headers=(("Retry-After", "1"),)))
    environment = {
        "LITTABLE_ARXIV_URL": server.url,
        "LITTABLE_ARXIV_DELAY": "0",
        "LITTABLE_STORE": str(tmp_path / "store.sqlite"),
    }
    command = [sys.executable, "-m", "littable", "check", "a.md"]
    seen = on_terminal(command, cwd=tmp_path, environment=environment)
    assert "0/1 papers · waiting 2 s: it answers with HTTP 429" in seen.frames
    assert seen.code == 1
    assert not any("Asking arXiv" in line for line in seen.left)
    assert any("LT501" in line for line in seen.left)
    (tmp_path / "store.sqlite").unlink()
    quiet = on_terminal([*command, "--quiet"], cwd=tmp_path, environment=environment)
    assert "Asking" not in quiet.frames


def test_the_runs_of_one_user_keep_one_pace(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    (tmp_path / "b.md").write_text(TABLE.replace("2403.03218", "1706.03762"))
    _run(tmp_path, server, "check", "a.md")
    asked = len(server.asked)
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as store, store:
        changed = store.execute("UPDATE pace SET next = ?", (time.time() + 50,)).rowcount
    assert changed == 1
    outcome = _run(tmp_path, server, "check", "--max-wait", "5", "b.md")
    assert "other runs are asking arXiv, and --max-wait is over" in outcome.out
    assert (outcome.code, len(server.asked)) == (0, asked)


def test_a_papers_file_comes_before_the_server(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    record = {"id": "2403.03218", "title": TITLE, "authors": "A. Author", "abstract": THEN}
    (tmp_path / "p.jsonl").write_text(json.dumps(record) + "\n")
    outcome = _run(tmp_path, server, "check", "--papers", "p.jsonl", "a.md")
    assert outcome.code == 0
    assert server.asked == []


UNLINKED = f"""\
| Title | Year | Authors | Link |
| --- | --- | --- | --- |
| {TITLE} | 2024 | A. Author | |
| Attention Is All You Need | 2017 | Somebody Else | [paper]() |
| Nobody Ever Wrote This Paper | 2024 | N. Body | |
| Sorting | 2024 | A. Author | [paper](https://arxiv.org/abs/2404.00001) |
"""


def _queries(server: ArxivServer) -> list[str]:
    return [asked.query for asked in server.asked if asked.query]


def test_titles_are_not_searched_for_online_unless_it_is_wished(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(UNLINKED)
    assert "arXiv has it" not in _run(tmp_path, server, "check", "--select", "LT301", "a.md").out
    assert _queries(server) == []


def test_titles_are_searched_for_once_and_then_remembered(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(UNLINKED)
    (tmp_path / "littable.toml").write_text("resolve = true\n")
    first = _run(tmp_path, server, "check", "--select", "LT301", "--output-format", "concise", "a.md")
    assert "a.md:3:46: LT301 the paper has no link; arXiv has it as 2403.03218" in first.out
    assert "1706.03762 has its title, but other authors" in first.out
    assert len(_queries(server)) == 1
    asked = len(server.asked)
    again = _run(tmp_path, server, "check", "--select", "LT301", "--output-format", "concise", "a.md")
    assert (again.out, len(server.asked)) == (first.out, asked)


def test_what_was_found_is_found_offline_too_unless_resolving_is_off(
    tmp_path: Path, server: ArxivServer
) -> None:
    (tmp_path / "a.md").write_text(UNLINKED)
    (tmp_path / "littable.toml").write_text("resolve = true\n")
    _run(tmp_path, server, "check", "--select", "LT301", "a.md")
    offline = ("check", "--offline", "--select", "LT301", "a.md")
    for setting in ("resolve = true\n", ""):
        (tmp_path / "littable.toml").write_text(setting)
        assert "arXiv has it as 2403.03218" in _run(tmp_path, server, *offline).out
    (tmp_path / "littable.toml").write_text("resolve = false\n")
    assert "arXiv has it" not in _run(tmp_path, server, *offline).out


def test_a_papers_file_is_searched_by_title_offline(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(UNLINKED)
    record = {"id": "2403.03218", "title": TITLE, "authors": "Ada Author", "abstract": NOW}
    (tmp_path / "p.jsonl").write_text(json.dumps(record) + "\n")
    outcome = _run(tmp_path, server, "check", "--offline", "--papers", "p.jsonl", "--select", "LT301", "a.md")
    assert "arXiv has it as 2403.03218" in outcome.out
    assert "Not checked" not in outcome.out
    assert server.asked == []


def test_the_unsafe_fix_writes_the_link_that_was_found(tmp_path: Path, server: ArxivServer) -> None:
    (tmp_path / "a.md").write_text(UNLINKED)
    (tmp_path / "littable.toml").write_text("resolve = true\n")
    _run(tmp_path, server, "fix", "--select", "LT301", "a.md")
    assert (tmp_path / "a.md").read_text() == UNLINKED
    _run(tmp_path, server, "fix", "--unsafe", "--select", "LT301", "a.md")
    linked = UNLINKED.replace("A. Author | |", "A. Author | [paper](https://arxiv.org/abs/2403.03218) |")
    assert (tmp_path / "a.md").read_text() == linked
    assert len(_queries(server)) == 1


def test_a_search_that_fails_is_said_and_costs_the_identified_rows_nothing(
    tmp_path: Path, server: ArxivServer
) -> None:
    (tmp_path / "a.md").write_text(UNLINKED + "\n" + TABLE)
    (tmp_path / "littable.toml").write_text("resolve = true\n")
    server.fail_searches(Fault(status=503))
    outcome = _run(tmp_path, server, "check", "--select", "LT301,LT501", "--max-wait", "0.1", "a.md")
    assert "Not checked: 2 papers (LT301): not in the store; arXiv asked for more patience" in outcome.out
    assert "copied from v1" in outcome.out
