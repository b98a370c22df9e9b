"""Whether a row leads its reader to the paper at all."""

from __future__ import annotations

from littable.document.entry import Entry, PaperLink
from littable.document.inline import LinkKind, has_link
from littable.roles import Role


def may_lead_to_paper(link: PaperLink) -> bool:
    """Whether a link can be the paper's: one to code or a picture is not."""
    return bool(link.link.url) and link.role is not Role.CODE and link.link.kind is not LinkKind.IMAGE


def leads_to_paper(entry: Entry) -> bool:
    """Whether a link in the row, in a comment too, may be the paper's."""
    return any(map(may_lead_to_paper, entry.links)) or any(
        has_link(cell.text) for _, cell in entry.cells(Role.COMMENT)
    )
