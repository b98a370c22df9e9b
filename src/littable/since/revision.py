"""What ``--since`` names: the commit where this branch left a revision."""

from __future__ import annotations

import os
from pathlib import Path

from littable.errors import LittableError
from littable.git import Git, GitRefused, has_commit
from littable.patterns import lazy
from littable.since.tree import Tree

_OBJECT_NAME = lazy(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BACK_FROM_HEAD = lazy(r"(?:HEAD|@)(?:~(?P<count>[0-9]{1,6})|[~^]1?)")
_WHOLE_HISTORY = "`git fetch --unshallow`, or fetch-depth: 0 for actions/checkout"


class Revision:
    """A revision to compare the work tree with, in the repository that ``folder`` stands in.

    Files are compared with the merge base of ``ref`` and HEAD, as a pull request is shown: what others did
    to ``ref`` since is not this branch's doing. What the work tree holds is compared, staged or not.

    Raises LittableError where there is no repository, no such revision, or a clone too shallow to tell.
    """

    def __init__(self, folder: Path, ref: str) -> None:
        self._ref = ref
        self._top = _top_of(folder, ref)
        base = _base(Git(self._top), ref)
        self._tree = Tree(self._top, base) if base else None

    def text_of(self, path: Path) -> str | None:
        """The text that a file had, under its former name if it was renamed.

        None where it did not exist then, is not tracked, or had no text in UTF-8. A submodule's file is read
        as the submodule stood then. Raises LittableError for a file outside the repository, and where git
        cannot tell.
        """
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(self._top):
            raise LittableError(
                f"{path}: outside the git repository {self._top.name},"
                f" so --since {self._ref} cannot tell what changed in it"
            )
        return self._tree.text_of(real) if self._tree else None


def _top_of(folder: Path, ref: str) -> Path:
    """The top of the work tree around a folder, resolved."""
    git = Git(folder)
    try:
        inside = git.ask("rev-parse", "--is-inside-work-tree")
        top = git.ask("rev-parse", "--show-toplevel") if inside == b"true\n" else None
    except GitRefused as refused:
        if not refused.reason.startswith("not a git repository"):
            raise
        raise LittableError(
            f"{folder}: not in a git repository, so --since {ref} cannot tell what changed"
        ) from None
    if top is None:
        raise LittableError(f"{folder}: a bare git repository has no files to compare with --since {ref}")
    return Path(os.path.realpath(os.fsdecode(top.removesuffix(b"\n"))))


def _base(git: Git, ref: str) -> str | None:
    """The merge base of ``ref`` and HEAD; None where nothing was committed yet and ``ref`` is HEAD."""
    head = _resolved(git, "HEAD")
    if head is None and ref in ("HEAD", "@"):
        return None
    commit = _commit(git, ref)
    base = git.ask("merge-base", commit, head) if head else None
    if base is None:
        raise LittableError(_unrelated(git, ref))
    return base.split(b"\n", 1)[0].decode("ascii")


def _commit(git: Git, ref: str) -> str:
    thing = _resolved(git, ref)
    if thing is not None and has_commit(git, thing):
        return thing
    # A full object name resolves to itself, whether the object is there or not.
    if thing is None or not _is_there(git, thing):
        raise LittableError(f"--since {ref}: {_why_unknown(git, ref)}")
    raise LittableError(f"--since {ref}: this names a file or folder, not a commit")


def _is_there(git: Git, thing: str) -> bool:
    try:
        return git.ask("cat-file", "-e", thing) is not None
    except GitRefused:
        return False


def _resolved(git: Git, ref: str) -> str | None:
    """The object that a revision names; None for what names none, or more than one (a range)."""
    if not ref or ref.startswith("-") or "\0" in ref:
        return None
    try:
        found = git.ask("rev-parse", "--verify", "--quiet", ref)
    except GitRefused:  # such as HEAD@{5} where less is remembered
        return None
    name = (found or b"").decode("ascii", errors="replace").removesuffix("\n")
    return name if _OBJECT_NAME.fullmatch(name) else None


def _why_unknown(git: Git, ref: str) -> str:
    if ".." in ref:
        return "give one revision, not a range; what changed since it left HEAD is compared"
    if _resolved(git, "HEAD") is None:
        return "there is no such revision: the repository has no commit yet"
    if ref and not ref.strip("0"):
        return "this stands for no commit: what was pushed is a new branch; compare with the default branch"
    if _is_shallow(git):
        return f"this shallow clone lacks the revision; fetch more of it ({_depth_for(ref)})"
    remote = f"origin/{ref}"
    if ref and _resolved(git, f"refs/remotes/{remote}"):
        return f"there is no such revision; did you mean {remote}?"
    return "there is no such revision in the repository"


def _unrelated(git: Git, ref: str) -> str:
    if _is_shallow(git):
        return (
            f"--since {ref}: this shallow clone does not reach back to where HEAD and {ref} parted;"
            f" fetch more of it ({_WHOLE_HISTORY})"
        )
    return f"--since {ref}: HEAD and {ref} have no commit in common, so there is nothing to compare with"


def _depth_for(ref: str) -> str:
    """How to fetch what a shallow clone lacks: how deep is known only for steps back from HEAD."""
    steps = _BACK_FROM_HEAD.fullmatch(ref)
    if steps is None:
        return _WHOLE_HISTORY
    depth = int(steps["count"] or 1) + 1
    return f"`git fetch --depth={depth}`, or fetch-depth: {depth} for actions/checkout"


def _is_shallow(git: Git) -> bool:
    return git.ask("rev-parse", "--is-shallow-repository") == b"true\n"
