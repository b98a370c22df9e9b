"""Documents and the needs of rules to facts: the one place where papers are asked for.

All files are gathered together, so that a source sees every identifier once and in full batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from littable.document.entry import Entry
from littable.document.model import Document
from littable.papers.sources import Found, Lookup, PaperSource
from littable.rules._context import Facts
from littable.rules._rule import Need, Rule


class Gatherer:
    """Asks a source for what the rules need and remembers the answers for the run.

    Without a source every lookup is Unavailable.
    """

    def __init__(self, source: PaperSource | None) -> None:
        self._source = source
        self._papers: dict[str, Lookup] = {}
        self._versions: dict[str, dict[int, Lookup]] = {}

    def gather(self, documents: Iterable[Document], rules: Sequence[Rule]) -> Facts:
        """The facts for all documents; what was asked before is not asked again."""
        needs = frozenset(need for rule in rules for need in rule.needs)
        if self._source is None or Need.PAPERS not in needs:
            return Facts()
        entries = [
            (arxiv_id, entry)
            for document in documents
            for entry in document.entries
            if (arxiv_id := entry.arxiv_id)
        ]
        wanted = {arxiv_id for arxiv_id, _ in entries} - self._papers.keys()
        if wanted:
            self._papers.update(self._source.papers(sorted(wanted)))
        if Need.VERSIONS in needs:
            self._ask_versions(self._source, entries)
        return Facts(self._papers, self._versions)

    def _ask_versions(self, source: PaperSource, entries: Iterable[tuple[str, Entry]]) -> None:
        wanted = {
            arxiv_id: list(versions)
            for arxiv_id, entry in entries
            if arxiv_id not in self._versions and (versions := self._earlier_versions(arxiv_id, entry))
        }
        if wanted:
            for (arxiv_id, version), lookup in source.versions(dict(sorted(wanted.items()))).items():
                self._versions.setdefault(arxiv_id, {})[version] = lookup

    def _earlier_versions(self, arxiv_id: str, entry: Entry) -> Sequence[int]:
        """The versions that may tell where an abstract was copied from, when it is not the current one."""
        lookup = self._papers[arxiv_id]
        if not isinstance(lookup, Found) or lookup.record.withdrawn or entry.abstract is None:
            return ()
        from littable.prose.changes import Verdict, compare  # late: many runs compare nothing

        changed = compare(entry.abstract.text, lookup.record.abstract).verdict is Verdict.CHANGED
        return range(1, lookup.record.version or 1) if changed else ()
