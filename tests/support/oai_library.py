"""A library in a store, to be brought to today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from littable.papers.library.changes import put_records
from littable.papers.record import PaperRecord
from littable.papers.store.file import open_store, transaction
from littable.papers.store.library import (
    LibraryState,
    library_rows,
    library_state,
    library_titled,
    set_library_state,
)
from littable.papers.store.rows import unpack
from littable.papers.title_key import title_key


def paper(identifier: str, version: int = 1, title: str = "A title") -> PaperRecord:
    days = tuple(date(2024, 3, 4 + number) for number in range(1, version + 1))
    return PaperRecord(
        id=identifier,
        version=version,
        title=title,
        authors=("Ada Author", "Ben Writer"),
        abstract="We count what is there.",
        published=days[0],
        updated=days[-1],
        comment=None,
        doi=None,
        journal_ref=None,
        withdrawn=False,
        origin="the snapshot",
        version_dates=days,
    )


def make_library(path: Path, records: Iterable[PaperRecord] = (), day: date = date(2026, 11, 20)) -> None:
    as_of = int(datetime(day.year, day.month, day.day, 6, tzinfo=UTC).timestamp())
    with open_store(path) as connection, transaction(connection):
        set_library_state(connection, LibraryState(0, as_of, "a snapshot"))
        changes = put_records(connection, list(records), as_of)
        set_library_state(connection, LibraryState(changes.new, as_of, "a snapshot"))


def holds(path: Path) -> dict[str, PaperRecord]:
    """The papers of the library by identifier; each is found by its title, and counted."""
    with open_store(path) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM library")]
        found = {row[0]: record for row in library_rows(connection, ids) if (record := unpack(row))}
        keys = {title_key(record.title) for record in found.values()}
        assert {row[0] for row in library_titled(connection, keys)} == set(found)
        state = library_state(connection)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert state is not None
    assert state.papers == len(ids) == len(found)
    return found


def versions(path: Path) -> dict[str, int | None]:
    """The version of each paper of the library."""
    return {key: record.version for key, record in holds(path).items()}


def as_of(path: Path) -> date:
    """The day that the library is as of."""
    with open_store(path) as connection:
        state = library_state(connection)
    assert state is not None
    return datetime.fromtimestamp(state.as_of, UTC).date()
