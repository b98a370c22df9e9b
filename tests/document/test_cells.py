"""Cell spans, and any text written into a cell and read back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.document.blocks import read_blocks
from littable.document.cells import cell_count, cell_spans, escape, unescape
from littable.document.table import TableRow
from littable.text import Span
from support.oracle import oracle_tables, shape


def _cells(line: str) -> list[str]:
    return [cell.text for cell in TableRow(line, Span(0, len(line))).cells]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("|a|b|", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("| a | b", ["a", "b"]),
        ("| a || b |  ", ["a", "", "b"]),
        ("||", [""]),
        ("|", []),
        (r"| $\|x\|$ | b |", [r"$\|x\|$", "b"]),
        (r"| `a\|b` |", [r"`a\|b`"]),
        (r"| a \\| b |", [r"a \\| b"]),
        ("| a | b | [//]: #06", ["a", "b", "[//]: #06"]),
        ("|\ta\t|\x0bb\x0c|", ["a", "b"]),
    ],
)
def test_a_row_is_split_as_github_splits_it(line: str, cells: list[str]) -> None:
    assert _cells(line) == cells


def test_an_empty_cell_has_a_place_to_write_into() -> None:
    assert cell_spans("|   ||", 0, 6) == [(2, 2, 1, 4), (5, 5, 5, 5)]


_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(_ANY_TEXT, st.sampled_from(["| {} | z |", "|{}|z|", "|{}| z"]))
def test_any_text_can_be_written_into_a_cell_and_read_back(text: str, row: str) -> None:
    wanted = " ".join(re.split(r"[ \t]*(?:\r\n|\n|\r)[ \t]*", text))
    line = row.format(escape(text))
    (block,) = (block for block in read_blocks(f"| a | b |\n|---|---|\n{line}\n") if block.table)
    assert block.table is not None
    assert len(block.table.rows) == 1
    first, last = _cells(line)
    assert unescape(first) == wanted.strip(" \t\v\f")
    assert last == "z"


@given(st.text(st.sampled_from("a\\| \t"), max_size=12))
def test_counting_cells_is_splitting_them(line: str) -> None:
    start = len(line) - len(line.lstrip(" \t"))
    assert cell_count(line, start, len(line)) == len(cell_spans(line, start, len(line)))


@pytest.mark.parametrize("columns", [0xFFFE, 0xFFFF, 0x10000])
def test_the_number_of_columns_is_bounded_as_on_github(columns: int) -> None:
    text = "|" + "a|" * columns + "\n|" + "-|" * columns + "\n"
    assert len([block for block in read_blocks(text) if block.table]) == len(shape(oracle_tables(text)))


def test_the_cells_that_github_pads_are_bounded_as_on_github() -> None:
    text = "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + "| x |\n" * 200
    (table,) = (block.table for block in read_blocks(text) if block.table)
    assert [len(rows) - 1 for rows in oracle_tables(text)] == [len(table.rows)]
