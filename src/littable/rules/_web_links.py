"""The links of papers that somebody can be asked about, and how one is exchanged for another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from littable.config.arxiv import is_arxiv
from littable.diagnostic import Applicability, Fix
from littable.document.entry import Entry, PaperLink
from littable.document.inline import Link, LinkKind
from littable.patterns import lazy
from littable.rules._context import Context
from littable.rules._wording import quoted
from littable.text import Edit, Span

_WEB = lazy(r"https?://[^/\s]", re.IGNORECASE)
# What can be written into any kind of link as it is; an entity such as "&copy;" would be read as a letter.
_PLAIN = lazy(r"(?:[A-Za-z0-9._~:/?#@!$'*+,;=%-]|&(?!#?[A-Za-z0-9]+;))+")
_BY_HTTP = lazy(r"http://([^/?#]+)(.*)", re.IGNORECASE | re.DOTALL)
_NOT_LAST_OF_BARE = "?!.,:;*_~'"


def followed_links(entries: Iterable[Entry]) -> Iterator[tuple[Entry, PaperLink]]:
    """The links of these papers that lead somewhere, each place in the text once.

    A row that a stray pipe has torn may have cut an address short.
    """
    told: set[Span] = set()
    for entry in entries:
        if entry.torn:
            continue
        for found in entry.links:
            link = found.link
            leads = found.is_followed and link.kind not in (LinkKind.TEXT, LinkKind.BROKEN)
            if leads and link.url_span not in told:
                told.add(link.url_span)
                yield entry, found


def is_askable(found: PaperLink) -> bool:
    """Whether a server can be asked about a link: not about arXiv's papers, mirrors included, which the
    sources of papers know, nor about any other page of arXiv, which asks robots to stay away.
    """
    identity, url = found.identity, found.link.url
    if (identity is not None and (identity.arxiv or identity.malformed)) or not _WEB.match(url):
        return False
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return False  # LT302 speaks of it.
    return host is not None and not is_arxiv(host)


def new_address(link: Link, ctx: Context) -> str | None:
    """Where a link has moved to for good, as far as somebody was asked."""
    state = ctx.facts.links.get(link.url) if ctx.facts.links else None
    return state.moved_to if state is not None and state.verdict.value == "moved" else None


def is_same_by_https(old: str, new: str) -> bool:
    """Whether two addresses differ by the ``s`` of https alone; ``new`` is one that was asked.

    Such a one has its host in small letters, and a slash behind it where nothing else stands.
    """
    match = _BY_HTTP.fullmatch(old)
    if match is None:
        return False
    host, rest = match.groups()
    return new == f"https://{host.lower()}{'' if rest.startswith('/') else '/'}{rest}"


def exchange(link: Link, source: str, url: str) -> Fix:
    """Write another address, also into a label that repeats the old one.

    Safe where the new one can be written as it is; else it is shown only.
    """
    edits = [Edit(link.url_span, url)]
    written = link.url_span.of(source)
    if link.text_span != link.url_span and link.text_span.of(source) == written:
        edits.insert(0, Edit(link.text_span, url))
    plain = _PLAIN.fullmatch(url) is not None and not (link.kind is LinkKind.HTML and "&" in url)
    if link.kind is LinkKind.BARE:
        plain = plain and url[-1] not in _NOT_LAST_OF_BARE
    certain = plain and len(written) == len(link.url)
    return Fix(
        f"link to {quoted(url)}", tuple(edits), Applicability.SAFE if certain else Applicability.DISPLAY
    )
