"""MDX, Quarto and R Markdown: the same tables, and lines that only they know are no part of them."""

from __future__ import annotations

import pytest

from littable.document.blocks import read_blocks
from littable.document.outline import Kind
from littable.document.reading import read_document
from littable.document.suppressions import find_comments

TABLE = "| Title | Link |\n|---|---|\n| BERT | https://arxiv.org/abs/1810.04805 |\n"


def _rows(text: str, path: str) -> list[int]:
    return [len(block.table.rows) for block in read_blocks(text, path) if block.table]


@pytest.mark.parametrize("path", ["a.qmd", "a.Rmd", "a.mdx", "a.ipynb"])
def test_a_div_is_no_row(path: str) -> None:
    text = f"::: {{.column-page}}\n{TABLE}:::\n"
    assert _rows(text, path) == [1]
    assert _rows(text.replace("\n", "\r\n"), path) == [1]
    assert _rows(text, "a.md") == [2]


@pytest.mark.parametrize("path", ["a.qmd", "a.Rmd"])
def test_a_caption_is_no_row(path: str) -> None:
    assert _rows(f"{TABLE}: Papers {{#tbl-papers}}\n", path) == [1]


def test_chunks_are_code_and_front_matter_is_none_of_the_text() -> None:
    text = f"---\ntitle: x | y\n---\n\n```{{r}}\n#| echo: false\n{TABLE}```\n\n{TABLE}"
    assert [block.kind for block in read_blocks(text, "a.qmd")] == [Kind.FRONT_MATTER, Kind.CODE, Kind.TABLE]


def test_mdx_has_imports_elements_and_comments() -> None:
    lines = [
        "import { Note } from '../note'",
        "export const meta = { title: 'a | b' }\n",
        "<Note kind={1}>\n",
        TABLE,
        "</Note>\n",
        f"{{/*\n{TABLE}*/}}\n",
        f"{{/* a */}} text\n\n{TABLE}",
        f"```\n{{/*\n```\n\n{TABLE}\n*/}}\n",
    ]
    assert _rows("\n".join(lines), "a.mdx") == [1, 1, 1]


def test_comments_of_mdx_silence_and_are_not_read() -> None:
    text = f"{{/* littable: ignore[LT305] */}}\n\n{TABLE.replace('BERT', 'BERT {/* littable: ignore */}')}"
    assert [[code for code, _ in found.codes] for found in find_comments(text)] == [["LT305"], []]
    document = read_document("a.mdx", text)
    assert [str(found.reach) for found in document.suppressions] == ["table", "row"]
    (entry,) = document.entries
    assert entry.title is not None
    assert entry.title.plain == "BERT"


def test_a_place_stays_where_it_is() -> None:
    text = f":::\n{{/* é\n*/}}\n{TABLE}:::\n"
    (table,) = (block.table for block in read_blocks(text, "a.mdx") if block.table)
    assert table.rows[0].of(text) == TABLE.split("\n")[2]


@pytest.mark.parametrize("piece", ["{/*", "{/* */}", ":::\n", ": x\n", "{/*\n"])
def test_hostile_texts_take_no_longer_than_others(piece: str) -> None:
    for path in ("a.mdx", "a.qmd"):
        read_blocks(piece * 50_000, path)
