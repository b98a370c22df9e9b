from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.papers.sources import Found, Unavailable
from littable.rules._context import Context
from littable.rules._papers import lookup_of
from littable.rules._pins import Pin, outdated, pins, repinned
from littable.rules._rule import Finding, Need, Rule, rule
from littable.text import Span


@rule("LT508", severity=Severity.NOTE, fix=Applicability.UNSAFE, needs={Need.PAPERS})
def outdated_pin(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The arXiv link is pinned to a version that is not the latest.

    Why: whoever follows the link reads a text that its authors have corrected since. The rule is silent
    where the link itself says which version it is for (`[v1](…)`), and where the paper has been withdrawn
    since, so that only the earlier version has a text.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762v1 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762v7 |

    Fix safety: unsafe; the author may have meant that very version. The number of the current version is
    written. Where LT307 versioned-arxiv-link is on too, its own fix then drops the version altogether.
    """
    told: set[Span] = set()
    for entry in document.entries:
        pinned = list(pins(entry))
        unknown = _unknown(lookup_of(entry, ctx)) if pinned else None
        if unknown is not None and entry.arxiv_id is not None:
            yield this.skip(pinned[0].span, entry.arxiv_id, unknown)
        for pin in pinned:
            record = outdated(pin, ctx)
            if record is not None and pin.span not in told:
                told.add(pin.span)
                yield this.report(pin.span, _message(pin, record), entry=entry, fix=_fix(pin, record))


def _unknown(lookup: object) -> str | None:
    """Why nobody can say which version is current."""
    if isinstance(lookup, Unavailable):
        return lookup.reason
    if isinstance(lookup, Found) and lookup.record.version is None:
        return f"{lookup.record.origin} does not say which version is current"
    return None


def _message(pin: Pin, record: PaperRecord) -> str:
    now = f"v{record.version}{_day(record.updated)} is current"
    return f"pinned to v{pin.version}{_day(_date_of(pin.version, record))}; {now}"


def _date_of(version: int, record: PaperRecord) -> date | None:
    if version <= len(record.version_dates):
        return record.version_dates[version - 1]
    return record.published if version == 1 else None


def _day(day: date | None) -> str:
    return f" ({day.isoformat()})" if day else ""


def _fix(pin: Pin, record: PaperRecord) -> Fix | None:
    edits = repinned(pin, f"v{record.version}")
    if not edits:
        return None
    # LT307, which left this pin to this rule, may speak about the new one.
    return Fix(f"link v{record.version}", edits, Applicability.UNSAFE, reveals=True)
