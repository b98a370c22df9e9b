"""What a lookup says, in a word."""

from __future__ import annotations

from littable.papers.sources import Found, Lookup, Unavailable


def found(lookup: Lookup) -> str:
    """The paper that was found, with its version."""
    assert isinstance(lookup, Found), lookup
    return f"{lookup.record.id}v{lookup.record.version}"


def reason(lookup: Lookup) -> str:
    """Why nobody could say."""
    assert isinstance(lookup, Unavailable), lookup
    return lookup.reason
