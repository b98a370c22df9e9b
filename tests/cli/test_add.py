"""``littable add`` as a process: what is written, what is said, what is refused."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.arxiv_server import EMPTY, HTML, ArxivServer, Fault, Served
from support.command import Outcome, littable

TABLE = """\
# Papers

| Title | Year | Authors | Link |
| --- | --- | --- | --- |
| Attention Is All You Need | 2017 | Ashish Vaswani et al. | [pdf](https://arxiv.org/pdf/1706.03762v5) |
"""
ROW = "| Counting What Is There | 2024 | Ada Author et al. | [pdf](https://arxiv.org/pdf/2403.03218) |\n"
SURVEY = "A Survey of Counting Things"


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    papers = [
        Served("2403.03218", 2, "Counting What Is There"),
        Served("math/0309136", 1, "Old Things", published="2003-09-08T10:00:00Z"),
        Served("2405.00001", 1, SURVEY),
        Served("2406.00001", 1, SURVEY),
        Served("2405.00002", 1, "Gone", comment="This paper has been withdrawn."),
    ]
    with ArxivServer(papers) as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(TABLE)
    return path


def _add(server: ArxivServer, file: Path, *arguments: str) -> Outcome:
    return _run(server, file.parent, "add", file.name, *arguments)


def _run(server: ArxivServer, folder: Path, *arguments: str, stdin: bytes = b"") -> Outcome:
    return littable(
        *arguments, cwd=folder, stdin=stdin, LITTABLE_ARXIV_URL=server.url, LITTABLE_ARXIV_DELAY="0"
    )


NAMES = [
    "2403.03218", "arXiv:2403.03218v2", "https://arxiv.org/abs/2403.03218v1", "arxiv.org/pdf/2403.03218.pdf",
    "https://www.alphaxiv.org/abs/2403.03218", "10.48550/arXiv.2403.03218", "https://doi.org/10.48550/arxiv.2403.03218",
    "2403.03218 [cs.LG]", "Counting what is there", "counting  What Is There.",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_is_added_however_it_is_named(server: ArxivServer, file: Path, name: str) -> None:
    outcome = _add(server, file, name)
    assert outcome == Outcome(0, "", "Added 2403.03218 'Counting What Is There' to a.md, line 6.\n")
    assert file.read_text() == TABLE + ROW
    again = _add(server, file, "2403.03218")
    assert (again.code, again.out) == (1, "")
    assert again.err == "error: a.md: 2403.03218 is already in line 6: 'Counting What Is There'\n"
    assert file.read_text() == TABLE + ROW


def test_several_are_asked_for_together_and_added_in_their_order(server: ArxivServer, file: Path) -> None:
    outcome = _add(server, file, "2403.03218", "math/0309136", "arXiv:2403.03218v1")
    assert outcome.code == 0
    assert outcome.err == (
        "Added 2403.03218 'Counting What Is There' to a.md, line 6.\n"
        "Added math/0309136 'Old Things' to a.md, line 7.\n"
    )
    assert [sorted(asked.ids) for asked in server.asked] == [["2403.03218", "math/0309136"]]
    assert file.read_text() == TABLE + ROW + (
        "| Old Things | 2003 | Ada Author et al. | [pdf](https://arxiv.org/pdf/math/0309136) |\n"
    )


def test_a_dry_run_prints_a_diff_that_applies(server: ArxivServer, file: Path) -> None:
    outcome = _add(server, file, "2403.03218", "--dry-run")
    assert (outcome.code, file.read_text()) == (0, TABLE)
    assert outcome.err == "Would add 2403.03218 'Counting What Is There' to a.md, line 6.\n"
    subprocess.run(["git", "apply", "-"], input=outcome.out.encode(), cwd=file.parent, check=True)
    assert file.read_text() == TABLE + ROW


def test_standard_input_goes_to_standard_output(server: ArxivServer, tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode()
    call = ["add", "-", "2403.03218", "--quiet", "--stdin-filename", "docs/a.md"]
    outcome = _run(server, tmp_path, *call, stdin=data)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.encode() == data + ROW.replace("\n", "\r\n").encode()


def test_all_are_added_or_none(server: ArxivServer, file: Path) -> None:
    outcome = _add(server, file, "2403.03218", "2403.99999", "1706.03762")
    assert (outcome.code, outcome.out, file.read_text()) == (1, "", TABLE)
    assert outcome.err == (
        "error: arXiv has no paper 2403.99999\nerror: arXiv has no paper 1706.03762\nNothing was added.\n"
    )
    server.add(Served("1706.03762", 7, "Attention Is All You Need"))
    (file.parent / "store.sqlite").unlink()
    outcome = _add(server, file, "2403.03218", "1706.03762")
    assert (outcome.code, file.read_text()) == (1, TABLE)
    assert "1706.03762 is already in line 5: 'Attention Is All You Need'\nNothing was added." in outcome.err


def test_a_title_of_several_papers_is_not_enough(server: ArxivServer, file: Path) -> None:
    outcome = _add(server, file, SURVEY.lower())
    assert (outcome.code, file.read_text()) == (1, TABLE)
    assert outcome.err == (
        "error: several papers have the title 'a survey of counting things'; name one of them:\n"
        f"  2405.00001 {SURVEY}\n  2406.00001 {SURVEY}\n"
    )


def test_a_title_that_arxiv_does_not_have(server: ArxivServer, file: Path) -> None:
    outcome = _add(server, file, "A Title That Nobody Wrote")
    assert (outcome.code, file.read_text()) == (1, TABLE)
    assert outcome.err == "error: arXiv has no paper of the title 'A Title That Nobody Wrote'\n"


@pytest.mark.parametrize("fault", [EMPTY, HTML, Fault(status=503), Fault(reset=True)])
@pytest.mark.parametrize("name", ["2403.03218", "Counting What Is There"])
def test_what_cannot_be_asked_is_not_missing(
    server: ArxivServer, file: Path, fault: Fault, name: str
) -> None:
    server.fail_always(fault)
    outcome = _add(server, file, name, "--max-wait", "0")
    assert (outcome.code, outcome.out, file.read_text()) == (2, "", TABLE)
    assert f"error: {name if name[0] == '2' else repr(name)} could not be looked up: " in outcome.err
    assert "Traceback" not in outcome.err


def test_offline_only_what_is_known_can_be_added(server: ArxivServer, file: Path) -> None:
    outcome = _add(server, file, "2403.03218", "--offline")
    assert outcome.code == 2
    assert outcome.err == "error: 2403.03218 could not be looked up: not in the store; offline\n"
    _add(server, file, "2403.03218", "--dry-run")
    assert _add(server, file, "2403.03218", "--offline").code == 0
    assert len(server.asked) == 1


NO_PAPERS = [
    ("https://github.com/a/b", "no arXiv identifier, no address of a paper, no DOI and no title"),
    ("2413.01234", "'2413.01234' is not an arXiv identifier: there is no month 13"),
    ("arXiv:2403.321", "'arXiv:2403.321' names no paper: there are 3 digits after the dot, "),
    ("https://arxiv.org/abs/2403.3", "names no paper"),
    ("0112019", "'0112019' is not an arXiv identifier: an old-style number needs its archive"),
    ("…", "no title"), ("", "no title"),
    ("10.1145/3292500.3330701", "could not be looked up: so far only papers on arXiv can be"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reason"), NO_PAPERS)
def test_what_names_no_paper_is_said_before_anybody_is_asked(
    server: ArxivServer, file: Path, name: str, reason: str
) -> None:
    outcome = _add(server, file, "2403.03218", name) if name[:3] != "10." else _add(server, file, name)
    assert (outcome.code, outcome.out, file.read_text()) == (2, "", TABLE)
    assert reason in outcome.err
    assert outcome.err.startswith("error: ")
    assert not server.asked


def test_a_doi_is_found_in_a_papers_file(server: ArxivServer, file: Path) -> None:
    line = {"id": "2403.03218", "title": "Counting What Is There", "authors": "A. B", "doi": "10.1000/XyZ"}
    (file.parent / "p.jsonl").write_text(json.dumps(line) + "\n")
    outcome = _add(server, file, "https://doi.org/10.1000/xyz", "--papers", "p.jsonl", "--offline")
    assert outcome.code == 0
    assert file.read_text() == TABLE + ROW.replace("Ada Author et al.", "A. B")


def test_the_table_must_be_told_where_there_are_several(server: ArxivServer, file: Path) -> None:
    text = TABLE + "\n## More\n\n" + TABLE.partition("\n\n")[2]
    file.write_text(text)
    outcome = _add(server, file, "2403.03218")
    assert (outcome.code, file.read_text()) == (2, text)
    assert outcome.err == (
        "error: a.md: there are several tables of papers; --table chooses one by its number or its heading:\n"
        "  1: Papers (line 3, 1 row)\n  2: More (line 9, 1 row)\n"
    )
    assert not server.asked
    assert _add(server, file, "2403.03218", "--table", "more").code == 0
    assert file.read_text() == text + ROW
    elsewhere = _add(server, file, "2403.03218", "--table", "1")
    assert elsewhere.code == 0
    assert elsewhere.err.endswith("line 6.\n  it is in line 13, too, in another table\n")


def test_what_is_left_to_the_user_is_said(server: ArxivServer, file: Path) -> None:
    file.write_text("|Title|Verdict|Link|\n|-|-|-|\n|Attention|good|arXiv:1706.03762|\n")
    outcome = _add(server, file, "2405.00002")
    assert outcome.err == (
        "Added 2405.00002 'Gone' to a.md, line 4.\n  left to you: Verdict\n  it was withdrawn from arXiv\n"
    )


def test_a_file_without_papers_cannot_be_added_to(server: ArxivServer, file: Path) -> None:
    file.write_text("| Model | Size |\n| --- | --- |\n| a | 7B |\n")
    outcome = _add(server, file, "2403.03218")
    assert outcome.code == 2
    assert outcome.err == "error: a.md: there is no table of papers; `littable entries` shows what is read\n"


@pytest.mark.parametrize("name", ["nowhere.md", "."])
def test_a_file_that_cannot_be_read(server: ArxivServer, tmp_path: Path, name: str) -> None:
    outcome = _add(server, tmp_path / name, "2403.03218")
    assert outcome.code == 2
    assert "cannot be read: " in outcome.err
    assert not server.asked


def test_a_file_that_is_not_utf8(server: ArxivServer, file: Path) -> None:
    file.write_bytes(TABLE.encode() + b"\xff")
    outcome = _add(server, file, "2403.03218")
    assert (outcome.code, file.read_bytes()) == (2, TABLE.encode() + b"\xff")
    assert "not UTF-8" in outcome.err


def test_a_read_only_file_stays_as_it_was(server: ArxivServer, file: Path) -> None:
    file.chmod(0o444)
    outcome = _add(server, file, "2403.03218")
    assert (outcome.code, file.read_text()) == (2, TABLE)
    assert outcome.err == "error: a.md: cannot be written: the file is read-only; it is as it was\n"


def test_a_link_is_followed_and_the_mode_kept(server: ArxivServer, file: Path) -> None:
    file.chmod(0o640)
    link = file.parent / "link.md"
    link.symlink_to(file)
    assert _add(server, link, "2403.03218").code == 0
    assert link.is_symlink()
    assert (file.read_text(), file.stat().st_mode & 0o777) == (TABLE + ROW, 0o640)
    assert [entry for entry in os.listdir(file.parent) if entry.endswith(".tmp")] == []


def test_what_a_record_says_is_harmless_on_a_terminal(server: ArxivServer, file: Path) -> None:
    title = "Counting\x1b]0;owned\x07 Things"
    (file.parent / "p.jsonl").write_text(json.dumps({"id": "2403.03218", "title": title}) + "\n")
    outcome = _add(server, file, "2403.03218", "--papers", "p.jsonl", "--offline")
    assert outcome.code == 0
    assert not set(outcome.err + file.read_text()) & set("\x1b\x07")


def test_nothing_is_named(server: ArxivServer, file: Path) -> None:
    outcome = _add(server, file)
    assert outcome.code == 2
    assert "Missing argument" in outcome.err


def test_what_is_there_by_its_name_needs_no_looking_up(tmp_path: Path) -> None:
    rows = "| [Attention Is All You Need](https://arxiv.org/abs/1706.03762v5) | 2017 |\n"
    text = "| Title | Year |\n| --- | --- |\n" + rows
    (tmp_path / "a.md").write_text(text)
    for named in ("https://arxiv.org/pdf/1706.03762", "attention is all you need"):
        outcome = littable("add", "a.md", named, "--offline", cwd=tmp_path)
        assert outcome.code == 1
        assert "is already in line 3" in outcome.err
    assert (tmp_path / "a.md").read_text() == text
