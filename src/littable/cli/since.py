"""``--since``: a run over what was added or changed since a git revision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from littable.config.reading import Reading
from littable.diagnostic import Diagnostic, FileReport
from littable.document.entry import Entry
from littable.document.model import Document
from littable.document.reading import read_document
from littable.since.changes import Changes, find_changes
from littable.since.revision import Revision


class Since:
    """What is new in the documents of a run. Raises LittableError where git cannot tell."""

    def __init__(self, target: Path, ref: str) -> None:
        self._revision = Revision(target if target.is_dir() else target.parent, ref)
        self._old: dict[str, Document | None] = {}
        self._latest: dict[str, tuple[Document, Changes]] = {}

    def open(self, path: Path, document: Document, reading: Reading) -> None:
        """Read what a document was. Raises LittableError for a file outside the repository."""
        text = self._revision.text_of(path)
        same = text == document.source
        old = document if same else None if text is None else read_document(document.path, text, reading)
        self._old[document.path] = old

    def changes(self, document: Document) -> Changes:
        """What is new in a document that was opened, or in what fixes have made of it."""
        latest = self._latest.get(document.path)
        if latest is None or latest[0] is not document:
            latest = document, find_changes(self._old[document.path], document)
            self._latest[document.path] = latest
        return latest[1]

    def entries(self, document: Document) -> Sequence[Entry]:
        """The papers that were added or changed."""
        starts = self.changes(document).entries
        return [entry for entry in document.entries if entry.span.start in starts]

    def concerning(self, document: Document, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings that are about what is new."""
        return list(filter(self.changes(document).concern, found))

    def limited(self, document: Document, report: FileReport) -> FileReport:
        """The report, as far as it is about what is new."""
        skips = tuple(filter(self.changes(document).concern, report.skips))
        return replace(report, diagnostics=tuple(self.concerning(document, report.diagnostics)), skips=skips)
