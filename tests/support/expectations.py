"""Files whose papers were counted by hand, beside what littable reads in them.

Run as a program it prints what differs: ``python -m tests.support.expectations FILES EXPECTATIONS [NAME…]``.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from littable.document.dates import read_date
from littable.document.entry import Entry
from littable.document.model import Document
from littable.document.names import split_names
from littable.document.reading import read_document

FIELDS = ("title", "arxiv_id", "doi", "year", "authors", "has_abstract")


@dataclass
class Comparison:
    """One file. ``missed`` are parts of which less than nine in ten papers were read, or more than there
    are; ``taken`` are look-alikes and unnamed lines in which papers were read, ``wrong`` the fields of
    samples that differ.
    """

    expected: dict[str, Any]
    document: Document
    missed: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    samples: int = 0
    wrong_samples: int = 0
    stray_lines: list[int] = field(default_factory=list)

    @property
    def stray(self) -> int:
        """How many papers were read where there is none."""
        return len(self.stray_lines)

    @cached_property
    def entries(self) -> list[tuple[int, Entry]]:
        """The papers that littable reads, with their lines."""
        source = self.document.source
        starts = [0, *(at + 1 for at, character in enumerate(source) if character == "\n")]
        return [(bisect_right(starts, entry.span.start), entry) for entry in self.document.entries]

    def run(self) -> Comparison:
        """Compare."""
        self._compare_parts()
        self._compare_samples()
        return self

    def _compare_parts(self) -> None:
        claimed: set[int] = set()
        for part in self.expected["parts"]:
            inside = [
                line
                for line, entry in self.entries
                if part["line"] <= line <= part["end_line"]
                and str(entry.shape) == part["shape"]
                and not any(_is_other(other, line, part) for other in self.expected["others"])
            ]
            claimed.update(inside)
            found, wanted = len(inside), part["entries"]
            if not 0.9 * wanted <= found <= 1.1 * wanted:
                where = f"{part['shape']} in lines {part['line']}-{part['end_line']}"
                self.missed.append(f"{where}: {found} papers, not {wanted}")
        rest = [line for line, _ in self.entries if line not in claimed]
        self.stray_lines = rest
        self._name_taken(rest)

    def _name_taken(self, rest: Iterable[int]) -> None:
        others = sorted(self.expected["others"], key=lambda other: other["line"])
        starts = [other["line"] for other in others]
        by_other: dict[str, list[int]] = {}
        for line in rest:
            at = bisect_right(starts, line) - 1
            name = f"{others[at]['shape']} at {starts[at]} ({others[at]['what']})" if at >= 0 else "nothing"
            by_other.setdefault(name, []).append(line)
        self.taken += [f"{name}: lines {lines[:6]}" for name, lines in by_other.items()]

    def _compare_samples(self) -> None:
        at: dict[int, Entry] = {}
        for line, read in self.entries:
            at.setdefault(line, read)
        for sample in self.expected["samples"]:
            self.samples += 1
            entry: Entry | None = at.get(sample["line"])
            if entry is None:
                self.wrong.append(f"line {sample['line']}: no paper is read here ({sample['title']})")
                self.wrong_samples += 1
                continue
            differing = list(_differing(entry, sample))
            self.wrong += [f"line {sample['line']}: {text}" for text in differing]
            self.wrong_samples += bool(differing)


def _is_other(other: dict[str, Any], line: int, part: dict[str, Any]) -> bool:
    """Whether a look-alike that begins on the line of a paper stands inside a part."""
    return bool(other["line"] == line and part["line"] < line)


def fields_of(entry: Entry) -> dict[str, Any]:
    """What littable reads, as expectations name it."""
    date = read_date(entry.date.plain) if entry.date else None
    return {
        "title": entry.title.plain if entry.title else None,
        "arxiv_id": entry.arxiv_id,
        "doi": entry.doi,
        "year": date.year if date else None,
        "authors": list(split_names(entry.authors.plain)) if entry.authors else None,
        "has_abstract": entry.abstract is not None,
    }


def _differing(entry: Entry, sample: dict[str, Any]) -> Iterator[str]:
    read = fields_of(entry)
    for name in FIELDS:
        if name not in sample or _same(name, read[name], sample[name], sample):
            continue
        yield f"{name} is {read[name]!r}, not {sample[name]!r}"


def _same(name: str, read: Any, wanted: Any, sample: dict[str, Any]) -> bool:
    if name == "title":
        return _bare(read) == _bare(wanted)
    if name == "authors":
        return [_bare(one) for one in read or ()] == [_bare(one) for one in wanted or ()]
    if name == "doi":
        return (read or "").lower() == (wanted or "").lower() or (wanted is None and bool(sample["arxiv_id"]))
    if name == "year" and wanted is None:
        return True  # from a heading or the identifier it is no mistake
    return bool(read == wanted)


def _bare(text: str | None) -> str:
    return " ".join((text or "").split()).rstrip(" .:,").casefold()


def compare_file(expectation: Path, folders: Iterable[Path]) -> Comparison | None:
    """An expectation beside its file, which is in one of the folders; None where it is not."""
    expected = json.loads(expectation.read_text(encoding="utf-8"))
    names = (expected["file"], f"{expectation.stem}.md")
    file = next((at for folder in folders for name in names if (at := folder / name).exists()), None)
    if file is None:
        return None
    text = file.read_bytes().decode("utf-8-sig")
    return Comparison(expected, read_document(file.name, text)).run()


def compare(files: Path, expectations: Path, names: Iterable[str] = ()) -> Iterator[Comparison]:
    """Each expectation beside its file, where the file is there."""
    wanted = tuple(names)
    for path in sorted(expectations.glob("*.json")):
        if wanted and not any(name in path.stem for name in wanted):
            continue
        found = compare_file(path, [files])
        if found is not None:
            yield found


def main(files: str, expectations: str, *names: str) -> None:
    """Print what differs, and the measures over all files."""
    done = list(compare(Path(files), Path(expectations), names))
    for one in done:
        found, wanted = len(one.document.entries), one.expected["entries"]
        if one.missed or one.taken or one.wrong or found != wanted:
            print(f"{one.expected['file']}: {found} papers, expected {wanted}")
            for kind in ("missed", "taken", "wrong"):
                print("".join(f"  {kind}: {text}\n" for text in getattr(one, kind)), end="")
    parts = sum(len(one.expected["parts"]) for one in done)
    others = sum(len(one.expected["others"]) for one in done)
    print(f"files {len(done)}, exact {sum(not (o.missed or o.taken or o.wrong) for o in done)}")
    print(f"parts missed: {sum(len(one.missed) for one in done)} of {parts}")
    print(f"others taken: {sum(len(one.taken) for one in done)} of {others}")
    print(f"stray papers: {sum(one.stray for one in done)} of {sum(len(o.document.entries) for o in done)}")
    samples = sum(one.samples for one in done)
    print(f"samples wrong: {sum(one.wrong_samples for one in done)} of {samples}")


if __name__ == "__main__":
    main(*sys.argv[1:])
