"""What a suppression comment covers, by where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from littable.document.code_spans import code_spans
from littable.document.listing import Listing
from littable.document.outline import Block, Kind
from littable.document.suppressions import Comment, Reach, Suppression
from littable.document.table import Table
from littable.text import Span


def suppressions(
    source: str, blocks: Sequence[Block], listings: Sequence[Listing], comments: Sequence[Comment]
) -> tuple[Suppression, ...]:
    """The comments that are none of an example's, with what they cover; ``listings`` are tables too, in the
    order of the text.
    """
    if not comments:
        return ()
    shown = _in_code(source, blocks, comments)
    return tuple(
        Suppression(comment.span, reach, comment.codes, covers)
        for comment in comments
        if comment.span not in shown
        for reach, covers in (_coverage(source, listings, comment),)
    )


def _in_code(source: str, blocks: Sequence[Block], comments: Sequence[Comment]) -> set[Span]:
    """The spans of the comments that are shown as code: they are examples, as in a page about littable."""
    code = [Span(block.start, block.end) for block in blocks if block.kind is Kind.CODE]
    shown = set()
    for comment in comments:
        start = source.rfind("\n", 0, comment.span.start) + 1
        end = source.find("\n", comment.span.end)
        line = source[start : len(source) if end < 0 else end]
        spans = code + [Span(start + at, start + to) for at, to in code_spans(line)]
        if any(span.contains(comment.span) for span in spans):
            shown.add(comment.span)
    return shown


def _coverage(source: str, listings: Sequence[Listing], comment: Comment) -> tuple[Reach, Span]:
    if comment.whole_file:
        return Reach.FILE, Span(0, len(source) + 1)
    start = comment.span.start
    following = bisect_right(listings, start, key=lambda listing: listing.span.start)
    if following and listings[following - 1].span.contains(comment.span):
        covered = _in_listing(listings[following - 1], comment.span)
        if covered is not None:
            return Reach.ROW, Span(covered.start, covered.end + 1)
    if following < len(listings):
        span = listings[following].span
        return Reach.TABLE, Span(span.start, span.end + 1)
    return Reach.TABLE, Span(comment.span.end, comment.span.end)


def _in_listing(listing: Listing, span: Span) -> Span | None:
    """The row that a comment inside a listing speaks of: its own; between two, the next."""
    rows = listing.rows
    if isinstance(listing, Table) and span.start <= listing.header.span.end:
        rows = (listing.header, *rows)
    at = max(bisect_right(rows, span.start, key=lambda row: row.span.start) - 1, 0)
    if rows[at].span.contains(span):
        return rows[at].span
    between = not isinstance(listing, Table) and at + 1 < len(rows)
    return rows[at + 1].span if between else None
