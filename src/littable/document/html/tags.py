"""The tags that a document shows, with their places: none in code and comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from littable.document.code_spans import code_spans
from littable.document.outline import Block, Kind
from littable.patterns import lazy
from littable.text import Span

# A quotation mark that nothing closes before the next tag is a slip, and the tag ends at its bracket.
_TAG = lazy(
    r"<!--|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)"
    r"(?:(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>|[^<>]*+>)"
)
_RAW = {"script": "</script", "style": "</style", "textarea": "</textarea"}
_INLINE = (Kind.PARAGRAPH, Kind.HEADING)


class Tag(NamedTuple):
    """A tag from ``<`` to behind ``>``; ``name`` is in small letters."""

    name: str
    closing: bool
    start: int
    end: int


def read_tags(text: str, blocks: Sequence[Block]) -> list[Tag]:
    """The tags in the order of the text. Code, front matter and pipe tables have none, nor have comments."""
    return list(_tags(text, [*_hidden(text, blocks), Span(len(text), len(text))]))


def tags_in(text: str) -> list[Tag]:
    """The tags of a piece of HTML that stands alone."""
    return list(_tags(text, [Span(len(text), len(text))]))


def _tags(text: str, hidden: Sequence[Span]) -> Iterator[Tag]:
    at, position = 0, 0
    unclosed: set[str] = set()
    while match := _TAG.search(text, position):
        while hidden[at].end <= match.start() and at + 1 < len(hidden):
            at += 1
        if hidden[at].start <= match.start() < hidden[at].end:
            position = hidden[at].end
            continue
        position = match.end()
        if match["name"] is None:
            close = text.find("-->", match.start() + 2)
            position = len(text) if close < 0 else close + 3
            continue
        name, closing = match["name"].lower(), bool(match["close"])
        yield Tag(name, closing, match.start(), match.end())
        if name in _RAW and not closing and name not in unclosed:
            close = text.find(_RAW[name], position)
            position = max(close, position)
            if close < 0:
                unclosed.add(name)


def _hidden(text: str, blocks: Iterable[Block]) -> Iterator[Span]:
    """Where a ``<`` opens no tag, in the order of the text."""
    for block in blocks:
        if block.kind in (Kind.CODE, Kind.FRONT_MATTER, Kind.TABLE):
            yield Span(block.start, block.end)
        elif block.kind in _INLINE and text.find("`", block.start, block.end) >= 0:
            piece = text[block.start : block.end]
            for start, end in code_spans(piece):
                yield Span(block.start + start, block.start + end)
