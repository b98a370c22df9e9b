"""littable checks and repairs Markdown tables of papers.

``check_text`` and ``fix_text`` are what the commands do, for one text and without files or network. The
names here are the public ones; a test pins them. They are imported when first used, so that the command line
starts fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from littable.api import check_text, fix_text
    from littable.config import Settings
    from littable.diagnostic import Applicability, Change, Diagnostic, FileReport, Fix, Severity, Skip
    from littable.errors import LittableError
    from littable.fixing import Fixed
    from littable.text import Edit, LineIndex, Position, Span

_HOMES = {
    "check_text": "littable.api",
    "fix_text": "littable.api",
    "Settings": "littable.config",
    "Applicability": "littable.diagnostic",
    "Change": "littable.diagnostic",
    "Diagnostic": "littable.diagnostic",
    "FileReport": "littable.diagnostic",
    "Fix": "littable.diagnostic",
    "Severity": "littable.diagnostic",
    "Skip": "littable.diagnostic",
    "LittableError": "littable.errors",
    "Fixed": "littable.fixing",
    "Edit": "littable.text",
    "LineIndex": "littable.text",
    "Position": "littable.text",
    "Span": "littable.text",
}

__all__ = [
    "Applicability",
    "Change",
    "Diagnostic",
    "Edit",
    "FileReport",
    "Fix",
    "Fixed",
    "LineIndex",
    "LittableError",
    "Position",
    "Settings",
    "Severity",
    "Skip",
    "Span",
    "__version__",
    "check_text",
    "fix_text",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)
