"""``littable store``: the file that remembers what was looked up, and the library in it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from littable.cli import options as opt
from littable.cli.store_import import import_snapshot
from littable.cli.store_update import update

if TYPE_CHECKING:
    from collections.abc import Iterator

    from littable.papers.store.upkeep import Holdings

group = typer.Typer(
    name="store",
    help="Look after the file that remembers what was looked up, and the library in it.",
    no_args_is_help=True,
)


group.command("import")(import_snapshot)
group.command("update")(update)


class InfoFormat(StrEnum):
    """How the store's contents are printed."""

    text = "text"
    json = "json"


KeepLibrary = Annotated[bool, typer.Option("--keep-library", help="Keep what was imported.")]


def store_path(store: Path | None, config: Path | None, isolated: bool) -> Path:
    """The file that the options and settings name."""
    from littable.cli.library import store_of
    from littable.cli.run import Run

    overrides = {"store": str(store) if store else None}
    return store_of(Run(overrides, config, isolated).settings_for(Path())).absolute()


@group.command("path")
def path(store: opt.Store = None, config: opt.Config = None, isolated: opt.Isolated = False) -> None:
    """Print where the store is."""
    typer.echo(store_path(store, config, isolated))


@group.command("info")
def info(
    format: Annotated[InfoFormat, typer.Option(help="How to print.")] = InfoFormat.text,
    store: opt.Store = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
) -> None:
    """Show what is in the store."""
    from littable.papers.store.file import is_there, open_store
    from littable.papers.store.upkeep import holdings

    file = store_path(store, config, isolated)
    if not is_there(file):
        typer.echo(f"There is no store at {file} yet.", err=format is InfoFormat.json)
        if format is InfoFormat.json:
            typer.echo("null")
        return
    with open_store(file) as connection:
        held = holdings(connection)
    if format is InfoFormat.json:
        typer.echo(_as_json(file, held))
        return
    for line in _as_text(file, held):
        typer.echo(line)


@group.command("clear")
def clear(
    keep_library: KeepLibrary = False,
    store: opt.Store = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
) -> None:
    """Forget everything that was looked up or imported."""
    from littable.papers.store.file import is_there, open_store
    from littable.papers.store.upkeep import clear, holdings

    file = store_path(store, config, isolated)
    if not is_there(file):
        typer.echo(f"There is no store at {file}.", err=True)
        return
    with open_store(file) as connection:
        library = holdings(connection).library
        clear(connection, keep_library=keep_library)
    kept = "; the library is kept" if library and keep_library else ""
    typer.echo(f"Cleared {file}{kept}.", err=True)


def _size(file: Path) -> int:
    """Bytes of the file and of what SQLite keeps beside it."""
    files = (file, Path(f"{file}-wal"))
    return sum(part.stat().st_size for part in files if part.exists())


def _day(moment: int) -> str:
    from littable.papers.moments import day_of

    return day_of(moment).isoformat()


def _as_text(file: Path, held: Holdings) -> Iterator[str]:
    yield f"{file} ({_size(file) / 1e6:,.1f} MB)"
    since = f", the oldest asked for on {_day(held.oldest)}" if held.oldest is not None else ""
    yield _counted(held.records, "paper") + f" looked up{since}"
    yield _counted(held.versions, "earlier version")
    yield _counted(held.missing, "paper") + " that arXiv does not have"
    yield _counted(held.titles, "title") + " searched for"
    yield _counted(held.links, "link")
    library = held.library
    if library is None:
        yield "  no library (`littable store import` makes one from arXiv's public snapshot)"
    else:
        age = f"as arXiv was on {_day(library.as_of)}" if library.as_of else "of unknown age"
        yield _counted(library.papers, "paper") + f" in the library, {age} ({library.source})"


def _counted(count: int, noun: str) -> str:
    return f"{count:>11,} {noun}{'' if count == 1 else 's'}"


def _as_json(file: Path, held: Holdings) -> str:
    from littable.reports._safe import as_json

    library = held.library
    as_of = _day(library.as_of) if library and library.as_of else None
    return as_json(
        {
            "path": str(file),
            "bytes": _size(file),
            "papers": held.records,
            "versions": held.versions,
            "missing": held.missing,
            "titles": held.titles,
            "links": held.links,
            "oldest": _day(held.oldest) if held.oldest is not None else None,
            "library": {"papers": library.papers, "as_of": as_of, "source": library.source}
            if library
            else None,
        }
    )
