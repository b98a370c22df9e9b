"""Whether a paper stands among rows already."""

from __future__ import annotations

from collections.abc import Iterable

from littable.adding.wanted import Wanted
from littable.document.entry import Entry
from littable.papers.record import PaperRecord
from littable.papers.title_key import title_key
from littable.rules._titles import title_words


def row_of(entries: Iterable[Entry], record: PaperRecord) -> Entry | None:
    """The first entry that names the paper, in whatever form, or has its title."""
    words, key = title_words(record.title), title_key(record.title)
    return next((entry for entry in entries if _names(entry, record) or _is_titled(entry, words, key)), None)


def row_wanted(entries: Iterable[Entry], paper: Wanted) -> Entry | None:
    """The first entry that the user's own words name: what is there already need not be looked up."""
    if paper.title is not None:
        words, key = title_words(paper.title), title_key(paper.title)
        return next((entry for entry in entries if _is_titled(entry, words, key)), None)
    return next((entry for entry in entries if _has_identifier(entry, paper.arxiv_id, paper.doi)), None)


def row_naming(entries: Iterable[Entry], record: PaperRecord) -> Entry | None:
    """The first entry that has the paper's identifier."""
    return next((entry for entry in entries if record.id in entry.row.text and _names(entry, record)), None)


def _names(entry: Entry, record: PaperRecord) -> bool:
    """Whether a row names the paper by an identifier of arXiv or by its DOI."""
    return _has_identifier(entry, record.id, record.doi)


def _has_identifier(entry: Entry, arxiv_id: str | None, doi: str | None) -> bool:
    doi = doi.lower() if doi else None
    for link in entry.identities:
        identity = link.identity
        if identity is None:
            continue
        if arxiv_id is not None and identity.arxiv is not None and identity.arxiv.id == arxiv_id:
            return True
        if doi is not None and identity.doi is not None and identity.doi.value == doi:
            return True
    return False


def _is_titled(entry: Entry, words: tuple[str, ...], key: str) -> bool:
    title = entry.title
    if title is None:
        return False
    return bool(key and title_key(title.plain) == key) or bool(words and title_words(title.text) == words)
