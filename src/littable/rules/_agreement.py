"""Whether a row and a record are the same paper beyond doubt."""

from __future__ import annotations

from littable.diagnostic import Applicability
from littable.document.entry import Entry
from littable.papers.record import PaperRecord
from littable.rules._resolution import trust_in

_LARGELY = 0.5


def trust(entry: Entry, record: PaperRecord) -> Applicability:
    """How far the record's text may be written into the row: safely where it names the paper, or gives all
    its authors, and the titles agree.
    """
    title = entry.title
    if title is None or not record.title:
        return Applicability.UNSAFE
    from littable.prose.titles import compare_titles  # late: most runs compare nothing

    agrees = compare_titles(title.text, record.title).agrees
    return trust_in(entry, record) if agrees else Applicability.UNSAFE


def is_supported(entry: Entry, record: PaperRecord) -> bool:
    """Whether the row's authors or its abstract show that it is about the record's paper."""
    return authors_agree(entry, record) or abstract_agrees(entry, record)


def is_opposed(entry: Entry, record: PaperRecord) -> bool:
    """Whether the row names other people as authors, or has another paper's abstract."""
    if entry.authors is not None and record.authors:
        from littable.prose.authors import compare_authors

        if compare_authors(entry.authors.text, record.authors).strangers:
            return True
    if entry.abstract is None or not record.abstract:
        return False
    from littable.prose.changes import Verdict, compare

    return compare(entry.abstract.text, record.abstract).verdict is Verdict.FOREIGN


def abstract_agrees(entry: Entry, record: PaperRecord) -> bool:
    """Whether the row's abstract is the record's, though perhaps an earlier one or cut short."""
    if entry.abstract is None or not record.abstract:
        return False
    from littable.prose.changes import Verdict, compare

    comparison = compare(entry.abstract.text, record.abstract)
    if comparison.verdict is Verdict.CHANGED:
        return comparison.ratio < _LARGELY
    return comparison.verdict in (Verdict.SAME, Verdict.COSMETIC, Verdict.TRUNCATED)


def authors_agree(entry: Entry, record: PaperRecord) -> bool:
    """Whether the row's authors, as many as it names, are the record's."""
    if entry.authors is None or not record.authors:
        return False
    from littable.prose.authors import compare_authors

    return compare_authors(entry.authors.text, record.authors).supports
