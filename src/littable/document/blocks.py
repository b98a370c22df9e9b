"""Where the blocks of a document stand. The only importer of mistune.

mistune drives the reading of the document: its loop, its fences, headings and breaks. Its rules
that lose positions or drop what littable must report are replaced through mistune's own ``register``:

- ``table`` keeps rows with a wrong number of cells, as cmark-gfm does (mistune's drops the whole table);
- ``container`` hands block quotes, lists and footnotes to ContainerWalk, which keeps spans;
- ``html``, ``indented`` and ``setext`` follow cmark-gfm where mistune's patterns differ from it;
- ``atx_heading`` takes a line at once (mistune's pattern is quadratic in a heading's blanks).

Link reference definitions are left as paragraphs here, as cmark does while blocks are open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias, cast

from mistune.block_parser import BlockParser
from mistune.core import BlockState

from littable.document import starts
from littable.document.containers import ContainerWalk
from littable.document.kindred import as_markdown
from littable.document.outline import Block, Kind, content_lines, only_definitions, open_table
from littable.file_names import is_notebook
from littable.notebook.cells import cell_spans
from littable.text import Span

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?=[\w.-]+[ \t]*:[ \t\n])(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LONE_RETURN = re.compile(r"\r(?!\n)")


class _State(BlockState):
    """mistune's state with the position of each token instead of its text."""

    def append_token(self, token: dict[str, Any]) -> None:
        token.setdefault("start", self.cursor)
        super().append_token(token)

    def add_paragraph(self, text: str) -> None:
        self._extend_paragraph(self.cursor + len(text))

    def append_paragraph(self) -> int | None:
        if not self.in_paragraph:
            return None
        end = self.find_line_end()
        self._extend_paragraph(end)
        return end

    def _extend_paragraph(self, end: int) -> None:
        if self.in_paragraph:
            self.tokens[-1]["end"] = end
        else:
            self.tokens.append({"type": "paragraph", "start": self.cursor, "end": end})

    @property
    def in_paragraph(self) -> bool:
        """Whether a paragraph is open."""
        return bool(self.tokens) and self.tokens[-1]["type"] == "paragraph"

    def line_start(self, match: re.Match[str]) -> int:
        """The first non-blank of the line that a rule has matched."""
        position = match.start()
        while self.src[position] == " ":
            position += 1
        return position

    def line_end(self) -> int:
        """The end of the cursor's line, without the line end."""
        end = self.src.find("\n", self.cursor)
        return len(self.src) if end < 0 else end


def _parse_table(match: re.Match[str], state: _State) -> int | None:
    if not state.in_paragraph or "broken" in state.tokens[-1]:
        return None
    paragraph = state.tokens[-1]
    text, header_start = state.src, state.src.rfind("\n", paragraph["start"], state.cursor - 1) + 1
    header_start = max(header_start, paragraph["start"])
    header = next(content_lines(text, header_start, state.cursor))
    delimiter = Span(state.line_start(match), state.line_end())
    table = open_table(text, header, delimiter)
    if table is None:
        paragraph["broken"] = (header, delimiter)
        return None
    paragraph["end"] = header_start
    if header_start == paragraph["start"]:
        state.tokens.pop()
    position = min(delimiter.end + 1, len(text))
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        start = _row_start(text, position, end)
        if start < 0 or not table.take(text, start, end):
            break
        position = min(end + 1, len(text))
    state.append_token({"type": "table", "table": table, "start": header.start})
    return position


def _row_start(text: str, position: int, end: int) -> int:
    """The first non-blank of a line that can be a table row, or -1 when the line ends the table."""
    if position < end and text[position] == "|":
        return position
    start = position
    while start < end and text[start] == " ":
        start += 1
    if start - position > 3 or start >= end or text[start] == "\t":
        return -1
    return -1 if starts.starts_block(text, start) else start


def _parse_container(match: re.Match[str], state: _State) -> int | None:
    start = state.line_start(match)
    marker = starts.LIST_MARKER.match(state.src, start) if state.in_paragraph else None
    if marker and not starts.item_interrupts_paragraph(state.src, marker, state.line_end()):
        return None
    walk = ContainerWalk(state.src, state.cursor)
    walk.run()
    state.append_token({"type": "container", "blocks": walk.blocks})
    return int(walk.end)


def _parse_html(match: re.Match[str], state: _State) -> int | None:
    text, start = state.src, state.line_start(match)
    kind = starts.html_start(text, start, in_paragraph=state.in_paragraph)
    if not kind:
        return None
    state.append_token({"type": "html"})
    if starts.html_ends_at_blank(kind):
        blank = _BLANK_LINE.search(text, start)
        return blank.start() if blank else len(text)
    end = starts.html_end(kind, text, start, len(text))
    return len(text) if end < 0 else state.find_line_end_at(end)


def _parse_indented(match: re.Match[str], state: _State) -> int | None:
    if state.in_paragraph:
        return None
    state.append_token({"type": "code"})
    return match.end()


def _parse_atx(match: re.Match[str], state: _State) -> int:
    state.append_token({"type": "heading", "attrs": {"level": len(match["marks"])}})
    return min(match.end() + 1, len(state.src))


def _parse_setext(match: re.Match[str], state: _State) -> int | None:
    if not state.in_paragraph:
        return _parse_dashes(match, state)
    paragraph = state.tokens[-1]
    if only_definitions(state.src, content_lines(state.src, paragraph["start"], state.cursor)):
        return state.append_paragraph()
    state.tokens[-1] |= {
        "type": "heading",
        "end": match.end(),
        "attrs": {"level": 1 if "=" in match.group() else 2},
    }
    return min(match.end() + 1, len(state.src))


def _parse_dashes(match: re.Match[str], state: _State) -> int | None:
    """A line of dashes under no paragraph: a thematic break, an empty list item or text."""
    start = state.line_start(match)
    if rule := starts.THEMATIC_BREAK.match(state.src, start):
        state.append_token({"type": "rule"})
        return min(rule.end() + 1, len(state.src))
    return _parse_container(match, state) if starts.LIST_MARKER.match(state.src, start) else None


_BLANK_LINE = re.compile(r"^[ \t]*+$", re.MULTILINE)

_Rule: TypeAlias = Callable[[re.Match[str], _State], int | None]
_RULES: dict[str, tuple[str, _Rule]] = {
    "atx_heading": (r"^ {0,3}(?P<marks>#{1,6})(?:[ \t][^\n]*+)?$", _parse_atx),
    "setext": (r"^ {0,3}(?:=+|-+)[ \t\v\f]*+$", _parse_setext),
    "container": (r"^ {0,3}(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]|$)|\[\^[^\]\n\t \x00]++\]:)", _parse_container),
    "html": (r"^ {0,3}<(?=[A-Za-z/!?])", _parse_html),
    "indented": (
        r"^(?: {4}| {0,3}\t)[ \t]*+[^ \t\n][^\n]*+(?:\n(?: {4}| {0,3}\t)[^\n]*+)*+\n?+",
        _parse_indented,
    ),
    "table": (r"^ {0,3}(?=[|:-])" + starts.DELIMITER_ROW.pattern, _parse_table),
}


def _parser() -> BlockParser:
    parser = BlockParser()
    parser.rules = [
        "fenced_code",
        "atx_heading",
        "setext",
        "thematic_break",
        "container",
        "html",
        "indented",
        "blank_line",
        "table",
    ]
    parser.specification["blank_line"] = r"(^[ \t]*+\n)+"
    for name, (pattern, function) in _RULES.items():
        parser.register(name, pattern, _registered(function))
    return parser


def _registered(function: _Rule) -> Callable[[BlockParser, re.Match[str], BlockState], int | None]:
    return lambda _, match, state: function(match, cast(_State, state))


_PARSER = _parser()
_KINDS = {
    "paragraph": Kind.PARAGRAPH,
    "heading": Kind.HEADING,
    "block_code": Kind.CODE,
    "code": Kind.CODE,
    "html": Kind.HTML,
    "thematic_break": Kind.RULE,
    "rule": Kind.RULE,
    "table": Kind.TABLE,
}


def front_matter_end(text: str) -> int:
    """Where the YAML front matter at the top of a file ends; 0 when there is none.

    GitHub, Jekyll and Hugo take it away before they read the Markdown.
    """
    if not text.startswith("---"):
        return 0
    match = _FRONT_MATTER.match(text)
    return match.end() if match else 0


def read_blocks(source: str, path: str = "") -> list[Block]:
    """The leaf blocks of ``source`` in order, with offsets into ``source``.

    ``path`` tells what kind of file it is: every block of a notebook ends with its cell, and what MDX and
    Quarto have beside Markdown is no part of it.
    """
    text = as_markdown(_unify_line_ends(source), path)
    cells = cell_spans(text) if is_notebook(path) else [Span(0, len(text))]
    start = front_matter_end(text[: cells[0].end])
    blocks = [Block(Kind.FRONT_MATTER, 0, start)] if start else []
    for cell in cells:
        if cell.start < cell.end:
            blocks += _blocks_between(text[: cell.end], max(cell.start, start))
    return blocks


def _blocks_between(text: str, start: int) -> list[Block]:
    """The blocks from an offset to the end of a text."""
    state = _State()
    state.process(text)
    state.cursor = start
    _PARSER.parse(state)
    blocks: list[Block] = []
    starts_after = [token["start"] for token in state.tokens[1:]] + [len(text)]
    for token, end in zip(state.tokens, starts_after, strict=False):
        if token["type"] == "container":
            blocks.extend(token["blocks"])
        elif token["type"] in _KINDS:
            blocks.append(_block(token, text, token.get("end", end)))
    return blocks


def _block(token: dict[str, Any], text: str, end: int) -> Block:
    kind = _KINDS[token["type"]]
    lines = tuple(content_lines(text, token["start"], end)) if kind is Kind.PARAGRAPH else ()
    level = token.get("attrs", {}).get("level", 0)
    return Block(kind, token["start"], end, (), lines, level, token.get("table"), token.get("broken"))


def _unify_line_ends(source: str) -> str:
    """Every line end as one ``\\n`` without moving an offset: the return before it becomes a blank."""
    if "\r" not in source:
        return source
    return _LONE_RETURN.sub("\n", source).replace("\r\n", " \n")
