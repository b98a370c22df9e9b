"""A title whose link was cut in pieces at line breaks, as converters of spreadsheets do."""

from __future__ import annotations

from collections.abc import Sequence

from littable.document.inline import Link, LinkKind
from littable.document.plain import plain
from littable.text import Span

_LABELLED = (LinkKind.INLINE, LinkKind.REFERENCE, LinkKind.HTML)


def torn_link(source: str, links: Sequence[Link]) -> Span | None:
    """From the first label to the last of the links to one address that follow each other with nothing but
    line breaks between them; None where there is one link only.
    """
    pieces: list[Link] = []
    for link in links:
        if link.kind not in _LABELLED or not link.url or not plain(link.text_span.of(source)):
            continue
        if pieces and (
            link.url != pieces[0].url or plain(source[pieces[-1].span.end : link.span.start]) != ""
        ):
            break
        pieces.append(link)
    return Span(pieces[0].text_span.start, pieces[-1].text_span.end) if len(pieces) > 1 else None
