"""Documents and the needs of rules to facts: the one place where papers are asked for.

All files are gathered together, so that a source sees every identifier and title once and in full batches.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol
from weakref import WeakValueDictionary

from littable.document.entry import Entry
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.papers.sources import Found, Lookup, PaperSource, TitleLookup
from littable.papers.title_key import title_key
from littable.rules._abstracts import wants_versions
from littable.rules._context import Facts
from littable.rules._resolution import judge, title_of, title_to_search
from littable.rules._rule import Need, Rule
from littable.rules._titles import telling, title_words
from littable.rules._web_links import followed_links, is_askable

if TYPE_CHECKING:
    from littable.links.verdict import LinkState


class LinkSource(Protocol):
    """Whatever can say whether links are alive."""

    def states(self, urls: Iterable[str]) -> Mapping[str, LinkState]:
        """What is known of links to the web, by URL as given; nothing of those that are not to be judged."""

    def local(self, document: Document, url: str, /) -> LinkState | None:
        """What is known of a link to a file beside a document or to a heading; None for any other."""


class Gatherer:
    """Asks sources for what the rules need and remembers the answers for the run.

    Without a source of papers every lookup is Unavailable; without one of links nothing is known of them.
    ``entries`` are the papers of a document that are asked about; all of them where it is None.
    """

    def __init__(
        self,
        source: PaperSource | None,
        links: LinkSource | None = None,
        entries: Callable[[Document], Sequence[Entry]] | None = None,
    ) -> None:
        self._source = source
        self._links = links
        self._entries = entries or (lambda document: document.entries)
        self._link_states: dict[str, LinkState] = {}
        self._papers: dict[str, Lookup] = {}
        self._versions: dict[str, dict[int, Lookup]] = {}
        self._titles: dict[str, TitleLookup] = {}
        self._gathered: WeakValueDictionary[int, Document] = WeakValueDictionary()

    def gather(self, documents: Iterable[Document], rules: Sequence[Rule]) -> Facts:
        """The facts for all documents; what was asked before is not asked again."""
        needs = frozenset(need for rule in rules for need in rule.needs)
        new = {id(document): document for document in documents if id(document) not in self._gathered}
        if new and self._source is not None and Need.PAPERS in needs:
            self._gather(self._source, new.values(), needs)
        if new and self._links is not None and Need.LINKS in needs:
            self._ask_links(self._links, new.values())
        self._gathered.update(new)
        return Facts(self._papers, self._versions, self._titles, self._link_states)

    def facts_for(self, document: Document, rules: Sequence[Rule]) -> Facts:
        """The facts for one document: the same, and what is known of its links to files beside it."""
        facts = self.gather([document], rules)
        if self._links is None or not any(Need.LINKS in rule.needs for rule in rules):
            return facts
        local = {
            found.link.url: state
            for _, found in followed_links(self._entries(document))
            if (state := self._links.local(document, found.link.url)) is not None
        }
        return replace(facts, links=ChainMap(local, self._link_states))

    def _gather(self, source: PaperSource, documents: Iterable[Document], needs: Collection[str]) -> None:
        entries = [entry for document in documents for entry in self._entries(document)]
        named = [(arxiv_id, entry) for entry in entries if (arxiv_id := entry.arxiv_id)]
        # Titles come second: a server that has no patience left for searching has answered what counts more.
        self._ask_records(source, named, needs)
        titled = [(title, entry) for entry in entries if (title := title_to_search(entry))]
        doubtful = filter(self._is_doubtful, named) if Need.TITLES in needs else ()
        own = [title for _, entry in doubtful if (title := title_of(entry))]
        self._ask_titles(source, [*own, *(title for title, _ in titled)])
        self._ask_records(source, list(self._resolved(titled)), needs)

    def _ask_records(
        self, source: PaperSource, entries: Collection[tuple[str, Entry]], needs: Collection[str]
    ) -> None:
        """Ask for the papers that entries are about: as they are now and, where needed, as they were."""
        wanted = {arxiv_id for arxiv_id, _ in entries} - self._papers.keys()
        if wanted:
            self._papers.update(source.papers(sorted(wanted)))
        if Need.VERSIONS in needs:
            self._ask_versions(source, entries)

    def _is_doubtful(self, named: tuple[str, Entry]) -> bool:
        """Whether the row's title may be another paper's: no word that tells anything is the record's."""
        lookup, entry = self._papers[named[0]], named[1]
        if not isinstance(lookup, Found) or not lookup.record.title or entry.title is None:
            return False
        return telling(title_words(entry.title.text)).isdisjoint(telling(title_words(lookup.record.title)))

    def _ask_links(self, links: LinkSource, documents: Iterable[Document]) -> None:
        found = (found for document in documents for _, found in followed_links(self._entries(document)))
        urls = dict.fromkeys(link.link.url for link in found if is_askable(link))
        wanted = [url for url in urls if url not in self._link_states]
        if wanted:
            self._link_states.update(links.states(wanted))

    def _ask_titles(self, source: PaperSource, titles: Iterable[str]) -> None:
        by_key = {title_key(title): title for title in titles}
        wanted = {title: key for key, title in by_key.items() if key and key not in self._titles}
        if wanted:
            for title, lookup in source.by_title(sorted(wanted)).items():
                self._titles[wanted[title]] = lookup

    def _resolved(self, titled: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, Entry]]:
        """The entries whose titles tell which paper they are about, and that paper.

        What is known of it now is asked for by its identifier, like that of any other.
        """
        for title, entry in titled:
            lookup = self._titles.get(title_key(title))
            record = judge(entry, lookup).record if lookup else None
            if record is not None:
                yield record.id, entry

    def _ask_versions(self, source: PaperSource, entries: Iterable[tuple[str, Entry]]) -> None:
        wanted: dict[str, list[int]] = {}
        for arxiv_id, entry in entries:
            if arxiv_id not in self._versions and arxiv_id not in wanted:
                versions = self._earlier_versions(arxiv_id, entry)
                if versions:
                    wanted[arxiv_id] = list(versions)
        if wanted:
            for (arxiv_id, version), lookup in source.versions(dict(sorted(wanted.items()))).items():
                self._versions.setdefault(arxiv_id, {})[version] = lookup

    def _earlier_versions(self, arxiv_id: str, entry: Entry) -> Sequence[int]:
        """The versions that may tell where an abstract or a title was copied from that is not the current."""
        lookup = self._papers[arxiv_id]
        if not isinstance(lookup, Found) or lookup.record.withdrawn or (lookup.record.version or 1) == 1:
            return ()
        record, abstract = lookup.record, entry.abstract
        wanted = (abstract is not None and wants_versions(abstract.text, record)) or _titles_differ(
            entry, record
        )
        return range(1, record.version or 1) if wanted else ()


def _titles_differ(entry: Entry, record: PaperRecord) -> bool:
    """Whether the row has another title than the record, and not the same with something beside it."""
    if entry.title is None or not record.title or entry.title.text == record.title:
        return False
    written, current = title_words(entry.title.text), title_words(record.title)
    if not written or f" {' '.join(written)} " in f" {' '.join(current)} ":
        return False
    from littable.prose.titles import TitleVerdict, compare_titles  # late: most titles are the same

    alike = (TitleVerdict.SAME, TitleVerdict.ANNOTATED, TitleVerdict.TRANSLATED)
    return compare_titles(entry.title.text, record.title).verdict not in alike
