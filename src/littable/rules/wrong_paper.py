from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.entry import Entry
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.papers.sources import Candidates, Found
from littable.roles import Role
from littable.rules._another_paper import speaks_of_another
from littable.rules._context import Context
from littable.rules._duplicates import identifier_link, identifier_span
from littable.rules._papers import known_papers
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._titles import title_words
from littable.rules._wording import quoted
from littable.text import Span


@rule(
    "LT310",
    severity=Severity.ERROR,
    fix=Applicability.UNSAFE,
    needs={Need.PAPERS, Need.VERSIONS, Need.TITLES},
    compares=Role.LINK,
)
def wrong_paper(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The link leads to another paper.

    Why: one wrong digit, or a link copied from the row above, sends the reader to something else.

    This is said only when everything in the row speaks of another paper: the title has no word that matters
    in common with the linked paper's, nor with an earlier version's, and neither an author nor the abstract
    agrees. A paper that was renamed is LT502.

    Bad:
        | Title | Authors | Link |
        | --- | --- | --- |
        | Attention Is All You Need | Ashish Vaswani, Noam Shazeer | https://arxiv.org/abs/2403.03218 |

    Good:
        | Title | Authors | Link |
        | --- | --- | --- |
        | Attention Is All You Need | Ashish Vaswani, Noam Shazeer | https://arxiv.org/abs/1706.03762 |

    Fix safety: unsafe, and only where exactly one paper with the row's title is known: its identifier is
    written into the link.
    """
    for entry, record in known_papers(document, ctx):
        if not speaks_of_another(entry, record, ctx):
            continue
        right = _right_paper(entry, ctx)
        message = f"link leads to another paper: {record.id} is {quoted(record.title)}"
        if right is not None:
            message += f"; the title is that of {right.id}"
        yield this.report(identifier_span(entry), message, entry=entry, fix=_fix(entry, right))


def _right_paper(entry: Entry, ctx: Context) -> PaperRecord | None:
    """The one paper that has the row's title, among those of the run and those found by the title."""
    if entry.title is None:
        return None
    found = ctx.facts.titled(entry.title.plain)
    records = list(found.records) if isinstance(found, Candidates) else []
    records += [lookup.record for lookup in ctx.facts.papers.values() if isinstance(lookup, Found)]
    wanted = title_words(entry.title.text)
    named = {record.id: record for record in records if title_words(record.title) == wanted}
    return next(iter(named.values())) if len(named) == 1 else None


def _fix(entry: Entry, right: PaperRecord | None) -> Fix | None:
    link = identifier_link(entry)
    if right is None or link is None or link.identity_span is None:
        return None
    # The other paper's version is not this one's.
    end = link.version_span.end if link.version_span else link.identity_span.end
    span = Span(link.identity_span.start, end)
    return Fix.replace(span, right.id, f"link {right.id}", Applicability.UNSAFE, reveals=True)
