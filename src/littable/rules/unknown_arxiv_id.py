from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from littable.diagnostic import Severity
from littable.document.entry import Entry, PaperLink
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.papers.sources import Found, Lookup, Missing
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._paper_links import link_span
from littable.rules._papers import lookup_of
from littable.rules._pins import Pin, pins
from littable.rules._rule import Finding, Need, Rule, rule
from littable.text import Span

# arXiv gives an identifier out when a paper is submitted; it is announced after a weekend and holidays at the
# latest, and the API follows a day later.
_ANNOUNCED_WITHIN = timedelta(days=7)
_TIME_ZONES = timedelta(days=2)
# The origin of a record that was asked for in this run.
_ASKED_NOW = "arXiv"


@rule("LT309", severity=Severity.ERROR, needs={Need.PAPERS}, compares=Role.LINK)
def unknown_arxiv_id(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """arXiv has no paper with this identifier, or no such version of it.

    Why: the link leads nowhere; mostly two digits have changed places. Only arXiv itself can say so: a paper
    that a file or the store lacks is not checked, and neither is one so new that arXiv may not show it yet.
    That a version does not exist is said only when arXiv has just been asked.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.93762 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
    """
    told: set[Span] = set()  # two rows may use one reference
    for entry in document.entries:
        lookup = lookup_of(entry, ctx)
        known = isinstance(lookup, Found | Missing)
        link = _naming_link(entry) if known else None
        for finding in _judge(this, entry, link, lookup, ctx) if link and lookup else ():
            if finding.span not in told:
                told.add(finding.span)
                yield finding


def _naming_link(entry: Entry) -> PaperLink | None:
    """The first link that names the row's paper."""
    return next(
        (
            link
            for link in entry.identities
            if link.identity and link.identity.arxiv and link.identity.arxiv.id == entry.arxiv_id
        ),
        None,
    )


def _judge(this: Rule, entry: Entry, link: PaperLink, lookup: Lookup, ctx: Context) -> Iterator[Finding]:
    assert link.identity is not None
    assert link.identity.arxiv is not None
    arxiv = link.identity.arxiv.bare
    span = link_span(link)
    if isinstance(lookup, Found):
        for pin in pins(entry):
            if pin.arxiv.id == arxiv.id:
                yield from _judge_version(this, entry, pin, lookup.record)
    elif arxiv.submitted >= _month(ctx.today - _ANNOUNCED_WITHIN):
        # An identifier of a month to come is LT308's.
        if arxiv.submitted <= _month(ctx.today + _TIME_ZONES):
            yield this.skip(span, arxiv.id, "arXiv does not show it yet, and it may be a few days old")
    else:
        yield this.report(span, f"arXiv has no paper {arxiv.id}", entry=entry)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _judge_version(this: Rule, entry: Entry, pin: Pin, record: PaperRecord) -> Iterator[Finding]:
    """A record from a file or the store may be older than the row; then nobody can say."""
    if record.version is None or pin.version <= record.version:
        return
    if record.origin == _ASKED_NOW:
        message = f"{record.id} has no v{pin.version}; v{record.version} is current"
        yield this.report(pin.span, message, entry=entry)
    else:
        yield this.skip(pin.span, record.id, f"{record.origin} does not know the version that the row links")
