from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Diagnostic, Fix, Severity
from littable.document.entry import Entry
from littable.document.inline import Link, LinkKind
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.text import Edit, Span

if TYPE_CHECKING:
    from littable.rules._tracking import Burden

_KINDS = (LinkKind.INLINE, LinkKind.REFERENCE, LinkKind.AUTOLINK, LinkKind.BARE, LinkKind.HTML)
_SHOWN = 3


@rule("LT312", severity=Severity.NOTE, fix=Applicability.SAFE)
def tracking_parameters(this: Rule, document: Document, _: Context) -> Iterator[Finding]:
    """The link says where somebody copied it from, or ends in a stray `?` or `#`.

    Why: `utm_source`, `fbclid` and their like tell a site's owner about its readers and change nothing on the
    page; but the same page then has many addresses, and duplicates are missed. The rule knows the parameters
    that track on every host. What may mean something, such as `ref` on GitHub, it leaves alone, and so it
    does an address that is signed, and one with another address inside.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762?utm_source=chatgpt.com |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Fix safety: safe; only these parameters go, and the address leads to the same page.
    """
    told: set[Span] = set()
    for entry in document.entries:
        if entry.torn:  # what looks like the end of an address may go on behind a stray pipe
            continue
        for found in entry.links:
            link = found.link
            if link.kind not in _KINDS or not _may_have_some(link.url) or link.url_span in told:
                continue
            from littable.rules._tracking import burden  # late: most addresses have no parameters

            told.add(link.url_span)
            superfluous = burden(link.url_span.of(document.source))
            if superfluous is not None:
                yield _finding(this, entry, link, superfluous)


def _may_have_some(url: str) -> bool:
    return "?" in url or url.endswith("#")


def _finding(this: Rule, entry: Entry, link: Link, superfluous: Burden) -> Diagnostic:
    source = entry.row.source
    spans = [_moved(span, link.url_span.start) for span in superfluous.spans]
    whole = Span(spans[0].start, spans[-1].end)
    message, title = _words(superfluous.names, whole.of(source))
    fix = Fix(title, tuple(_edits(source, link, superfluous)), Applicability.SAFE)
    return this.report(whole, message, entry=entry, fix=fix)


def _words(names: tuple[str, ...], mark: str) -> tuple[str, str]:
    """What the message says, and the fix."""
    if not names:
        return f"link ends in a stray {mark}", f"link without the {mark}"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"link carries {', '.join(names[:_SHOWN])}{more} to track readers", "link without it"


def _edits(source: str, link: Link, superfluous: Burden) -> Iterator[Edit]:
    """In the address, and in a label that repeats it."""
    written, label = link.url_span.of(source), link.text_span.of(source)
    places = [link.url_span.start]
    if link.text_span != link.url_span and written in label:
        places.append(link.text_span.start + label.index(written))
    return (Edit(_moved(span, start), "") for start in places for span in superfluous.spans)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
