"""Where a text says "this https URL", and which address the record has there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from littable.prose.alignment import hunks
from littable.prose.canonical import Canonical, canonical
from littable.prose.urls import PATTERN, PLACEHOLDER, PLACEHOLDER_TEXT, is_url, unescape
from littable.text import Span

_ADDRESS = re.compile(PATTERN)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder in the written text, and the address that stands in its place in the record.

    ``url`` is None where the record has none there; ``span`` covers the words "this https URL" alone.
    """

    span: Span
    url: str | None


def placeholders(written: str, record: str) -> list[Placeholder]:
    """The placeholders of ``written`` in order, each with its address as far as it can be told."""
    spans = [Span(*match.span()) for match in PLACEHOLDER_TEXT.finditer(written)]
    if not spans:
        return []
    old, new = canonical(written), canonical(record)
    known = _addresses(old, new)
    return [Placeholder(span, _known_at(span, known)) for span in spans]


def _known_at(span: Span, known: list[tuple[Span, str]]) -> str | None:
    return next((url for place, url in known if place.contains(span)), None)


def _addresses(old: Canonical, new: Canonical) -> list[tuple[Span, str]]:
    """The span of each placeholder whose place in the record holds an address."""
    found: list[tuple[Span, str]] = []
    for hunk in hunks(old.words, new.words):
        hidden = [index for index in range(hunk.old_start, hunk.old_end) if old.words[index] == PLACEHOLDER]
        shown = [index for index in range(hunk.new_start, hunk.new_end) if is_url(new.words[index])]
        # With another number of addresses it cannot be told which one belongs where.
        if len(hidden) == len(shown):
            found += [
                (Span(old.starts[mine], old.ends[mine]), url)
                for mine, other in zip(hidden, shown, strict=True)
                if (url := _address(new, other)) is not None
            ]
    return found


def _address(text: Canonical, index: int) -> str | None:
    """The address of a token as the record spells it, without TeX escapes."""
    match = _ADDRESS.search(text.source, text.starts[index], text.ends[index])
    return unescape(match[0]) if match else None
