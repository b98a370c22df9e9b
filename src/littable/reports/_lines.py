"""Lines that several formats for people share."""

from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Change, Diagnostic, FileReport
from littable.places import Places
from littable.reports._palette import Palette
from littable.reports._safe import shown
from littable.reports._window import cut

_MOST_CHANGES = 12
_ARROW = " → "


def place(report: FileReport, places: Places, offset: int, palette: Palette) -> str:
    """``README.md:12:5``, ``paper.ipynb:cell 3:2:5``."""
    colon = palette.quiet(":")
    return f"{palette.bold(shown(report.filename))}{colon}{str(places.at(offset)).replace(':', colon)}"


def heading(report: FileReport, places: Places, found: Diagnostic, palette: Palette) -> str:
    """``README.md:12:5: LT501 [*] message``; the star says that ``littable fix`` mends it."""
    code = palette.severity(found.code, found.severity)
    star = f" [{palette.quiet('*')}]" if has_safe_fix(found) else ""
    where = place(report, places, found.span.start, palette)
    return f"{where}{palette.quiet(':')} {code}{star} {shown(found.message)}"


def has_safe_fix(found: Diagnostic) -> bool:
    """Whether ``littable fix`` mends it unattended."""
    return found.fix is not None and found.fix.applicability is Applicability.SAFE


def changes(found: Diagnostic, palette: Palette, room: int) -> Iterator[str]:
    """``4,157 → 3,668``, ``CUT → RMU (twice)``, ``+ added``, ``- removed``: one a line, within ``room``."""
    for change in found.changes[:_MOST_CHANGES]:
        times = _times(change.count)
        yield _change(change, palette, room - len(times)) + times
    if len(found.changes) > _MOST_CHANGES:
        yield f"… and {count(len(found.changes) - _MOST_CHANGES, 'more change')}"


def _change(change: Change, palette: Palette, room: int) -> str:
    old, new = _quoted(change.old), _quoted(change.new)
    if not new:
        return palette.removed(f"- {cut(old, room - 2)}")
    if not old:
        return palette.added(f"+ {cut(new, room - 2)}")
    half = (room - len(_ARROW)) // 2
    return f"{palette.removed(cut(old, half))}{_ARROW}{palette.added(cut(new, half))}"


def _quoted(text: str) -> str:
    """Harmless, and in quotes where blanks at an edge would not be seen."""
    return f"“{shown(text)}”" if text != text.strip() else shown(text)


def _times(number: int) -> str:
    return "" if number == 1 else " (twice)" if number == 2 else f" ({number:,} times)"


def count(number: int, noun: str) -> str:
    """``1 file``, ``12 files``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
