"""Reports: what was found, as text for people or as data for programs.

One module per output format, found by its name; a new format is a new file with a function
``render(files, options)`` that yields pieces of the output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from littable.diagnostic import FileReport, Severity
from littable.errors import ConfigurationError

_RULES = "https://github.com/littable/littable/blob/main/docs/rules/"


def rule_url(name: str) -> str:
    """The address of a rule's page."""
    return f"{_RULES}{name}.md"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a report may need to know beyond the findings.

    ``width`` is that of the terminal in columns; ``quiet`` leaves out everything but the findings.
    """

    color: bool = False
    fail_on: Severity = Severity.WARNING
    width: int = 100
    quiet: bool = False


Report = Callable[[Sequence[FileReport], ReportOptions], Iterator[str]]


def names() -> list[str]:
    """The output formats, sorted; nothing is imported to tell them."""
    from pkgutil import iter_modules

    modules = (module.name for module in iter_modules(__path__))
    return sorted(module.replace("_", "-") for module in modules if not module.startswith("_"))


def load(name: str) -> Report:
    """The report of that name. Raises ConfigurationError for a format that does not exist."""
    from importlib import import_module

    known = names()
    if name not in known:
        raise ConfigurationError(f"unknown output format {name!r}: expected one of {', '.join(known)}")
    return cast(Report, import_module(f"{__name__}.{name.replace('-', '_')}").render)
