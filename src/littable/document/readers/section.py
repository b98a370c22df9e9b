"""Headed sections: a heading is a paper's title."""

from __future__ import annotations

from littable.document.listing import Listing
from littable.document.page import Page


def read_section(page: Page) -> list[Listing]:
    """What of this shape the page lists."""
    return []
