"""Inline Markdown as a tree: links, emphasis, quotation marks, brackets and line breaks, with their places.

One forward pass; marks are matched with a stack, and what is never closed is plain text. Offsets are the
source's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from littable.document.inline import Link, LinkKind, find_links, has_link
from littable.patterns import lazy
from littable.text import Span


class Mark(StrEnum):
    """What a node is."""

    TEXT = "text"
    LINK = "link"
    IMAGE = "image"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    QUOTE = "quote"
    ROUND = "round"
    SQUARE = "square"
    BREAK = "break"
    TAG = "tag"


@dataclass(slots=True)
class Node:
    """A piece from ``start`` to ``end``; what its marks enclose lies from ``first`` to ``last``.

    ``hard`` tells of a line break whether GitHub shows it as one.
    """

    mark: Mark
    start: int
    end: int
    first: int
    last: int
    children: list[Node] = field(default_factory=list)
    link: Link | None = None
    hard: bool = False

    @property
    def span(self) -> Span:
        """All of it."""
        return Span(self.start, self.end)

    @property
    def inner(self) -> Span:
        """What its marks enclose."""
        return Span(self.first, self.last)


# It begins with a set, so that the search passes quickly over what is in none.
_MARK = lazy(
    r"[\\`*_“”„«»「」『』《》\"()\[\]【】（）\n<](?:(?<=[“”„«»「」『』《》\"()\[\]【】（）\n])|(?<=\\)[^\w\s]|(?<=`)`*"
    r"|(?<=\*)\**|(?<=_)_*|(?<=<)(?:!--|/?[A-Za-z][^<>]*>))"
)
_QUOTES = {"“": "”", "„": "”", "«": "»", "「": "」", "『": "』", "《": "》"}
_BRACKETS = {"(": ")", "[": "]", "【": "】", "（": "）"}
_CLOSING = {**{close: close for close in "”»」』》"}, **{close: close for close in ")]】）"}}
_PAIRS = {**_QUOTES, **_BRACKETS}
_STRONG_TAGS = frozenset({"b", "strong"})
_EMPHASIS_TAGS = frozenset({"i", "em"})
_DEEPEST = 12
_PICTURE = ("![", "<img")


@dataclass(slots=True)
class _Open:
    closing: str
    mark: Mark
    start: int
    first: int
    children: list[Node]


def read_nodes(
    source: str, start: int, end: int, definitions: Mapping[str, tuple[str, Span]] | None = None
) -> list[Node]:
    """The tree between two offsets, in the order of the text and without gaps."""
    return _Reader(source, start, end).read(_outer_links(source, start, end, definitions))


def _outer_links(
    source: str, start: int, end: int, definitions: Mapping[str, tuple[str, Span]] | None
) -> Iterator[Link]:
    """The links that stand in no other."""
    if not definitions and not has_link(source[start:end]):
        return
    position = start
    for link in find_links(source, start, end, definitions):
        if link.span.start >= position:
            yield link
            position = link.span.end


class _Reader:
    def __init__(self, source: str, start: int, end: int) -> None:
        self.source = source
        self.position = start
        self.end = end
        self.nodes: list[Node] = []
        self.open: list[_Open] = []

    def read(self, links: Iterator[Link]) -> list[Node]:
        for link in links:
            if link.span.start < self.position:
                continue
            self._read_marks(link.span.start)
            if self.position > link.span.start:
                continue
            self._text(link.span.start)
            self._add(_link_node(link))
            self.position = link.span.end
        self._read_marks(self.end)
        self._text(self.end)
        while self.open:
            self._dissolve(self.open.pop())
        return self.nodes

    def _read_marks(self, end: int) -> None:
        at = self.position
        while match := _MARK.search(self.source, at, end):
            at = match.end()
            self._read_mark(match[0], match.start(), match.end(), end)
            at = max(at, self.position)

    def _read_mark(self, text: str, start: int, stop: int, end: int) -> None:
        first = text[0]
        if first == "\\":
            if text[1] == "[":
                self._opening("\\]", Mark.SQUARE, start, stop)
            elif text[1] == "]":
                self._close("\\]", start, stop)
            return
        if first == "`":
            self._code(text, start, stop, end)
        elif first in "*_":
            self._emphasis(text, start, stop)
        elif text == '"':
            if not self._close('"', start, stop):
                self._opening('"', Mark.QUOTE, start, stop)
        elif first in _PAIRS:
            mark = Mark.QUOTE if first in _QUOTES else Mark.ROUND if first in "(（" else Mark.SQUARE
            self._opening(_PAIRS[first], mark, start, stop)
        elif first in _CLOSING:
            self._close(first, start, stop)
        else:
            self._line_or_tag(text, start, stop, end)

    def _line_or_tag(self, text: str, start: int, stop: int, end: int) -> None:
        if text == "\n" or text[:3].lower() == "<br":
            hard = text != "\n" or self.source.endswith(("  ", "\\", "  \r"), self.position, start)
            self._text(start)
            self._add(Node(Mark.BREAK, start, stop, stop, stop, hard=hard))
            self.position = stop
            return
        if text == "<!--":
            close = self.source.find("-->", stop, end)
            stop = end if close < 0 else close + 3
        name = text.strip("</>").split(None, 1)[0].rstrip("/").lower() if text != "<!--" else ""
        closing = text.startswith("</")
        if name in _STRONG_TAGS or name in _EMPHASIS_TAGS:
            key = "</b>" if name in _STRONG_TAGS else "</i>"
            if closing and self._close(key, start, stop):
                return
            if not closing:
                self._opening(key, Mark.STRONG if key == "</b>" else Mark.EMPHASIS, start, stop)
                return
        self._text(start)
        self._add(Node(Mark.TAG, start, stop, stop, stop))
        self.position = stop

    def _code(self, ticks: str, start: int, stop: int, end: int) -> None:
        close = self.source.find(ticks, stop, end)
        if close < 0:
            return
        self._text(start)
        node = Node(Mark.CODE, start, close + len(ticks), stop, close)
        node.children = [Node(Mark.TEXT, stop, close, stop, close)]
        self._add(node)
        self.position = node.end

    def _emphasis(self, text: str, start: int, stop: int) -> None:
        source = self.source
        before = source[start - 1 : start]
        after = source[stop : stop + 1]
        within_word = text[0] == "_" and before.isalnum() and after.isalnum()
        if within_word or len(text) > 3:
            return
        sizes = (2, 1) if len(text) == 3 else (len(text),)
        if before and not before.isspace() and (text[0] == "*" or not after.isalnum()):
            at = start
            for size in reversed(sizes):
                if not self._close(text[0] * size, at, at + size):
                    break
                at += size
            if at > start:
                return
        if after and not after.isspace() and (text[0] == "*" or not before.isalnum()):
            at = start
            for size in sizes:
                mark = Mark.STRONG if size == 2 else Mark.EMPHASIS
                self._opening(text[0] * size, mark, at, at + size)
                at += size

    def _opening(self, closing: str, mark: Mark, start: int, stop: int) -> None:
        if len(self.open) >= _DEEPEST:
            return
        self._text(start)
        self.open.append(_Open(closing, mark, start, stop, self.nodes))
        self.nodes = []
        self.position = stop

    def _close(self, closing: str, start: int, stop: int) -> bool:
        if closing not in [opened.closing for opened in self.open]:
            return False
        self._text(start)
        while self.open[-1].closing != closing:
            self._dissolve(self.open.pop())
        opened = self.open.pop()
        node = Node(opened.mark, opened.start, stop, opened.first, start, self.nodes)
        self.nodes = opened.children
        self._add(node)
        self.position = stop
        return True

    def _dissolve(self, opened: _Open) -> None:
        """A mark that is never closed is text."""
        inside, self.nodes = self.nodes, opened.children
        self._add(Node(Mark.TEXT, opened.start, opened.first, opened.start, opened.first))
        for node in inside:
            self._add(node)

    def _text(self, end: int) -> None:
        if end > self.position:
            self._add(Node(Mark.TEXT, self.position, end, self.position, end))
        self.position = max(end, self.position)

    def _add(self, node: Node) -> None:
        last = self.nodes[-1] if self.nodes else None
        if last is not None and node.mark is last.mark is Mark.TEXT:
            last.end = last.last = node.end
        else:
            self.nodes.append(node)


def _link_node(link: Link) -> Node:
    label = link.text_span
    if link.kind is LinkKind.IMAGE:
        return Node(Mark.IMAGE, link.span.start, link.span.end, label.start, label.end, link=link)
    return Node(Mark.LINK, link.span.start, link.span.end, label.start, label.end, link=link)


def is_picture(source: str, node: Node) -> bool:
    """Whether a link shows a picture: a badge."""
    return source[node.first : node.last].lstrip().startswith(_PICTURE)
