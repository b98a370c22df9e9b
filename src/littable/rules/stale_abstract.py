from __future__ import annotations

from collections.abc import Iterator, Sequence

from littable.diagnostic import Applicability, Change
from littable.document.model import Document
from littable.roles import Role
from littable.rules._abstract_fix import abstract_fix
from littable.rules._abstracts import (
    Judged,
    judged_abstracts,
    unjudged_abstracts,
)
from littable.rules._context import Context
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._versions import (
    caveat,
    knows_every_version,
    may_be_outdated,
    pinned_version,
    unknown_version,
    version_date,
)
from littable.rules._wording import shortened

_SHOWN_CHANGES = 2
_LONGEST_PHRASE = 40
_LARGELY = 0.3
_FEWEST_LETTERS = 3


@rule("LT501", fix=Applicability.SAFE, needs={Need.PAPERS, Need.VERSIONS}, compares=Role.ABSTRACT)
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
    differs without a version that says so: it may be somebody's own. Unsafe too where the record is older
    than `max-age` and no earlier version is known to have the text: the row may be newer. Shown only where
    an edit would cut a link, a tag or a footnote. The words that changed are replaced, nothing else.
    """
    for unjudged in unjudged_abstracts(document, ctx):
        yield this.skip(unjudged.field.span, unjudged.subject, unjudged.reason)
    for judged in judged_abstracts(document, ctx):
        if not _is_stale(judged, ctx):
            continue
        if reason := unknown_version(judged.entry, judged.record):
            yield this.skip(judged.field.span, judged.record.id, reason)
            continue
        yield this.report(
            judged.field.span,
            _message(judged, ctx) + caveat(judged.record, judged.copied),
            entry=judged.entry,
            fix=abstract_fix(judged, ctx, meant=_may_be_meant(judged)),
            changes=judged.comparison.changes,
            verdict="changed",
            copied=judged.copied,
        )


def _is_stale(judged: Judged, ctx: Context) -> bool:
    """Whether the text is an earlier version's, or one that differs from the record in single words."""
    from littable.prose.changes import Verdict

    if judged.copied is not None:
        return True
    if judged.entry.arxiv_id is None:  # the record may be older than a row that was told by its title
        return False
    return judged.verdict is Verdict.CHANGED and not _is_own(judged, ctx)


def _is_own(judged: Judged, ctx: Context) -> bool:
    """Whether the words that differ are somebody's own: a note beside the abstract as it is, or, where every
    version is known, a summary that shares many words with them.
    """
    comparison = judged.comparison
    if not any(change.new for change in comparison.changes):
        every = knows_every_version(judged.record, ctx)
        return every or not _has_words_removed_within(judged)
    return comparison.ratio >= _LARGELY and knows_every_version(judged.record, ctx)


def _has_words_removed_within(judged: Judged) -> bool:
    """Whether words, and not mere marks of a footnote, are gone from the middle of the text."""
    text = judged.field.text
    first, last = len(text) // 20, len(text) * 19 // 20
    return any(
        first < edit.span.start and edit.span.end < last
        for edit in judged.comparison.edits
        if sum(map(str.isalpha, edit.span.of(text))) >= _FEWEST_LETTERS
    )


def _message(judged: Judged, ctx: Context) -> str:
    changes = judged.comparison.changes
    shown = ", ".join(map(_shown, changes[:_SHOWN_CHANGES])) or "another text"
    parts = [f"abstract is not the current one: {shown}"]
    if (more := len(changes) - _SHOWN_CHANGES) > 0:
        parts.append(f"{more} more {'change' if more == 1 else 'changes'}")
    if judged.copied is not None:
        day = version_date(judged.record, judged.copied, ctx)
        parts.append(f"copied from v{judged.copied}" + (f" ({day})" if day else ""))
        if judged.record.version:
            parts.append(f"v{judged.record.version} is current")
    return "; ".join(parts)


def _shown(change: Change) -> str:
    times = "" if change.count == 1 else " (twice)" if change.count == 2 else f" ({change.count} times)"
    old, new = shortened(change.old, _LONGEST_PHRASE), shortened(change.new, _LONGEST_PHRASE)
    if not old:
        return f"added {new}{times}"
    return f"removed {old}{times}" if not new else f"{old} → {new}{times}"


def _may_be_meant(judged: Judged) -> bool:
    """Whether somebody may want the text as it is: that of the version which the link is pinned to, or, where
    no version is known to have it, a text with words of their own in it, far from the record, or newer.
    """
    if may_be_outdated(judged.record, judged.copied):
        return True
    pinned = pinned_version(judged.entry)
    if judged.copied is not None or pinned is not None:
        return judged.copied in (None, pinned)
    changes: Sequence[Change] = judged.comparison.changes
    return judged.comparison.ratio >= _LARGELY or any(not change.old or not change.new for change in changes)
