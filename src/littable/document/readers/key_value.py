"""Key-value tables: one table is one paper."""

from __future__ import annotations

from littable.document.listing import Listing
from littable.document.page import Page


def read_key_value(page: Page) -> list[Listing]:
    """What of this shape the page lists."""
    return []
