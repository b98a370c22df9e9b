from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Severity
from littable.document.model import Document
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._abstract_fix import abstract_fix
from littable.rules._abstracts import Judged, judged_abstracts
from littable.rules._context import Context
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._versions import may_be_outdated, unknown_version
from littable.rules._wording import quoted

_WORDS_SHOWN = 5
_MOST = 0.5
_ELLIPSIS = lazy(r"(?:\.{2,}|…|\[\.{2,}\]|\[…\])[\s)\]*_]*\Z")
_SENTENCE_END = lazy(r"[.!?。！？][\s\"'’”)\]}*_]*\Z")


@rule("LT506", fix=Applicability.SAFE, needs={Need.PAPERS, Need.VERSIONS}, compares=Role.ABSTRACT)
def truncated_abstract(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The abstract stops in the middle of the paper's.

    Why: programs that fill tables cut texts at some length, often at 1,000 characters, and the end of an
    abstract is where its results stand.

    A text that ends with a sentence may be somebody's choice: it is only noted, when it has at least half of
    the abstract, and left alone when it has less. One that an earlier version had as a whole is LT501.

    Bad:
        | Title | Abstract |
        | --- | --- |
        | [WMDP](https://arxiv.org/abs/2403.03218) | We release 3,668 questions and develop RMU to unl… |

    Good:
        | Title | Abstract |
        | --- | --- |
        | [WMDP](https://arxiv.org/abs/2403.03218) | We release 3,668 questions and develop RMU to unlearn. |

    Fix safety: safe where the row names the arXiv paper and its title agrees with the record: the rest of the
    text is put behind the words that are there. Unsafe where the text ends with a sentence.
    """
    abstracts = judged_abstracts(document, ctx)
    if not abstracts:
        return
    from littable.prose.changes import Verdict

    for judged in abstracts:
        if (
            judged.verdict is not Verdict.TRUNCATED
            or judged.copied is not None
            or unknown_version(judged.entry, judged.record)
        ):
            continue
        if judged.entry.torn:  # a stray pipe cut the text, which is LT102's
            continue
        chosen = _ends_with_a_sentence(judged.field.text)
        share = 1 - judged.comparison.ratio
        if chosen and share < _MOST:
            continue
        yield this.report(
            judged.field.span,
            f"abstract stops at {quoted(_last_words(judged))}, {100 * share:.0f}% of the way",
            entry=judged.entry,
            severity=Severity.NOTE if chosen else None,
            fix=abstract_fix(judged, ctx, meant=chosen or may_be_outdated(judged.record, None)),
            verdict=str(judged.verdict),
        )


def _ends_with_a_sentence(text: str) -> bool:
    end = text[-40:]
    return _ELLIPSIS.search(end) is None and _SENTENCE_END.search(end) is not None


def _last_words(judged: Judged) -> str:
    return " ".join(_ELLIPSIS.sub("", judged.field.text.rstrip()).split()[-_WORDS_SHOWN:])
