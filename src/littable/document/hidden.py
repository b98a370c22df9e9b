"""Comments that people hide behind the last cell of a row, which GitHub does not show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from littable.document.listing import Cell
from littable.patterns import lazy

_COMMENT = lazy(r"\[(?://|comment|#)\]:.*|<!--(?:(?!-->).)*-->", re.DOTALL | re.IGNORECASE)


def is_comment(text: str) -> bool:
    """Whether a cell is ``[//]: # (…)`` or an HTML comment, and nothing else."""
    return text.startswith(("[", "<!--")) and _COMMENT.fullmatch(text) is not None


def without_comments(cells: Sequence[Cell], width: int) -> Sequence[Cell]:
    """The first ``width`` cells where nothing but comments stands behind them, else all."""
    behind = [cell for cell in cells[width:] if not cell.empty]
    if not behind:
        return cells
    text = cells[0].source[behind[0].span.start : behind[-1].span.end]
    hidden = is_comment(text) or all(is_comment(cell.text) for cell in behind)
    return cells[:width] if hidden else cells
