"""Where a text says "this https URL", and which address the record has there."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from littable.patterns import lazy
from littable.prose.alignment import hunks
from littable.prose.canonical import Canonical, canonical
from littable.prose.equivalence import Hunk, is_equivalent
from littable.prose.urls import PATTERN, PLACEHOLDER, PLACEHOLDER_TEXT, is_url, unescape
from littable.text import Span

_ADDRESS = lazy(PATTERN)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder in the written text, and what stands in its place in the record.

    ``span`` covers the words "this https URL" alone. ``url`` is None where the record has no address
    there; ``text`` then still holds words that arXiv's page took for one (``tasks.We``), if it did.
    """

    span: Span
    url: str | None
    text: str | None = None


def placeholders(written: str, record: str) -> list[Placeholder]:
    """The placeholders of ``written`` in order, each with its address as far as it can be told."""
    spans = [Span(*match.span()) for match in PLACEHOLDER_TEXT.finditer(written)]
    if not spans:
        return []
    old, new = canonical(written), canonical(record)
    found = [_places(hunk, old, new) for hunk in hunks(old.words, new.words)]
    known = [placeholder for places in found for placeholder in places]
    starts = [placeholder.span.start for placeholder in known]
    return [_known_at(span, known, starts) for span in spans]


def _known_at(span: Span, known: list[Placeholder], starts: list[int]) -> Placeholder:
    """What is known of a placeholder; that of a link's target and of its text are the same.

    ``known`` is in the order of its ``starts`` and does not overlap.
    """
    index = bisect_right(starts, span.start) - 1
    if index >= 0 and known[index].span.contains(span):
        return replace(known[index], span=span)
    return Placeholder(span, None)


def _places(hunk: Hunk, old: Canonical, new: Canonical) -> list[Placeholder]:
    """The placeholders in a difference with what the record has in their place."""
    hidden = [index for index in range(hunk.old_start, hunk.old_end) if old.words[index] == PLACEHOLDER]
    shown = [index for index in range(hunk.new_start, hunk.new_end) if is_url(new.words[index])]
    if len(hidden) == len(shown):
        return [
            Placeholder(Span(old.starts[mine], old.ends[mine]), _address(new, other), _address(new, other))
            for mine, other in zip(hidden, shown, strict=True)
        ]
    # With another number of addresses it cannot be told which one belongs where.
    if len(hidden) == 1 and not shown and is_equivalent(hunk, old, new):
        span = Span(old.starts[hidden[0]], old.ends[hidden[0]])
        return [Placeholder(span, None, new.between(hunk.new_start, hunk.new_end))]
    return []


def _address(text: Canonical, index: int) -> str | None:
    """The address of a token as the record spells it, without TeX escapes."""
    match = _ADDRESS.search(text.source, text.starts[index], text.ends[index])
    return unescape(match[0]) if match else None
