from __future__ import annotations

from collections.abc import Iterator, Mapping

from littable.diagnostic import Applicability, Severity
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.papers.sources import Found
from littable.roles import Role
from littable.rules._abstract_fix import abstract_fix
from littable.rules._abstracts import Judged, judged_abstracts
from littable.rules._another_paper import speaks_of_another
from littable.rules._context import Context
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._versions import knows_every_version, unknown_version
from littable.rules._wording import quoted

_FIRST_WORDS = 8


@rule(
    "LT507",
    severity=Severity.ERROR,
    fix=Applicability.UNSAFE,
    needs={Need.PAPERS, Need.VERSIONS},
    compares=Role.ABSTRACT,
)
def foreign_abstract(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The abstract is another paper's.

    Why: a text that slipped into the next row tells a reader of one paper what another one found.

    It is an error where the text is known to be that of another paper in the run, or no version of the row's
    own paper has it; a warning where not all versions could be asked, since an abstract may have been written
    anew. Somebody's own summary is not compared.

    Bad:
        | Title | Link | Abstract |
        | --- | --- | --- |
        | WMDP | https://arxiv.org/abs/2403.03218 | We release 3,668 questions and develop RMU to unlearn. |
        | DoRA | https://arxiv.org/abs/2402.09353 | We release 3,668 questions and develop RMU to unlearn. |

    Good:
        | Title | Link | Abstract |
        | --- | --- | --- |
        | WMDP | https://arxiv.org/abs/2403.03218 | We release 3,668 questions and develop RMU to unlearn. |
        | DoRA | https://arxiv.org/abs/2402.09353 | Weights are decomposed into magnitude and direction. |

    Fix safety: unsafe, since the link may be what is wrong: the text is replaced by the abstract of the paper
    that the row names.
    """
    abstracts = judged_abstracts(document, ctx)
    if not abstracts:
        return
    from littable.prose.changes import Verdict

    for judged in abstracts:
        if judged.copied is not None or unknown_version(judged.entry, judged.record):
            continue
        if speaks_of_another(judged.entry, judged.record, ctx):  # then the link is wrong, which is LT310's
            continue
        if judged.verdict in (Verdict.SAME, Verdict.COSMETIC, Verdict.TRUNCATED):
            continue
        other = _owner(judged, ctx)
        if other is None and (judged.verdict is not Verdict.FOREIGN or judged.entry.arxiv_id is None):
            continue
        yield this.report(
            judged.field.span,
            _message(judged, other, ctx),
            entry=judged.entry,
            severity=None if other or knows_every_version(judged.record, ctx) else Severity.WARNING,
            fix=abstract_fix(judged, ctx, meant=True, whole=True),
            verdict="foreign",
        )


def _message(judged: Judged, other: PaperRecord | None, ctx: Context) -> str:
    if other is not None:
        return f"abstract is that of {other.id}, {quoted(other.title)}"
    if knows_every_version(judged.record, ctx):
        return "abstract is another paper's: it has hardly a word in common with this one's"
    return "abstract has hardly a word in common with the paper's: it is another's, or an earlier version's"


def _owner(judged: Judged, ctx: Context) -> PaperRecord | None:
    """The other paper of the run whose abstract the text is."""
    from littable.prose.canonical import canonical_words
    from littable.prose.changes import Verdict, compare

    beginnings = ctx.shared("abstract-beginnings", lambda: _beginnings(ctx))
    other = beginnings.get(canonical_words(judged.field.text)[:_FIRST_WORDS])
    if other is None or other.id == judged.record.id:
        return None
    same = compare(judged.field.text, other.abstract).verdict in (Verdict.SAME, Verdict.COSMETIC)
    return other if same else None


def _beginnings(ctx: Context) -> Mapping[tuple[str, ...], PaperRecord]:
    """The papers of the run by the first words of their abstracts."""
    from littable.prose.canonical import canonical_words

    records = [lookup.record for lookup in ctx.facts.papers.values() if isinstance(lookup, Found)]
    return {canonical_words(record.abstract)[:_FIRST_WORDS]: record for record in records if record.abstract}
