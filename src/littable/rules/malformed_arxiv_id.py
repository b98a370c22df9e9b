from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from littable.diagnostic import Severity
from littable.document.entry import PaperLink
from littable.document.model import Document
from littable.papers.identifiers import LinkIdentity
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._paper_links import link_span
from littable.rules._rule import Finding, Rule, rule
from littable.rules._wording import quoted
from littable.text import Span

_TIME_ZONES = timedelta(days=2)


@rule("LT308", severity=Severity.ERROR)
def malformed_arxiv_id(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The arXiv identifier cannot exist.

    Why: the link leads nowhere. An identifier is the year and month in which it was given out and a number
    of five digits (four before 2015), such as `1706.03762`; a month 13 or a digit too few is a slip.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.0376 |
        | DoRA: Weight-Decomposed Low-Rank Adaptation | 2024 | https://arxiv.org/abs/2420.09353 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | DoRA: Weight-Decomposed Low-Rank Adaptation | 2024 | https://arxiv.org/abs/2402.09353 |
    """
    told: set[Span] = set()
    for entry in document.entries:
        for link in entry.links:
            if link.identity is None or link.role not in (Role.LINK, Role.TITLE):
                continue
            reason = link.identity.malformed or _not_given_out(link.identity, ctx.today)
            if reason is not None and (span := link_span(link)) not in told:
                told.add(span)
                yield this.report(span, f"{_written(link)} cannot lead to a paper: {reason}", entry=entry)


def _not_given_out(identity: LinkIdentity, today: date) -> str | None:
    if identity.arxiv is None:
        return None
    year, month = identity.arxiv.submitted
    latest = today + _TIME_ZONES
    if (year, month) <= (latest.year, latest.month):
        return None
    return f"identifiers of {date(year, month, 1):%B %Y} are not given out yet"


def _written(link: PaperLink) -> str:
    identity = link.identity
    assert identity is not None
    return quoted(link.link.url[identity.id_start : identity.id_end] or link.link.url)
