"""Fixes applied to a text until nothing changes, verified, and files written whole.

Fixing knows no rule by name. A pass applies every fix that is trusted enough and does not touch another;
those that do touch wait for the next pass, which reads and checks the new text afresh.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from littable.diagnostic import Applicability, Diagnostic, FileReport, Fix
from littable.document.model import Document
from littable.errors import FixError
from littable.text import Edit, apply_edits

MAX_PASSES = 10

Check = Callable[[str], tuple[Document, FileReport]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The outcome: the new text, what was mended in it, and what is left to say about it."""

    text: str
    applied: tuple[Diagnostic, ...]
    report: FileReport


def fix_text(text: str, check: Check, trust: Applicability = Applicability.SAFE) -> Fixed:
    """Apply the fixes of ``trust`` or more until none is left.

    ``check`` reads a text and says what the rules find in it. Raises FixError, and nothing is to be
    written, when fixes undo each other, change which rows there are without meaning to, or bring up a
    finding that was not there.
    """
    document, report = check(text)
    applied: list[Diagnostic] = []
    seen = {text}
    for _ in range(MAX_PASSES):
        chosen = choose(report.diagnostics, trust, document)
        if not chosen:
            return Fixed(text, tuple(applied), report)
        fixed = apply_edits(text, [edit for diagnostic in chosen for edit in _fix(diagnostic).edits])
        if fixed in seen:
            raise FixError(_cycle(report.filename, chosen))
        after, report_after = check(fixed)
        _verify(document, after, report, report_after, chosen)
        seen.add(fixed)
        applied += chosen
        text, document, report = fixed, after, report_after
    raise FixError(_cycle(report.filename, choose(report.diagnostics, trust, document)))


def choose(diagnostics: Iterable[Diagnostic], trust: Applicability, document: Document) -> list[Diagnostic]:
    """The findings whose fixes one pass applies: trusted, in editable tables, none touching another.

    Fixes that change which rows there are come in a pass of their own, before the others, so that every
    other pass can be held to the shape of the tables.
    """
    trusted = [
        d for d in diagnostics if d.fix and d.fix.applicability >= trust and _editable(d.fix, document)
    ]
    reshaping = [diagnostic for diagnostic in trusted if _fix(diagnostic).reshapes]
    chosen: list[Diagnostic] = []
    taken: list[tuple[int, int]] = []
    for diagnostic in sorted(reshaping or trusted, key=lambda d: min(_fix(d).edits)):
        bounds = [(edit.span.start, edit.span.end) for edit in sorted(_fix(diagnostic).edits)]
        if not taken or bounds[0][0] > taken[-1][1]:
            chosen.append(diagnostic)
            taken.append((bounds[0][0], max(end for _, end in bounds)))
    return chosen


def _fix(diagnostic: Diagnostic) -> Fix:
    assert diagnostic.fix is not None
    return diagnostic.fix


def _editable(fix: Fix, document: Document) -> bool:
    closed = [table.span for table in document.tables if not table.editable]
    return not any(edit.span.touches(span) for edit in fix.edits for span in closed)


def _cycle(filename: str, diagnostics: Sequence[Diagnostic]) -> str:
    codes = ", ".join(sorted({diagnostic.code for diagnostic in diagnostics}))
    return f"{filename}: the fixes of {codes} undo each other; nothing was written. Please report this."


def _verify(
    before: Document, after: Document, old: FileReport, new: FileReport, chosen: Sequence[Diagnostic]
) -> None:
    codes = ", ".join(sorted({diagnostic.code for diagnostic in chosen}))
    if any(_fix(diagnostic).reshapes for diagnostic in chosen):
        if len(after.entries) < len(before.entries):
            raise FixError(f"{old.filename}: fixing {codes} would lose a row; nothing was written.")
        return
    if _shape(before) != _shape(after):
        raise FixError(
            f"{old.filename}: fixing {codes} would change the shape of a table; nothing was written."
        )
    appeared = Counter(map(_identity, new.diagnostics)) - Counter(map(_identity, old.diagnostics))
    surplus = sum(appeared.values()) - len(chosen)
    worse = len(new.diagnostics) > len(old.diagnostics) - 1
    if appeared and (surplus > 0 or worse):
        named = ", ".join(sorted({code for code, _ in appeared}))
        raise FixError(f"{old.filename}: fixing {codes} would bring up {named}; nothing was written.")


def _shape(document: Document) -> list[tuple[int, list[int]]]:
    return [(table.width, [len(row.cells) for row in table.rows]) for table in document.tables]


def _identity(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, diagnostic.message


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by ``data``: it is the old one or the new one at every moment, never a part.

    A symbolic link stays and its target is replaced; the mode is kept. Raises OSError, with the file as it
    was, when the folder or the disk refuses.
    """
    target = path.resolve()
    mode = target.stat().st_mode
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode & 0o7777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def all_edits(diagnostics: Iterable[Diagnostic]) -> list[Edit]:
    """The edits of the given findings' fixes."""
    return [edit for diagnostic in diagnostics if diagnostic.fix for edit in diagnostic.fix.edits]
