"""The lines of ``littable.lock``: found by how they begin, read when they are asked for.

A lock of 10,000 papers has 15 MB, and most checks need few of them. A line that is not as it was written is
named and never believed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from littable.errors import LittableError
from littable.papers.lock.line import (
    BadLine,
    Locked,
    LockedPaper,
    LockedTitle,
    NewerLine,
    is_sealed,
    read_line,
    unsealed_fault,
    write_line,
)

_LARGEST = 1024 * 1024 * 1024
_PAPER, _TITLE = b'{"id":"', b'{"title_key":"'

LockedT = TypeVar("LockedT", LockedPaper, LockedTitle)


class LockError(LittableError):
    """The lock cannot be read or written; the message names the file."""


@dataclass(frozen=True, slots=True)
class LineFault:
    """A line that is ignored: its number from 1, and why."""

    line: int
    reason: str
    newer: bool = False


class LockLines:
    """The lines of a lock. ``faults`` are those known to be bad so far; reading a line may add to them."""

    def __init__(self, data: bytes) -> None:
        self.faults: list[LineFault] = []
        self._lines = data.split(b"\n")
        self._read: dict[int, Locked | None] = {}
        self._places: dict[bytes, list[int]] = {}
        for place, line in enumerate(self._lines):
            self._enter(place, line)

    @classmethod
    def of_file(cls, path: Path) -> LockLines:
        """Read a lock; one that is not there has no lines. Raises LockError."""
        try:
            if not path.exists():
                return cls(b"")
            if not path.is_file():
                raise LockError(f"{path}: is no file")
            if path.stat().st_size > _LARGEST:
                raise LockError(f"{path}: is too large for a lock")
            return cls(path.read_bytes())
        except OSError as error:
            raise LockError(f"{path}: cannot be read: {error.strerror or error}") from None

    def _enter(self, place: int, line: bytes) -> None:
        if line.endswith(b"\r"):  # as git writes it on Windows
            line = self._lines[place] = line[:-1]
        if not line:
            return
        if not is_sealed(line):
            self._complain(place, unsealed_fault(line))
        elif line.startswith((_PAPER, _TITLE)):
            begins = _PAPER if line.startswith(_PAPER) else _TITLE
            self._places.setdefault(line[: line.index(b'"', len(begins)) + 1], []).append(place)
        else:
            self._at(place)
            if self._read[place] is not None:
                self._complain(place, BadLine('neither "id" nor "title_key" stands first'))

    def _complain(self, place: int, error: BadLine) -> None:
        self.faults.append(LineFault(place + 1, str(error), isinstance(error, NewerLine)))

    def _at(self, place: int) -> Locked | None:
        if place not in self._read:
            self._read[place] = None
            try:
                self._read[place] = read_line(self._lines[place])
            except BadLine as error:
                self._complain(place, error)
        return self._read[place]

    def paper(self, identifier: str) -> LockedPaper | None:
        """What the lock has of a paper; of two lines the later answer counts."""
        found = self._of(_PAPER, identifier, LockedPaper)
        return max(found, key=lambda paper: (paper.asked, _version(paper)), default=None)

    def title(self, key: str) -> LockedTitle | None:
        """The papers that have a title, by its ``title_key``; of two lines the later answer counts."""
        found = self._of(_TITLE, key, LockedTitle)
        return max(found, key=lambda title: (title.asked or date.min, title.papers), default=None)

    def _of(self, begins: bytes, key: str, kind: type[LockedT]) -> list[LockedT]:
        places = self._places.get(_start(begins, key), ())
        return [locked for place in places if isinstance(locked := self._at(place), kind)]

    def papers(self) -> dict[str, LockedPaper]:
        """Every paper that the lock has, by identifier."""
        found = {key: self.paper(key) for key in self._keys(_PAPER)}
        return {key: paper for key, paper in found.items() if paper is not None}

    def titles(self) -> dict[str, LockedTitle]:
        """Every title that the lock has, by its key."""
        found = {key: self.title(key) for key in self._keys(_TITLE)}
        return {key: title for key, title in found.items() if title is not None}

    def line_of(self, locked: Locked) -> int:
        """The number, from 1, of the first line about a paper or title that the lock has."""
        if isinstance(locked, LockedPaper):
            return self._places[_start(_PAPER, locked.id)][0] + 1
        return self._places[_start(_TITLE, locked.key)][0] + 1

    def _keys(self, begins: bytes) -> list[str]:
        return [
            start[len(begins) : -1].decode(errors="replace")
            for start in self._places
            if start.startswith(begins)
        ]

    def titled(self) -> Iterator[tuple[str, str]]:
        """The title of each paper, by identifier, told without reading its line."""
        for start, places in self._places.items():
            for place in places if start.startswith(_PAPER) else ():
                found = _title_field().search(self._lines[place])
                if found is not None:
                    yield start[len(_PAPER) : -1].decode(), json.loads(found[1])

    def is_written_as(self, data: bytes) -> bool:
        """Whether the file has these bytes, whatever ends its lines."""
        return b"\n".join(self._lines) == data


def _start(begins: bytes, key: str) -> bytes:
    return b'%s%s"' % (begins, key.encode(errors="replace"))


@cache
def _title_field() -> re.Pattern[bytes]:
    return re.compile(rb'"title":("[^"\\]*+(?:\\.[^"\\]*+)*+")', re.DOTALL)


def _version(paper: LockedPaper) -> int:
    return (paper.record.version or 0) if paper.record else -1


def write_lines(papers: Iterable[LockedPaper], titles: Iterable[LockedTitle]) -> bytes:
    """The whole lock: papers by identifier, which is mostly by age, then titles by key."""
    lines = [write_line(paper) for paper in sorted(papers, key=lambda paper: paper.id)]
    lines += [write_line(title) for title in sorted(titles, key=lambda title: title.key)]
    return b"".join(line + b"\n" for line in lines)
