"""cmark-gfm, GitHub's own parser, as the judge of where tables and cells stand."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import cmarkgfm
from cmarkgfm.cmark import Options

from littable.document.blocks import read_blocks
from littable.document.cells import unescape
from littable.document.outline import Block
from littable.document.table import TableRow as OwnRow

_OPTIONS = Options.CMARK_OPT_SOURCEPOS | Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_TAG = re.compile(
    r'<(table|tr|th|td)(?: align="[a-z]+")? data-sourcepos="(\d+):(\d+)-(\d+):(\d+)"[^>]*>(?:(.*?)</t[hd]>)?'
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the oracle: its line (unknown for a header below a paragraph) and its cells as HTML."""

    line: int
    cells: tuple[str, ...]


def render(text: str, *, options: int = _OPTIONS) -> str:
    return str(cmarkgfm.markdown_to_html_with_extensions(text, options=options, extensions=["table"]))


def oracle_tables(text: str) -> list[list[TableRow]]:
    """The tables that cmark-gfm finds. Only tags that it makes itself carry a source position."""
    tables: list[list[tuple[int, list[str]]]] = []
    for match in _TAG.finditer(render(text)):
        kind, line, content = match[1], int(match[2]), match[6]
        if kind == "table":
            tables.append([])
        elif kind == "tr":
            tables[-1].append((line, []))
        else:
            tables[-1][-1][1].append(content or "")
    return [[TableRow(line, tuple(cells)) for line, cells in table] for table in tables]


def own_tables(text: str) -> list[list[TableRow]]:
    """The same from littable: rows cut or padded to the header's width as GFM renders them."""
    flat = text.replace("\r\n", " \n").replace("\r", "\n")
    return [_own_rows(text, flat, block) for block in read_blocks(text) if block.table]


def _own_rows(text: str, flat: str, block: Block) -> list[TableRow]:
    assert block.table is not None
    rows = []
    for span in (block.table.header, *block.table.rows):
        cells = [cell.text for cell in OwnRow(text, span).cells]
        padded = [*cells, *[""] * block.table.columns][: block.table.columns]
        rows.append(TableRow(flat.count("\n", 0, span.start) + 1, tuple(padded)))
    return rows


def shape(tables: list[list[TableRow]]) -> list[list[tuple[int, int]]]:
    """Lines and cell counts, without the header's line: cmark-gfm misplaces it below a paragraph."""
    return [
        [(0 if index == 0 else row.line, len(row.cells)) for index, row in enumerate(table)]
        for table in tables
    ]


def plain_cells(tables: list[list[TableRow]]) -> list[list[tuple[str, ...]]]:
    """Cells of texts without inline markup: the oracle's HTML unescaped, ours with pipes unescaped."""
    return [
        [tuple(html.unescape(unescape(cell)).strip() for cell in row.cells) for row in table]
        for table in tables
    ]
