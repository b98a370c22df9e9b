"""An update that was stopped goes on, and papers that change meanwhile are not lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.papers.library.changes import Changes
from littable.papers.library.updating import PLACE_NOTE, UpdateRefused
from littable.papers.oai.harvest import HarvestStopped
from littable.papers.store.file import open_store, transaction
from littable.papers.store.library import LibraryState, read_note, set_library_state, write_note
from support.clock import Clock
from support.oai_library import as_of, make_library, versions
from support.oai_server import Fault, Kept, OaiServer
from support.oai_world import NOW, V2, World, ids, on


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Iterator[World]:
    with OaiServer() as server:
        yield World(tmp_path / "store.sqlite", server, clock)


def test_an_update_goes_on_with_the_token_while_that_is_fresh(world: World) -> None:
    make_library(world.store, day=on(20))
    world.server.add(*(Kept(key, on(21)) for key in ids(7)))
    world.stop_after(1)
    world.wall += 60
    assert world.update().changes == Changes(updated=4, new=4)
    assert world.since == ["2026-11-19", "token", "token", "token"]


@pytest.mark.parametrize("later", [2 * 60 * 60, -2 * 60 * 60], ids=["later", "clock set back"])
def test_an_update_goes_on_by_date_when_the_token_is_old(world: World, later: float) -> None:
    """Between the two, papers of the day at which the token stands have changed and left it."""
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12)) for key in ids(2)), *(Kept(key, on(13)) for key in ids(8, 3)))
    world.stop_after(2)
    assert world.since == ["2026-11-09", "2026-11-13", "token"]
    world.wall += later
    world.server.add(Kept("2403.00003", on(22), dates=V2))
    world.update()
    assert world.since[3:] == ["2026-11-13", "token", "token"]
    assert versions(world.store) == dict.fromkeys(ids(10), 1) | {"2403.00003": 2}
    assert as_of(world.store) == on(22)


def test_an_update_that_was_left_for_days_ends_at_today(world: World) -> None:
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12 + number)) for number, key in enumerate(ids(8))))
    world.stop_after(2)
    world.wall += 5 * 24 * 60 * 60
    world.server.now += timedelta(days=5)
    world.server.add(Kept("2403.00001", on(22), dates=V2), Kept("2411.00001", on(26)))
    world.update()
    assert world.since[3] == "2026-11-16"
    assert versions(world.store) == dict.fromkeys(ids(8), 1) | {"2403.00001": 2, "2411.00001": 1}
    assert as_of(world.store) == on(27)


def test_a_token_that_has_expired_costs_no_more_than_a_day(world: World) -> None:
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12 + number // 6)) for number, key in enumerate(ids(12))))
    world.stop_after(3)
    assert world.since == ["2026-11-09", "token", "token", "token"]
    world.server.expire_tokens()
    world.update()
    assert world.since[4:] == ["token", "2026-11-13", "token"]
    assert list(versions(world.store)) == ids(12)


def test_a_list_that_is_in_no_order_is_begun_again_from_its_beginning(world: World) -> None:
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12 + number)) for number, key in enumerate(ids(8))))
    swap = Fault(change=lambda body: body.replace(b"2026-11-13", b"2026-11-21"))
    world.server.fail(swap, Fault(status=403))
    with pytest.raises(HarvestStopped):
        world.update()
    world.server.expire_tokens()
    world.update()
    assert world.since[:4] == ["2026-11-09", "token", "token", "2026-11-09"]
    assert list(versions(world.store)) == ids(8)


def test_what_changes_while_the_pages_come_is_not_lost(world: World) -> None:
    """A token passes over as many papers of a day as were seen, though one of those has left it since."""
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12 + number // 2)) for number, key in enumerate(ids(9))))

    def change(count: int) -> None:
        if count == 2:
            world.server.add(Kept("2403.00003", on(22), dates=V2), Kept("2403.00009", on(22), dates=V2))

    world.server.listen(change)
    world.update()
    assert versions(world.store) == dict.fromkeys(ids(9), 1) | {"2403.00003": 2, "2403.00009": 2}


@pytest.mark.slow
@settings(max_examples=60)
@given(st.data())
def test_whatever_changes_and_stops_meanwhile_the_library_is_what_arxiv_has(data: st.DataObject) -> None:
    """Papers change between pages, updates are stopped, tokens expire; a day fits on a page, as on arXiv."""
    with tempfile.TemporaryDirectory() as folder, OaiServer(page_size=data.draw(st.integers(4, 9))) as server:
        world = World(Path(folder) / "store.sqlite", server, Clock())
        make_library(world.store, day=on(10))
        server.add(*(Kept(key, on(11 + number % 10)) for number, key in enumerate(ids(30))))
        changes = data.draw(st.dictionaries(st.sampled_from(ids(30)), st.integers(1, 12), max_size=12))
        server.listen(
            lambda count: server.add(
                *(Kept(key, on(22), dates=V2) for key, when in changes.items() if when == count)
            )
        )
        for _ in range(data.draw(st.integers(0, 4))):
            server.fail(*[Fault()] * data.draw(st.integers(0, 4)), Fault(status=403))
            with suppress(HarvestStopped):
                world.update()
            world.wall += data.draw(st.sampled_from([-9e6, 5, 9e6]))
            if data.draw(st.booleans()):
                server.expire_tokens()
            server.recover()
        world.update()
        applied = {key for key, when in changes.items() if when <= len(server.asked)}
        # What changes on the last day is seen at the latest by the update after that.
        server.listen(lambda _count: None)
        world.update()
        assert versions(world.store) == {key: 2 if key in applied else 1 for key in ids(30)}


def test_another_server_does_not_get_the_token_of_the_first(world: World) -> None:
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12)) for key in ids(7)))
    world.stop_after(1)
    with OaiServer([Kept(key, on(12)) for key in ids(7)]) as second:
        other = replace(world, server=second)
        other.update()
        assert other.since[0] == "2026-11-09"
    assert list(versions(world.store)) == ids(7)


def test_a_library_that_was_imported_anew_meanwhile_is_left_alone(world: World) -> None:
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12)) for key in ids(7)))

    def import_anew(count: int) -> None:
        if count == 2:
            with open_store(world.store) as connection, transaction(connection):
                set_library_state(connection, LibraryState(0, int(NOW), "another snapshot"))
                connection.execute("DELETE FROM library")
                connection.execute("INSERT INTO library_title(library_title) VALUES ('delete-all')")
                write_note(connection, PLACE_NOTE, None)

    world.server.listen(import_anew)
    with pytest.raises(UpdateRefused, match="another process is bringing"):
        world.update()
    assert versions(world.store) == {}


def test_an_update_that_another_has_taken_over_stops(world: World) -> None:
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12)) for key in ids(9)))

    def take_over(count: int) -> None:
        if count == 2:
            world.server.listen(lambda _count: None)
            assert replace(world).update().changes == Changes(updated=6, new=6)

    world.server.listen(take_over)
    with pytest.raises(UpdateRefused, match="another process is bringing"):
        world.update()
    assert list(versions(world.store)) == ids(9)
    assert as_of(world.store) == on(22)


@pytest.mark.parametrize(
    "note", [{"url": 3}, {"url": "x", "base": "y"}, {}, {"base": 1, "since": "2026-99-99"}], ids=str
)
def test_a_place_that_cannot_be_read_is_begun_again(world: World, note: dict[str, object]) -> None:
    make_library(world.store, day=on(20))
    world.server.add(Kept("2403.00001", on(21)))
    with open_store(world.store) as connection, transaction(connection):
        write_note(connection, PLACE_NOTE, note)
    assert world.update().changes.new == 1
    with open_store(world.store) as connection:
        assert read_note(connection, PLACE_NOTE) == {}
