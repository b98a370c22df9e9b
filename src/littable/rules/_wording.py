"""How messages quote what stands in a file."""

from __future__ import annotations

_LONGEST = 40


def quoted(text: str) -> str:
    """The text in quotation marks, on one line and cut where it is long."""
    flat = " ".join(text.split())
    return f"'{flat[: _LONGEST - 1]}…'" if len(flat) > _LONGEST else f"'{flat}'"
