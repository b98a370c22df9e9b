"""What stands in the lock and what is to stand there: the old lines, the files and the answers together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from littable.cli.library import store_of
from littable.cli.lock_listing import Listed
from littable.cli.session import Opened
from littable.config import Settings
from littable.gather import Gatherer
from littable.papers.lock.line import LockedPaper, LockedTitle
from littable.papers.lock.lines import write_lines
from littable.papers.lock.renewal import Renewal
from littable.papers.lock.source import Lock
from littable.papers.sources import Cached, Found, Missing, PaperSource, Untitled
from littable.papers.store.days import StoreDays, store_days
from littable.rules._registry import all_rules


@dataclass(frozen=True, slots=True)
class Contents:
    """The papers and titles of a lock."""

    papers: dict[str, LockedPaper]
    titles: dict[str, LockedTitle]

    def data(self) -> bytes:
        """The file."""
        return write_lines(self.papers.values(), self.titles.values())

    @classmethod
    def of(cls, lock: Lock) -> Contents:
        """What the lines that can be used say."""
        return cls(lock.lines.papers(), lock.lines.titles())


def gather(renewal: Renewal, sources: PaperSource, settings: Settings, files: Sequence[Opened]) -> None:
    """Ask for everything that any rule may want to know of the files, as a check does."""
    library: PaperSource = Cached(renewal, sources)
    if settings.resolve is False:
        library = Untitled(library, "resolve is off")
    Gatherer(library).gather([file.document for file in files], all_rules())
    # A row's title may be that of several papers. Which one it is can be told only from all of them.
    candidates = renewal.candidates() - renewal.answered()
    if candidates:
        library.papers(sorted(candidates))


def new_contents(
    old: Contents, renewal: Renewal, settings: Settings, found: Listed, elsewhere: Listed | None
) -> Contents:
    """What is to stand in the lock.

    ``found`` is what the files have that were looked at, ``elsewhere`` what other files have; None where that
    is not known, and then nothing is dropped.
    """
    kept, kept_titles = set(old.papers), set(old.titles)
    if elsewhere is not None:
        kept, kept_titles = kept & elsewhere.papers.keys(), kept_titles & elsewhere.titles.keys()
    keys = kept_titles | (found.titles.keys() if settings.resolve is not False else set())
    days = _Days.of(settings, renewal, keys)
    titles = renewal.new_titles(keys, days.searches.get)
    ids = (
        found.papers.keys() | kept | {identifier for title in titles.values() for identifier in title.papers}
    )
    complete = elsewhere is not None and not elsewhere.papers
    papers = renewal.new_papers(ids, days.answered, complete=complete)
    whole = {key: title for key, title in titles.items() if _has_all(papers, title.papers)}
    return Contents(papers, whole)


def _has_all(papers: dict[str, LockedPaper], ids: Collection[str]) -> bool:
    return all(identifier in papers and papers[identifier].record is not None for identifier in ids)


class _Days:
    """On which day arXiv gave an answer: today, or when the store or a papers file was told."""

    def __init__(self, settings: Settings, today: date, stored: StoreDays) -> None:
        self._today = today
        self._stored = stored
        self._oldest = today - timedelta(days=min(settings.max_age, 10_000))
        self._files = {path.name: path for path in settings.papers}

    @classmethod
    def of(cls, settings: Settings, renewal: Renewal, keys: Collection[str]) -> _Days:
        """The days of everything that was answered."""
        path = store_of(settings)
        return cls(settings, renewal.today, store_days(path, renewal.answered(), keys))

    @property
    def searches(self) -> dict[str, date]:
        """When arXiv was searched for titles, by key."""
        return self._stored.searches

    def answered(self, identifier: str, answer: Found | Missing) -> date:
        """When arXiv said this of a paper."""
        if isinstance(answer, Missing):
            return min(self._stored.missing.get(identifier, self._today), self._today)
        origin = answer.record.origin
        if origin in self._files:
            return min(_changed(self._files[origin]), self._today)
        if origin == "arXiv":
            return self._today
        return min(self._stored.records.get(identifier, self._oldest), self._today)


def _changed(path: Path) -> date:
    """The day on which a file was last written."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
