"""Fixes applied to a text until nothing changes, verified, and files written whole.

Fixing knows no rule by name. A pass applies every fix that is trusted enough and does not touch another;
those that do touch wait for the next pass, which reads and checks the new text afresh.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from errno import EACCES
from pathlib import Path

from littable.diagnostic import Applicability, Diagnostic, FileReport, Fix
from littable.document.model import Document
from littable.document.outline import Kind
from littable.errors import FixError
from littable.text import LineIndex, Span, apply_edits

MAX_PASSES = 10

Check = Callable[[str], tuple[Document, FileReport]]
# The findings of a document that are to be mended at all.
Concern = Callable[[Document, Iterable[Diagnostic]], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The outcome: the new text, what was mended in it, and what is left to say about it.

    ``refused`` says why the fixes of one rule were left out, if they were.
    """

    text: str
    applied: tuple[Diagnostic, ...]
    report: FileReport
    refused: str | None = None


def everything(_: Document, diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """All findings are to be mended."""
    return diagnostics


def fix_text(
    text: str, check: Check, trust: Applicability = Applicability.SAFE, concern: Concern = everything
) -> Fixed:
    """Apply the fixes of ``trust`` or more until none is left.

    ``check`` reads a text and says what the rules find in it; ``concern`` chooses from that what is to be
    mended, while all of it counts when a fix is verified. Fixes are refused when they undo each other,
    lose a paper or change which rows there are without meaning to, or when there is more to find of some
    rule than before; then those of one rule are left out, and the others applied. Raises FixError, and
    nothing is to be written, when that does not help.
    """
    first = check(text)
    try:
        return _fix_until_stable(text, first, check, trust, concern, frozenset())
    except FixError as refusal:
        fixable = {d.code for d in first[1].diagnostics if d.fix and d.fix.applicability >= trust}
        for code in sorted(fixable) if len(fixable) > 1 else ():
            with suppress(FixError):
                fixed = _fix_until_stable(text, first, check, trust, concern, frozenset({code}))
                if fixed.applied:
                    return replace(fixed, refused=f"{refusal}; the fixes of {code} were left out")
        raise FixError(f"{refusal}; nothing was written") from None


def _fix_until_stable(
    text: str,
    first: tuple[Document, FileReport],
    check: Check,
    trust: Applicability,
    concern: Concern,
    without: frozenset[str],
) -> Fixed:
    document, report = first
    applied: list[Diagnostic] = []
    revealed: set[int] = set()
    seen = {text}
    for _ in range(MAX_PASSES):
        concerning = concern(document, report.diagnostics)
        chosen = choose((d for d in concerning if d.code not in without), trust, document)
        if not chosen:
            _verify_findings(first[1], report, applied, revealed)
            return Fixed(text, tuple(applied), report)
        revealed |= _lines_revealed(document, chosen)
        text = apply_edits(text, [edit for diagnostic in chosen for edit in _fix(diagnostic).edits])
        if text in seen:
            raise FixError(_cycle(report.filename, chosen))
        seen.add(text)
        before = document
        document, report = check(text)
        _verify_shape(before, document, chosen)
        applied += chosen
    raise FixError(_cycle(report.filename, choose(report.diagnostics, trust, document)))


def choose(diagnostics: Iterable[Diagnostic], trust: Applicability, document: Document) -> list[Diagnostic]:
    """The findings whose fixes one pass applies: trusted, in editable tables, none touching another.

    Fixes that change which rows there are come in a pass of their own, before the others, so that every
    other pass can be held to the shape of the tables.
    """
    closed = [listing.span for listing in (*document.tables, *document.listings) if not listing.editable]
    trusted = [
        d for d in diagnostics if d.fix and d.fix.applicability >= trust and not _touches(d.fix, closed)
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


def _touches(fix: Fix, closed: Sequence[Span]) -> bool:
    return any(edit.span.touches(span) for edit in fix.edits for span in closed)


def _verify_shape(before: Document, after: Document, chosen: Sequence[Diagnostic]) -> None:
    """Rows and cells are those they were unless a fix meant to change them, and no paper is lost even then:
    only a line that a fix removes may take an entry with it, and its identifier stands in another.
    """
    if any(_fix(diagnostic).reshapes for diagnostic in chosen):
        fewer = len(before.entries) - len(after.entries)
        if fewer > _lines_removed(before.source, chosen) or not _papers(before) <= _papers(after):
            raise FixError(f"{before.path}: fixing {_codes(chosen)} would lose a paper")
    elif _shape(before) != _shape(after):
        raise FixError(f"{before.path}: fixing {_codes(chosen)} would change a table's shape")


def _lines_revealed(document: Document, chosen: Iterable[Diagnostic]) -> set[int]:
    revealing = [diagnostic for diagnostic in chosen if _fix(diagnostic).reveals]
    return {
        document.lines.row(edit.span.start) for diagnostic in revealing for edit in _fix(diagnostic).edits
    }


def _verify_findings(
    before: FileReport, after: FileReport, applied: Sequence[Diagnostic], revealed: set[int]
) -> None:
    """No rule finds more than before, but where rows or addresses have become readable.

    Line numbers stay as long as no fix reshapes a table.
    """
    if not applied or any(_fix(diagnostic).reshapes for diagnostic in applied):
        return
    more = _findings_by_rule(after, revealed) - _findings_by_rule(before, revealed)
    if more:
        named = ", ".join(sorted(more))
        raise FixError(
            f"{before.filename}: fixing {_codes(applied)} would bring up {named}; nothing was written."
        )


def _findings_by_rule(report: FileReport, except_lines: set[int]) -> Counter[str]:
    if not except_lines:
        return Counter(diagnostic.code for diagnostic in report.diagnostics)
    lines = LineIndex(report.text)
    kept = (d for d in report.diagnostics if except_lines.isdisjoint(_lines_of(d, lines)))
    return Counter(diagnostic.code for diagnostic in kept)


def _lines_of(diagnostic: Diagnostic, lines: LineIndex) -> set[int]:
    """The line of a finding and those of the places that belong to it, such as the row that it repeats."""
    return {
        lines.row(span.start) for span in (diagnostic.span, *(place.span for place in diagnostic.related))
    }


def _codes(diagnostics: Iterable[Diagnostic]) -> str:
    return ", ".join(sorted({diagnostic.code for diagnostic in diagnostics}))


def _cycle(filename: str, diagnostics: Sequence[Diagnostic]) -> str:
    codes = _codes(diagnostics)
    return f"{filename}: the fixes of {codes} undo each other"


def _papers(document: Document) -> set[str]:
    return {entry.arxiv_id for entry in document.entries if entry.arxiv_id}


def _lines_removed(source: str, chosen: Iterable[Diagnostic]) -> int:
    edits = [edit for diagnostic in chosen for edit in _fix(diagnostic).edits]
    return sum(_line_ends(edit.span.of(source)) - _line_ends(edit.text) for edit in edits)


def _line_ends(text: str) -> int:
    return len(LineIndex(text).starts) - 1


def _shape(document: Document) -> list[Hashable]:
    """The tables with their cells, the other listings with their papers, and the blocks that there are, but
    for HTML: a comment that is no longer needed may go.
    """
    tables = [(table.width, *[len(row.cells) for row in table.rows]) for table in document.tables]
    listings = [(listing.shape, len(listing.rows)) for listing in document.listings]
    blocks = [
        (block.kind, block.level, len(block.containers))
        for block in document.blocks
        if block.kind is not Kind.HTML
    ]
    return [*tables, *listings, *blocks]


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by ``data``: it is the old one or the new one at every moment, never a part.

    A symbolic link stays and its target is replaced; the mode is kept. Raises OSError, with the file as it
    was, when the folder or the disk refuses or the file is marked read-only (renaming would pass over that).
    """
    target = path.resolve()
    mode = target.stat().st_mode
    if not mode & 0o222:
        raise PermissionError(EACCES, "the file is read-only")
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
