"""``littable rule``: the page of a rule, or the list of all."""

from __future__ import annotations

from typing import Annotated

import typer

from littable.errors import LittableError


def rule(
    code: Annotated[
        str | None,
        typer.Argument(help="A code or name, such as LT102 or row-cell-count.", show_default=False),
    ] = None,
) -> None:
    """Explain a rule, or list all rules."""
    from littable.rules._pages import listing, page
    from littable.rules._registry import all_rules, nearest

    if code is None:
        typer.echo(listing(all_rules()), nl=False)
        return
    for candidate in all_rules():
        if code.upper() == candidate.code or code.lower() == candidate.name:
            typer.echo(page(candidate), nl=False)
            return
    meant = nearest(code)
    hint = f"; did you mean {meant}?" if meant else "; `littable rule` lists them all"
    raise LittableError(f"there is no rule {code}{hint}")
