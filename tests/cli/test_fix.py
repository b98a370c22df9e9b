"""``littable fix`` as a process: what is written, what is printed, what is refused."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

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
