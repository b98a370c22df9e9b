"""``littable init``: a configuration file to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from littable.errors import LittableError

_START = """\
# littable: https://github.com/littable/littable
# Every key may be left out; these are the defaults.

# Rules to run, by code or prefix. Default: all that are on by default.
# select = ["LT"]
# ignore = []

# Columns that every table of papers must have.
# required-columns = ["title", "link"]

# Headers that littable does not know, and what they hold.
# [columns]
# "Our verdict" = "comment"
"""


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write littable.toml.")] = Path("."),
) -> None:
    """Write a littable.toml to start from."""
    path = folder / "littable.toml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_START)
    except FileExistsError:
        raise LittableError(f"{path} is there already") from None
    except OSError as error:
        raise LittableError(f"{path}: cannot be written: {error.strerror or error}") from None
    print(f"Wrote {path}")
