"""Whether everything that a row says speaks of another paper than the one it links.

Then nothing that the record says is about the row, and only LT310 is to say something.
"""

from __future__ import annotations

from littable.document.entry import Entry
from littable.papers.record import PaperRecord
from littable.papers.sources import Found
from littable.rules._context import Context
from littable.rules._titles import telling, title_words

# Shorter titles are nicknames, and may be anything.
_FEWEST_WORDS = 4
# Where nothing stands beside the title, it must be one that nobody would have made up.
_FEWEST_WORDS_ALONE = 6


def speaks_of_another(entry: Entry, record: PaperRecord, ctx: Context) -> bool:
    """Whether title, authors and abstract, as far as the row has them, are all another paper's."""
    if entry.arxiv_id is None or entry.title is None or not record.title:
        return False
    key = f"another-paper {entry.row.span.start} {record.id}"
    return ctx.shared(key, lambda: _speaks_of_another(entry, record, ctx))


def _speaks_of_another(entry: Entry, record: PaperRecord, ctx: Context) -> bool:
    if not _has_another_title(entry, record) or any(
        not _has_another_title(entry, lookup.record)
        for _, lookup in ctx.facts.earlier_versions(record.id)
        if isinstance(lookup, Found)
    ):
        return False
    return _has_other_authors(entry, record) and _has_another_abstract(entry, record, ctx)


def _has_another_title(entry: Entry, record: PaperRecord) -> bool:
    title = entry.title
    if title is None or not record.title or title.text == record.title:
        return False
    written, recorded = title_words(title.text), title_words(record.title)
    alone = entry.authors is None and entry.abstract is None
    if len(written) < (_FEWEST_WORDS_ALONE if alone else _FEWEST_WORDS):
        return False
    if telling(written) & telling(recorded):
        return False
    from littable.prose.titles import TitleVerdict, compare_titles

    return compare_titles(title.text, record.title).verdict is TitleVerdict.DIFFERENT


def _has_other_authors(entry: Entry, record: PaperRecord) -> bool:
    if entry.authors is None or not record.authors:
        return True
    from littable.prose.authors import compare_authors

    return compare_authors(entry.authors.text, record.authors).agreeing == 0


def _has_another_abstract(entry: Entry, record: PaperRecord, ctx: Context) -> bool:
    if entry.abstract is None or not record.abstract:
        return True
    from littable.prose.changes import Verdict, compare

    texts = [record.abstract]
    texts += [
        lookup.record.abstract
        for _, lookup in ctx.facts.earlier_versions(record.id)
        if isinstance(lookup, Found)
    ]
    theirs = (Verdict.FOREIGN, Verdict.OWN_WORDS)
    return all(compare(entry.abstract.text, text).verdict in theirs for text in texts if text)
