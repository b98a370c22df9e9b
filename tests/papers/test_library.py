"""The library in the store: what is put into it, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

import pytest

from littable.papers.sources import Candidates, Found, TitleLookup, Unavailable
from littable.papers.store import Store
from littable.papers.store.file import open_store, transaction
from littable.papers.store.library import (
    LibraryState,
    library_rows,
    library_state,
    library_titled,
    read_note,
    set_library_state,
    upsert,
    write_note,
)
from littable.papers.store.rows import unpack
from littable.papers.title_key import title_key
from papers.test_store import PAPER

STATE = LibraryState(papers=1, as_of=1_700_000_000, source="snapshot.json")
NOW = 1_700_000_100


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "papers.sqlite"


@pytest.fixture
def connection(path: Path) -> Iterator[Connection]:
    with open_store(path) as opened:
        yield opened


def _titled(path: Path, title: str) -> TitleLookup:
    with closing(Store(path)) as store:
        return store.by_title([title])[title]


def test_a_store_has_no_library_at_first(connection: Connection) -> None:
    assert library_state(connection) is None
    with transaction(connection):
        upsert(connection, [PAPER], NOW)
    assert list(library_rows(connection, [PAPER.id])) == []
    assert list(library_titled(connection, [title_key(PAPER.title)])) == []


def test_what_is_put_into_the_library_is_served(connection: Connection, path: Path) -> None:
    with transaction(connection):
        upsert(connection, [PAPER], NOW)
        set_library_state(connection, STATE)
    assert library_state(connection) == STATE
    (row,) = library_rows(connection, [PAPER.id, "2401.00001"])
    assert (row[2], unpack(row)) == (STATE.as_of, PAPER)
    with closing(Store(path, now=lambda: NOW)) as store:
        assert store.papers([PAPER.id]) == {PAPER.id: Found(PAPER)}
    assert _titled(path, PAPER.title) == Candidates((PAPER,))


def test_a_later_version_replaces_and_an_earlier_one_does_not(connection: Connection, path: Path) -> None:
    later = replace(PAPER, version=3, title="Another name")
    with transaction(connection):
        set_library_state(connection, STATE)
        upsert(connection, [PAPER], NOW)
    for record in (later, PAPER):
        with transaction(connection):
            upsert(connection, [record], NOW)
    assert [unpack(row) for row in library_rows(connection, [PAPER.id])] == [later]
    assert _titled(path, "Another name") == Candidates((later,))
    assert _titled(path, PAPER.title) == Unavailable("not in the store")


def test_titles_with_the_same_checksum_are_told_apart(connection: Connection, path: Path) -> None:
    first, second = replace(PAPER, title="plumless"), replace(PAPER, id="2401.00001", title="buckeroo")
    with transaction(connection):
        set_library_state(connection, STATE)
        upsert(connection, [first, second], NOW)
    assert len(list(library_titled(connection, ["plumless"]))) == 2
    assert _titled(path, "Plumless") == Candidates((first,))
    assert _titled(path, "Buckeroo") == Candidates((second,))


def test_notes(connection: Connection) -> None:
    assert read_note(connection, "place") == {}
    with transaction(connection):
        write_note(connection, "place", {"token": "ä", "number": 5})
    assert read_note(connection, "place") == {"token": "ä", "number": 5}
    for damaged in ("{", "[]", "5"):
        connection.execute("UPDATE note SET value = ? WHERE key = 'place'", (damaged,))
        assert read_note(connection, "place") == {}
    with transaction(connection):
        write_note(connection, "place", None)
    assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)


def test_a_damaged_note_is_no_library(connection: Connection) -> None:
    for note in ('{"papers": 1}', '{"papers": "many", "as_of": 1, "source": "x"}', '{"papers": null}'):
        connection.execute("INSERT OR REPLACE INTO note VALUES ('library', ?)", (note,))
        assert library_state(connection) is None
