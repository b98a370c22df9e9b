from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Severity
from littable.document.model import Document
from littable.roles import Role
from littable.rules._abstract_fix import abstract_fix
from littable.rules._abstracts import judged_abstracts
from littable.rules._context import Context
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._versions import unknown_version


@rule(
    "LT510",
    severity=Severity.NOTE,
    fix=Applicability.SAFE,
    needs={Need.PAPERS},
    default=False,
    compares=Role.ABSTRACT,
)
def cosmetic_drift(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    r"""The abstract says what the paper's says, but is written otherwise.

    Why: TeX that was copied raw, lost blanks and straightened quotes change nothing in the meaning. Where a
    table is to read everywhere as arXiv does, this rule says what does not; it is off until selected.

    Bad:
        | Title | Abstract |
        | --- | --- |
        | [WMDP](https://arxiv.org/abs/2403.03218) | We release \textbf{3,668} questions and then build RMU. |

    Good:
        | Title | Abstract |
        | --- | --- |
        | [WMDP](https://arxiv.org/abs/2403.03218) | We release 3,668 questions and then build RMU. |

    Fix safety: safe where the row names the arXiv paper and its title agrees with the record: the text is
    replaced by the record's, as `tex` in the configuration wants mathematics. What stands around it stays.
    """
    abstracts = judged_abstracts(document, ctx)
    if not abstracts:
        return
    from littable.prose.changes import Verdict
    from littable.prose.writing import as_markdown

    for judged in abstracts:
        if judged.verdict not in (Verdict.SAME, Verdict.COSMETIC) or unknown_version(
            judged.entry, judged.record
        ):
            continue
        wanted = as_markdown(judged.record.abstract, ctx.settings.tex)
        if judged.field.place.says(judged.field.text, wanted):
            continue
        yield this.report(
            judged.field.span,
            "abstract differs from the paper's in form only",
            entry=judged.entry,
            fix=abstract_fix(judged, ctx, whole=True),
            verdict="cosmetic",
        )
