from __future__ import annotations

import re
from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.inline import Link, LinkKind
from littable.document.model import Document
from littable.patterns import lazy
from littable.rules._context import Context
from littable.rules._https_hosts import answers_https
from littable.rules._rule import Finding, Rule, rule
from littable.text import Edit, Span

_INSECURE = lazy(r"http://(?P<host>[a-z0-9.-]+)(?=[/?#]|$)", re.IGNORECASE | re.ASCII)


@rule("LT305", severity=Severity.NOTE, fix=Applicability.SAFE)
def insecure_link(this: Rule, document: Document, _: Context) -> Iterator[Finding]:
    """The link uses `http` where the host is known to answer `https`.

    Why: browsers warn before such links or follow one redirection more, and what is read can be changed on
    its way. The rule speaks of arXiv, DOI, the large publishers and code hosts, which all answer `https`.

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
            host = _insecure_host(link.url_span.of(document.source))
            if host is not None and link.url_span not in told:
                told.add(link.url_span)
                span = Span(link.url_span.start, link.url_span.start + 4)
                fix = Fix("link by https", tuple(_edits(link, document.source)), Applicability.SAFE)
                yield this.report(span, f"{host} answers https, but the link says http", entry=entry, fix=fix)


def _insecure_host(written: str) -> str | None:
    match = _INSECURE.match(written)
    if match is None:
        return None
    host = match["host"].lower().rstrip(".")
    return host if answers_https(host) else None


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
