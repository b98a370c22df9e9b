"""How messages quote what stands in a file."""

from __future__ import annotations

_LONGEST = 40


def quoted(text: str) -> str:
    """The text in quotation marks, on one line and cut where it is long."""
    return f"'{shortened(' '.join(text.split()), _LONGEST)}'"


def shortened(text: str, longest: int) -> str:
    """The text, cut to ``longest`` characters with an ellipsis as the last."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
