"""git, asked as a program: no shell, no pager, nothing written, and its own words where it refuses."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from littable.errors import LittableError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_PATIENCE = 300  # seconds; a partial clone may have to fetch what it is asked for

# What git tells its hooks about one repository would misplace every path asked for from another folder
# (``git rev-parse --local-env-vars`` lists them), and the last four change what a path means.
_ABOUT_ONE_REPOSITORY = frozenset(
    """
    GIT_DIR GIT_WORK_TREE GIT_IMPLICIT_WORK_TREE GIT_COMMON_DIR GIT_INDEX_FILE GIT_PREFIX GIT_GRAFT_FILE
    GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_SHALLOW_FILE GIT_NO_REPLACE_OBJECTS
    GIT_REPLACE_REF_BASE GIT_INTERNAL_SUPER_PREFIX GIT_NAMESPACE
    GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS
    """.split()
)
_FORCED = {
    "LC_ALL": "C",  # so that "not a git repository" can be told from other refusals
    "GIT_OPTIONAL_LOCKS": "0",  # so that asking does not write the index
    "GIT_TERMINAL_PROMPT": "0",
}


class Git:
    """git in one folder, whatever repository the environment speaks of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, *arguments: str | bytes) -> bytes:
        """What git prints.

        Raises GitRefused with git's own message where it fails, and LittableError where it is not installed
        or does not answer.
        """
        done = _run(["git", "--no-pager", "-C", os.fspath(self.folder), *arguments])
        if done.returncode != 0:
            reason = _message(done.stderr) or f"{_shown(arguments)} failed"
            raise GitRefused(reason, done.returncode)
        return done.stdout

    def ask(self, *arguments: str | bytes) -> bytes | None:
        """The same for a question that git answers with exit code 1 for no, which is None."""
        try:
            return self.read(*arguments)
        except GitRefused as refused:
            if refused.code == 1:
                return None
            raise


class GitRefused(LittableError):
    """git would not or could not; the message is git's own."""

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(f"git: {reason}")
        self.reason = reason
        self.code = code


def has_commit(git: Git, name: str) -> bool:
    """Whether an object is there and is a commit, or a tag of one."""
    try:
        return git.ask("cat-file", "-e", f"{name}^{{commit}}") is not None
    except GitRefused:
        return False


def _run(command: Sequence[str | bytes]) -> CompletedProcess[bytes]:
    import subprocess  # late: most runs need no git

    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            timeout=_PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        raise LittableError("git is not installed, or not on PATH, and --since needs it") from None
    except subprocess.TimeoutExpired:
        raise LittableError(f"git did not answer within {_PATIENCE} seconds") from None
    except OSError as error:
        raise LittableError(f"git cannot be run: {error.strerror or error}") from None


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _ABOUT_ONE_REPOSITORY}
    return kept | _FORCED


def _message(stderr: bytes) -> str:
    """git's message from where it gives up, on one line: the remedy often stands below the reason."""
    text = stderr.decode("utf-8", errors="replace")
    _, fatal, reason = text.partition("fatal: ")
    return " ".join((reason if fatal else text).split())


def _shown(arguments: tuple[str | bytes, ...]) -> str:
    return " ".join(["git", *(os.fsdecode(argument) for argument in arguments)])
