from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Change, Fix
from littable.document.entry import Entry, Field
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.roles import Role
from littable.rules._agreement import authors_agree, is_opposed, is_supported
from littable.rules._another_paper import speaks_of_another
from littable.rules._context import Context
from littable.rules._field_fix import field_fix
from littable.rules._papers import known_papers
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._versions import (
    caveat,
    copied_version,
    current_version,
    may_be_outdated,
    pinned_version,
    unknown_version,
)
from littable.rules._wording import quoted, shortened

if TYPE_CHECKING:
    from littable.prose.titles import TitleComparison

_SHOWN_CHANGES = 2
_LONGEST_PHRASE = 40
_LARGELY = 0.5
_FEWEST_WORDS = 4


@rule("LT502", fix=Applicability.SAFE, needs={Need.PAPERS, Need.VERSIONS}, compares=Role.TITLE)
def stale_title(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The title is not the paper's current one, or is misspelt.

    Why: authors rename papers between versions, and a reader who searches for the old title finds something
    else or nothing. Case, TeX, hyphens, quotes and what people put around a title make no difference. A
    shortened or translated title is somebody's choice and is left alone.

    Bad:
        | Title | Link |
        | --- | --- |
        | Atention Is All You Need | https://arxiv.org/abs/1706.03762 |

    Good:
        | Title | Link |
        | --- | --- |
        | Attention is all you need (NeurIPS 2017) | https://arxiv.org/abs/1706.03762 |

    Fix safety: safe where the title is that of a known earlier version to which the link is not pinned, and
    where a word or two are misspelt by a letter or two. Unsafe where other words differ and no version is
    known to have had them; this is reported only when the authors or the abstract are the paper's. Shown
    only where an edit would cut a link, a tag or code. The words that differ are replaced, nothing else.
    """
    for entry, record in known_papers(document, ctx):
        if entry.title is not None and entry.arxiv_id is not None and not record.withdrawn:
            yield from _judge(this, entry, entry.title, record, ctx)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A title beside the record's; ``copied`` is the earlier version whose title it is, if one is known."""

    entry: Entry
    title: Field
    record: PaperRecord
    comparison: TitleComparison
    copied: int | None


def _judge(this: Rule, entry: Entry, title: Field, record: PaperRecord, ctx: Context) -> Iterator[Finding]:
    if not record.title:
        yield this.skip(title.span, record.id, f"{record.origin} has no title of it")
        return
    from littable.prose.titles import TitleVerdict, compare_titles  # late: most runs compare nothing

    comparison = compare_titles(title.text, record.title)
    if comparison.verdict is TitleVerdict.SAME:
        return
    copied = copied_version(record, ctx, lambda earlier: _says(title.text, earlier.title))
    judged = _Judged(entry, title, record, comparison, copied)
    if copied is None and (not _is_wrong(judged) or speaks_of_another(entry, record, ctx)):
        return
    if reason := unknown_version(entry, record):
        yield this.skip(title.span, record.id, reason)
        return
    yield this.report(
        title.span,
        _message(judged) + caveat(record, copied),
        entry=entry,
        fix=_fix(judged, ctx),
        changes=comparison.changes,
        verdict=str(comparison.verdict),
        copied=copied,
    )


def _says(written: str, title: str) -> bool:
    from littable.prose.titles import TitleVerdict, compare_titles

    return bool(title) and compare_titles(written, title).verdict is TitleVerdict.SAME


def _is_wrong(judged: _Judged) -> bool:
    """Whether a title that no earlier version is known to have is the paper's, but not as it should be."""
    from littable.prose.titles import TitleVerdict

    comparison = judged.comparison
    if comparison.verdict is TitleVerdict.MISSPELT:
        return True
    if comparison.verdict not in (TitleVerdict.RENAMED, TitleVerdict.DIFFERENT):
        return False
    if comparison.words < _FEWEST_WORDS:
        return False
    # With nothing in common it may be a heading of somebody's own over a copied abstract.
    agrees = is_supported if comparison.shared else authors_agree
    return agrees(judged.entry, judged.record)


def _message(judged: _Judged) -> str:
    from littable.prose.titles import TitleVerdict

    comparison, record = judged.comparison, judged.record
    if judged.copied is not None:
        start = f"title is that of v{judged.copied}"
    elif comparison.verdict is TitleVerdict.MISSPELT:
        start = "title differs from the paper's"
    else:
        start = "title is not the current one"
    notes = [f"v{record.version} is current"] if judged.copied is not None and record.version else []
    if comparison.ratio >= _LARGELY or not comparison.changes:
        start += f": now {quoted(record.title)}"
    else:
        start += ": " + ", ".join(map(_shown, comparison.changes[:_SHOWN_CHANGES]))
        if (more := len(comparison.changes) - _SHOWN_CHANGES) > 0:
            notes.insert(0, f"{more} more {'change' if more == 1 else 'changes'}")
    return start + (f" ({'; '.join(notes)})" if notes else "")


def _shown(change: Change) -> str:
    old, new = (shortened(phrase, _LONGEST_PHRASE) for phrase in (change.old, change.new))
    if not old:
        return f"added {quoted(new)}"
    return f"{old} → {new}" if new else f"removed {quoted(old)}"


def _fix(judged: _Judged, ctx: Context) -> Fix | None:
    from littable.prose.titles import compare_titles
    from littable.prose.writing import as_markdown

    wanted = as_markdown(judged.record.title, ctx.settings.tex)
    edits = compare_titles(judged.title.text, wanted).edits
    title = f"write the title of {current_version(judged.record)}"
    return field_fix(judged.entry, judged.title, edits, title, _applicability(judged))


def _applicability(judged: _Judged) -> Applicability:
    from littable.prose.titles import TitleVerdict

    entry, comparison, pinned = judged.entry, judged.comparison, pinned_version(judged.entry)
    if judged.copied is not None:
        changed = (TitleVerdict.MISSPELT, TitleVerdict.RENAMED, TitleVerdict.DIFFERENT)
        sure = pinned != judged.copied and comparison.verdict in changed and comparison.words >= _FEWEST_WORDS
    elif may_be_outdated(judged.record, None):
        sure = False
    elif comparison.verdict is TitleVerdict.MISSPELT and pinned in (None, judged.record.version):
        tiny = comparison.tiny and not is_opposed(entry, judged.record)
        sure = tiny or is_supported(entry, judged.record)
    else:
        sure = False
    return Applicability.SAFE if sure else Applicability.UNSAFE
