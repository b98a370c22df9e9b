"""Documents and the needs of rules to facts: the one place where papers are asked for.

All files are gathered together, so that a source sees every identifier once and in full batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from littable.document.model import Document, Entry
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
        self._versions: dict[tuple[str, int], Lookup] = {}

    def gather(self, documents: Iterable[Document], rules: Sequence[Rule]) -> Facts:
        """The facts for all documents; what was asked before is not asked again."""
        needs = frozenset(need for rule in rules for need in rule.needs)
        if self._source is None or Need.PAPERS not in needs:
            return Facts()
        entries = [entry for document in documents for entry in document.entries if entry.arxiv_id]
        self._ask_papers(self._source, entries)
        if Need.VERSIONS in needs:
            self._ask_versions(self._source, entries)
        return Facts(self._papers, self._versions)

    def _ask_papers(self, source: PaperSource, entries: Iterable[Entry]) -> None:
        wanted = {entry.arxiv_id for entry in entries if entry.arxiv_id} - self._papers.keys()
        if wanted:
            self._papers.update(source.papers(sorted(wanted)))

    def _ask_versions(self, source: PaperSource, entries: Iterable[Entry]) -> None:
        wanted: dict[str, set[int]] = {}
        for entry in entries:
            for arxiv_id, version in self._earlier_versions(entry):
                if (arxiv_id, version) not in self._versions:
                    wanted.setdefault(arxiv_id, set()).add(version)
        if wanted:
            asked: Mapping[str, list[int]] = {
                paper: sorted(versions) for paper, versions in sorted(wanted.items())
            }
            self._versions.update(source.versions(asked))

    def _earlier_versions(self, entry: Entry) -> Iterable[tuple[str, int]]:
        """The versions that may tell where an abstract was copied from, when it is not the current one."""
        lookup = self._papers.get(entry.arxiv_id or "")
        if not isinstance(lookup, Found) or entry.abstract is None or not lookup.record.version:
            return ()
        from littable.prose.changes import Verdict, compare  # late: many runs compare nothing

        if lookup.record.version == 1 or compare(entry.abstract.text, lookup.record.abstract).verdict in (
            Verdict.SAME,
            Verdict.COSMETIC,
            Verdict.OWN_WORDS,
        ):
            return ()
        return [(lookup.record.id, version) for version in range(1, lookup.record.version)]
