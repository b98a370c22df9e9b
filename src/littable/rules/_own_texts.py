"""Whether the texts of a column are the papers' own, abstracts and comments of arXiv, or somebody's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from littable.document.entry import Entry
from littable.papers.record import PaperRecord
from littable.patterns import lazy

_MOST = 2 / 3
_WHOLE_ABSTRACT = 400
_LONGEST_COMPARED = 20_000
_COMPARED = 12
_REMARK = lazy(
    r"\b(?:\d+\s+(?:pages?|pp|figures?|tables?)|accepted|submitted|published|to appear|camera.ready|workshop"
    r"|preprint|under review|project (?:page|website)|code (?:is )?available)\b",
    re.IGNORECASE,
)


def holds_abstracts(entries: Sequence[Entry], records: Mapping[str, PaperRecord]) -> bool:
    """Whether the abstracts in the rows are those of the papers.

    Their records tell; where too few are known, the length and the letters of the texts do.
    """
    fields = [(entry, field) for entry in entries if (field := entry.abstract) is not None]
    known = [(field.text, records.get(entry.arxiv_id or "")) for entry, field in fields]
    pairs = [(text, record.abstract) for text, record in known if record is not None and record.abstract]
    judged = [_is_from(text, abstract) for text, abstract in pairs[:_COMPARED]]
    if len(judged) > 1 or (judged and len(fields) == 1):
        return sum(judged) >= len(judged) * _MOST
    whole = sum(_looks_whole(field.text) for _, field in fields)
    return bool(fields) and whole >= len(fields) * _MOST


def holds_comments(texts: Iterable[str]) -> bool:
    """Whether the texts read as authors' remarks on arXiv do: pages, figures, where it was accepted."""
    found = [_REMARK.search(text) is not None for text in texts]
    return len(found) > 1 and sum(found) * 2 >= len(found)


def _is_from(text: str, abstract: str) -> bool:
    if len(text) > _LONGEST_COMPARED:
        return False
    from littable.prose.changes import Verdict, compare  # late: most runs fill nothing in

    return compare(text, abstract).verdict not in (Verdict.OWN_WORDS, Verdict.FOREIGN)


def _looks_whole(text: str) -> bool:
    head = text[:_WHOLE_ABSTRACT]
    return len(text) >= _WHOLE_ABSTRACT and sum(map(str.isascii, head)) >= 0.9 * len(head)
