"""One line on the terminal while something takes long: how far it is, and what it waits for and how long.

Nothing is shown where standard error is no terminal, and nothing is left when it ends. The cursor stays
visible, so that a process that is killed leaves no terminal without one.
"""

from __future__ import annotations

import math
import os
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.live import Live

_A_SECOND = 4  # how often the line is drawn
_BAR_WIDTH = 24
_ROOM_FOR_BAR = 80
_SPEAKS_OF_ELAPSED = 2.0


def on_terminal(*, quiet: bool) -> bool:
    """Whether somebody sees a line that is written over."""
    return not quiet and sys.stderr.isatty() and os.environ.get("TERM", "") not in {"dumb", "unknown"}


class Asking:
    """How many papers arXiv, or somebody, has been asked for: the ``progress`` of ``ArxivApi``."""

    def __init__(self, what: str = "Asking arXiv", nouns: str = "papers") -> None:
        self._what = what
        self._nouns = nouns
        self._line = _Line(self._draw)
        self._done = self._total = 0
        self._wait = _Wait()

    def __call__(self, done: int, total: int, waiting_for: str, seconds: float) -> None:
        """Show how far the asking is; with nothing to wait for, wipe the line."""
        self._done, self._total, self._wait = done, total, _Wait(waiting_for, seconds)
        if waiting_for:
            self._line.show(at_once=True)
        else:
            self._line.wipe()

    def _draw(self) -> RenderableType:
        counts = f"{self._done:,}/{self._total:,} {self._nouns}"
        return _Row(self._what, self._done, self._total, [counts, str(self._wait)])


class Loading:
    """How much of something long has been read: a bar, a count, a rate, bytes and the time that is left.

    Use it as a context, and call ``at`` from time to time. ``size`` is in bytes, 0 where nobody knows it;
    without ``shown`` nothing happens.
    """

    def __init__(self, what: str, noun: str, size: int = 0, *, shown: bool = True) -> None:
        self._what = what
        self._noun = noun
        self._size = size
        self._shown = shown
        self._line = _Line(self._draw)
        self._first: _Place | None = None
        self._place = _Place(0, 0, time.monotonic())
        self._note = ""
        self._wait = _Wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.wipe()

    def at(
        self, count: int, read: int = 0, *, note: str = "", waiting_for: str = "", seconds: float = 0
    ) -> None:
        """``count`` things and ``read`` bytes are done, with a word about where that is.

        The first call says where the work began or goes on from. ``seconds`` is how long ``waiting_for``
        takes, 0 where nobody knows.
        """
        if not self._shown:
            return
        self._place = _Place(count, read, time.monotonic())
        self._first = self._first or self._place
        self._note, self._wait = note, _Wait(waiting_for, seconds)
        self._line.show(at_once=bool(waiting_for))

    def _draw(self) -> RenderableType:
        now, first = self._place, self._first or self._place
        passed = now.moment - first.moment
        parts = [f"{now.count:,} {self._noun}"]
        if passed > 0 and now.count > first.count:
            parts.append(f"{(now.count - first.count) / passed:,.0f}/s")
        if self._size:
            parts.append(f"{_bytes(now.read)} of {_bytes(self._size)}")
        if passed > 0 and self._size > now.read > first.read:
            left = (self._size - now.read) / (now.read - first.read) * passed
            parts.append(f"{_clock(left)} left")
        return _Row(self._what, now.read, self._size, [*parts, self._note, str(self._wait)])


class _Wait:
    """What is waited for, and the seconds that it takes, which are counted down; 0 where nobody knows."""

    def __init__(self, waiting_for: str = "", seconds: float = 0) -> None:
        self._what = waiting_for
        self._began = time.monotonic()
        self._seconds = seconds

    def __str__(self) -> str:
        if not self._what:
            return ""
        passed = time.monotonic() - self._began
        if self._seconds:
            return f"waiting {_span(max(self._seconds - passed, 0))}: {self._what}"
        return f"waiting for {self._what}" + (f", {passed:.0f} s" if passed >= _SPEAKS_OF_ELAPSED else "")


class _Place:
    __slots__ = ("count", "moment", "read")

    def __init__(self, count: int, read: int, moment: float) -> None:
        self.count = count
        self.read = read
        self.moment = moment


class _Line:
    """A line that is drawn again and again, by a thread, so that seconds are seen to pass."""

    def __init__(self, draw: Callable[[], RenderableType]) -> None:
        self._draw = draw
        self._live: Live | None = None

    def show(self, *, at_once: bool) -> None:
        if self._live is None:
            self._live = _live(self._draw)
            self._live.start(refresh=True)
        elif at_once:
            self._live.refresh()

    def wipe(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None


def _live(draw: Callable[[], RenderableType]) -> Live:
    # Late: most runs are over before anybody could read a line.
    from rich.console import Console
    from rich.live import Live

    class VisibleCursor(Console):
        def show_cursor(self, show: bool = True) -> bool:  # noqa: ARG002 - as in rich
            return False

    return Live(
        console=VisibleCursor(stderr=True),
        get_renderable=draw,
        refresh_per_second=_A_SECOND,
        transient=True,
        redirect_stdout=False,
    )


class _Row:
    """What is done, a bar where there is room for one, and the rest as far as it fits; never two lines."""

    def __init__(self, what: str, done: int, total: int, parts: Iterable[str]) -> None:
        self._what = what
        self._done = done
        self._total = total
        self._text = " · ".join(filter(None, parts))

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        if options.max_width < _ROOM_FOR_BAR:
            yield Text(f"{self._what} {self._text}", overflow="ellipsis", no_wrap=True)
            return
        row = Table.grid(padding=(0, 1))
        row.add_column(no_wrap=True)
        row.add_column(no_wrap=True)
        row.add_column()
        total = self._total or None
        bar = ProgressBar(total=total, completed=self._done, width=_BAR_WIDTH, pulse=total is None)
        row.add_row(self._what, bar, Text(self._text, overflow="ellipsis", no_wrap=True))
        yield row


def _bytes(number: int) -> str:
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number / 1e6:.1f} MB"


def _span(seconds: float) -> str:
    return f"{math.ceil(seconds)} s" if seconds <= 600 else _clock(seconds)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(math.ceil(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
