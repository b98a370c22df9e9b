"""A server that fails while a library is brought to today: what is waited out, and what is said."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from littable.errors import StoreError
from littable.papers.arxiv.page import Timeouts
from littable.papers.library.changes import Changes
from littable.papers.library.updating import UpdateRefused
from littable.papers.oai.harvest import HarvestStopped
from support.clock import Clock
from support.oai_library import as_of, make_library, versions
from support.oai_server import HTML, RESET, SILENCE, TRUNCATED, Fault, Kept, OaiServer
from support.oai_world import World, ids, on


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Iterator[World]:
    with OaiServer() as server:
        yield World(tmp_path / "store.sqlite", server, clock)


PASSING = {
    "429": [Fault(status=429)] * 4,
    "429 with seconds": [Fault(status=429, headers=(("Retry-After", "7"),))],
    "500": [Fault(status=500)],
    "html": [HTML, HTML],
    "truncated": [TRUNCATED],
    "reset": [RESET],
    "empty": [Fault(status=200)],
    "no records": [
        Fault(change=lambda body: body[: body.index(b"<record>")] + b"</ListRecords></OAI-PMH>"),
    ],
    "garbled": [Fault(change=lambda body: body.replace(b"<title>", b"<title>\x00"))],
}


@pytest.mark.parametrize("faults", PASSING.values(), ids=PASSING.keys())
def test_a_passing_fault_is_waited_out_on_any_page(world: World, faults: list[Fault]) -> None:
    make_library(world.store, day=on(20))
    world.server.add(*(Kept(key, on(21)) for key in ids(7)))
    world.server.fail(*faults, Fault(), *faults)
    done = world.update()
    assert done.changes == Changes(updated=7, new=7)
    assert done.unreadable == ()
    assert list(versions(world.store)) == ids(7)
    assert len(world.server.asked) == 3 + 2 * len(faults)


def test_a_503_says_in_seconds_or_as_a_date_when_to_come_again(world: World) -> None:
    make_library(world.store, day=on(20))
    world.server.add(Kept("2403.00001", on(21)))
    in_ten_minutes = format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True)
    for said in ("20", in_ten_minutes):
        world.server.fail(Fault(status=503, headers=(("Retry-After", said),)))
    world.update(max_wait=1000)
    first, second = [pause for pause in world.clock.slept if pause > 1]
    assert 20 <= first <= 25
    assert 300 <= second <= 750


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            Fault(status=503, headers=(("Retry-After", "3600"),)),
            r"HTTP 503, and --max-wait \(300 s\) is over",
        ),
        (Fault(status=429), r"HTTP 429, and --max-wait \(300 s\) is over"),
        (HTML, "its answer is truncated or not OAI-PMH"),
        (Fault(status=403), "it answers with HTTP 403"),
        (Fault(status=301, headers=(("Location", "/other"),)), "it answers with HTTP 301"),
        (Fault(status=404, body="nothing here"), "it answers with HTTP 404"),
        (RESET, "the connection was closed"),
    ],
)
def test_a_fault_that_stays_ends_the_update_and_what_came_is_kept(
    world: World, fault: Fault, said: str
) -> None:
    make_library(world.store, day=on(20))
    world.server.add(*(Kept(key, on(21)) for key in ids(7)))
    world.server.fail(Fault())
    world.server.fail_always(fault)
    with pytest.raises(HarvestStopped, match=said):
        world.update()
    assert list(versions(world.store)) == ids(3)
    assert as_of(world.store) == on(20)
    world.server.recover()
    assert world.update().changes == Changes(updated=4, new=4)
    assert list(versions(world.store)) == ids(7)
    assert as_of(world.store) == on(22)


@pytest.mark.parametrize("fault", [SILENCE, Fault(drip=True)], ids=["silence", "drip"])
def test_a_server_that_does_not_come_to_an_end_is_left(world: World, fault: Fault) -> None:
    make_library(world.store, day=on(20))
    world.server.add(Kept("2403.00001", on(21)))
    world.server.fail(fault)
    done = world.update(timeouts=Timeouts(connect=5, read=0.2, total=0.2))
    assert done.changes == Changes(updated=1, new=1)


def test_nobody_at_the_address_is_said(world: World, tmp_path: Path) -> None:
    make_library(world.store, day=on(20))
    with OaiServer() as gone:
        nobody = World(world.store, gone, world.clock)
    with pytest.raises(HarvestStopped, match=r"127\.0\.0\.1 could not be asked: no connection"):
        nobody.update()


def test_a_server_that_takes_all_tokens_back_is_no_endless_work(world: World) -> None:
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12)) for key in ids(4)))
    world.server.listen(lambda _count: world.server.expire_tokens())
    with pytest.raises(UpdateRefused, match="resumption tokens"):
        world.update()
    assert as_of(world.store) == on(10)


def test_a_list_without_an_end_is_no_endless_work(world: World) -> None:
    make_library(world.store, day=on(10))
    world.server.add(*(Kept(key, on(12)) for key in ids(9)))
    asked: list[bytes] = []

    def same(body: bytes) -> bytes:
        asked.append(body)
        return asked[0]

    world.server.fail_always(Fault(change=same))
    with pytest.raises(UpdateRefused, match="has no end"):
        world.update()
    assert as_of(world.store) == on(10)


def test_an_argument_that_the_server_refuses_is_said_in_its_words(world: World) -> None:
    make_library(world.store, day=on(15))
    error = "<error code='badArgument'>no, no</error>"
    words = f"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>{error}</OAI-PMH>"
    for status in (200, 400, 422):
        world.server.fail(Fault(status=status, body=words))
        with pytest.raises(UpdateRefused, match=r"127\.0\.0\.1 cannot tell .*: badArgument: no, no"):
            world.update()


def test_each_page_is_written_with_its_place_or_not_at_all(world: World) -> None:
    make_library(world.store, day=on(20))
    world.server.add(*(Kept(key, on(21)) for key in ids(7)))

    def lock(count: int) -> None:
        if count == 2:
            with closing(sqlite3.connect(world.store)) as connection:
                connection.execute(
                    "CREATE TRIGGER full BEFORE INSERT ON note BEGIN SELECT RAISE(ABORT, 'full'); END"
                )
                connection.commit()

    world.server.listen(lock)
    with pytest.raises(StoreError, match="cannot be used: full"):
        world.update()
    assert list(versions(world.store)) == ids(3)


@contextmanager
def nobody() -> Iterator[None]:
    """Root may write everywhere, so root becomes somebody else for a while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of POSIX")
def test_a_store_that_is_read_only_is_said_before_anything_is_asked(world: World) -> None:
    # Not in tmp_path, which nobody but its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        protected = replace(world, store=Path(folder) / "store.sqlite")
        make_library(protected.store, day=on(20))
        protected.store.parent.chmod(0o555)
        with (
            nobody(),
            pytest.raises(StoreError, match="cannot be used: attempt to write a readonly database"),
        ):
            protected.update()
        protected.store.parent.chmod(0o755)
    assert world.server.asked == []
