"""How far an update of the library has come, kept beside the papers that it brought.

A resumption token of arXiv says from which day on, and how many records of that day to pass over
(https://github.com/arXiv/oaipmh). When a paper of that day changes it leaves its place in the list, and the
token passes over another one, unseen. So behind a page that ends on a later day than it begins, the list is
asked for by date again, from that day on; a token is used only within a day, and while it is fresh.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from littable.papers.moments import day_of

# What was entered late on one day may show up after the day's last harvest: it is asked for again.
OVERLAP = timedelta(days=1)
_FRESH_SECONDS = 15 * 60
_FORMAT = "arXivRaw"


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on.

    ``url`` is the server, ``base`` (Unix seconds) what the library was as of when this began. All that has
    changed from the day ``start`` on is wanted, and the list is asked for from ``since`` on. ``reached`` is
    the last day that was seen in it, None where nothing was or it is not in the order of days (``ordered``).
    ``begun`` (Unix seconds) is when the server wrote the oldest of the pages. ``token`` asks for the next
    page and came at ``told`` (Unix seconds, by this machine's clock). ``run`` is whose place this is.
    """

    url: str
    base: int
    start: date
    since: date
    reached: date | None = None
    begun: int | None = None
    token: str | None = None
    told: float = 0.0
    ordered: bool = True
    run: str = ""

    @property
    def arguments(self) -> Mapping[str, str]:
        """What asks for the next page."""
        if self.token is not None:
            return {"resumptionToken": self.token}
        return {"metadataPrefix": _FORMAT, "from": self.since.isoformat()}

    @property
    def covered(self) -> int:
        """The moment up to which nothing is lacking behind the last page: the beginning of a day, which is
        what datestamps tell apart. In Unix seconds; 0 where nothing came.
        """
        if self.begun is None:
            return 0
        return int(datetime.combine(day_of(self.begun), datetime.min.time(), UTC).timestamp())

    def after(self, days: Sequence[date | None], said: datetime, token: str | None, now: float) -> Place:
        """The place behind a page whose records have these ``days``; ``said`` is the server's moment."""
        known = [day for day in (self.reached, *days) if day is not None]
        ordered = self.ordered and None not in days and known == sorted(known)
        reached = known[-1] if ordered and known else None
        moved_on = reached is not None and any(day != reached for day in days)
        return replace(
            self,
            since=reached if reached is not None and moved_on else self.since,
            reached=reached,
            begun=min(int(said.timestamp()), self.begun or 2**62),
            token=None if moved_on else token,
            told=now,
            ordered=ordered,
        )

    def by_date(self) -> Place:
        """The place to go on from without the token, and later.

        Everything before ``reached`` is in the library as it was when this began; what has changed since
        then stands in the list on the days since then.
        """
        since = self.start
        if self.reached is not None and self.begun is not None:
            since = max(since, min(self.reached, day_of(self.begun) - OVERLAP))
        return Place(self.url, self.base, self.start, since, run=self.run)

    def resumed(self, run: str, now: float) -> Place:
        """The place from which another ``run`` goes on ``now``."""
        fresh = self.token is not None and 0 <= now - self.told <= _FRESH_SECONDS
        return replace(self if fresh else self.by_date(), run=run)


def first_place(url: str, as_of: int) -> Place:
    """Where to begin with a library that is as of this moment, in Unix seconds."""
    start = day_of(as_of) - OVERLAP
    return Place(url, as_of, start, start)


def to_note(place: Place) -> Mapping[str, object]:
    """The place as a small JSON object."""
    return {
        "url": place.url,
        "base": place.base,
        "start": place.start.isoformat(),
        "since": place.since.isoformat(),
        "reached": place.reached.isoformat() if place.reached else None,
        "begun": place.begun,
        "token": place.token,
        "told": place.told,
        "ordered": place.ordered,
        "run": place.run,
    }


def from_note(note: Mapping[str, object]) -> Place | None:
    """The place of a note; None where there is none, or none that can be read."""
    try:
        reached, begun, token = note["reached"], note["begun"], note["token"]
        return Place(
            url=str(note["url"]),
            base=int(str(note["base"])),
            start=date.fromisoformat(str(note["start"])),
            since=date.fromisoformat(str(note["since"])),
            reached=None if reached is None else date.fromisoformat(str(reached)),
            begun=None if begun is None else int(str(begun)),
            token=None if token is None else str(token),
            told=float(str(note["told"])),
            ordered=note["ordered"] is True,
            run=str(note["run"]),
        )
    except (KeyError, ValueError):
        return None
