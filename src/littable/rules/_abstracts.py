"""What the abstracts of a document's rows are to the records, judged once for all rules that ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from littable.document.abstract_name import is_called_abstract
from littable.document.entry import Entry, Field
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.patterns import lazy
from littable.rules._context import Context
from littable.rules._papers import known_papers
from littable.rules._versions import copied_version
from littable.shapes import Shape

if TYPE_CHECKING:
    from littable.prose.changes import Comparison, Verdict

_FEWEST_WORDS = 8
_SAMPLE = 400
_MOSTLY_OTHERS = 0.5
_LATIN = lazy(r"[\x00-\u024f]+")


@dataclass(frozen=True, slots=True)
class Judged:
    """An abstract and its comparison with the current record.

    ``copied`` is the earlier version whose abstract it is, the newest of several, if one is known to have it.
    """

    entry: Entry
    field: Field
    record: PaperRecord
    comparison: Comparison
    copied: int | None

    @property
    def verdict(self) -> Verdict:
        """What the text is to the record's."""
        return self.comparison.verdict


@dataclass(frozen=True, slots=True)
class Unjudged:
    """An abstract that could not be compared, and why."""

    field: Field
    subject: str
    reason: str


def judged_abstracts(document: Document, ctx: Context) -> Sequence[Judged]:
    """The abstracts that could be compared, in the order of the text."""
    return [found for found in _all(document, ctx) if isinstance(found, Judged)]


def unjudged_abstracts(document: Document, ctx: Context) -> Sequence[Unjudged]:
    """The abstracts that could not be compared."""
    return [found for found in _all(document, ctx) if isinstance(found, Unjudged)]


def wants_versions(text: str, record: PaperRecord) -> bool:
    """Whether earlier versions may tell where an abstract was copied from, which is not the current one."""
    if record.withdrawn or not record.abstract or not _may_be_copied(text):
        return False
    from littable.prose.changes import Verdict, compare  # late: many runs compare nothing

    return compare(text, record.abstract).verdict in (Verdict.CHANGED, Verdict.TRUNCATED, Verdict.FOREIGN)


def _all(document: Document, ctx: Context) -> Sequence[Judged | Unjudged]:
    return ctx.shared("judged-abstracts", lambda: list(_judge(document, ctx)))


def _judge(document: Document, ctx: Context) -> Iterator[Judged | Unjudged]:
    for entry, record in known_papers(document, ctx):
        field = entry.abstract
        if field is not None and not record.withdrawn and _may_be_copied(field.text):
            yield _compare(entry, field, record, ctx)


def _compare(entry: Entry, field: Field, record: PaperRecord, ctx: Context) -> Judged | Unjudged:
    if not record.abstract:
        return Unjudged(field, record.id, f"{record.origin} has no abstract of it")
    from littable.prose.changes import Comparison, Verdict, compare  # late: most runs compare nothing

    comparison = compare(field.text, record.abstract)
    same = comparison.verdict in (Verdict.SAME, Verdict.COSMETIC)
    copied = None if same else copied_version(record, ctx, lambda earlier: _says(field.text, earlier))
    if not same and copied is None and _is_retold(entry, comparison):
        comparison = Comparison(Verdict.OWN_WORDS, ratio=comparison.ratio)
    return Judged(entry, field, record, comparison, copied)


def _is_retold(entry: Entry, comparison: Comparison) -> bool:
    """Whether a text that shares phrases with the abstract is a note or summary: most of its words are
    others, and nothing calls it the abstract. What stands below an item or a heading may be about anything.
    """
    from littable.prose.changes import Verdict

    notes = {Verdict.CHANGED, Verdict.TRUNCATED}
    if entry.shape in (Shape.BULLET, Shape.SECTION):
        notes.add(Verdict.FOREIGN)
    if comparison.verdict not in notes or comparison.ratio < _MOSTLY_OTHERS:
        return False
    return not is_called_abstract(entry)


def _may_be_copied(text: str) -> bool:
    """Whether the text is long enough for an abstract and in the letters in which arXiv has them."""
    sample = text[:_SAMPLE]
    if len(sample.split(None, _FEWEST_WORDS - 1)) < _FEWEST_WORDS:
        return False
    if sample.isascii():
        return True
    foreign = sum(map(str.isalpha, _LATIN.sub("", sample)))
    return foreign * 2 < sum(map(str.isalpha, sample))


def _says(text: str, version: PaperRecord) -> bool:
    """Whether a version of the paper has the text as its abstract."""
    from littable.prose.changes import Verdict, compare

    same = (Verdict.SAME, Verdict.COSMETIC)
    return bool(version.abstract) and compare(text, version.abstract).verdict in same
