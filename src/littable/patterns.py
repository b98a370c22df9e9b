"""Regular expressions that are compiled when they are first used.

Compiling all of littable's would take a third of the time of a small check, and most runs use few.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")


class _LazyPattern:
    """Stands for a pattern; the first use puts the compiled methods in its place."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The same as ``re.compile``, but later. An error in ``pattern`` shows at the first use."""
    return cast(re.Pattern[str], _LazyPattern(pattern, flags))
