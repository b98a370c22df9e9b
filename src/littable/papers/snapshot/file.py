"""A file of lines, plain or compressed (gzip, zip, zstd), told by its content and read from any place on."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from io import BufferedReader, UnsupportedOperation
from pathlib import Path
from typing import IO, cast

from littable.errors import PapersFileError

# The longest line of arXiv's own snapshot is under 1 MB (thousands of authors); a file without line ends
# must not fill the memory.
LONGEST_LINE = 16 * 1024 * 1024
TOO_LONG = f"longer than {LONGEST_LINE // 1024 // 1024} MB"
_BUFFER = 1024 * 1024
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZSTD = b"\x28\xb5\x2f\xfd"
_SNAPSHOT_SUFFIXES = (".json", ".jsonl")


class UnreadableNow(PapersFileError):
    """The system does not give the file, which may pass; nothing is known to be wrong with what is in it."""


class SnapshotFile:
    """An open file. ``position`` is where the next line begins, in unpacked bytes; ``number`` counts the
    lines before it.

    Every method raises PapersFileError, with the file and what is wrong with it.
    """

    def __init__(self, path: Path) -> None:
        self.position = 0
        self.number = 0
        self._path = path
        self._opened = ExitStack()
        try:
            self._file = self._opened.enter_context(path.open("rb"))
            self._packed = False
            self._lines = self._unpacked()
        except BaseException as error:
            self._opened.close()
            if (told := self._told(error)) is None:
                raise
            raise told from None

    def __enter__(self) -> SnapshotFile:
        return self

    def __exit__(self, *_error: object) -> None:
        self._opened.close()

    @property
    def size(self) -> int:
        """How many bytes the file has on disk."""
        return os.fstat(self._file.fileno()).st_size

    @property
    def consumed(self) -> int:
        """How many bytes have been read, of ``size``."""
        return self._file.tell() if self._packed else self.position

    def skip(self, position: int, number: int) -> None:
        """Go on at a place where this file has been before."""
        try:
            if self._packed:
                self._read_over(position)
            else:
                self._lines.seek(position)
        except Exception as error:
            if (told := self._told(error)) is None:
                raise
            raise told from None
        self.position, self.number = position, number

    def lines(self) -> Iterator[bytes]:
        """The lines from here on with their ends. One that is longer than ``LONGEST_LINE`` is cut to one
        byte more than that.
        """
        readline = self._lines.readline
        try:
            while line := readline(LONGEST_LINE + 1):
                self.position += len(line)
                if len(line) > LONGEST_LINE:
                    self._finish_line(line)
                self.number += 1
                yield line
        except Exception as error:
            if (told := self._told(error)) is None:
                raise
            raise told from None

    def _finish_line(self, line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = self._lines.readline(_BUFFER)
            self.position += len(line)

    def _read_over(self, count: int) -> None:
        while count:
            passed = len(self._lines.read(min(count, _BUFFER)))
            if not passed:
                raise EOFError(f"it ends {count} bytes too early")
            count -= passed

    def _unpacked(self) -> BufferedReader:
        start = self._file.peek(4)[:4]
        self._packed = start.startswith((_GZIP, _ZSTD, *_ZIP))
        if not self._packed:
            return self._file
        opened = self._opened.enter_context(_open_packed(self._file, start, self._path))
        # Their own readline is slow where it is written in Python.
        return BufferedReader(cast(BufferedReader, opened), _BUFFER)

    def _told(self, error: BaseException) -> PapersFileError | None:
        """What went wrong, for the user; None for what is a mistake of littable."""
        if isinstance(error, PapersFileError):
            return error
        if self._is_damage(error):
            place = f"after line {self.number} " if self.number else ""
            return PapersFileError(f"{self._path}: the compressed data is damaged {place}({error})")
        if isinstance(error, UnsupportedOperation):
            return PapersFileError(f"{self._path}: cannot be read, since it is no file on a disk")
        if isinstance(error, OSError):
            return UnreadableNow(f"{self._path}: cannot be read: {error.strerror or error}")
        return None

    def _is_damage(self, error: BaseException) -> bool:
        import lzma
        from gzip import BadGzipFile
        from zipfile import BadZipFile

        kinds = (EOFError, zlib.error, BadGzipFile, BadZipFile, lzma.LZMAError)
        # zstd's own error is known by its name only, since it is defined in one of two places.
        return isinstance(error, kinds) or type(error).__name__ == "ZstdError"


def _open_packed(file: BufferedReader, start: bytes, path: Path) -> IO[bytes]:
    if start.startswith(_GZIP):
        import gzip

        return cast(IO[bytes], gzip.open(file))
    return _open_zstd(file, path) if start == _ZSTD else _open_zip(file, path)


def _open_zstd(file: BufferedReader, path: Path) -> IO[bytes]:
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise PapersFileError(
            f"{path}: is packed with zstd, which this Python cannot read; unpack it"
        ) from None
    return cast(IO[bytes], zstd.open(file))


def _open_zip(file: BufferedReader, path: Path) -> IO[bytes]:
    from zipfile import ZipFile

    archive = ZipFile(file)
    members = [name for name in archive.namelist() if not name.endswith("/")]
    if len(members) > 1:
        members = [name for name in members if name.lower().endswith(_SNAPSHOT_SUFFIXES)]
    if len(members) != 1:
        found = "no file" if not members else f"{len(members)} files"
        raise PapersFileError(f"{path}: holds {found} that may be a snapshot; unpack the one that is meant")
    try:
        return archive.open(members[0])
    except (RuntimeError, NotImplementedError) as error:  # a password; a rare kind of compression
        raise PapersFileError(f"{path}: cannot be unpacked: {error}") from None
