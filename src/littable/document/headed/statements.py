"""The blocks below a heading as statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from littable.document.columns import normalise_header
from littable.document.fields import strip_blanks
from littable.document.headed.labels import LineLabel, roles_of
from littable.document.headed.lines import Nature, Statement, statements_of
from littable.document.headed.one_row import read_one_row
from littable.document.outline import Block, Kind, content_lines
from littable.document.page import Page
from littable.patterns import lazy
from littable.text import Span

_NAMES = (
    "p|div|center|blockquote|details|section|article|li|ul|ol|h[1-6]|table|tr|td|tbody|hr|br"
    "|font|small|sub|span"
)
_TAGS_BEFORE = lazy(rf"(?:\s|</?(?:{_NAMES})(?:\s[^<>]*)?/?>)+", re.IGNORECASE)
_TAGS_BEHIND = lazy(rf"(?:\s|</(?:{_NAMES})>|<br\s*/?>)+\Z", re.IGNORECASE)
_TAIL = 300


def read_statements(page: Page, blocks: Iterable[Block]) -> list[Statement]:
    """The statements of blocks in the order of the text."""
    found: list[Statement] = []
    for block in blocks:
        if block.kind is Kind.PARAGRAPH:
            found += statements_of(page, block.lines, block.containers)
        elif block.kind is Kind.HTML:
            found += _of_html(page, block)
        elif block.kind is Kind.CODE:
            found.append(Statement(_code(page.shown, block), Nature.CODE, block.containers))
        elif block.kind is Kind.TABLE and (told := read_one_row(page, block)):
            found += told
        elif block.kind is Kind.TABLE or block.kind is Kind.RULE:
            found.append(Statement(Span(block.start, block.start), Nature.END, block.containers))
    return found


def _code(source: str, block: Block) -> Span:
    """The text of a block of code without its fences."""
    lines = list(content_lines(source, block.start, block.end))
    if lines and source.startswith(("```", "~~~"), lines[0].start):
        lines = lines[1:]
        if lines and source.startswith(("```", "~~~"), lines[-1].start):
            lines = lines[:-1]
    if not lines:
        return Span(block.start, block.start)
    return strip_blanks(source, Span(lines[0].start, lines[-1].end))


def _of_html(page: Page, block: Block) -> Iterator[Statement]:
    """What a block of HTML says: its summary as a label, and its lines without the tags around them."""
    source = page.shown
    text = source[block.start : block.end].lower()
    position = block.start
    start = text.find("<summary")
    open_end, close = text.find(">", start), text.find("</summary>", start)
    if 0 <= start < open_end < close:
        yield from _of_html_lines(page, block, Span(block.start, block.start + start))
        name = normalise_header(source[block.start + open_end + 1 : block.start + close])
        position = block.start + close + len("</summary>")
        label = LineLabel(name, roles_of(name), position, strong=True)
        yield Statement(Span(position, position), Nature.TEXT, block.containers, label, part=True)
    yield from _of_html_lines(page, block, Span(position, block.end))
    if "</details" in text[position - block.start :]:
        yield Statement(Span(block.end, block.end), Nature.END, block.containers)


def _of_html_lines(page: Page, block: Block, within: Span) -> Iterator[Statement]:
    lines: list[Span] = []
    for line in content_lines(page.shown, within.start, within.end):
        text = _without_tags(page.shown, strip_blanks(page.shown, line))
        if text.end > text.start and not page.shown.startswith("<!--", text.start):
            lines.append(text)
    yield from statements_of(page, lines, block.containers)


def _without_tags(source: str, line: Span) -> Span:
    """A line without the tags that it begins and ends with."""
    before = _TAGS_BEFORE.match(source, line.start, line.end)
    start = before.end() if before else line.start
    behind = _TAGS_BEHIND.search(source, max(start, line.end - _TAIL), line.end)
    return Span(start, max(behind.start() if behind else line.end, start))
