"""The files of a repository as they stood in one commit, found again where they were renamed since."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from littable import file_names
from littable.decoding import decode
from littable.errors import EncodingError, LittableError, UnreadableFile
from littable.git import Git, has_commit

# A file that is wrongly taken for the earlier form of another costs nothing, since rows decide what changed;
# one that is not found costs a report about all its rows.
_SIMILAR = "20%"
_SUBMODULE = b"160000"
_FILE = b"100"


class Tree:
    """``commit`` in the repository whose work tree is ``top``; both are resolved and exist."""

    def __init__(self, top: Path, commit: str) -> None:
        self._top = top
        self._git = Git(top)
        self._commit = commit
        self._nested: dict[Path, Tree | None] = {}
        self._folders: dict[bytes, dict[bytes, tuple[bytes, str]]] = {}
        self._renames: dict[str, dict[bytes, bytes]] = {}

    def text_of(self, path: Path) -> str | None:
        """The text of a file, named by its resolved path now; None where there was no such text.

        What is not UTF-8 is no text. Raises LittableError when git cannot tell.
        """
        nested = self._repository_around(path)
        if nested is not None:
            tree = self._tree_of(nested)
            return tree.text_of(path) if tree else None
        name = os.fsencode(path.relative_to(self._top).as_posix())
        blob = self._blob(name)
        if blob is None and (former := self._former_name(name)) is not None:
            name, blob = former, self._blob(former)
        return self._text(path, name, blob) if blob else None

    def _repository_around(self, path: Path) -> Path | None:
        """The outermost repository below this one that the file stands in, such as a submodule."""
        inside = path.relative_to(self._top).parents
        folders = (self._top / folder for folder in reversed(inside) if folder.parts)
        return next((folder for folder in folders if os.path.lexists(folder / ".git")), None)

    def _tree_of(self, nested: Path) -> Tree | None:
        """A submodule as this commit has it; None where it has none there."""
        if nested not in self._nested:
            found = self._found(os.fsencode(nested.relative_to(self._top).as_posix()))
            is_submodule = found is not None and found[0] == _SUBMODULE
            self._nested[nested] = _submodule(nested, found[1]) if found and is_submodule else None
        return self._nested[nested]

    def _blob(self, name: bytes) -> str | None:
        found = self._found(name)
        return found[1] if found and found[0].startswith(_FILE) else None

    def _found(self, name: bytes) -> tuple[bytes, str] | None:
        """Mode and object of what stands at a path of the commit; a folder is listed once."""
        folder = name[: name.rfind(b"/") + 1]
        if folder not in self._folders:
            self._folders[folder] = self._listed(folder)
        return self._folders[folder].get(name)

    def _listed(self, folder: bytes) -> dict[bytes, tuple[bytes, str]]:
        below = (b"--", folder) if folder else ()
        listed = self._git.read("--literal-pathspecs", "ls-tree", "-z", "--full-tree", self._commit, *below)
        found = {}
        for line in listed.split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, _, thing = about.split(b" ")
            found[name] = mode, thing.decode("ascii")
        return found

    def _text(self, path: Path, name: bytes, blob: str) -> str | None:
        """The text as it would stand in the work tree: with its line ends, decrypted, fetched.

        Of a notebook that is the text of its cells.
        """
        data = _if_unchanged(path, blob)
        if data is None:
            data = self._git.read("cat-file", "--filters", b"--path=" + name, blob)
        try:
            return decode(os.fsdecode(name), data).text
        except (EncodingError, UnreadableFile):
            return None

    def _former_name(self, name: bytes) -> bytes | None:
        """The name that a file had, if it was renamed; all files of its kind are looked up at once."""
        suffix = PurePosixPath(os.fsdecode(name)).suffix
        if suffix not in self._renames:
            self._renames[suffix] = self._renames_among({*file_names.MARKDOWN, *_literal(suffix)})
        return self._renames[suffix].get(name)

    def _renames_among(self, suffixes: Iterable[str]) -> dict[bytes, bytes]:
        """The former name of each file with one of the suffixes that was renamed, committed or not."""
        listed = self._git.read(
            "diff", "--name-status", "-z", "--diff-filter=R", f"--find-renames={_SIMILAR}", "--no-color",
            "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", self._commit, "--",
            *(f":(top,glob,icase)**/*{suffix}" for suffix in suffixes),
        )  # fmt: skip
        parts = iter(listed.split(b"\0"))
        return {now: before for _, before, now in zip(parts, parts, parts, strict=False)}


def _if_unchanged(path: Path, blob: str) -> bytes | None:
    """What a file holds if that is the blob to the byte, which saves asking git; most files are unchanged."""
    from hashlib import new  # late, like all that only --since needs

    try:
        data = path.read_bytes()
    except OSError:
        return None
    kind = "sha1" if len(blob) == 40 else "sha256"
    own = new(kind, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    return data if own == blob else None


def _literal(suffix: str) -> tuple[str, ...]:
    """The suffix of a file that was named by hand, unless it could be taken for a pattern."""
    return (suffix,) if suffix[1:].isalnum() else ()


def _submodule(top: Path, commit: str) -> Tree:
    if not has_commit(Git(top), commit):
        raise LittableError(
            f"submodule {top.name} lacks the commit {commit[:12]} that it stood at; fetch its history"
            " (`git fetch --unshallow` in its folder, or fetch-depth: 0 for actions/checkout)"
        )
    return Tree(top, commit)
