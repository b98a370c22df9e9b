"""The options that several commands share, as annotations for Typer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from littable.reports import names


class FailOn(StrEnum):
    """The lowest severity that makes the exit code 1."""

    note = "note"
    warning = "warning"
    error = "error"


Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Files or folders; `-` reads standard input. Default: the current folder.", show_default=False
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(help="Codes or prefixes of the rules to run, such as LT1,LT501.", show_default=False),
]
Ignore = Annotated[
    list[str] | None, typer.Option(help="Codes or prefixes of rules not to run.", show_default=False)
]
ExtendSelect = Annotated[
    list[str] | None,
    typer.Option(help="Codes or prefixes to run besides the chosen ones.", show_default=False),
]
Format = Annotated[
    str | None,
    typer.Option("--output-format", help=f"One of {', '.join(names())}. Default: full.", show_default=False),
]
OutputFile = Annotated[
    Path | None,
    typer.Option(help="Write the report to this file instead of standard output.", show_default=False),
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Use no network: only --papers and what was looked up before.")
]
Papers = Annotated[
    list[Path] | None,
    typer.Option(
        help="Records in the format of arXiv's public snapshot, plain or packed (gzip, zip, zstd).",
        show_default=False,
    ),
]
Store = Annotated[
    Path | None,
    typer.Option(
        help="The file that remembers what was looked up. Default: in the user's cache folder.",
        show_default=False,
    ),
]
MaxWait = Annotated[
    float | None,
    typer.Option(
        help="Seconds to wait in all for servers that ask for patience. Default: 300.", show_default=False
    ),
]
Links = Annotated[
    bool | None,
    typer.Option(
        "--links/--no-links",
        help="Whether to ask the web about links. Default: as the configuration says, else not.",
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        help="Ask and speak only of what was added or changed since this git revision, such as origin/main.",
        metavar="REF",
        show_default=False,
    ),
]
Fail = Annotated[
    FailOn | None,
    typer.Option(
        "--fail-on", help="Lowest severity that makes the exit code 1. Default: warning.", show_default=False
    ),
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")]
Config = Annotated[
    Path | None, typer.Option(help="This configuration file instead of the nearest one.", show_default=False)
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Ignore all configuration files.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule.")]
ShowSettings = Annotated[bool, typer.Option("--show-settings", help="Print the settings and stop.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="Print without colours.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print findings only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say on standard error what is being done.")]
StdinFilename = Annotated[
    str, typer.Option(help="The name to report, and to find the configuration by, for standard input.")
]
ForceExclude = Annotated[
    bool, typer.Option("--force-exclude", help="Apply `exclude` to files named on the command line, too.")
]
