"""Which files a searched folder gives, where git's ignore files or the folder hold something odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from littable.cli.discovery import find_files
from support.command import littable

CLEAN = """\
| Title | Year | Link |
| --- | --- | --- |
| Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
"""


def _repository(folder: Path, *names: str) -> Path:
    (folder / ".git" / "info").mkdir(parents=True)
    for name in names:
        (folder / name).write_text(CLEAN)
    return folder


def _found(folder: Path) -> list[str]:
    return [path.name for path in find_files(folder)]


def test_a_link_to_itself_in_a_searched_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    (tmp_path / "loop.md").symlink_to("loop.md")
    outcome = littable("check", "--offline", "-q", ".", cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("ignoring", [".gitignore", ".git/info/exclude"])
@pytest.mark.parametrize("line", ["!", "! ", "\\", "b\\", "[z-a].md"])
def test_an_ignore_line_that_git_passes_over_is_passed_over(tmp_path: Path, ignoring: str, line: str) -> None:
    _repository(tmp_path, "a.md", "b.md", "c.md")
    (tmp_path / ignoring).write_text(f"*.md\n{line}\n!a.md\n")
    outcome = littable("check", "--offline", "-v", ".", cwd=tmp_path)
    assert outcome.code == 0
    assert [row for row in outcome.err.splitlines() if "papers" in row] == ["a.md: 1 papers"]


@pytest.mark.parametrize("separator", ["\u2028", "\x0b", "\x85", "\r"])
def test_only_a_line_feed_ends_an_ignore_line(tmp_path: Path, separator: str) -> None:
    _repository(tmp_path, "a.md")
    (tmp_path / ".gitignore").write_bytes(f"# a comment{separator}a.md\n".encode())
    assert _found(tmp_path) == ["a.md"]


def test_ignore_lines_may_end_with_a_return(tmp_path: Path) -> None:
    _repository(tmp_path, "a.md", "b.md")
    (tmp_path / ".gitignore").write_bytes(b"a.md\r\n")
    assert _found(tmp_path) == ["b.md"]
