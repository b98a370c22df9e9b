from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Diagnostic, Fix, Severity
from littable.document.entry import Entry
from littable.document.fields import simple_part
from littable.document.inline import Link, LinkKind
from littable.document.model import Document
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.rules._sound_addresses import is_sound
from littable.rules._wording import quoted
from littable.text import Span

if TYPE_CHECKING:
    from littable.rules._addresses import Malformation

_ADDRESS_ALONE = lazy(r"[^\s\[\]<>|!]+/[^\s\[\]<>|]*")
_IDENTIFIER = lazy(r"(?:doi|arxiv)\s*:|10\.", re.IGNORECASE)


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
        if entry.torn:  # what looks like an address cut short may go on behind a stray pipe
            continue
        linked = False
        for found in entry.links:
            link = found.link
            if link.kind in (LinkKind.IMAGE, LinkKind.TEXT):
                continue
            linked = linked or found.role is Role.LINK
            fault = _fault_of(link, document.source)
            if fault is not None and link.url_span not in told:
                told.add(link.url_span)
                yield _finding(this, entry, link.url_span, fault)
        if not linked:
            for span in _unlinked_addresses(entry):
                from littable.rules._addresses import malformed_text

                fault = malformed_text(span.of(document.source))
                if fault is not None:
                    yield _finding(this, entry, span, fault)


def _fault_of(link: Link, source: str) -> Malformation | None:
    if link.kind is not LinkKind.BROKEN and is_sound(link.url_span.of(source)):
        return None
    from littable.rules._addresses import malformation  # late: most addresses are sound

    return malformation(link, source)


def _unlinked_addresses(entry: Entry) -> Iterator[Span]:
    """Link cells that hold an address and nothing else, which GitHub shows as text."""
    for _, cell in entry.cells(Role.LINK):
        if "/" in cell.text:
            span = simple_part(cell.source, cell.span)
            address = span.of(cell.source)
            if _ADDRESS_ALONE.fullmatch(address) and not _IDENTIFIER.match(address):
                yield span


def _finding(this: Rule, entry: Entry, place: Span, fault: Malformation) -> Diagnostic:
    span = Span(place.start + fault.span.start, place.start + fault.span.end)
    return this.report(span, fault.reason, entry=entry, fix=_fix(place, fault, entry.row.source))


def _fix(place: Span, fault: Malformation, source: str) -> Fix | None:
    if fault.unclosed:
        end = place.start + len(place.of(source).rstrip())
        return Fix.replace(Span(end, end), ")", "close the bracket", Applicability.SAFE, reveals=True)
    if fault.repair is None:
        return None
    applicability = Applicability.SAFE if fault.certain else Applicability.DISPLAY
    return Fix.replace(place, fault.repair, f"link to {quoted(fault.repair)}", applicability, reveals=True)
