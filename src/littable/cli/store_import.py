"""``littable store import``: arXiv's public snapshot becomes the library."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from littable.cli import options as opt

if TYPE_CHECKING:
    from littable.papers.library.importing import Imported

_BAD_LINES_SHOWN = 20
_INTERRUPTED = 130

Snapshot = Annotated[
    Path,
    typer.Argument(
        help="arXiv's snapshot: one JSON object a line, plain or packed with gzip, zip or zstd.",
        show_default=False,
    ),
]


def import_snapshot(
    snapshot: Snapshot,
    store: opt.Store = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
) -> None:
    """Make arXiv's public snapshot the library that papers are looked up in.

    The library that was there before is used until all is read. An import that was interrupted goes on where
    it stopped when the same command is given again. The exit code is 1 when lines could not be read; the
    other papers can be used.
    """
    from littable.cli.library import store_of
    from littable.cli.progress import Loading, on_terminal
    from littable.cli.run import Run
    from littable.papers.library.importing import import_snapshot as run_import

    run = Run({"store": str(store) if store else None}, config, isolated, quiet)
    path = store_of(run.settings_for(Path())).absolute()
    bad = _BadLines(snapshot)
    began = time.monotonic()
    size = snapshot.stat().st_size if snapshot.is_file() else 0
    try:
        with Loading("Importing", "lines", size, shown=on_terminal(quiet=quiet)) as line:
            done = run_import(
                path, snapshot, progress=lambda now: line.at(now.lines, now.read), bad_line=bad.tell
            )
    except KeyboardInterrupt:
        print_error("interrupted; the same command goes on from here")
        raise typer.Exit(_INTERRUPTED) from None
    run.notice(summary(done, time.monotonic() - began))
    raise typer.Exit(1 if done.bad else 0)


class _BadLines:
    """Names the first bad lines on standard error."""

    def __init__(self, snapshot: Path) -> None:
        self._snapshot = snapshot
        self._told = 0

    def tell(self, number: int, what: str) -> None:
        """Say what is wrong with a line, unless many have been named already."""
        self._told += 1
        if self._told <= _BAD_LINES_SHOWN:
            print_error(f"{self._snapshot}:{number}: {what}")
        elif self._told == _BAD_LINES_SHOWN + 1:
            print_error("further lines that cannot be read are only counted")


def print_error(message: str) -> None:
    """Print to standard error what may hold any characters of a file."""
    import sys

    from littable.reports._safe import shown

    print(shown(message), file=sys.stderr)


def summary(done: Imported, seconds: float) -> str:
    """What was imported, how fast, and what is not in it."""
    rate = f" ({done.lines / seconds:,.0f} lines a second)" if seconds >= 1 else ""
    resumed = f", from line {done.resumed + 1:,} on" if done.resumed else ""
    said = f"Imported {_count(done.papers, 'paper')} in {_span(seconds)}{rate}{resumed}; {_as_of(done)}."
    return " ".join([said, *_lacking(done)])


def _as_of(done: Imported) -> str:
    if done.as_of is None:
        return "the file does not say of when it is, so the papers count as old"
    return f"the library is as arXiv was on {done.as_of}"


def _lacking(done: Imported) -> Iterator[str]:
    if done.earlier == 1:
        yield "1 line with an earlier version was passed over; --papers reads it."
    elif done.earlier:
        yield f"{done.earlier:,} lines with earlier versions were passed over; --papers reads them."
    if done.bad:
        yield f"{_count(done.bad, 'line')} could not be read; all other papers can be used."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{max(seconds, 0.1):.1f} s"
    return f"{minutes} min {rest} s"
