"""Links that are pinned to one version of a paper, and which rule speaks about them.

LT307 notes every pin, LT508 one that is known to be outdated; where LT508 speaks, LT307 need not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from littable.document.entry import Entry, PaperLink
from littable.papers.arxiv_id import ArxivId
from littable.papers.record import PaperRecord
from littable.papers.sources import Found
from littable.rules._context import Context
from littable.rules._paper_links import link_span
from littable.text import Edit, Span

_LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class Pin:
    """A link of a row, the paper that it names and the version that it is pinned to."""

    source: str
    link: PaperLink
    arxiv: ArxivId
    version: int

    @property
    def version_span(self) -> Span | None:
        """Where the version stands in the address; None where the address is written with escapes."""
        return self.link.version_span

    @property
    def span(self) -> Span:
        """What a finding points at."""
        return self.version_span or link_span(self.link)


def pins(entry: Entry) -> Iterator[Pin]:
    """The pinned links among those that name the row's paper."""
    for link in entry.identities:
        arxiv = link.identity.arxiv if link.identity else None
        if arxiv is not None and arxiv.version is not None:
            yield Pin(entry.row.source, link, arxiv, arxiv.version)


def outdated(pin: Pin, ctx: Context) -> PaperRecord | None:
    """The current record, where it is known to be newer than the pin and the pin may be a slip.

    Of a withdrawn paper only an earlier version has a text, and a link that says "v1" is meant.
    """
    record = _known(pin, ctx)
    if record is None or record.withdrawn or record.version is None or _is_meant(pin):
        return None
    return record if record.version > pin.version else None


def is_told_elsewhere(pin: Pin, ctx: Context) -> bool:
    """Whether LT307 is to leave a pin to LT508, which says more; or to leave it alone, since without a
    version the link would lead to a withdrawn paper.
    """
    record = _known(pin, ctx)
    if record is None:
        return False
    return record.withdrawn or (
        ctx.settings.enabled("LT508", by_default=True) and outdated(pin, ctx) is not None
    )


def _known(pin: Pin, ctx: Context) -> PaperRecord | None:
    lookup = ctx.facts.paper(pin.arxiv.id)
    return lookup.record if isinstance(lookup, Found) else None


def repinned(pin: Pin, version: str) -> tuple[Edit, ...]:
    """The edits that write ``version`` (such as ``v7``, or nothing) in the place of the pin's own: in the
    address, and in a label that repeats the identifier with its version.
    """
    if pin.version_span is None:
        return ()
    edits = [Edit(pin.version_span, version)]
    if repeated := _in_label(pin, rf"(?<={re.escape(pin.arxiv.id)})v{pin.version}(?!\d)"):
        edits.append(Edit(repeated, version))
    return tuple(edits)


def _is_meant(pin: Pin) -> bool:
    """Whether the label names the version and not the identifier: ``[v1](…)``, ``[PDF (v1)](…)``."""
    return _in_label(pin, rf"(?<![\w.-])v{pin.version}(?![\w.-])") is not None


def _in_label(pin: Pin, pattern: str) -> Span | None:
    """Where the pattern stands in the link's label; None where the label is the address itself."""
    link, label = pin.link.link, pin.link.link.text_span
    if label.touches(link.url_span) or label.end - label.start > _LONGEST_LABEL:
        return None
    found = re.search(pattern, label.of(pin.source), re.IGNORECASE)
    return Span(label.start + found.start(), label.start + found.end()) if found else None
