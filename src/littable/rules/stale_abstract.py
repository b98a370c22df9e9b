from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Change, Fix
from littable.document.cells import cell_count, escape
from littable.document.entry import Entry, Field
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.papers.sources import Found, Unavailable
from littable.patterns import lazy
from littable.rules._agreement import trust
from littable.rules._context import Context
from littable.rules._rule import Finding, Need, Rule, rule
from littable.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from littable.prose.changes import Comparison

_FEWEST_WORDS = 8
_SHOWN_CHANGES = 2
_LONGEST_PHRASE = 40
_SAMPLE = 400
_NEAR = 4
_LARGELY = 0.3
_LATIN = lazy(r"[\x00-\u024f]+")
_MARKUP = frozenset("[]<>`")
_OPENS_HTML = lazy(r"<[A-Za-z/!?]")


@rule("LT501", fix=Applicability.SAFE, needs={Need.PAPERS, Need.VERSIONS})
def stale_abstract(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The abstract is not the paper's current one.

    Why: authors correct numbers, names and claims in later versions, and a copied abstract keeps the old
    ones. Only words and numbers count: TeX, Unicode, spacing and punctuation are set aside, and a text that
    is somebody's own summary or a translation is not compared.

    Bad:
        | Title | Abstract |
        | --- | --- |
        | [WMDP](https://arxiv.org/abs/2403.03218) | We release 4,157 questions and develop CUT to unlearn. |

    Good:
        | Title | Abstract |
        | --- | --- |
        | [WMDP](https://arxiv.org/abs/2403.03218) | We release 3,668 questions and develop RMU to unlearn. |

    Fix safety: safe where the row names the arXiv paper, its title agrees with the record, and the text is
    that of a known earlier version or differs only in words that stand for others. Unsafe where the titles
    differ, where the link is pinned to a version whose text this may be, and where words were added or much
    differs without a version that says so: it may be somebody's own. Shown only where an edit would cut a
    link, a tag or a footnote. The words that changed are replaced, nothing else.
    """
    for entry in document.entries:
        abstract = entry.abstract
        if abstract is None or entry.arxiv_id is None or not _may_be_copied(abstract.text):
            continue
        lookup = ctx.facts.paper(entry.arxiv_id)
        if isinstance(lookup, Unavailable):
            yield this.skip(abstract.span, entry.arxiv_id, lookup.reason)
        elif isinstance(lookup, Found) and not lookup.record.withdrawn:
            yield from _judge(this, entry, abstract, lookup.record, ctx)


def _may_be_copied(text: str) -> bool:
    """Whether the text is long enough for an abstract and in the letters in which arXiv has them."""
    sample = text[:_SAMPLE]
    if len(sample.split(None, _FEWEST_WORDS - 1)) < _FEWEST_WORDS:
        return False
    if sample.isascii():
        return True
    foreign = sum(map(str.isalpha, _LATIN.sub("", sample)))
    return foreign * 2 < sum(map(str.isalpha, sample))


def _judge(this: Rule, entry: Entry, abstract: Field, record: PaperRecord, ctx: Context) -> Iterator[Finding]:
    if not record.abstract:
        yield this.skip(abstract.span, record.id, f"{record.origin} has no abstract of it")
        return
    from littable.prose.changes import Verdict, compare  # late: most runs compare nothing

    comparison = compare(abstract.text, record.abstract)
    if comparison.verdict is not Verdict.CHANGED:
        return
    pinned = _pinned_version(entry)
    if record.version is not None and pinned is not None and pinned > record.version:
        yield this.skip(
            abstract.span, record.id, f"the row links v{pinned}, {record.origin} knows v{record.version}"
        )
        return
    copied = _copied_version(abstract.text, record.id, ctx)
    if copied is None and _is_own(comparison, record, ctx):
        return
    yield this.report(
        abstract.span,
        _message(comparison.changes, copied, record.version),
        entry=entry,
        fix=_fix(entry, abstract, comparison, record, copied),
        changes=comparison.changes,
        verdict=str(comparison.verdict),
        copied_from=f"v{copied}" if copied is not None else None,
    )


def _is_own(comparison: Comparison, record: PaperRecord, ctx: Context) -> bool:
    """Whether the words that differ are somebody's own: a note added to the abstract as it is, or, where
    every version is known, a summary that shares many words with them.
    """
    if not any(change.new for change in comparison.changes):
        return True
    return comparison.ratio >= _LARGELY and _knows_every_version(record, ctx)


def _knows_every_version(record: PaperRecord, ctx: Context) -> bool:
    known = {number for number, lookup in ctx.facts.earlier_versions(record.id) if isinstance(lookup, Found)}
    return record.version is not None and known >= set(range(1, record.version))


def _copied_version(text: str, arxiv_id: str, ctx: Context) -> int | None:
    """The newest earlier version whose abstract this is."""
    for version, lookup in ctx.facts.earlier_versions(arxiv_id):
        if isinstance(lookup, Found) and _says(text, lookup.record.abstract):
            return version
    return None


def _says(text: str, abstract: str) -> bool:
    from littable.prose.changes import Verdict, compare

    return bool(abstract) and compare(text, abstract).verdict in (Verdict.SAME, Verdict.COSMETIC)


def _message(changes: Sequence[Change], copied: int | None, current: int | None) -> str:
    shown = ", ".join(map(_shown, changes[:_SHOWN_CHANGES]))
    message = "abstract is not the current one" + (f": {shown}" if shown else "")
    notes = []
    if (more := len(changes) - _SHOWN_CHANGES) > 0:
        notes.append(f"{more} more {'change' if more == 1 else 'changes'}")
    if copied is not None:
        notes.append(f"copied from v{copied}" + (f"; v{current} is current" if current else ""))
    return f"{message} ({'; '.join(notes)})" if notes else message


def _shown(change: Change) -> str:
    if not change.old:
        return f"added {_cut(change.new)}"
    if not change.new:
        return f"removed {_cut(change.old)}"
    return f"{_cut(change.old)} → {_cut(change.new)}"


def _cut(phrase: str) -> str:
    return phrase if len(phrase) <= _LONGEST_PHRASE else f"{phrase[: _LONGEST_PHRASE - 1]}…"


def _fix(
    entry: Entry, abstract: Field, comparison: Comparison, record: PaperRecord, copied: int | None
) -> Fix | None:
    edits = tuple(_shifted(edit, abstract.span.start) for edit in comparison.edits)
    if not edits or not _keeps_cells(entry, edits):
        return None
    applicability = trust(entry, record)
    harms = any(_OPENS_HTML.search(edit.text) or _cuts_markup(edit, abstract.source) for edit in edits)
    if entry.torn or harms:
        applicability = Applicability.DISPLAY
    elif _may_be_meant(entry, copied, comparison):
        applicability = min(applicability, Applicability.UNSAFE)
    current = f"v{record.version}" if record.version else "the current version"
    return Fix(f"write what {current} says", edits, applicability)


def _cuts_markup(edit: Edit, source: str) -> bool:
    """Whether the edit takes a part of a link, a tag, a footnote or code away, or leaves brackets empty."""
    if not _MARKUP.isdisjoint(edit.span.of(source)):
        return True
    start, end = edit.span.start, edit.span.end
    before = source[max(start - _NEAR, 0) : start].rstrip("^ ")
    after = source[end : end + _NEAR].lstrip()
    return not edit.text.strip() and before.endswith(("[", "(")) and after.startswith(("]", ")"))


def _may_be_meant(entry: Entry, copied: int | None, comparison: Comparison) -> bool:
    """Whether somebody may want the text as it is: that of the version which the link is pinned to, or, where
    no version is known to have it, a text with words of their own in it or far from the record.
    """
    if copied is not None or _pinned_version(entry) is not None:
        return copied in (None, _pinned_version(entry))
    added = any(not change.old or not change.new for change in comparison.changes)
    return added or comparison.ratio >= _LARGELY


def _shifted(edit: Edit, offset: int) -> Edit:
    return Edit(Span(edit.span.start + offset, edit.span.end + offset), escape(edit.text))


def _keeps_cells(entry: Entry, edits: Sequence[Edit]) -> bool:
    """Whether the row has as many cells after the edits as before them."""
    row = entry.row
    start = row.span.start
    moved = [Edit(Span(edit.span.start - start, edit.span.end - start), edit.text) for edit in edits]
    text = apply_edits(row.text, moved)
    return cell_count(text, 0, len(text)) == len(row.cells)


def _pinned_version(entry: Entry) -> int | None:
    return entry.identity.arxiv.version if entry.identity and entry.identity.arxiv else None
