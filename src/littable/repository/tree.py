"""The files of a repository as GitHub has them: those that git tracks, by their exact names.

Symbolic links are not followed, so nothing outside the repository is looked at.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from pathlib import Path

from littable.errors import LittableError

_SUBMODULE, _SYMBOLIC_LINK = "160000", "120000"


class Place(Enum):
    """What stands at a path.

    UNTRACKED is there, but git does not track it; GONE is tracked, but not there (a sparse checkout, or
    deleted and not yet committed). What lies in a submodule or behind a symbolic link is ELSEWHERE.
    """

    FILE = "file"
    FOLDER = "folder"
    SYMBOLIC_LINK = "symbolic link"
    UNTRACKED = "untracked"
    GONE = "gone"
    ELSEWHERE = "elsewhere"
    ABSENT = "absent"


class WorkingTree:
    """A folder and what git tracks in it. Paths are relative to it, with slashes and without dots.

    Where git does not know the folder, what is there counts. ``certain`` tells whether what is not found is
    surely not there: not where git should know the folder and could not be asked.
    """

    def __init__(self, root: Path) -> None:
        """``root`` must be resolved."""
        self.root = root
        self._folders: dict[str, dict[str, Place]] = {}

    def at(self, path: str) -> Place:
        """What stands at a path, spelt exactly so."""
        here = self._here(path)
        if self._tracked is None:
            return here
        mode = self._tracked.get(path)
        if mode is None and path not in self._tracked_folders:
            if any(self._tracked.get(above) in (_SUBMODULE, _SYMBOLIC_LINK) for above in _above(path)):
                return Place.ELSEWHERE
            return here if here in (Place.ABSENT, Place.ELSEWHERE) else Place.UNTRACKED
        if mode in (None, _SUBMODULE):
            return Place.FOLDER
        if here is Place.ABSENT:
            return Place.GONE
        return Place.SYMBOLIC_LINK if mode == _SYMBOLIC_LINK else here

    @property
    def certain(self) -> bool:
        """Whether ABSENT can be relied on."""
        return self._tracked is not None or not self._is_repository

    def spelt_otherwise(self, path: str) -> str | None:
        """A path that differs from this one in capitals or in how accents are encoded."""
        if self._tracked is not None:
            return self._by_folded_name.get(_folded(path))
        found: list[str] = []
        for part in path.split("/"):
            folder = "/".join(found)
            names = self._names(folder) if self._here(folder) is Place.FOLDER else {}
            name = next((name for name in names if _folded(name) == _folded(part)), None)
            if name is None:
                return None
            found.append(name)
        return "/".join(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its files, whatever their folders; without git, of those at the top and below it."""
        if self._tracked is not None:
            return frozenset(path.rpartition("/")[2] for path in self._tracked)
        top = self._names("")
        below = [self._names(name) for name, place in top.items() if place is Place.FOLDER]
        return frozenset(name for names in (top, *below) for name in names)

    def ends_with(self, path: str) -> bool:
        """Whether some folder has this path in it."""
        return any(other.endswith(f"/{path}") for other in self._tracked or ())

    def read(self, path: str, largest: int) -> bytes | None:
        """The bytes of a file; None where it is no ordinary file, larger than ``largest`` or not readable."""
        data = self.read_start(path, largest + 1)
        return data if data is not None and len(data) <= largest else None

    def read_start(self, path: str, length: int) -> bytes | None:
        """The first ``length`` bytes of a file; None where it is no ordinary file or not readable."""
        if self._here(path) is not Place.FILE:
            return None
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            with open(os.open(self.root / path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
                return file.read(length) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
        except OSError:
            return None

    @cached_property
    def _is_repository(self) -> bool:
        return any((folder / ".git").exists() for folder in (self.root, *self.root.parents))

    @cached_property
    def _tracked(self) -> dict[str, str] | None:
        """The mode of every tracked file; None where git has no answer."""
        if not self._is_repository:
            return None
        from littable.git import Git

        try:
            listing = Git(self.root).read("-c", "core.fsmonitor=false", "ls-files", "-z", "--stage")
        except LittableError:
            return None
        lines = (os.fsdecode(line).partition("\t") for line in listing.split(b"\0") if line)
        return {path: about[:6] for about, _, path in lines}

    @cached_property
    def _tracked_folders(self) -> set[str]:
        folders = {""}
        for path in self._tracked or ():
            folder = path.rpartition("/")[0]
            while folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        return folders

    @cached_property
    def _by_folded_name(self) -> dict[str, str]:
        return {_folded(path): path for path in (*self._tracked_folders, *(self._tracked or ()))}

    def _here(self, path: str) -> Place:
        """What is on the disk. Names are compared with the folder's own: some disks ignore capitals."""
        place = Place.FOLDER
        folder = ""
        for part in filter(None, path.split("/")):
            if place is Place.SYMBOLIC_LINK:
                return Place.ELSEWHERE
            place = self._names(folder).get(part, Place.ABSENT) if place is Place.FOLDER else Place.ABSENT
            folder = f"{folder}/{part}" if folder else part
        return place

    def _names(self, folder: str) -> dict[str, Place]:
        if folder not in self._folders:
            try:
                with os.scandir(self.root / folder) as entries:
                    self._folders[folder] = {entry.name: _kind(entry) for entry in entries}
            except OSError:
                self._folders[folder] = {}
        return self._folders[folder]


def find_root(folder: Path) -> Path | None:
    """The root of the git repository that a resolved folder lies in."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def _kind(entry: os.DirEntry[str]) -> Place:
    if entry.is_symlink():
        return Place.SYMBOLIC_LINK
    return Place.FOLDER if entry.is_dir(follow_symlinks=False) else Place.FILE


def _above(path: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
