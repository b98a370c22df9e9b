"""Links to files and headings in and to notebooks."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from littable.repository.links import check_local
from support.notebooks import PAPER


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a notebook and a page."""
    (tmp_path / "paper.ipynb").write_bytes(PAPER)
    (tmp_path / "page.md").write_text("# Page\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize(
    ("document", "url", "verdict"),
    [
        ("paper.ipynb", "page.md#page", "alive"),
        ("paper.ipynb", "page.md#pages", "dead"),
        ("paper.ipynb", "missing.md", "dead"),
        ("paper.ipynb", "#no-such-heading", "alive"),
        ("paper.ipynb", "files/missing.png", "unknown"),
        ("page.md", "paper.ipynb#Papers", "alive"),
        ("page.md", "missing.ipynb", "dead"),
        ("page.md", "files/missing.png", "dead"),
    ],
)
def test_links(repository: Path, document: str, url: str, verdict: str) -> None:
    assert check_local(repository / document, None, url).verdict == verdict
