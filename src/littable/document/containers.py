"""Block quotes, list items and footnotes, walked line by line as cmark-gfm does.

mistune reads a container by cutting its text out, which loses the spans and has to guess which lines
continue it lazily. A line is lazy only while the innermost open block is a paragraph (CommonMark §5.1), so
the walk keeps that block open: phase one matches the open containers, phase two looks for new blocks
(CommonMark, appendix "A parsing strategy").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from littable.document import starts
from littable.document.lines import LineCursor
from littable.document.outline import Block, Container, Kind, TableLines, only_definitions, open_table
from littable.document.starts import Html
from littable.text import Span

_CODE_INDENT = 4
_MAX_MARKER_PADDING = 5


@dataclass(slots=True)
class _Open:
    """An open container; ``width`` columns of indentation continue a list item or a footnote."""

    container: Container
    width: int = 0
    has_content: bool = False

    def match(self, line: LineCursor) -> bool:
        """Whether the line continues this container; if so, the cursor is moved past its prefix."""
        if self.container.kind is Kind.QUOTE:
            return _skip_quote_mark(line)
        if line.indent >= self.width:
            line.skip_columns(self.width)
            return True
        if line.blank and self.has_content:
            line.skip_to_start()
            return True
        return False


@dataclass(slots=True)
class _Leaf:
    """The open leaf block."""

    kind: Kind
    start: int
    end: int
    lines: list[Span] = field(default_factory=list)
    level: int = 0
    fence: str = ""
    html: Html = Html.NONE
    table: TableLines | None = None
    broken: tuple[Span, Span] | None = None


class ContainerWalk:
    """Reads the container that begins at a line start, with everything in it.

    After ``run``, ``end`` is where the first line that does not belong to it begins, and ``blocks`` are the
    blocks inside, in source order.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.end = start
        self.blocks: list[Block] = []
        self._containers: list[_Open] = []
        self._leaf: _Leaf | None = None

    def run(self) -> None:
        """Walk until a line belongs to none of the containers."""
        while self.end < len(self.text):
            line_end = self.text.find("\n", self.end)
            limit = len(self.text) if line_end < 0 else line_end
            line = LineCursor(self.text, self.end, limit)
            if self._containers and self._leaves(line):
                break
            self._take(line)
            self.end = min(limit + 1, len(self.text))
        self._close(0)

    def _leaves(self, line: LineCursor) -> bool:
        """Whether the line ends the outermost container: it neither matches nor continues lazily."""
        if self._containers[0].match(LineCursor(self.text, line.offset, line.end)):
            return False
        if line.blank or self._leaf is None or self._leaf.kind is not Kind.PARAGRAPH:
            return True
        return line.indent < _CODE_INDENT and starts.starts_block(self.text, line.start)

    def _take(self, line: LineCursor) -> None:
        depth = 0
        while depth < len(self._containers) and self._containers[depth].match(line):
            depth += 1
        leaf = self._leaf if depth == len(self._containers) else None
        if leaf is not None and leaf.kind in (Kind.CODE, Kind.HTML) and self._continue_verbatim(leaf, line):
            return
        paragraph = leaf if leaf is not None and leaf.kind is Kind.PARAGRAPH and not line.blank else None
        may_be_lazy = self._leaf is not None and self._leaf.kind is Kind.PARAGRAPH
        opened = self._open_containers(line, depth, paragraph)
        if opened:
            paragraph, may_be_lazy, depth = None, False, len(self._containers)
        if line.blank:
            self._close(depth)
            return
        if self._open_leaf(line, depth, paragraph, may_be_lazy=may_be_lazy):
            return
        if leaf is not None and leaf.table is not None and not opened and self._add_row(leaf, line):
            return
        if may_be_lazy and self._leaf is not None:
            if paragraph is not None:
                line.skip_to_start()
            self._add_line(self._leaf, line)
        else:
            self._begin(depth, Kind.PARAGRAPH, line).lines.append(Span(line.start, line.end))

    # Phase two: new containers, then at most one leaf.

    def _open_containers(self, line: LineCursor, depth: int, paragraph: _Leaf | None) -> bool:
        opened = False
        while not line.blank and line.indent < _CODE_INDENT:
            container = self._container_start(line, paragraph)
            if container is None:
                break
            if not opened:
                self._close(depth)
                opened = True
            if self._containers:
                self._containers[-1].has_content = True
            self._containers.append(container)
            paragraph = None
        return opened

    def _container_start(self, line: LineCursor, paragraph: _Leaf | None) -> _Open | None:
        start = line.start
        character = self.text[start]
        if character == ">":
            _skip_quote_mark(line)
            return _Open(Container(Kind.QUOTE, start))
        if character == "[":
            match = starts.FOOTNOTE.match(self.text, start, line.end)
            if match is None:
                return None
            line.skip_mark(match.end() - start)
            return _Open(Container(Kind.FOOTNOTE, start), _CODE_INDENT)
        if character in "*+-" or character.isdigit():
            if self._is_setext_or_rule(line, paragraph):
                return None
            return _list_item_start(line, interrupts=paragraph is not None)
        return None

    def _is_setext_or_rule(self, line: LineCursor, paragraph: _Leaf | None) -> bool:
        if paragraph is not None and self._is_underline(line, paragraph):
            return True
        return starts.THEMATIC_BREAK.match(self.text, line.start) is not None

    def _is_underline(self, line: LineCursor, paragraph: _Leaf) -> bool:
        if not starts.SETEXT_UNDERLINE.match(self.text, line.start):
            return False
        return not only_definitions(self.text, paragraph.lines)

    def _open_leaf(self, line: LineCursor, depth: int, paragraph: _Leaf | None, *, may_be_lazy: bool) -> bool:
        """Open the leaf that starts on this line, if one does; the line is then used up."""
        text, start = self.text, line.start
        if line.indent >= _CODE_INDENT:
            if not may_be_lazy:
                self._begin(depth, Kind.CODE, line)
            return not may_be_lazy
        if heading := starts.ATX_HEADING.match(text, start):
            self._begin(depth, Kind.HEADING, line).level = len(heading.group())
            self._close(depth)
        elif fence := starts.CODE_FENCE.match(text, start):
            self._begin(depth, Kind.CODE, line).fence = fence["fence"] or fence["tilde"]
        elif html := starts.html_start(text, start, in_paragraph=paragraph is not None):
            self._begin_html(depth, line, html)
        elif paragraph is not None and self._is_underline(line, paragraph):
            paragraph.kind = Kind.HEADING
            paragraph.level = 1 if text[start] == "=" else 2
            paragraph.end = line.end
            self._close(depth)
        elif starts.THEMATIC_BREAK.match(text, start):
            self._begin(depth, Kind.RULE, line)
            self._close(depth)
        else:
            return paragraph is not None and self._open_table(paragraph, line, depth)
        return True

    def _begin_html(self, depth: int, line: LineCursor, kind: Html) -> None:
        self._begin(depth, Kind.HTML, line).html = kind
        if starts.html_ends_on_line(kind, self.text, line.start, line.end):
            self._close(depth)

    def _open_table(self, paragraph: _Leaf, line: LineCursor, depth: int) -> bool:
        if paragraph.broken or not starts.DELIMITER_ROW.match(self.text, line.start):
            return False
        header, delimiter = paragraph.lines[-1], Span(line.start, line.end)
        table = open_table(self.text, header, delimiter)
        if table is None:
            paragraph.broken = (header, delimiter)
            return False
        del paragraph.lines[-1]
        if not paragraph.lines:
            self._leaf = None
        else:
            paragraph.end = paragraph.lines[-1].end
        leaf = self._begin(depth, Kind.TABLE, line)
        leaf.start, leaf.table = header.start, table
        return True

    # The open leaf.

    def _continue_verbatim(self, leaf: _Leaf, line: LineCursor) -> bool:
        """Go on with code or HTML; True when the line is used up."""
        if leaf.kind is Kind.HTML and starts.html_ends_at_blank(leaf.html) and line.blank:
            return False
        if leaf.kind is Kind.CODE and not leaf.fence and line.indent < _CODE_INDENT:
            return line.blank
        leaf.end = line.end
        if leaf.kind is Kind.HTML:
            if starts.html_ends_on_line(leaf.html, self.text, line.start, line.end):
                self._close(len(self._containers))
        elif leaf.fence and _closes_fence(leaf.fence, line):
            self._close(len(self._containers))
        return True

    def _add_row(self, leaf: _Leaf, line: LineCursor) -> bool:
        assert leaf.table is not None
        leaf.end = line.end
        return leaf.table.take(self.text, line.start, line.end)

    def _add_line(self, leaf: _Leaf, line: LineCursor) -> None:
        """Add a line to a paragraph; a lazy one keeps its indentation, which counts as a cell of its own."""
        leaf.lines.append(Span(line.offset, line.end))
        leaf.end = line.end

    def _begin(self, depth: int, kind: Kind, line: LineCursor) -> _Leaf:
        self._close(depth)
        if self._containers:
            self._containers[-1].has_content = True
        self._leaf = _Leaf(kind, line.start, line.end)
        return self._leaf

    def _close(self, depth: int) -> None:
        """Close the open leaf and every container deeper than ``depth``."""
        leaf = self._leaf
        if leaf is not None:
            path = tuple(opened.container for opened in self._containers)
            self.blocks.append(
                Block(
                    leaf.kind,
                    leaf.start,
                    leaf.end,
                    path,
                    tuple(leaf.lines),
                    leaf.level,
                    leaf.table,
                    leaf.broken,
                )
            )
            self._leaf = None
        del self._containers[depth:]


def _skip_quote_mark(line: LineCursor) -> bool:
    if line.indent >= _CODE_INDENT or line.blank or line.text[line.start] != ">":
        return False
    line.skip_mark(1)
    line.skip_columns(1)
    return True


def _closes_fence(fence: str, line: LineCursor) -> bool:
    if line.indent >= _CODE_INDENT:
        return False
    rest = line.text[line.start : line.end].rstrip(" \t")
    return len(rest) >= len(fence) and rest == fence[0] * len(rest)


def _list_item_start(line: LineCursor, *, interrupts: bool) -> _Open | None:
    """The list item that begins here (CommonMark §5.2); the cursor is moved to its content."""
    match = starts.LIST_MARKER.match(line.text, line.start, line.end + 1)
    if match is None:
        return None
    if interrupts and not starts.item_interrupts_paragraph(line.text, match, line.end):
        return None
    container = Container(Kind.ITEM, line.start)
    marker_width = line.indent + len(match.group())
    line.skip_mark(len(match.group()))
    if line.blank or line.indent >= _MAX_MARKER_PADDING:
        line.skip_columns(1)
        return _Open(container, marker_width + 1)
    padding = line.indent
    line.skip_to_start()
    return _Open(container, marker_width + padding)
