"""``littable lock --check``: what ``littable lock`` would change, with a row for everything that it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from littable.cli.lock_contents import Contents
from littable.cli.lock_listing import Listed
from littable.papers.lock.lines import LockLines
from littable.papers.lock.renewal import Due, Renewal


def problems(
    path: Path,
    lines: LockLines,
    contents: tuple[Contents, Contents],
    found: Listed,
    renewal: Renewal,
    due: Due,
) -> Iterator[str]:
    """One line of text for each, those of the files first.

    ``contents`` are what the lock has and what it would have. What is said comes from the lock alone.
    """
    old, new = contents
    yield from _of_rows(path, old, found, renewal, due)
    yield from _of_lines(path, lines, old, new)


def _of_rows(path: Path, old: Contents, found: Listed, renewal: Renewal, due: Due) -> Iterator[str]:
    lacking = set(renewal.lacks_versions())
    for identifier in dict.fromkeys([*found.papers, *sorted(renewal.candidates())]):
        # A paper that only a title leads to stands in no row by its identifier.
        place = found.papers.get(identifier, str(path))
        paper = old.papers.get(identifier)
        if paper is None:
            yield f"{place}: {identifier} is not in {path.name}"
        elif due.too_old(paper.asked):
            yield f"{place}: {identifier} was asked for on {paper.asked.isoformat()}{_ago(due.age(paper))}"
        elif identifier in lacking:
            yield f"{place}: {identifier} differs, and its earlier versions are not in {path.name}"


def _ago(days: int) -> str:
    return f", {days} days ago" if days > 0 else ", a day to come"


def _of_lines(path: Path, lines: LockLines, old: Contents, new: Contents) -> Iterator[str]:
    told = [(fault.line, fault.reason) for fault in lines.faults]
    gone = [paper for key, paper in old.papers.items() if key not in new.papers]
    told += [(lines.line_of(paper), f"{paper.id} is in no file any more") for paper in gone]
    titles = [title for key, title in old.titles.items() if key not in new.titles]
    told += [(lines.line_of(title), "the title is in no file any more") for title in titles]
    yield from (f"{path}:{line}: {reason}" for line, reason in sorted(told))
