"""The hooks, run by pre-commit itself in a repository made here.

pre-commit installs the hook from a copy of this repository into an environment of its own. The packages
that it needs are lent from the environment of the tests, so that no package index is asked.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TABLE = """\
| Title | Year | Authors | Link | Abstract |
|---|---|---|---|---|
| Attention Is All You Need | 2017 | A. Vaswani | http://arxiv.org/abs/1706.03762 | A Transformer. |
"""


def _run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("LITTABLE_", "GIT_", "PRE_COMMIT"))
    }
    return subprocess.run(
        command, cwd=cwd, env={**env, **environment}, capture_output=True, text=True, check=False
    )


def _git(cwd: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    done = _run("git", *identity, *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with littable as it stands in the work tree."""
    repository = tmp_path_factory.mktemp("hooks")
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, repository / name)
    shutil.copytree(
        ROOT / "src", repository / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    _git(repository, "init", "-q")
    _git(repository, "add", "-A")
    _git(repository, "commit", "-q", "-m", "x")
    return repository


@pytest.fixture
def project(tmp_path: Path, hooks: Path) -> Path:
    """A project that uses the hooks, with a table in it."""
    path = tmp_path / "project"
    path.mkdir()
    (path / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {_git(hooks, 'rev-parse', 'HEAD')}\n"
        "  hooks:\n  - id: littable\n  - id: littable-fix\n  - id: littable-online\n"
    )
    (path / "README.md").write_text(TABLE)
    _git(path, "init", "-q")
    _git(path, "add", "-A")
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pre-commit's own folder, in which it keeps the hook's environment from one test to the next."""
    return tmp_path_factory.mktemp("home")


def _pre_commit(project: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    packages = sysconfig.get_paths()["purelib"]
    return _run(
        sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose", *arguments,
        cwd=project,
        PRE_COMMIT_HOME=str(home),
        PIP_NO_INDEX="1",
        PIP_NO_DEPS="1",
        PIP_NO_BUILD_ISOLATION="0",
        PYTHONPATH=packages,
        LITTABLE_STORE=str(project / "store.sqlite"),
        LITTABLE_ARXIV_URL="http://127.0.0.1:9/api/query",
        LITTABLE_ARXIV_DELAY="0",
    )  # fmt: skip


def test_the_check_hook_fails_on_a_finding_and_changes_nothing(project: Path, home: Path) -> None:
    (project / "README.md").write_text(TABLE.replace("http://", "https://https://"))
    done = _pre_commit(project, home, "littable")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "README.md:3:" in done.stdout
    assert "LT302" in done.stdout
    assert (project / "README.md").read_text() == TABLE.replace("http://", "https://https://")


def test_the_check_hook_passes_a_clean_table(project: Path, home: Path) -> None:
    (project / "README.md").write_text(TABLE.replace("http:", "https:"))
    done = _pre_commit(project, home, "littable")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_fix_hook_mends_the_file_and_then_passes(project: Path, home: Path) -> None:
    done = _pre_commit(project, home, "littable-fix")
    assert "files were modified by this hook" in done.stdout, done.stdout + done.stderr
    assert (project / "README.md").read_text() == TABLE.replace("http:", "https:")
    _git(project, "add", "-A")
    assert _pre_commit(project, home, "littable-fix").returncode == 0


def test_the_online_hook_runs_by_hand_only_and_says_what_it_could_not_ask(project: Path, home: Path) -> None:
    everything = _pre_commit(project, home)
    assert "asks arXiv" not in everything.stdout
    long = " ".join(["word"] * 40)
    (project / "README.md").write_text(TABLE.replace("http:", "https:").replace("A Transformer.", long))
    done = _pre_commit(project, home, "--hook-stage", "manual", "littable-online")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Not checked" in done.stdout


def test_the_lock_hook_wants_the_papers_in_the_lock_and_asks_nobody(project: Path, home: Path) -> None:
    config = project / ".pre-commit-config.yaml"
    config.write_text(config.read_text() + "  - id: littable-lock\n")
    record = {"id": "1706.03762", "title": "Attention Is All You Need", "authors": "A. Vaswani"}
    (project / "papers.jsonl").write_text(json.dumps(record) + "\n")
    without = _pre_commit(project, home, "littable-lock")
    assert without.returncode == 1, without.stdout + without.stderr
    assert "littable.lock is not there; run `littable lock`" in without.stdout
    locking = (sys.executable, "-m", "littable", "lock", "--offline", "--papers", "papers.jsonl")
    locked = _run(*locking, cwd=project, LITTABLE_STORE=str(project / "store.sqlite"))
    assert locked.returncode == 0, locked.stderr
    _git(project, "add", "-A")
    done = _pre_commit(project, home, "littable-lock")
    assert done.returncode == 0, done.stdout + done.stderr
    (project / "README.md").write_text(
        TABLE + TABLE.splitlines()[2].replace("1706.03762", "2403.03218") + "\n"
    )
    done = _pre_commit(project, home, "littable-lock")
    assert done.returncode == 1
    assert "README.md:4: 2403.03218 is not in littable.lock" in done.stdout
    assert "README.md:3" not in done.stdout
