"""The Typer application and its commands."""

from __future__ import annotations

from typing import Annotated

import typer

from littable import __version__
from littable.cli.check import check
from littable.cli.entries import entries
from littable.cli.fix import fix
from littable.cli.init import init
from littable.cli.rule import rule

app = typer.Typer(
    name="littable",
    help="Check and repair Markdown tables of papers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (check, fix, entries, rule, init):
    app.command()(command)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"littable {__version__}")
        raise typer.Exit


@app.callback()
def _littable(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Check and repair Markdown tables of papers."""
