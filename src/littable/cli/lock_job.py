"""The lock brought up to date with the files, or checked against them, and what is said about it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from littable.cli.library import open_sources
from littable.cli.lock_check import problems
from littable.cli.lock_contents import Contents, gather, new_contents
from littable.cli.lock_listing import Listed, covers, listed, listed_elsewhere
from littable.cli.lock_report import complain, count_of, tell_changes
from littable.cli.run import Run
from littable.cli.session import Opened
from littable.config import Settings
from littable.fixing import write_whole
from littable.papers.lock.lines import LockError, LockLines
from littable.papers.lock.renewal import Due, Renewal
from littable.papers.lock.source import Lock
from littable.papers.sources import Offline, PaperSource

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Job:
    """What the command works on: the lock's place and lines, and the files that were read."""

    run: Run
    settings: Settings
    path: Path
    targets: Sequence[Path]
    files: Sequence[Opened]
    lines: LockLines
    upgrade: bool

    def due(self, found: Listed) -> Due:
        """What is to be asked for again."""
        return Due(datetime.now(UTC).date(), self.settings.max_age, self.upgrade, found.linked)

    def elsewhere(self) -> Listed | None:
        """What other files of the project have; None where that is not known."""
        if self.run.failures:
            return None
        if covers(self.targets, self.path.parent):
            return Listed()
        return listed_elsewhere(self.run, self.settings, self.files)


def check_lock(job: Job) -> int:
    """Say what ``littable lock`` would change, and give the exit code; nothing is asked and written."""
    from littable.reports._safe import shown

    found = listed(job.files)
    old, new, renewal = _renewed(job, found, Offline())
    told = list(problems(job.path, job.lines, (old, new), found, renewal, job.due(found)))
    for line in told if job.path.exists() else ():
        print(shown(line))
    if not told:
        # As after a merge. What the lock says is the same.
        order = "" if job.lines.is_written_as(new.data()) else ", with lines that stand twice or out of order"
        job.run.notice(f"{job.path} is up to date: {count_of(len(new.papers))}{order}.")
    elif job.path.exists():
        job.run.notice(f"{job.path} is not up to date; run `littable lock`{_or_upgrade(job, old, found)}.")
    else:
        print(shown(f"{job.path} is not there; run `littable lock`"))
    return 2 if job.run.failures else 1 if told else 0


def _or_upgrade(job: Job, old: Contents, found: Listed) -> str:
    due = job.due(found)
    aged = any(due.too_old(paper.asked) for paper in old.papers.values())
    return ", with --upgrade for what is too old" if aged else ""


def write_lock(job: Job) -> int:
    """Ask for what is lacking and due, write the lock where something has changed, and give the exit code."""
    _refuse_newer(job)
    found = listed(job.files)
    sources = open_sources(job.settings, job.run)
    try:
        old, new, renewal = _renewed(job, found, sources)
    finally:
        sources.close()
    _tell_faults(job)
    data = new.data()
    rewritten = not job.lines.is_written_as(data)
    if rewritten:
        _write(job.path, data)
    tell_changes(job.run, job.path, (old, new), found, rewritten=rewritten)
    complain(job.run, job.settings, old, renewal, found)
    return 2 if job.run.failures else 0


def _renewed(job: Job, found: Listed, sources: PaperSource) -> tuple[Contents, Contents, Renewal]:
    """What the lock has, what it is to have, and what was answered."""
    lock = Lock(job.path, resolve=bool(job.settings.resolve), lines=job.lines)
    old = Contents.of(lock)
    renewal = Renewal(lock, job.due(found))
    gather(renewal, sources, job.settings, job.files)
    return old, new_contents(old, renewal, job.settings, found, job.elsewhere()), renewal


def _refuse_newer(job: Job) -> None:
    """Raises LockError where a later littable wrote lines, which would be lost."""
    job.lines.papers(), job.lines.titles()  # now every line has been read
    for fault in job.lines.faults:
        if fault.newer:
            raise LockError(f"{job.path}:{fault.line}: {fault.reason}; update littable, nothing was written")


def _tell_faults(job: Job) -> None:
    for fault in job.lines.faults[:_MOST_NAMED]:
        job.run.notice(f"{job.path}:{fault.line}: {fault.reason}; it is left out")
    more = len(job.lines.faults) - _MOST_NAMED
    if more > 0:
        job.run.notice(f"{job.path}: {more:,} more {'line is' if more == 1 else 'lines are'} left out")


def _write(path: Path, data: bytes) -> None:
    """Write the lock whole or not at all. Raises LockError."""
    try:
        made = _made(path)
        try:
            write_whole(path, data)
        except BaseException:
            if made is not None:
                with suppress(OSError):
                    made.unlink()
            raise
    except OSError as error:
        raise LockError(f"{path}: cannot be written: {error.strerror or error}; it is as it was") from None


def _made(path: Path) -> Path | None:
    """The file, made now and empty until the whole lock takes its place; None where it is there."""
    target = Path(os.path.realpath(path))
    try:
        target.open("xb").close()
    except FileExistsError:
        return None
    return target
