"""The Typer application. Only the command that is called is imported and built, since both take time."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated

import typer

from littable import __version__

COMMANDS = ("check", "fix", "add", "entries", "rule", "lock", "store", "init")


def build(arguments: list[str]) -> typer.Typer:
    """The application with the command that ``arguments`` begin with, or with all where it is none."""
    app = typer.Typer(
        name="littable",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_littable)
    called = [name for name in COMMANDS if arguments[:1] == [name]]
    if arguments[:1] in (["--version"], ["-V"]):
        called = ["init"]
    for name in called or COMMANDS:
        module = import_module(f"littable.cli.{name}")
        if hasattr(module, "group"):
            app.add_typer(module.group)
        else:
            app.command()(getattr(module, name))
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"littable {__version__}")
        raise typer.Exit


def _littable(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Check and repair Markdown tables of papers."""


def run() -> None:
    """Run the command line."""
    build(sys.argv[1:])(prog_name="littable")
