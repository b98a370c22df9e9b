from __future__ import annotations

import re
from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.inline import Link, LinkKind
from littable.document.model import Document
from littable.patterns import lazy
from littable.rules._context import Context
from littable.rules._https_hosts import answers_https
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._web_links import is_same_by_https, new_address
from littable.text import Edit, Span

# Not with a port: https answers at another.
_INSECURE = lazy(r"http://(?P<host>[a-z0-9.-]+)(?=[/?#]|$)", re.IGNORECASE | re.ASCII)


@rule("LT305", severity=Severity.NOTE, fix=Applicability.SAFE, needs=[Need.LINKS])
def insecure_link(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The link uses `http` where the host is known to answer `https`.

    Why: browsers warn before such links or follow one redirection more, and what is read can be changed on
    its way. The rule speaks of arXiv, DOI, the large publishers and code hosts, which all answer `https`; and
    with `--links` of every host that redirects the link to the same address with `https` for good.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | http://arxiv.org/abs/1706.03762 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Fix safety: safe; one letter is added, and the address leads to the same page.
    """
    told: set[Span] = set()
    for entry in document.entries:
        for found in entry.links:
            link = found.link
            if not link.url.startswith(("http:", "HTTP:", "Http:")) or link.kind is LinkKind.IMAGE:
                continue
            why = _why(link, link.url_span.of(document.source), ctx)
            if why is not None and link.url_span not in told:
                told.add(link.url_span)
                span = Span(link.url_span.start, link.url_span.start + 4)
                fix = Fix("link by https", tuple(_edits(link, document.source)), Applicability.SAFE)
                yield this.report(span, f"{why}, but the link says http", entry=entry, fix=fix)


def _why(link: Link, written: str, ctx: Context) -> str | None:
    """How it is known that a link's host answers https at the same address; None where it is not."""
    match = _INSECURE.match(written)
    if match is None:
        return None
    host = match["host"].lower().rstrip(".")
    if answers_https(host):
        return f"{host} answers https"
    address = new_address(link, ctx)
    if address is None or not is_same_by_https(link.url, address):
        return None
    return f"{host} redirects to https for good"


def _edits(link: Link, source: str) -> Iterator[Edit]:
    """One letter in the address, and one in the label where that repeats the address."""
    if link.text_span != link.url_span:
        label = link.text_span.of(source)
        start = label.find(link.url_span.of(source))
        if start >= 0:
            yield _insertion(source, link.text_span.start + start)
    yield _insertion(source, link.url_span.start)


def _insertion(source: str, start: int) -> Edit:
    place = Span(start + 4, start + 4)
    return Edit(place, "S" if source[start + 3] == "P" else "s")
