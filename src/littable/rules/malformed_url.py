from __future__ import annotations

import re
from collections.abc import Iterator

from littable.diagnostic import Applicability, Diagnostic, Fix, Severity
from littable.document.fields import simple_part
from littable.document.inline import Link, LinkKind
from littable.document.model import Document, Entry
from littable.roles import Role
from littable.rules._addresses import Malformation, in_text, malformation
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.rules._wording import quoted
from littable.text import Span

_ADDRESS_ALONE = re.compile(r"[^\s\[\]<>|!]+/[^\s\[\]<>|]*")


@rule("LT302", severity=Severity.ERROR, fix=Applicability.SAFE)
def malformed_url(this: Rule, document: Document, _: Context) -> Iterator[Finding]:
    """The address of a link is written so that it leads nowhere.

    Why: GitHub takes an address without `https://` for a file of the repository, shows one with a blank
    inside as plain text, and follows `https://https://…` to a host that does not exist. Links to files of the
    repository, to headings and mail addresses are fine.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Link](https://https://arxiv.org/abs/1706.03762) |
        | DoRA: Weight-Decomposed Low-Rank Adaptation | 2024 | [Link](arxiv.org/abs/2402.09353) |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Link](https://arxiv.org/abs/1706.03762) |
        | DoRA: Weight-Decomposed Low-Rank Adaptation | 2024 | [Link](https://arxiv.org/abs/2402.09353) |

    Fix safety: safe where one repair alone is possible; else the likely one is shown, or none.
    """
    told: set[Span] = set()
    for entry in document.entries:
        for found in entry.links:
            link = found.link
            if link.kind in (LinkKind.IMAGE, LinkKind.TEXT) or link.url_span in told:
                continue
            fault = malformation(link, link.url_span.of(document.source))
            if fault is not None:
                told.add(link.url_span)
                yield _finding(this, entry, link.url_span, fault, _fix(link, fault, document.source))
        for span in _unlinked_addresses(entry):
            fault = in_text(span.of(document.source))
            if fault is not None:
                yield _finding(this, entry, span, fault, _replacement(span, fault))


def _unlinked_addresses(entry: Entry) -> Iterator[Span]:
    """Link cells with an address that GitHub shows as text."""
    for _, cell in entry.cells(Role.LINK):
        text = cell.text
        if "/" not in text or text.startswith(("http://", "https://", "[", "!", "www.", "10.")):
            continue
        span = simple_part(cell.source, cell.span)
        address = span.of(cell.source)
        inside = any(
            cell.span.contains(link.link.span) for link in entry.links if link.link.kind is not LinkKind.TEXT
        )
        if (
            not inside
            and _ADDRESS_ALONE.fullmatch(address)
            and not re.match(r"(?:doi|arxiv)\s*:|10\.", address, re.I)
        ):
            yield span


def _finding(this: Rule, entry: Entry, place: Span, fault: Malformation, fix: Fix | None) -> Diagnostic:
    span = Span(place.start + fault.span.start, place.start + fault.span.end)
    return this.report(span, fault.reason, entry=entry, fix=fix)


def _fix(link: Link, fault: Malformation, source: str) -> Fix | None:
    if link.kind is LinkKind.BROKEN and fault.repair is None:
        return _closed(link, source) if fault.reason.startswith("the closing") else None
    return _replacement(link.url_span, fault)


def _replacement(span: Span, fault: Malformation) -> Fix | None:
    if fault.repair is None:
        return None
    applicability = Applicability.SAFE if fault.certain else Applicability.DISPLAY
    return Fix.replace(span, fault.repair, f"link to {quoted(fault.repair)}", applicability)


def _closed(link: Link, source: str) -> Fix | None:
    """Add the closing bracket, where the address is the last thing in its cell."""
    written = link.url_span.of(source)
    if source.endswith(")", link.span.start, link.span.end) or written.count("(") != written.count(")"):
        return None
    end = link.url_span.start + len(written.rstrip())
    return Fix.replace(Span(end, end), ")", "close the bracket", Applicability.SAFE)
