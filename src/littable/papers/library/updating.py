"""Bringing the library to today through OAI-PMH, page by page.

Each page is one transaction: its papers, and the place to go on from. Whatever ends an update, the next one
goes on there. A paper that arXiv no longer has is taken out, and so is one whose record has changed and
cannot be read: what the library gave for it would not be what arXiv says now, and a paper that is not in the
library is merely one that arXiv must be asked about.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from littable.errors import LittableError, StoreError
from littable.papers.library.changes import Changes, put_records, take_out
from littable.papers.library.place import Place, first_place, from_note, to_note
from littable.papers.moments import day_of
from littable.papers.store.file import transaction
from littable.papers.store.library import (
    LibraryState,
    library_state,
    read_note,
    set_library_state,
    write_note,
)

if TYPE_CHECKING:
    import sqlite3

    from littable.papers.oai.harvest import Harvester
    from littable.papers.oai.page import OaiError, OaiPage, Unreadable

PLACE_NOTE = "update"
"""The note that holds the place. Whoever puts another library in place of this one lets go of it."""

_MOST_RESTARTS = 3
_NOTHING_NEW = "noRecordsMatch"
# A list that has become shorter has nothing where a token points.
_TOKEN_REFUSED = ("badResumptionToken", _NOTHING_NEW)


class NoLibrary(StoreError):
    """There is nothing to bring up to date."""

    def __init__(self) -> None:
        super().__init__("there is no library yet; `littable store import` makes one")


class UpdateRefused(LittableError):
    """The server does not answer what an update asks."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did. ``day`` is the day that the library is as of now."""

    changes: Changes
    unreadable: tuple[Unreadable, ...]
    day: date


Progress = Callable[[int, date | None], None]
"""Told how many records were read so far, and the last day that was reached."""


class LibraryUpdate:
    """An update of the library in an open store from the server at ``url``, which ``harvester`` asks.

    ``now`` is the wall clock, in Unix seconds.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        harvester: Harvester,
        url: str,
        *,
        progress: Progress = lambda _records, _reached: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._connection = connection
        self._harvester = harvester
        self._url = url
        self._progress = progress
        self._now = now
        self._changes = Changes()
        self._unreadable: list[Unreadable] = []
        self._records = 0
        self._tokens: set[str] = set()
        self._restarts = 0
        self._restarted_from: date | None = None

    def run(self) -> Updated:
        """Bring the library to today.

        Raises NoLibrary, HarvestStopped, UpdateRefused, and sqlite3.Error where the store cannot be written.
        """
        from littable.papers.oai.page import OaiError  # comes with requests

        place: Place | None = self._begin()
        while place is not None:
            self._progress(self._records, place.reached)
            try:
                page = self._harvester.page(place.arguments)
            except OaiError as error:
                place = self._after_error(error, place)
            else:
                place = self._keep(page, place)
                self._records += len(page.records)
        return Updated(self._changes, tuple(self._unreadable), day_of(_state(self._connection).as_of))

    def _begin(self) -> Place:
        with transaction(self._connection):
            state = _state(self._connection)
            place = from_note(read_note(self._connection, PLACE_NOTE))
            if place is None or (place.url, place.base) != (self._url, state.as_of):
                place = first_place(self._url, state.as_of)
            place = place.resumed(uuid4().hex, self._now())
            write_note(self._connection, PLACE_NOTE, to_note(place))
        return place

    def _keep(self, page: OaiPage, place: Place) -> Place | None:
        """Write a page and the place behind it; None behind the last."""
        behind = place.after(page.days, page.said, page.token, self._now())
        self._refuse_circles(behind.token)
        gone = [*page.deleted, *(item.id for item in page.unreadable if item.id is not None)]
        with transaction(self._connection):
            state = self._same_library(place)
            changes = put_records(self._connection, page.records, int(self._now()))
            changes += take_out(self._connection, gone)
            state = replace(state, papers=state.papers + changes.growth)
            if page.token is None:
                state = replace(state, as_of=max(state.as_of, behind.covered))
            set_library_state(self._connection, state)
            write_note(self._connection, PLACE_NOTE, to_note(behind) if page.token else None)
        self._changes += changes
        self._unreadable += page.unreadable
        return None if page.token is None else behind

    def _same_library(self, place: Place) -> LibraryState:
        """What the library holds, which must be the one that this update began with, and nobody else's task.

        An import lets go of the place; another update takes it over.
        """
        kept = from_note(read_note(self._connection, PLACE_NOTE))
        if kept is None or kept.run != place.run:
            raise UpdateRefused(
                "another process is bringing the library to today, or has changed it; run"
                " `littable store update` again to see"
            )
        return _state(self._connection)

    def _refuse_circles(self, token: str | None) -> None:
        if token is not None and token in self._tokens:
            raise self._refused("its list of records has no end")
        if token is not None:
            self._tokens.add(token)

    def _after_error(self, error: OaiError, place: Place) -> Place | None:
        """The place to go on from after an error of the protocol; None where the update is done."""
        if place.token is not None and error.code in _TOKEN_REFUSED:
            return self._restarted(place)
        if place.token is None and error.code == _NOTHING_NEW:
            # arXiv gives empty answers under load, so this does not say up to when nothing has changed.
            with transaction(self._connection):
                self._same_library(place)
                write_note(self._connection, PLACE_NOTE, None)
            return None
        if place.token is None and error.code == "badArgument":
            earliest = self._harvester.earliest()
            if earliest is not None and earliest > place.since:
                return replace(place, since=earliest)
        raise self._refused(str(error))

    def _restarted(self, place: Place) -> Place:
        """Tokens expire: the list is asked for by date again, from where it is known to be in the library."""
        again = place.by_date()
        self._tokens.clear()
        self._restarts = self._restarts + 1 if again.since == self._restarted_from else 1
        self._restarted_from = again.since
        if self._restarts > _MOST_RESTARTS:
            raise self._refused("it takes back its own resumption tokens")
        return again

    def _refused(self, reason: str) -> UpdateRefused:
        return UpdateRefused(f"{self._harvester.server} cannot tell what has changed: {reason}")


def _state(connection: sqlite3.Connection) -> LibraryState:
    state = library_state(connection)
    if state is None:
        raise NoLibrary
    return state
