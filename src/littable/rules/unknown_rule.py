from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._registry import is_known, nearest
from littable.rules._rule import Finding, Rule, rule


@rule("LT902", severity=Severity.ERROR, fix=Applicability.DISPLAY)
def unknown_rule(this: Rule, document: Document, _: Context) -> Iterator[Finding]:
    """A comment names a rule that does not exist.

    Why: it suppresses nothing, whatever its writer meant. An unknown code in the configuration or on the
    command line is an error of its own, which is reported before any file is read.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need <!-- littable: ignore[LT999] --> | 2017 | arXiv:1706.03762 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Fix safety: shown only; the nearest code is a guess.
    """
    for suppression in document.suppressions:
        for code, span in suppression.codes:
            if is_known(code):
                continue
            meant = nearest(code)
            written = span.of(document.source)
            fix = Fix.replace(span, meant, f"write {meant}", Applicability.DISPLAY) if meant else None
            hint = f"; did you mean {meant}?" if meant else ""
            yield this.report(span, f"there is no rule {written}{hint}", fix=fix)
