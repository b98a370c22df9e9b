"""Who can be asked about papers, and what they can answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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

    def close(self) -> None:
        """Let go of files and connections; the source is not asked again."""


class Cache(PaperSource, Protocol):
    """A source that remembers what another one found."""

    def remember(self, lookups: Mapping[str, Lookup]) -> None:
        """Keep current records and missing papers; what was unavailable is not kept."""

    def remember_versions(self, lookups: Mapping[VersionKey, Lookup]) -> None:
        """Keep the records of single versions, and missing ones."""


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
        reasons = [first.reason, *(part for part in [second.reason] if part not in first.reason.split("; "))]
        return Unavailable("; ".join(reasons))
    if isinstance(second, Unavailable) or isinstance(first, Found):
        return first
    return second


class Offline:
    """The source that stands for arXiv when the network must not be used."""

    name = "arXiv"

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """Everything is unavailable."""
        return dict.fromkeys(ids, Unavailable("offline"))

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        """Everything is unavailable."""
        return dict.fromkeys(version_keys(wanted), Unavailable("offline"))

    def close(self) -> None:
        """Nothing is open."""


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
