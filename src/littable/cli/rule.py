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
    from littable.rules._registry import all_rules

    if code is None:
        typer.echo(listing(all_rules()), nl=False)
        return
    for candidate in all_rules():
        if code.upper() == candidate.code or code.lower() == candidate.name:
            typer.echo(page(candidate), nl=False)
            return
    from difflib import get_close_matches

    known = [name for candidate in all_rules() for name in (candidate.code, candidate.name)]
    near = get_close_matches(code, known, n=1) or get_close_matches(code.upper(), known, n=1)
    hint = f"; did you mean {near[0]}?" if near else "; `littable rule` lists them all"
    raise LittableError(f"there is no rule {code}{hint}")
