"""Whether a row leads its reader to the paper at all, and where it does."""

from __future__ import annotations

from littable.document.entry import Entry, PaperLink
from littable.document.inline import LinkKind, has_link
from littable.roles import Role
from littable.text import Span


def leads_to_paper(entry: Entry) -> bool:
    """Whether a link in the row may be the paper's: one in a comment may, one to code or a picture not."""
    return any(link.is_followed and link.role is not Role.CODE for link in entry.links) or any(
        has_link(cell.text) for _, cell in entry.cells(Role.COMMENT)
    )


def link_span(link: PaperLink) -> Span:
    """Where a row names the paper by a link: the identifier in it, or the whole address.

    A reference is named as a whole, since its address stands outside the row.
    """
    if link.link.kind is LinkKind.REFERENCE:
        return link.link.span
    span = link.identity_span
    return span if span is not None and span.end > span.start else link.link.url_span
