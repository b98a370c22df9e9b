from __future__ import annotations

from collections.abc import Collection, Mapping

from littable.papers.record import PaperRecord
from littable.papers.sources import (
    Cached,
    Candidates,
    Chain,
    Found,
    Lookup,
    Missing,
    Offline,
    TitleLookup,
    Unavailable,
    Untitled,
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
        self.titles: dict[str, TitleLookup] = {}
        self.kept_titles: dict[str, TitleLookup] = {}
        self.done: set[str] = set()
        self.closed = False

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        self.asked.append(list(ids))
        return {key: self.answers.get(key, Unavailable(f"not in {self.name}")) for key in ids}

    def versions(self, wanted: Mapping[str, Collection[int]]) -> dict[VersionKey, Lookup]:
        self.asked.append([f"{key}v{version}" for key, version in version_keys(wanted)])
        return {
            key: self.answers.get(key[0], Unavailable(f"not in {self.name}")) for key in version_keys(wanted)
        }

    def by_title(self, titles: Collection[str]) -> dict[str, TitleLookup]:
        self.asked.append(list(titles))
        return {title: self.titles.get(title, Unavailable(f"not in {self.name}")) for title in titles}

    def searched(self, titles: Collection[str]) -> set[str]:
        return self.done & set(titles)

    def remember_titles(self, lookups: Mapping[str, TitleLookup]) -> None:
        self.kept_titles |= lookups

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
    assert Chain([]).by_title(["a"]) == {"a": Unavailable("no source of papers")}


def test_papers_of_a_title_are_taken_from_every_source() -> None:
    first, second = Fixed("first"), Fixed("second")
    first.titles = {"T": Candidates((record("a", origin="first"),))}
    second.titles = {"T": Candidates((record("a", origin="second"), record("b"))), "U": Candidates(())}
    lookups = Chain([first, second, Offline()]).by_title(["T", "U", "V", "T"])
    assert lookups == {
        "T": Candidates((record("a", origin="first"), record("b"))),
        "U": Candidates(()),
        "V": Unavailable("not in first; not in second; offline"),
    }
    assert (first.asked, second.asked) == ([["T", "U", "V"]], [["T", "U", "V"]])


def test_a_title_that_was_searched_for_is_not_searched_for_again() -> None:
    cache, source = Fixed("cache"), Fixed("source")
    cache.titles = {"T": Candidates((record("a"),)), "U": Candidates((record("b"),))}
    cache.done = {"T", "Nobody's"}
    source.titles = {"U": Candidates((record("b", version=2), record("c")))}
    assert Cached(cache, source).by_title(["T", "U", "V", "Nobody's"]) == {
        "T": Candidates((record("a"),)),
        "Nobody's": Candidates(()),
        "U": Candidates((record("b"), record("c"))),
        "V": Unavailable("not in cache; not in source"),
    }
    assert source.asked == [["U", "V"]]
    assert cache.kept_titles["U"] == source.titles["U"]


def test_a_source_that_is_not_to_be_searched_by_title_still_answers_all_else() -> None:
    source = Fixed("source", a=A)
    quiet = Untitled(source, "resolve is off")
    assert quiet.by_title(["T"]) == {"T": Unavailable("resolve is off")}
    assert source.asked == []
    assert quiet.papers(["a"]) == {"a": A}
    assert quiet.versions({"a": [1]}) == {("a", 1): A}
    assert quiet.name == "source"
    quiet.close()
    assert source.closed


def test_nothing_is_asked_when_nothing_is_wanted() -> None:
    source = Fixed("first")
    assert Chain([source]).papers([]) == {}
    assert Chain([source]).by_title([]) == {}
    assert Cached(Fixed("cache"), source).by_title([]) == {}
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
