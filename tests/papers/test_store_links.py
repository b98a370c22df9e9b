from __future__ import annotations

from pathlib import Path

from littable.papers.store.access import CacheFile
from littable.papers.store.links import LinkMemory

DAY = 24 * 60 * 60


def _memory(path: Path, now: float) -> LinkMemory:
    return LinkMemory(CacheFile(path), lambda: now)


def test_what_is_kept_is_recalled_with_its_age(tmp_path: Path) -> None:
    path = tmp_path / "papers.sqlite"
    memory = _memory(path, 1_000_000)
    assert memory.recall(["https://a.example/"]) == {}
    memory.keep({"https://a.example/": "one", "https://b.example/": "two"})
    memory.close()
    later = _memory(path, 1_000_000 + DAY)
    assert later.recall(["https://a.example/", "https://c.example/"]) == {"https://a.example/": ("one", DAY)}
    later.keep({"https://a.example/": "three"})
    assert later.recall(["https://a.example/"]) == {"https://a.example/": ("three", 0)}
    later.close()


def test_what_was_kept_in_the_future_is_not_recalled(tmp_path: Path) -> None:
    path = tmp_path / "papers.sqlite"
    memory = _memory(path, 1_000_000)
    memory.keep({"https://a.example/": "one"})
    memory.close()
    earlier = _memory(path, 1_000_000 - DAY)
    assert earlier.recall(["https://a.example/"]) == {}
    earlier.close()


def test_a_file_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("# Papers\n" * 200)
    notices: list[str] = []
    memory = LinkMemory(CacheFile(path, notices.append))
    memory.keep({"https://a.example/": "one"})
    assert memory.recall(["https://a.example/"]) == {}
    assert len(notices) == 1
    assert path.read_text() == "# Papers\n" * 200
