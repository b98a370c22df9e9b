"""What ``littable lock`` keeps of a lock, what it asks for again, and what becomes of both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from littable.papers.arxiv_id import ArxivId
from littable.papers.lock import LOCK_NAME
from littable.papers.lock.line import LockedPaper, LockedTitle
from littable.papers.lock.source import Lock
from littable.papers.record import PaperRecord
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

DayOf = Callable[[str, Found | Missing], date]
"""The day on which arXiv gave an answer about a paper."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is asked for again.

    Without ``upgrade`` only what the lock cannot say, and a paper of which a row links a version that the
    lock does not know (``linked`` has the highest). With it, records and searches older than ``max_age``
    days, papers that arXiv did not have a day ago, and whatever a wrong clock has put into the future.
    """

    today: date
    max_age: float
    upgrade: bool
    linked: Mapping[str, int] = field(default_factory=dict)

    def paper(self, paper: LockedPaper) -> bool:
        """Whether a paper is asked for again."""
        version = paper.record.version if paper.record is not None else None
        if version is not None and self.linked.get(paper.id, 0) > version and self.age(paper) >= 1:
            return True
        return self.upgrade and (self.too_old(paper.asked) or (paper.record is None and self.age(paper) >= 1))

    def title(self, title: LockedTitle) -> bool:
        """Whether a title is looked up again."""
        return self.upgrade and (title.asked is None or self.too_old(title.asked))

    def too_old(self, asked: date) -> bool:
        """Whether an answer of that day is older than allowed, or of a day to come."""
        return not -1 <= (self.today - asked).days <= self.max_age

    def age(self, paper: LockedPaper) -> int:
        """How many days ago arXiv was asked for a paper."""
        return (self.today - paper.asked).days


class Renewal:
    """Stands before the sources as a cache: gives what the lock has and is not due, and keeps the answers."""

    name = LOCK_NAME

    def __init__(self, lock: Lock, due: Due) -> None:
        self._lock = lock
        self._due = due
        self._answers: dict[str, Lookup] = {}
        self._versions: dict[VersionKey, Lookup] = {}
        self._titles: dict[str, tuple[str, TitleLookup]] = {}
        self._wanted: dict[str, set[int]] = {}
        self._keys: set[str] = set()

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The records in the lock that are not due."""
        lookups = self._lock.papers(ids)
        for identifier in lookups:
            locked = self._lock.lines.paper(identifier)
            if locked is not None and self._due.paper(locked):
                lookups[identifier] = Unavailable("to be asked for again")
        return lookups

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """The versions in the lock; one that was current when it was written is an earlier one now."""
        for identifier, number in version_keys(wanted):
            self._wanted.setdefault(identifier, set()).add(number)
        return self._lock.versions(wanted)

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """The papers of the titles that are not due."""
        lookups = self._lock.by_title(titles)
        done = self.searched(titles)
        nowhere = Unavailable(f"not in {LOCK_NAME}")
        return {title: lookup if title in done else nowhere for title, lookup in lookups.items()}

    def searched(self, titles: Collection[str]) -> set[str]:
        """The titles that need not be looked up again."""
        self._keys.update(map(title_key, titles))
        final = self._lock.searched(titles)
        return {title for title in final if not self._is_due(title_key(title))}

    def _is_due(self, key: str) -> bool:
        title = self._lock.lines.title(key)
        return title is None or self._due.title(title)

    def remember(self, lookups: Mapping[str, Lookup]) -> None:
        """Keep what the sources said, and what they could not say."""
        self._answers.update(lookups)

    def remember_versions(self, lookups: Mapping[VersionKey, Lookup]) -> None:
        """Keep what the sources said of earlier versions."""
        self._versions.update(lookups)

    def remember_titles(self, lookups: Mapping[str, TitleLookup]) -> None:
        """Keep what the sources said of titles."""
        self._titles.update({title_key(title): (title, lookup) for title, lookup in lookups.items()})

    def close(self) -> None:
        """Nothing is open."""

    @property
    def today(self) -> date:
        """The day on which is asked."""
        return self._due.today

    def answered(self) -> set[str]:
        """The papers that sources were asked for."""
        return set(self._answers)

    def candidates(self) -> set[str]:
        """The papers that have a title which was looked up, now or when the lock was written."""
        found = (lookup.records for _, lookup in self._titles.values() if isinstance(lookup, Candidates))
        locked = filter(None, map(self._lock.lines.title, self._keys))
        return {record.id for records in found for record in records} | {
            identifier for title in locked for identifier in title.papers
        }

    def unavailable(self) -> dict[ArxivId, str]:
        """The papers and earlier versions that nobody could be asked about, and why."""
        lookups: dict[ArxivId, Lookup] = {ArxivId(key): lookup for key, lookup in self._answers.items()}
        lookups |= {ArxivId(*key): lookup for key, lookup in self._versions.items()}
        return {key: lookup.reason for key, lookup in lookups.items() if isinstance(lookup, Unavailable)}

    def unavailable_titles(self) -> dict[str, str]:
        """The titles, as rows have them, that nobody could look up, and why."""
        found = self._titles.values()
        return {title: lookup.reason for title, lookup in found if isinstance(lookup, Unavailable)}

    def lacks_versions(self) -> list[str]:
        """The papers whose rows differ and of which earlier versions are not in the lock."""
        lookups = self._lock.versions(self._wanted)
        return list(dict.fromkeys(key[0] for key, lookup in lookups.items() if _is_unavailable(lookup)))

    def new_titles(
        self, keys: Iterable[str], searched_on: Callable[[str], date | None]
    ) -> dict[str, LockedTitle]:
        """The titles that the new lock has, of those that are in the files."""
        titles = ((key, self._new_title(key, searched_on(key))) for key in keys)
        return {key: title for key, title in titles if title is not None}

    def _new_title(self, key: str, searched: date | None) -> LockedTitle | None:
        old = self._lock.lines.title(key)
        _, lookup = self._titles.get(key, ("", None))
        if not isinstance(lookup, Candidates):
            return old
        if searched is None and not lookup.records:
            searched = self._due.today  # only arXiv can say that there is none
        if old is not None and old.asked is not None and (searched is None or searched < old.asked):
            return old
        return LockedTitle(key, tuple(sorted(record.id for record in lookup.records)), searched)

    def new_papers(self, ids: Iterable[str], day_of: DayOf, *, complete: bool) -> dict[str, LockedPaper]:
        """The papers that the new lock has, of those that are in the files.

        Not ``complete`` means that rows of other files, which were not looked at, may want what the lock has.
        """
        papers = ((key, self._new_paper(key, day_of, complete=complete)) for key in ids)
        return {key: paper for key, paper in papers if paper is not None}

    def _new_paper(self, identifier: str, day_of: DayOf, *, complete: bool) -> LockedPaper | None:
        old = self._lock.lines.paper(identifier)
        answer = self._answers.get(identifier)
        if (
            answer is None
            or isinstance(answer, Unavailable)
            or (old is not None and day_of(identifier, answer) < old.asked <= self._due.today)
        ):
            return old and replace(old, earlier={**old.earlier, **self._fresh_versions(old)})
        record = _known({0: answer})[0]
        new = LockedPaper(identifier, day_of(identifier, answer), record)
        kept = dict(old.earlier) if old is not None and not complete else {}
        earlier = kept | self._wanted_versions(identifier)
        return replace(new, earlier=_without_current(earlier, new) if record is not None else {})

    def _fresh_versions(self, old: LockedPaper) -> dict[int, PaperRecord | None]:
        known = {number for key, number in self._versions if key == old.id}
        earlier = {number: self._versions[old.id, number] for number in known}
        return _without_current(_known(earlier), old)

    def _wanted_versions(self, identifier: str) -> dict[int, PaperRecord | None]:
        """What is known of the versions that a row is to be compared with, newly or from the old lock."""
        numbers = self._wanted.get(identifier, set())
        known = {key[1]: lookup for key, lookup in self._lock.versions({identifier: numbers}).items()}
        newly = {number: self._versions.get((identifier, number)) for number in numbers}
        return _known(known) | _known({key: lookup for key, lookup in newly.items() if lookup is not None})


def _known(lookups: Mapping[int, Lookup]) -> dict[int, PaperRecord | None]:
    """The records as they stand in a lock, None for what arXiv does not have."""
    return {
        number: replace(lookup.record, origin=LOCK_NAME, as_of=None) if isinstance(lookup, Found) else None
        for number, lookup in lookups.items()
        if not isinstance(lookup, Unavailable)
    }


def _without_current(
    earlier: Mapping[int, PaperRecord | None], paper: LockedPaper
) -> dict[int, PaperRecord | None]:
    current = paper.record.version if paper.record is not None else None
    return {number: record for number, record in earlier.items() if number != current}


def _is_unavailable(lookup: Lookup) -> bool:
    return isinstance(lookup, Unavailable)


def change(old: LockedPaper, new: LockedPaper) -> str | None:
    """What arXiv says differently of a paper, as in "v2 → v7"; None where it says the same."""
    if old.record is None or new.record is None:
        states = [paper.record is not None for paper in (old, new)]
        return (
            None if states[0] == states[1] else ("arXiv has it now" if states[1] else "arXiv has it no more")
        )
    if old.record.version != new.record.version:
        return f"{_named(old.record)} → {_named(new.record)}"
    differing = _differing(old.record, new.record)
    return f"{', '.join(differing)} changed" if differing else None


def _named(record: PaperRecord) -> str:
    return f"v{record.version}" if record.version else "no version"


def _differing(old: PaperRecord, new: PaperRecord) -> Sequence[str]:
    shown = {
        "title": old.title != new.title,
        "authors": old.authors != new.authors,
        "abstract": old.abstract != new.abstract,
        "comment": old.comment != new.comment,
        "DOI": old.doi != new.doi,
        "journal reference": old.journal_ref != new.journal_ref,
        "withdrawal": old.withdrawn != new.withdrawn,
        "dates": (old.published, old.updated, old.version_dates)
        != (new.published, new.updated, new.version_dates),
    }
    return [name for name, differs in shown.items() if differs]
