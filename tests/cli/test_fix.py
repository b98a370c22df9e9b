"""``littable fix`` as a process: what is written, what is printed, what is refused."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.command import littable

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
TABLE = """\
| Title | Year | Link |
|---|---|---|
| Attention Is All You Need | 2017 | http://arxiv.org/abs/1706.03762v5 |
"""
SAFE = TABLE.replace("http:", "https:")


def test_safe_fixes_are_written_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    outcome = littable("fix", "--offline", "a.md", cwd=tmp_path)
    assert outcome.code == 0
    assert (tmp_path / "a.md").read_text() == SAFE
    assert outcome.err == "Fixed 1 in 1 file: 1 LT305 insecure-link.\n"
    assert "LT307" in outcome.out


def test_unsafe_fixes_are_written_on_request(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    littable("fix", "--offline", "--unsafe", "a.md", cwd=tmp_path)
    assert (tmp_path / "a.md").read_text() == SAFE.replace("v5", "")


def test_a_file_without_findings_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(SAFE)
    before = path.stat()
    littable("fix", "--offline", "a.md", cwd=tmp_path)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_diff_is_printed_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(TABLE.replace("\n", "\r\n").rstrip("\r\n").encode())
    before = path.read_bytes()
    outcome = littable("fix", "--offline", "--diff", "a.md", cwd=tmp_path)
    assert outcome.code == 1
    assert path.read_bytes() == before
    subprocess.run(["git", "apply", "-"], input=outcome.out.encode(), cwd=tmp_path, check=True)
    assert path.read_bytes() == before.replace(b"http:", b"https:")
    assert littable("fix", "--offline", "--diff", "a.md", cwd=tmp_path).code == 0


def test_a_diff_of_a_file_whose_name_is_not_utf8_applies(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    path = tmp_path / name
    try:
        path.write_text(TABLE)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    outcome = _littable("fix", "--offline", "--diff", ".", cwd=tmp_path)
    assert (outcome.returncode, outcome.stderr) == (1, b"")
    subprocess.run(["git", "apply", "-"], input=outcome.stdout, cwd=tmp_path, check=True)
    assert path.read_text() == SAFE


def _littable(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    call = [sys.executable, "-m", "littable", *arguments]
    return subprocess.run(call, cwd=cwd, env=_environment(cwd), capture_output=True, check=False)


def _on_a_terminal(*arguments: str, cwd: Path) -> bytes:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "littable", *arguments]
    with subprocess.Popen(call, cwd=cwd, env=_environment(cwd), stdout=theirs):
        os.close(theirs)
        with os.fdopen(ours, "rb", buffering=0) as stream:
            return b"".join(_pieces(stream))


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_COLOR")}
    return {**kept, "LITTABLE_STORE": str(folder / "store.sqlite")}


def _pieces(stream: io.RawIOBase) -> Iterator[bytes]:
    with contextlib.suppress(OSError):  # Linux says so when the other end is closed
        while piece := stream.read(4096):
            yield piece


HOSTILE = "Attention\x1b]0;owned\x07\x9b31m"


def test_a_diff_on_a_terminal_obeys_nothing_in_the_file(tmp_path: Path) -> None:
    name = "a\x1b[2J.md"
    (tmp_path / name).write_bytes(TABLE.replace("Attention", HOSTILE).replace("\n", "\r\n").encode())
    shown = _on_a_terminal("fix", "--offline", "--diff", "--no-color", name, cwd=tmp_path).decode()
    assert "+| Attention␛]0;owned␇<U+009B>31m Is All You Need | 2017 | https:" in shown
    assert "+++ b/a␛[2J.md" in shown
    assert not set(shown) & set("\x1b\x07\x9b␍")
    colored = _on_a_terminal("fix", "--offline", "--diff", name, cwd=tmp_path).decode()
    assert "\x1b[32m+| Attention␛]0;owned␇" in colored


def test_a_diff_through_a_pipe_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TABLE.replace("Attention", HOSTILE))
    outcome = _littable("fix", "--offline", "--diff", "a.md", cwd=tmp_path)
    subprocess.run(["git", "apply", "-"], input=outcome.stdout, cwd=tmp_path, check=True)
    assert path.read_text() == SAFE.replace("Attention", HOSTILE)


def test_standard_input_comes_out_fixed(tmp_path: Path) -> None:
    outcome = littable("fix", "--offline", "-", cwd=tmp_path, stdin=b"\xef\xbb\xbf" + TABLE.encode())
    assert (outcome.code, outcome.out) == (0, "\ufeff" + SAFE)


def test_the_report_says_what_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE.replace("1706.03762v5", "1713.03762"))
    outcome = littable("fix", "--offline", "--output-format", "json", "a.md", cwd=tmp_path)
    assert outcome.code == 1
    assert "LT308" in [found["code"] for found in json.loads(outcome.out)["diagnostics"]]


def test_the_demo_finds_and_mends_what_the_readme_promises(tmp_path: Path) -> None:
    for name in ("literature.md", "papers.jsonl"):
        (tmp_path / name).write_bytes((FIXTURES / name).read_bytes())
    arguments = ("--offline", "--papers", "papers.jsonl", "literature.md")
    found = littable("check", *arguments, cwd=tmp_path)
    assert found.code == 1
    for line in ("4,157 → 3,668", "CUT → RMU", "copied from v1", "LT401", "LT102"):
        assert line in found.out
    before = (tmp_path / "literature.md").read_text(encoding="utf-8")
    littable("fix", *arguments, cwd=tmp_path)
    after = (tmp_path / "literature.md").read_text(encoding="utf-8")
    assert "3,668" in after
    assert "CUT" not in after
    changed = [row for row, new in zip(before.splitlines(), after.splitlines(), strict=True) if row != new]
    assert [row.split("|")[1].split()[0] for row in changed] == ["The", "Attention", "DoRA:", "Realistic"]
    assert littable("fix", "--diff", *arguments, cwd=tmp_path).out == ""
