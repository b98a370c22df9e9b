"""``littable.lock`` as a source: what arXiv said of a project's papers, kept beside its configuration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from littable.papers.arxiv_id import parse_bare
from littable.papers.lock import LOCK_NAME
from littable.papers.lock.line import LockedPaper, LockedTitle
from littable.papers.lock.lines import LockError, LockLines
from littable.papers.sources import (
    Candidates,
    Found,
    Lookup,
    Missing,
    TitleLookup,
    Unavailable,
    VersionKey,
    version_keys,
)
from littable.papers.title_key import title_key

_MOST_FAULTS_TOLD = 5
# arXiv gives an identifier out when a paper is submitted, and announces it days later.
_ANNOUNCED_WITHIN = timedelta(days=7)
_LONGEST_AGE = 365_000
_A_DAY = timedelta(days=1)
_NOT_THERE = Unavailable(f"not in {LOCK_NAME}")


class Lock:
    """The lock as a source, to be asked before all others, whatever its age.

    What it knows is final: a paper that it has, one that arXiv did not have, and the papers of a title that
    was looked up. ``resolve`` says that titles are searched for on arXiv; then the papers that a machine
    happened to know of a title are not all. Records that were asked for more than ``max_age`` days ago say
    as of when they are. ``notice`` is told which lines are ignored. It remembers
    nothing: only ``littable lock`` writes it.
    """

    name = LOCK_NAME

    def __init__(
        self,
        path: Path,
        *,
        resolve: bool = False,
        max_age: float = 7.0,
        notice: Callable[[str], None] = lambda _message: None,
        today: date | None = None,
        lines: LockLines | None = None,
    ) -> None:
        self._path = path
        self._resolve = resolve
        self._max_age = timedelta(days=min(max_age, _LONGEST_AGE))
        self._notice = notice
        self._today = today or datetime.now(UTC).date()
        self._lines = lines
        self._told = 0
        self._by_title: dict[str, list[str]] | None = None

    @property
    def lines(self) -> LockLines:
        """The lines of the file, read when first needed; none where it cannot be read."""
        if self._lines is None:
            try:
                self._lines = LockLines.of_file(self._path)
            except LockError as error:
                self._notice(f"{error}; working without it")
                self._lines = LockLines(b"")
        return self._lines

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The records as they were when arXiv was asked."""
        lookups = {identifier: self._lookup(self.lines.paper(identifier)) for identifier in ids}
        self._tell_faults()
        return lookups

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """The earlier versions that somebody's row was compared with, and the current ones."""
        lookups = {key: self._version(*key) for key in version_keys(wanted)}
        self._tell_faults()
        return lookups

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """The papers that have these titles, among those in the lock."""
        lookups: dict[str, TitleLookup] = {}
        for title in titles:
            key = title_key(title)
            final = self._final(key)
            ids = self._ids_by_title().get(key, []) if final is None else final.papers
            found = filter(None, map(self._current, ids))
            records = [lookup.record for lookup in found if title_key(lookup.record.title) == key]
            lookups[title] = Candidates(tuple(records)) if records else _NOT_THERE
        self._tell_faults()
        return lookups

    def searched(self, titles: Collection[str]) -> set[str]:
        """The titles that were looked up when the lock was written."""
        return {title for title in titles if self._final(title_key(title)) is not None}

    def remember(self, lookups: Mapping[str, Lookup]) -> None:
        """Nothing is kept."""

    def remember_versions(self, lookups: Mapping[VersionKey, Lookup]) -> None:
        """Nothing is kept."""

    def remember_titles(self, lookups: Mapping[str, TitleLookup]) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is open between questions."""

    def _lookup(self, paper: LockedPaper | None) -> Lookup:
        if paper is None:
            return _NOT_THERE
        if paper.record is None:
            return self._missing(paper)
        old = self._today - paper.asked > self._max_age
        return Found(replace(paper.record, as_of=paper.asked) if old else paper.record)

    def _missing(self, paper: LockedPaper) -> Lookup:
        """A paper that arXiv did not have may have come since, unless its month was over by then."""
        announced = paper.asked - _ANNOUNCED_WITHIN
        over = (announced.year, announced.month) > parse_bare(paper.id).submitted
        if (over or paper.asked >= self._today - _A_DAY) and paper.asked <= self._today + _A_DAY:
            return Missing()
        return Unavailable(f"arXiv did not have it on {paper.asked.isoformat()}, says {LOCK_NAME}")

    def _current(self, identifier: str) -> Found | None:
        lookup = self._lookup(self.lines.paper(identifier))
        return lookup if isinstance(lookup, Found) else None

    def _version(self, identifier: str, number: int) -> Lookup:
        paper = self.lines.paper(identifier)
        if paper is None or paper.record is None:
            return _NOT_THERE
        if paper.record.version == number:
            return Found(paper.record)
        if number not in paper.earlier:
            return _NOT_THERE
        record = paper.earlier[number]
        return Found(record) if record is not None else Missing()

    def _final(self, key: str) -> LockedTitle | None:
        """What the lock says about a title, where that is all that there is to say."""
        title = self.lines.title(key)
        if title is None or (self._resolve and title.asked is None):
            return None
        return title if all(self._current(identifier) for identifier in title.papers) else None

    def _ids_by_title(self) -> Mapping[str, list[str]]:
        if self._by_title is None:
            self._by_title = {}
            for identifier, title in dict(self.lines.titled()).items():
                self._by_title.setdefault(title_key(title), []).append(identifier)
        return self._by_title

    def _tell_faults(self) -> None:
        faults = self.lines.faults
        for fault in faults[self._told : _MOST_FAULTS_TOLD]:
            then = "" if fault.newer else ", `littable lock` puts it right"
            self._notice(f"{self._path}:{fault.line}: {fault.reason}; ignored{then}")
        more = len(faults) - max(self._told, _MOST_FAULTS_TOLD)
        if more > 0:
            self._notice(f"{self._path}: {more:,} more {'line is' if more == 1 else 'lines are'} ignored")
        self._told = len(faults)
