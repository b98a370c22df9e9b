from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._pins import is_told_elsewhere, pins, repinned
from littable.rules._rule import Finding, Rule, rule
from littable.text import Span


@rule("LT307", severity=Severity.NOTE, fix=Applicability.UNSAFE)
def versioned_arxiv_link(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The arXiv link is pinned to one version of the paper.

    Why: a reader who follows `v1` misses every later correction. The rule is silent where LT508
    outdated-pin is on and knows a later version, and says so itself; and where the paper is known to be
    withdrawn, since then only an earlier version has a text.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762v1 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Fix safety: unsafe; the author may have meant that very version.
    """
    told: set[Span] = set()
    for entry in document.entries:
        for pin in pins(entry):
            span = pin.version_span
            if span is None or span in told:
                continue
            told.add(span)
            if not is_told_elsewhere(pin, ctx):
                title = f"link the paper instead of v{pin.version}"
                fix = Fix(title, repinned(pin, ""), Applicability.UNSAFE, reveals=True)
                yield this.report(span, f"link is pinned to v{pin.version}", entry=entry, fix=fix)
