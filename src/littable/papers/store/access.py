"""The store's file as a cache that a run can do without: whatever is wrong with it ends here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from littable.papers.store.file import Foreign, Newer, NoFile, connect, free_name, is_damage, transaction

if TYPE_CHECKING:
    import sqlite3

# Two machines on one disk, or a clock that was set right, may differ by this much (seconds).
CLOCK_SLACK = 60 * 60
_SUFFIXES = ("", ".sqlite", ".sqlite3", ".db", ".cache")


class CacheFile:
    """One file, opened when it is first needed and made when there is something to keep.

    Use as ``with file.guarded(), file.reading() as connection``: where there is no file, or none that can be
    used, the block is left. ``notice`` is told once what is wrong. Several processes may use one file.
    """

    def __init__(self, path: Path, notice: Callable[[str], None] = lambda _message: None) -> None:
        self._path = path
        self._notice = notice
        self._connection: sqlite3.Connection | None = None
        self._readable = True
        self._writable = True
        self._opened: tuple[int, int] | None = None

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Whatever is wrong with the file ends here: it is set aside, or done without."""
        import sqlite3

        try:
            yield
        except NoFile:
            pass
        except Newer:
            self._readable = False
            self._give_up("was written by a newer littable")
        except Foreign:
            self._set_aside()
        except sqlite3.Error as error:
            if is_damage(error):
                self._set_aside()
            else:
                self._give_up(f"cannot be used ({error})")
        except OSError as error:
            self._give_up(f"cannot be used ({error.strerror or error})")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, where there is something to read."""
        if not self._readable or not (self._connection or self._path.exists()):
            raise NoFile
        connection = self._open()
        # What is read belongs together, although a library may be exchanged for another meanwhile.
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside a transaction, where anything can be written."""
        if not self._writable:
            raise NoFile
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._open()
        with transaction(connection):
            yield connection

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._opened = _identity(self._path)
            self._connection = connect(self._path)
        return self._connection

    def _give_up(self, why: str) -> None:
        """From now on nothing is kept; what can be read still is."""
        self.close()
        if self._writable:
            self._notice(f"the store {self._path} {why}; working without keeping answers")
        self._writable = False

    def _set_aside(self) -> None:
        """Make way for a new store. A file that is named like another thing (a README) is not moved."""
        self.close()
        if self._path.suffix.lower() not in _SUFFIXES:
            self._give_up("is no store of littable")
            self._readable = False
            return
        try:
            if _identity(self._path) != self._opened:
                return  # another process was faster
            aside = free_name(self._path)
            self._path.rename(aside)
            for suffix in ("-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            self._give_up(f"is damaged and cannot be moved ({error.strerror or error})")
            self._readable = False
            return
        self._notice(f"the store {self._path} is damaged or no store of littable; it was moved to {aside}")


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from one that takes its place; None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
