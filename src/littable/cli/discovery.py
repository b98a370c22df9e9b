"""Which files a command works on: files with Markdown in folders, by git's ignore rules, and named files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from littable.file_names import ALL

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NEVER = frozenset(
    {".git", ".hg", ".svn", "node_modules", ".venv", ".tox", "__pycache__", ".ipynb_checkpoints"}
)


def find_files(folder: Path) -> Iterator[Path]:
    """The Markdown files and notebooks below a folder, sorted, without those that git ignores.

    ``.gitignore`` files are read from the repository's root down, and ``.git/info/exclude``; links to folders
    are not followed.
    """
    yield from _walk(folder, _rules_above(folder))


def _rules_above(folder: Path) -> list[tuple[Path, GitIgnoreSpec]]:
    absolute = Path(os.path.abspath(folder))
    chain = [absolute, *absolute.parents]
    root = next((parent for parent in chain if (parent / ".git").exists()), None)
    if root is None:
        return []
    inside = [parent for parent in reversed(chain) if parent == root or root in parent.parents]
    specs = [_spec(root, root / ".git" / "info" / "exclude")]
    specs += [_spec(parent, parent / ".gitignore") for parent in inside if parent != absolute]
    return [spec for spec in specs if spec is not None]


def _spec(base: Path, file: Path) -> tuple[Path, GitIgnoreSpec] | None:
    try:
        text = file.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return None
    return base, _compiled([line.removesuffix("\r") for line in text.split("\n")])


def _compiled(lines: list[str]) -> GitIgnoreSpec:
    """The patterns of an ignore file. A line that is no pattern is passed over, as git does."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        if len(lines) == 1:
            return GitIgnoreSpec([])
        return GitIgnoreSpec([pattern for line in lines for pattern in _compiled([line]).patterns])


def _walk(folder: Path, specs: Sequence[tuple[Path, GitIgnoreSpec]]) -> Iterator[Path]:
    own = _spec(Path(os.path.abspath(folder)), folder / ".gitignore")
    specs = [*specs, own] if own else specs
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = Path(folder, entry.name)
        if _is_folder(entry):
            if entry.name not in _NEVER and not _ignored(path, specs, folder=True):
                yield from _walk(path, specs)
        elif path.suffix.lower() in ALL and _is_file(entry) and not _ignored(path, specs):
            yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether there is something to read; a link may lead to itself or where one may not look."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _ignored(path: Path, specs: Sequence[tuple[Path, GitIgnoreSpec]], *, folder: bool = False) -> bool:
    """What the deepest ignore file that says anything about the path says (gitignore(5))."""
    absolute = os.path.abspath(path)
    for base, spec in reversed(specs):
        relative = os.path.relpath(absolute, base).replace(os.sep, "/") + ("/" if folder else "")
        verdict = spec.check_file(relative).include
        if verdict is not None:
            return verdict
    return False
