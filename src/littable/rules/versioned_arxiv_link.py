from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.text import Span


@rule("LT307", severity=Severity.NOTE, fix=Applicability.UNSAFE)
def versioned_arxiv_link(this: Rule, document: Document, _: Context) -> Iterator[Finding]:
    """The arXiv link is pinned to one version of the paper.

    Why: a reader who follows `v1` misses every later correction.

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
        for link in entry.identities:
            if link.version_span is None or link.version_span in told:
                continue
            if link.identity is None or link.identity.arxiv is None:
                continue
            told.add(link.version_span)
            version = link.identity.arxiv.version
            title = f"link the paper instead of v{version}"
            fix = Fix.replace(link.version_span, "", title, Applicability.UNSAFE)
            yield this.report(link.version_span, f"link is pinned to v{version}", entry=entry, fix=fix)
