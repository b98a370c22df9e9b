"""The links of a row that lead to the web, what was answered about them, and how one is exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from littable.config.arxiv import is_arxiv
from littable.diagnostic import Applicability, Fix
from littable.document.entry import Entry
from littable.document.inline import Link, LinkKind
from littable.document.model import Document
from littable.patterns import lazy
from littable.rules._wording import quoted
from littable.text import Edit, Span

_WEB = lazy(r"https?://[^/\s]", re.IGNORECASE)
# What can be written into any kind of link as it is; an entity such as "&copy;" would be read as a letter.
_PLAIN = lazy(r"(?:[A-Za-z0-9._~:/?#@!$'*+,;=%-]|&(?!#?[A-Za-z0-9]+;))+")
_NOT_LAST_OF_BARE = "?!.,:;*_~'"


def web_links(document: Document) -> Iterator[tuple[Entry, Link]]:
    """The links that a server can be asked about, each place in the text once.

    Not those of arXiv's papers, mirrors included, which the sources of papers know, nor any other page of
    arXiv, which asks robots to stay away. A row that a stray pipe has torn may have cut an address short.
    """
    told: set[Span] = set()
    for entry in document.entries:
        if entry.torn:
            continue
        for found in entry.links:
            link = found.link
            if found.is_followed and link.url_span not in told and is_askable(link):
                if found.identity is None or (found.identity.arxiv or found.identity.malformed) is None:
                    told.add(link.url_span)
                    yield entry, link


def is_askable(link: Link) -> bool:
    """Whether a link leads to the web, and not to arXiv itself."""
    if link.kind in (LinkKind.TEXT, LinkKind.BROKEN) or not _WEB.match(link.url):
        return False
    try:
        host = urlsplit(link.url).hostname
    except ValueError:
        return False  # LT302 speaks of it.
    return host is not None and not is_arxiv(host)


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
