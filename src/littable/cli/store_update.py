"""``littable store update``: bring the library to today."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from littable.cli import options as opt
from littable.errors import LittableError

if TYPE_CHECKING:
    from littable.cli.progress import Loading
    from littable.config import Settings
    from littable.papers.library.changes import Changes
    from littable.papers.library.updating import Updated
    from littable.papers.oai.harvest import Harvester, Waiting

_MOST_NAMED = 10
_INTERRUPTED = 130
_GOES_ON = "`littable store update` goes on from here"

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]


class _Display:
    """The line on the terminal, from what the harvester and the update tell."""

    def __init__(self, line: Loading) -> None:
        self._line = line
        self._records = 0
        self._note = ""

    def reached(self, records: int, day: date | None) -> None:
        """So many records were read, up to the changes of this day."""
        self._records = records
        self._note = f"up to {day.isoformat()}" if day else ""
        self._line.at(records, note=self._note)

    def waiting(self, for_what: str, seconds: float) -> None:
        """Something is waited for; 0 seconds where nobody knows how long."""
        self._line.at(self._records, note=self._note, waiting_for=for_what, seconds=seconds)


def update(
    store: opt.Store = None,
    max_wait: opt.MaxWait = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    quiet: Quiet = False,
) -> None:
    """Bring the library to today: ask arXiv, through OAI-PMH, for what has changed since.

    An update that was stopped goes on where it stopped.
    """
    from littable.cli.progress import on_terminal
    from littable.cli.run import Run, overrides_from

    run = Run(overrides_from({"store": store, "max_wait": max_wait}), config, isolated, quiet)
    try:
        updated = _update(run.settings_for(Path()), shown=on_terminal(quiet=quiet))
    except KeyboardInterrupt:
        print(f"interrupted; {_GOES_ON}", file=sys.stderr)
        raise typer.Exit(_INTERRUPTED) from None
    for line in _left_out(updated):
        _warn(line)
    run.notice(_summary(updated))


def _update(settings: Settings, *, shown: bool) -> Updated:
    """Raises LittableError."""
    from littable.cli.library import store_of
    from littable.cli.progress import Loading
    from littable.papers.library.updating import LibraryUpdate, NoLibrary
    from littable.papers.store.file import is_there, open_store

    file = store_of(settings).absolute()
    if not is_there(file):
        raise NoLibrary
    url = settings.arxiv_oai_url
    with open_store(file) as connection, Loading("Updating", "papers", shown=shown) as line:
        display = _Display(line)
        with _harvester(settings, file, display.waiting) as harvester:
            return LibraryUpdate(connection, harvester, url, progress=display.reached).run()


@contextmanager
def _harvester(settings: Settings, file: Path, waiting: Waiting) -> Iterator[Harvester]:
    from littable.papers.oai.client import OaiClient
    from littable.papers.oai.harvest import Harvester, HarvestStopped
    from littable.papers.store.pace import SharedPace

    url, delay = settings.arxiv_oai_url, settings.arxiv_delay
    pace = SharedPace(file, url, delay)
    with closing(OaiClient(url)) as client:
        try:
            yield Harvester(client, pace, url, delay=delay, max_wait=settings.max_wait, waiting=waiting)
        except HarvestStopped as stop:
            raise LittableError(f"{stop}; {_GOES_ON}") from None


def _warn(message: str) -> None:
    """Say on standard error, whatever ``--quiet``, what went wrong without stopping the update."""
    from littable.reports._safe import shown

    print(f"warning: {shown(message)}", file=sys.stderr)


def _left_out(updated: Updated) -> Iterator[str]:
    unreadable = updated.unreadable
    for item in unreadable[:_MOST_NAMED]:
        yield f"{item.id or 'a paper'} is left out of the library: its record cannot be read ({item.reason})"
    if len(unreadable) > _MOST_NAMED:
        yield f"and {len(unreadable) - _MOST_NAMED:,} more are left out"


def _summary(updated: Updated) -> str:
    changes = updated.changes
    done = "Updated " + _counted(changes.updated) + _details(changes)
    if not changes.updated and not changes.removed:
        done = "Nothing new"
    return f"{done}; the library is as arXiv was on {updated.day.isoformat()}."


def _details(changes: Changes) -> str:
    counts = {"new": changes.new, "withdrawn": changes.withdrawn, "removed": changes.removed}
    details = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    return f" ({details})" if details else ""


def _counted(count: int) -> str:
    return f"{count:,} paper{'' if count == 1 else 's'}"
