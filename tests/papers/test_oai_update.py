"""What an update brings to the library, and up to when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from littable.papers.library.changes import Changes
from littable.papers.library.updating import NoLibrary, UpdateRefused
from littable.papers.store.file import open_store
from support.clock import Clock
from support.oai_library import as_of, holds, make_library, paper, versions
from support.oai_server import Fault, Kept, OaiServer
from support.oai_world import V2, World, ids, on


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Iterator[World]:
    with OaiServer() as server:
        yield World(tmp_path / "store.sqlite", server, clock)


def test_what_has_changed_since_is_brought_and_the_library_moves_on(world: World) -> None:
    make_library(world.store, [paper("2403.00001"), paper("2403.00002"), paper("2403.00003")], on(15))
    world.server.add(
        Kept("2403.00001", on(16), dates=V2, title="Another title"),
        Kept("2403.00002", on(17), dates=V2, flags="I"),
        Kept("2403.00003", on(10), dates=V2),
        Kept("2411.00001", on(18), doi="10.1000/new"),
    )
    done = world.update()
    assert done.changes == Changes(updated=3, new=1, withdrawn=1)
    assert versions(world.store) == {"2403.00001": 2, "2403.00002": 2, "2403.00003": 1, "2411.00001": 1}
    held = holds(world.store)
    assert (held["2403.00001"].title, held["2411.00001"].doi) == ("Another title", "10.1000/new")
    assert [held[key].withdrawn for key in sorted(held)] == [False, True, False, False]
    assert done.day == as_of(world.store) == on(22)
    assert (done.unreadable, done.changes.removed) == ((), 0)


def test_what_is_asked_is_what_oai_pmh_knows_and_says_who_asks(world: World) -> None:
    make_library(world.store, day=on(15))
    world.server.add(*(Kept(key, on(16)) for key in ids(4)))
    world.update()
    first, second = world.server.asked
    assert first == {"verb": "ListRecords", "metadataPrefix": "arXivRaw", "from": "2026-11-14"}
    assert set(second) == {"verb", "resumptionToken"}
    assert all(headers["user-agent"].startswith("littable/") for headers in world.server.headers)


def test_pages_follow_each_other_at_the_pace(world: World) -> None:
    make_library(world.store, day=on(1))
    world.server.add(*(Kept(key, on(2 + number // 8)) for number, key in enumerate(ids(20))))
    done = world.update(max_wait=0)
    assert done.changes == Changes(updated=20, new=20)
    assert list(versions(world.store)) == ids(20)
    # Within a day by token, and anew from each day on which a page has ended.
    days = ["2026-11-03", "token", "token", "2026-11-04", "token"]
    assert world.since == ["2026-10-31", "token", "token", *days]
    assert world.clock.slept == [3.0] * 7


def test_an_empty_list_proves_nothing(world: World) -> None:
    """arXiv gives such under load; were it believed, what has changed until now would never be asked for."""
    make_library(world.store, [paper("2403.00001")], on(15))
    done = world.update()
    assert (done.changes, done.day, as_of(world.store)) == (Changes(), on(15), on(15))
    world.server.add(Kept("2403.00001", on(16), dates=V2))
    assert world.update().day == on(22)
    assert versions(world.store) == {"2403.00001": 2}


def test_what_is_there_as_it_is_counts_for_nothing(world: World) -> None:
    make_library(world.store, day=on(20))
    world.server.add(*(Kept(key, on(21)) for key in ids(5)))
    assert world.update().changes == Changes(updated=5, new=5)
    assert world.update().changes == Changes()
    world.server.add(Kept("2403.00002", on(22), comments="Now with a comment"))
    assert world.update().changes == Changes(updated=1)


def test_the_day_before_the_last_is_asked_for_again(world: World) -> None:
    """What was entered late on a day shows up after the day's last harvest."""
    make_library(world.store, day=on(20))
    world.server.add(Kept("2403.00001", on(22)))
    world.update()
    world.server.add(Kept("2403.00002", on(21)))
    world.update()
    assert world.since == ["2026-11-19", "2026-11-21"]
    assert list(versions(world.store)) == ["2403.00001", "2403.00002"]


def test_an_older_version_never_replaces_a_newer_one(world: World) -> None:
    make_library(world.store, [paper("2403.00001", 3, "The third")], on(20))
    world.server.add(Kept("2403.00001", on(21), dates=V2, title="The second"))
    assert world.update().changes == Changes()
    assert holds(world.store)["2403.00001"].title == "The third"


def test_entries_that_stand_on_two_pages_are_one_paper(world: World) -> None:
    make_library(world.store, day=on(20))
    world.server.add(*(Kept(key, on(21)) for key in ids(6)))
    double = Fault(change=lambda body: body.replace(b"2403.00004", b"2403.00001"))
    world.server.fail(Fault(), double)
    assert world.update().changes == Changes(updated=5, new=5)
    assert list(versions(world.store)) == [
        "2403.00001",
        "2403.00002",
        "2403.00003",
        "2403.00005",
        "2403.00006",
    ]


def test_a_deleted_paper_is_taken_out(world: World) -> None:
    make_library(world.store, [paper("2403.00001"), paper("2403.00002", title="Another")], on(20))
    world.server.add(Kept("2403.00001", on(21), deleted=True), Kept("2403.00009", on(21), deleted=True))
    assert world.update().changes == Changes(removed=1)
    assert list(versions(world.store)) == ["2403.00002"]


def test_a_record_that_cannot_be_read_leaves_no_old_text_behind_and_stops_nothing(world: World) -> None:
    make_library(world.store, [paper(key) for key in ids(3)], on(20))
    world.server.add(*(Kept(key, on(21), dates=V2) for key in ids(3)), Kept("2403.00002", on(21), title=""))
    done = world.update()
    assert [(item.id, item.reason) for item in done.unreadable] == [("2403.00002", "it has no title")]
    assert done.changes == Changes(updated=2, removed=1)
    assert versions(world.store) == {"2403.00001": 2, "2403.00003": 2}
    assert as_of(world.store) == on(22)


def test_a_record_that_always_spoils_its_page_is_passed_over(world: World) -> None:
    make_library(world.store, day=on(20))
    world.server.add(*(Kept(key, on(21)) for key in ids(7)))
    world.server.fail_always(
        Fault(change=lambda body: body.replace(b"<id>2403.00005", b"<id>\x0b2403.00005"))
    )
    done = world.update()
    assert [(item.id, item.reason) for item in done.unreadable] == [
        ("2403.00005", "it is not well-formed XML")
    ]
    assert list(versions(world.store)) == [key for key in ids(7) if key != "2403.00005"]


def test_without_a_library_there_is_nothing_to_update(world: World) -> None:
    with open_store(world.store), pytest.raises(NoLibrary, match="`littable store import` makes one"):
        world.update()
    assert world.server.asked == []


def test_the_library_is_as_of_the_oldest_page(world: World) -> None:
    """arXiv's answers come from a cache, which may be older for one page than for another."""
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12)) for key in ids(5)))
    old = Fault(change=lambda body: body.replace(b"<responseDate>2026-11-22", b"<responseDate>2026-11-19"))
    world.server.fail(Fault(), old)
    assert world.update().day == on(19)


def test_a_server_whose_clock_was_set_back_moves_nothing_back(world: World) -> None:
    make_library(world.store, [paper("2403.00001")], on(20))
    world.server.now = datetime(2026, 11, 20, 3, tzinfo=UTC)
    world.server.add(Kept("2403.00001", on(20), dates=V2))
    assert world.update().day == on(20)
    assert versions(world.store) == {"2403.00001": 2}
    world.server.now = datetime(2019, 1, 1, tzinfo=UTC)
    with pytest.raises(UpdateRefused, match="badArgument: until date must be greater"):
        world.update()
    assert as_of(world.store) == on(20)


def test_a_clock_of_this_machine_that_was_set_back_means_nothing(world: World) -> None:
    make_library(world.store, [paper("2403.00001")], on(15))
    world.server.add(Kept("2403.00001", on(18), dates=V2))
    world.wall = 0
    assert world.update().day == on(22)
    assert versions(world.store) == {"2403.00001": 2}


def test_a_library_of_unknown_age_is_asked_for_from_the_first_day(world: World) -> None:
    make_library(world.store, day=date(1991, 8, 14))
    world.server.add(Kept("2403.00001", date(2005, 9, 16)))
    world.update()
    assert world.since == ["1991-08-13", "token", "2005-09-16"]
    assert world.server.asked[1] == {"verb": "Identify"}
    assert list(versions(world.store)) == ["2403.00001"]
