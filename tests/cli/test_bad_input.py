"""Whatever is given, the message is clear, the other files are processed, and nothing is lost."""

from __future__ import annotations

import codecs
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import Outcome, littable

TABLE = """\
| Title | Year | Link |
|---|---|---|
| Attention Is All You Need | 2017 | http://arxiv.org/abs/1706.03762 |
"""
FIXED = TABLE.replace("http:", "https:")


def _fails_clearly(outcome: Outcome, message: str) -> None:
    assert outcome.code == 2
    assert message in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_missing_file_is_named_and_the_others_are_processed(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    outcome = littable(command, "--offline", "gone.md", "a.md", cwd=tmp_path)
    _fails_clearly(outcome, "gone.md: cannot be read: No such file or directory")
    if command == "fix":
        assert (tmp_path / "a.md").read_text() == FIXED
    else:
        assert "LT305" in outcome.out


def test_a_folder_without_markdown(tmp_path: Path) -> None:
    outcome = littable("check", "--offline", ".", cwd=tmp_path)
    _fails_clearly(outcome, "no Markdown files here")
    assert outcome.out == ""


def test_an_unknown_format_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    outcome = littable("fix", "--offline", "--output-format", "xml", "a.md", cwd=tmp_path)
    _fails_clearly(outcome, "unknown output format 'xml': expected one of concise, full, github, json")
    assert (tmp_path / "a.md").read_text() == TABLE


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"| a |\n\xff\xfe", "not UTF-8: byte 0xff at offset 6"),
        ("Название".encode("cp1251"), "not UTF-8: byte 0xcd at offset 0"),
        (bytes(range(256)) * 10, "not UTF-8: byte 0x80 at offset 128"),
    ],
)
def test_a_file_that_is_not_utf8_is_left_alone(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    _fails_clearly(littable("fix", "--offline", "a.md", cwd=tmp_path), f"a.md: {message}")
    assert path.read_bytes() == data


def test_a_link_to_itself_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("a.md")
    _fails_clearly(littable("check", "--offline", "a.md", cwd=tmp_path), "a.md: cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TABLE)
    path.chmod(0)
    _fails_clearly(
        littable("check", "--offline", "a.md", cwd=tmp_path), "a.md: cannot be read: Permission denied"
    )


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TABLE)
    path.chmod(0o444)
    outcome = littable("fix", "--offline", "a.md", cwd=tmp_path)
    _fails_clearly(outcome, "a.md: cannot be written: the file is read-only; it is as it was")
    assert "Fixed" not in outcome.err + outcome.out
    assert path.read_text() == TABLE


def test_an_empty_file_is_clean(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    assert littable("fix", "--offline", "a.md", cwd=tmp_path).code == 0


def test_nul_bytes_are_checked_and_never_written_to(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TABLE.replace("Attention", "Att\0ntion"))
    before = path.read_bytes()
    outcome = littable("fix", "--offline", "a.md", cwd=tmp_path)
    assert "Traceback" not in outcome.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace("Attention", "word " * 200_000),
        "|" + "a|" * 10_000 + "\n|" + "-|" * 10_000 + "\n|" + "b|" * 10_000 + "\n",
        TABLE + "| x |\n" * 20_000,
        "> " * 2_000 + TABLE,
        "- " * 2_000 + TABLE,
        "[" * 100_000 + TABLE,
    ],
    ids=[
        "a cell of 1 MB",
        "10,000 columns",
        "20,000 short rows",
        "deep quotes",
        "deep lists",
        "open brackets",
    ],
)
def test_hostile_sizes_end_without_a_traceback(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(text)
    outcome = littable("check", "--offline", "--output-format", "json", "a.md", cwd=tmp_path)
    assert outcome.code in (0, 1)
    assert "Traceback" not in outcome.err


def test_bytes_outside_the_edits_stay_whatever_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    before = codecs.BOM_UTF8 + (TABLE.replace("\n", "\r\n") + "\r\nend\rof\nfile \u2028 é").encode()
    path.write_bytes(before)
    assert littable("fix", "--offline", "a.md", cwd=tmp_path).code == 0
    assert path.read_bytes() == before.replace(b"http:", b"https:")


def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "b.md"
    target.write_text(TABLE)
    target.chmod(0o640)
    (tmp_path / "a.md").symlink_to("real/b.md")
    littable("fix", "--offline", "a.md", cwd=tmp_path)
    assert (tmp_path / "a.md").is_symlink()
    assert target.read_text() == FIXED
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["b.md"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "1706.03762", "title": "x"', "papers.jsonl"),
        ("[]", "papers.jsonl:2"),
        ('{"title": "no id"}', "id"),
        ('{"id": "1713.03762", "title": "x", "abstract": "y", "authors": "z"}', "1713.03762"),
        ('{"id": "1706.03762", "title": "\\ud800", "abstract": "y", "authors": "z"}', "papers.jsonl:2"),
    ],
)
def test_a_malformed_papers_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    (tmp_path / "papers.jsonl").write_text(
        '{"id": "2402.09353", "title": "DoRA", "abstract": "a", "authors": "b"}\n' + line + "\n"
    )
    outcome = littable(
        "check", "--offline", "--papers", "papers.jsonl", "--select", "LT", "a.md", cwd=tmp_path
    )
    _fails_clearly(outcome, message)
    assert "papers.jsonl" in outcome.err
    assert "2" in outcome.err


def test_a_missing_papers_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    _fails_clearly(
        littable("check", "--offline", "--papers", "gone.jsonl", "a.md", cwd=tmp_path), "gone.jsonl"
    )


def test_a_broken_store_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    (tmp_path / "store.sqlite").write_bytes(b"no database, whatever it is called" * 100)
    outcome = littable("check", "--offline", "--select", "LT", "a.md", cwd=tmp_path)
    assert outcome.code in (0, 1)
    assert "Traceback" not in outcome.err


def test_a_terminal_escape_in_a_file_does_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE.replace("Attention", "\x1b]0;owned\x07\x1b[31mAttention"))
    for form in ("full", "concise", "github"):
        outcome = littable("check", "--offline", "--output-format", form, "a.md", cwd=tmp_path)
        assert "\x1b" not in outcome.out
        assert "\x07" not in outcome.out
    assert "\x1b" not in littable("entries", "a.md", cwd=tmp_path).out


def test_a_file_that_is_no_store_is_left_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    (tmp_path / "notes.md").write_text("not a store")
    outcome = littable("check", "--offline", "--store", "notes.md", "a.md", cwd=tmp_path)
    assert outcome.code == 0
    assert (tmp_path / "notes.md").read_text() == "not a store"
    assert "notes.md is no store of littable" in outcome.err


def test_a_date_beyond_all_years_in_a_papers_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    created = "Mon, 1 Jan 99999999999999999999 00:00:00 GMT"
    line = (
        f'{{"id": "1706.03762", "title": "x", "versions": [{{"version": "v1", "created": "{created}"}}]}}\n'
    )
    (tmp_path / "papers.jsonl").write_text(line)
    outcome = littable(
        "check", "--offline", "--papers", "papers.jsonl", "--select", "LT", "a.md", cwd=tmp_path
    )
    _fails_clearly(outcome, "papers.jsonl:1")


def test_an_output_file_that_cannot_be_written_is_refused_before_fixing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    outcome = littable("fix", "--offline", "--output-file", "gone/report.txt", "a.md", cwd=tmp_path)
    _fails_clearly(outcome, "--output-file gone/report.txt: a file cannot be written there")
    assert (tmp_path / "a.md").read_text() == TABLE


def test_the_report_never_replaces_what_is_checked(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    (tmp_path / "link.md").symlink_to("a.md")
    outcome = littable("check", "--offline", "--output-file", "link.md", "a.md", cwd=tmp_path)
    _fails_clearly(outcome, "--output-file link.md: this is a.md, which is to be read")
    assert (tmp_path / "a.md").read_text() == TABLE


def test_a_file_and_a_link_to_it_are_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    (tmp_path / "link.md").symlink_to("a.md")
    outcome = littable("fix", "--offline", "--diff", ".", cwd=tmp_path)
    assert outcome.out.count("+++ ") == 1


def test_no_rule_at_all_is_no_selection(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    _fails_clearly(littable("check", "--offline", "--select", "", "a.md", cwd=tmp_path), "--select")


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_closed_or_full_output_ends_clearly(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    call = [sys.executable, "-m", "littable", command, "--offline", "a.md"]
    closed = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *call], cwd=tmp_path, capture_output=True, text=True
    )
    assert closed.returncode == 0
    assert "Traceback" not in closed.stderr
    with open("/dev/full", "w") as full:
        filled = subprocess.run(
            call, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert filled.returncode == 2
    assert "error: the output cannot be written: No space left on device" in filled.stderr
    assert "Traceback" not in filled.stderr
