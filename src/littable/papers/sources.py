"""Who can be asked about papers, and what they can answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeAlias, TypeVar

from littable.papers.record import PaperRecord


@dataclass(frozen=True, slots=True)
class Found:
    """The paper is known."""

    record: PaperRecord


@dataclass(frozen=True, slots=True)
class Missing:
    """arXiv was asked and has no such paper or version."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Nobody could say; ``reason`` is a clause for the user, such as "not in papers.jsonl; offline"."""

    reason: str


Lookup: TypeAlias = Found | Missing | Unavailable


@dataclass(frozen=True, slots=True)
class Candidates:
    """The papers whose titles have the same ``title_key`` as the one asked for, each once.

    They may still be other papers with the same title. There are none only where arXiv itself was asked.
    """

    records: tuple[PaperRecord, ...]


TitleLookup: TypeAlias = Candidates | Unavailable

# A version of a paper: its bare identifier and the number, from 1.
VersionKey: TypeAlias = tuple[str, int]

Key = TypeVar("Key", str, VersionKey)


class PaperSource(Protocol):
    """Whatever can look papers up.

    Identifiers are canonical and without version. The answer has every identifier that was asked for. Only
    a source that has asked arXiv itself says Missing.
    """

    @property
    def name(self) -> str:
        """How messages name the source."""

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The current records."""

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """The records of single versions, which may be the current one."""

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """The papers that have these titles, which may be given in TeX, Unicode or plain words.

        The answer has every title that was asked for, as it was given. A source that does not have a paper
        of that title is Unavailable, unless it has asked arXiv itself.
        """

    def close(self) -> None:
        """Let go of files and connections; the source is not asked again."""


class Cache(PaperSource, Protocol):
    """A source that remembers what another one found."""

    def remember(self, lookups: Mapping[str, Lookup]) -> None:
        """Keep current records and missing papers; what was unavailable is not kept."""

    def remember_versions(self, lookups: Mapping[VersionKey, Lookup]) -> None:
        """Keep the records of single versions, and missing ones."""

    def remember_titles(self, lookups: Mapping[str, TitleLookup]) -> None:
        """Keep the records found by title, and that these titles were searched for."""

    def searched(self, titles: Collection[str]) -> set[str]:
        """The titles that need not be searched for again: all papers that have them are in the cache."""


def version_keys(wanted: Mapping[str, Collection[int]]) -> list[VersionKey]:
    """The versions asked for, each once."""
    return [
        (identifier, version)
        for identifier, versions in wanted.items()
        for version in dict.fromkeys(versions)
    ]


def group_versions(keys: Collection[VersionKey]) -> dict[str, list[int]]:
    """What to ask a source for, to get these versions."""
    wanted: dict[str, list[int]] = {}
    for identifier, version in keys:
        wanted.setdefault(identifier, []).append(version)
    return wanted


def combine(first: Lookup, second: Lookup) -> Lookup:
    """What two sources say together: found beats missing, missing beats unavailable, reasons add up."""
    if isinstance(first, Unavailable) and isinstance(second, Unavailable):
        return _both(first, second)
    if isinstance(second, Unavailable) or isinstance(first, Found):
        return first
    return second


def combine_titles(first: TitleLookup, second: TitleLookup) -> TitleLookup:
    """What two sources say together: the papers of both, those that both have as the first has them."""
    if isinstance(first, Unavailable) and isinstance(second, Unavailable):
        return _both(first, second)
    if isinstance(first, Unavailable) or isinstance(second, Unavailable):
        return second if isinstance(first, Unavailable) else first
    records = {record.id: record for record in first.records}
    for record in second.records:
        records.setdefault(record.id, record)
    return Candidates(tuple(records.values()))


@lru_cache(maxsize=256)  # of ten thousand papers most are unavailable for one reason
def _both(first: Unavailable, second: Unavailable) -> Unavailable:
    return Unavailable(_reasons(first, second))


def _reasons(first: Unavailable, second: Unavailable) -> str:
    known = first.reason.split("; ")
    return "; ".join([first.reason, *(part for part in [second.reason] if part not in known)])


class Offline:
    """Stands for arXiv when the network must not be used, or for others that are not there."""

    def __init__(self, name: str = "arXiv", reason: str = "offline") -> None:
        self._name = name
        self._nothing = Unavailable(reason)

    @property
    def name(self) -> str:
        """Whom it stands for."""
        return self._name

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """Everything is unavailable."""
        return dict.fromkeys(ids, self._nothing)

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """Everything is unavailable."""
        return dict.fromkeys(version_keys(wanted), self._nothing)

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """Everything is unavailable."""
        return dict.fromkeys(titles, self._nothing)

    def close(self) -> None:
        """Nothing is open."""


class Untitled:
    """A source that is not to be searched by title; ``reason`` is what it says instead."""

    def __init__(self, source: PaperSource, reason: str) -> None:
        self._source = source
        self._reason = reason

    @property
    def name(self) -> str:
        """The source's name."""
        return self._source.name

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """What the source says."""
        return self._source.papers(ids)

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """What the source says."""
        return self._source.versions(wanted)

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """Everything is unavailable, and the source is not asked."""
        return dict.fromkeys(titles, Unavailable(self._reason))

    def close(self) -> None:
        """Close the source."""
        self._source.close()


class Chain:
    """Asks each source in turn for what those before it did not find."""

    def __init__(self, sources: Sequence[PaperSource]) -> None:
        self._sources = tuple(sources)

    @property
    def name(self) -> str:
        """The names of the sources, in their order."""
        return ", ".join(source.name for source in self._sources)

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The current records, each from the first source that has it."""
        lookups: dict[str, Lookup] = {}
        for source in self._sources:
            asked = _not_found(dict.fromkeys(ids), lookups)
            if asked:
                _add(lookups, source.papers(asked))
        return _complete(dict.fromkeys(ids), lookups)

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """The records of single versions, each from the first source that has it."""
        keys = dict.fromkeys(version_keys(wanted))
        lookups: dict[VersionKey, Lookup] = {}
        for source in self._sources:
            asked = _not_found(keys, lookups)
            if asked:
                _add(lookups, source.versions(group_versions(asked)))
        return _complete(keys, lookups)

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """The papers of every source: one that knows a paper of a title may not know another of the same."""
        wanted = list(dict.fromkeys(titles))
        lookups: dict[str, TitleLookup] = {}
        for source in self._sources if wanted else ():
            for title, lookup in source.by_title(wanted).items():
                known = lookups.get(title)
                lookups[title] = lookup if known is None else combine_titles(known, lookup)
        return {title: lookups.get(title, Unavailable("no source of papers")) for title in wanted}

    def close(self) -> None:
        """Close every source."""
        for source in self._sources:
            source.close()


class Cached:
    """Asks the cache first, the source for what the cache cannot say, and keeps the answers."""

    def __init__(self, cache: Cache, source: PaperSource) -> None:
        self._cache = cache
        self._source = source

    @property
    def name(self) -> str:
        """The source's name."""
        return self._source.name

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The current records; a paper that the cache knows to be missing is not asked for again."""
        lookups = self._cache.papers(ids)
        asked = [key for key, lookup in lookups.items() if isinstance(lookup, Unavailable)]
        if asked:
            answers = self._source.papers(asked)
            self._cache.remember(answers)
            _add(lookups, answers)
        return lookups

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """The records of single versions; one that the cache knows to be missing is not asked for again."""
        lookups = self._cache.versions(wanted)
        asked = [key for key, lookup in lookups.items() if isinstance(lookup, Unavailable)]
        if asked:
            answers = self._source.versions(group_versions(asked))
            self._cache.remember_versions(answers)
            _add(lookups, answers)
        return lookups

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        """The papers that have these titles; what was searched for lately is not searched for again."""
        lookups = self._cache.by_title(titles)
        done = self._cache.searched(titles)
        for title in done:
            lookups[title] = combine_titles(lookups[title], Candidates(()))
        asked = [title for title in lookups if title not in done]
        if asked:
            answers = self._source.by_title(asked)
            self._cache.remember_titles(answers)
            for title, answer in answers.items():
                lookups[title] = combine_titles(lookups[title], answer)
        return lookups

    def close(self) -> None:
        """Close the source and the cache."""
        self._source.close()
        self._cache.close()


def _not_found(keys: Collection[Key], lookups: Mapping[Key, Lookup]) -> list[Key]:
    return [key for key in keys if not isinstance(lookups.get(key), Found)]


def _add(lookups: dict[Key, Lookup], answers: Mapping[Key, Lookup]) -> None:
    for key, answer in answers.items():
        known = lookups.get(key)
        lookups[key] = answer if known is None else combine(known, answer)


def _complete(keys: Collection[Key], lookups: Mapping[Key, Lookup]) -> dict[Key, Lookup]:
    return {key: lookups.get(key, Unavailable("no source of papers")) for key in keys}
