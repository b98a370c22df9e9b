from __future__ import annotations

from collections.abc import Collection, Mapping

from littable.papers.record import PaperRecord
from littable.papers.sources import (
    Cached,
    Chain,
    Found,
    Lookup,
    Missing,
    Offline,
    Unavailable,
    VersionKey,
    version_keys,
)


def record(identifier: str, version: int = 1, origin: str = "test") -> PaperRecord:
    return PaperRecord(identifier, version, "T", (), "A", None, None, None, None, None, False, origin)


class Fixed:
    """A source with answers made up beforehand; it writes down what it is asked."""

    def __init__(self, name: str, **answers: Lookup) -> None:
        self.name = name
        self.answers = answers
        self.asked: list[list[str]] = []
        self.kept: dict[str, Lookup] = {}
        self.kept_versions: dict[VersionKey, Lookup] = {}
        self.closed = False

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        self.asked.append(list(ids))
        return {key: self.answers.get(key, Unavailable(f"not in {self.name}")) for key in ids}

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        self.asked.append([f"{key}v{version}" for key, version in version_keys(wanted)])
        return {
            key: self.answers.get(key[0], Unavailable(f"not in {self.name}")) for key in version_keys(wanted)
        }

    def remember(self, lookups: Mapping[str, Lookup]) -> None:
        self.kept |= lookups

    def remember_versions(self, lookups: Mapping[VersionKey, Lookup]) -> None:
        self.kept_versions |= lookups

    def close(self) -> None:
        self.closed = True


A, B, C, D = (Found(record(name)) for name in "abcd")


def test_each_source_is_asked_for_what_those_before_it_did_not_find() -> None:
    first = Fixed("first", a=A)
    second = Fixed("second", b=B, c=Missing())
    third = Fixed("third", c=C)
    chain = Chain([first, second, third])
    assert chain.papers(["a", "b", "c", "d", "a"]) == {
        "a": A,
        "b": B,
        "c": C,
        "d": Unavailable("not in first; not in second; not in third"),
    }
    assert (first.asked, second.asked, third.asked) == (
        [["a", "b", "c", "d"]],
        [["b", "c", "d"]],
        [["c", "d"]],
    )
    assert chain.name == "first, second, third"


def test_missing_stands_when_the_others_do_not_know() -> None:
    chain = Chain([Fixed("first"), Fixed("second", a=Missing()), Offline()])
    assert chain.papers(["a"]) == {"a": Missing()}


def test_reasons_are_not_repeated() -> None:
    chain = Chain([Fixed("papers.jsonl"), Offline(), Offline()])
    assert chain.papers(["a"]) == {"a": Unavailable("not in papers.jsonl; offline")}
    assert chain.versions({"a": [1]}) == {("a", 1): Unavailable("not in papers.jsonl; offline")}


def test_versions_go_through_the_chain_too() -> None:
    first, second = Fixed("first", a=A), Fixed("second", b=B)
    assert Chain([first, second]).versions({"a": [1], "b": [1, 2]}) == {("a", 1): A, ("b", 1): B, ("b", 2): B}
    assert second.asked == [["bv1", "bv2"]]


def test_an_empty_chain_answers_every_question() -> None:
    assert Chain([]).papers(["a"]) == {"a": Unavailable("no source of papers")}


def test_nothing_is_asked_when_nothing_is_wanted() -> None:
    source = Fixed("first")
    assert Chain([source]).papers([]) == {}
    assert Cached(Fixed("cache"), source).papers([]) == {}
    assert source.asked == []


def test_the_source_is_asked_for_what_the_cache_cannot_say() -> None:
    cache, source = Fixed("cache", a=A, b=Missing()), Fixed("source", c=C)
    cached = Cached(cache, source)
    assert cached.papers(["a", "b", "c", "d"]) == {
        "a": A,
        "b": Missing(),
        "c": C,
        "d": Unavailable("not in cache; not in source"),
    }
    assert source.asked == [["c", "d"]]
    assert cache.kept["c"] == C
    assert cached.versions({"c": [2]}) == {("c", 2): C}
    assert cache.kept_versions == {("c", 2): C}
    Chain([cached]).close()
    assert cache.closed
    assert source.closed
