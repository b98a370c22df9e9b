"""Code between backticks (CommonMark §6.1)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from littable.patterns import lazy

_BACKTICKS = lazy(r"`+")
_CODE_MARK = lazy(r"\\[\s\S]|`+")


class Backticks:
    """Which run of backticks closes which: the next one of the same length (CommonMark §6.1)."""

    def __init__(self, text: str) -> None:
        self._starts: dict[int, list[int]] = {}
        for run in _BACKTICKS.finditer(text):
            self._starts.setdefault(run.end() - run.start(), []).append(run.start())

    def close(self, start: int, end: int) -> int | None:
        """Where the code span ends that the run between two offsets opens; None when nothing closes it."""
        starts = self._starts.get(end - start, [])
        index = bisect_left(starts, end)
        return starts[index] + end - start if index < len(starts) else None


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where code stands between backticks, from the first backtick to behind the last."""
    backticks = Backticks(text) if "`" in text else None
    position = 0
    while backticks and (mark := _CODE_MARK.search(text, position)):
        close = None if mark[0][0] == "\\" else backticks.close(*mark.span())
        if close is not None:
            yield mark.start(), close
        position = close or mark.end()
