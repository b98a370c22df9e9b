"""A notebook's bytes to text and back: nothing but the strings that changed differs."""

from __future__ import annotations

import codecs
import json
from typing import Any

import pytest

from littable.decoding import decode
from littable.errors import EncodingError, FixError, UnreadableFile
from littable.notebook.cells import CELL_BREAK
from littable.notebook.file import Notebook
from support.notebooks import PAPER, TABLE, code, markdown, notebook, old_notebook, written

FORMS: list[dict[str, Any]] = [
    {},
    {"indent": 2, "ensure_ascii": True},
    {"indent": "\t"},
    {"indent": None},
    {"indent": None, "separators": (",", ":")},
    {"indent": None, "ensure_ascii": True},
]
_CELLS = (
    markdown("one\ntwo é"),
    code("x = '| a | b |'\n"),
    markdown([]),
    markdown(["# A\n", "\n", *TABLE]),
    {"source": ["x"], "cell_type": "raw", "metadata": {}},
    {"source": ["the type\n", "stands behind"], "metadata": {}, "cell_type": "markdown"},
)


def _edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    source = decode("a.ipynb", data)
    text = source.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return source.with_text(text).encode()


def test_the_text_is_that_of_the_markdown_cells() -> None:
    source = decode("A.IPYNB", written(notebook(*_CELLS)))
    assert source.text.split(CELL_BREAK) == [
        "one\ntwo é", "", "", "# A\n\n" + "".join(TABLE), "", "the type\nstands behind",
    ]  # fmt: skip


@pytest.mark.parametrize("options", FORMS)
@pytest.mark.parametrize("frame", [b"", codecs.BOM_UTF8, b" \r\n"], ids=["plain", "mark", "blanks"])
def test_without_a_change_every_byte_stays(options: dict[str, Any], frame: bytes) -> None:
    data = frame + written(notebook(*_CELLS), **options).rstrip()
    source = decode("a.ipynb", data)
    assert source.with_text(source.text).encode() == source.encode() == data


@pytest.mark.parametrize("options", FORMS)
def test_only_the_string_that_changed_differs(options: dict[str, Any]) -> None:
    data = written(notebook(*_CELLS), **options)
    assert _edited(data, ("http:", "https:")) == data.replace(b"http:", b"https:")


@pytest.mark.parametrize("options", FORMS)
def test_a_changed_string_is_written_in_the_manner_of_the_old_one(options: dict[str, Any]) -> None:
    cells = [json.loads(json.dumps(cell).replace("two", "2")) for cell in _CELLS]
    cells = [json.loads(json.dumps(cell).replace("Aufmerksamkeit", "Übersicht")) for cell in cells]
    data = written(notebook(*_CELLS), **options)
    edited = _edited(data, ("two", "2"), ("Aufmerksamkeit", "Übersicht"))
    assert edited == written(notebook(*cells), **options)


def test_escapes_of_other_strings_stay_as_they_are() -> None:
    data = PAPER.replace(b'"# Papers', b'"# P\\u0061pers\\/').replace("Über".encode(), b"\\u00DCber")
    assert _edited(data, ("http:", "https:")) == data.replace(b"http:", b"https:")


def test_a_backslash_before_u_is_no_escape() -> None:
    data = written(notebook(markdown(["a \\u00e9\n", "b"])), ensure_ascii=True)
    assert _edited(data, ("b", "bé")).endswith(data.replace(b'"b"', '"bé"'.encode())[-60:])


def test_line_ends_in_strings_and_between_them_stay() -> None:
    cell = markdown(["a\r\n", "b\r\n", "c"])
    data = written(notebook(cell)).replace(b"\n", b"\r\n")
    assert _edited(data, ("b", "B")) == data.replace(b'"b\\r', b'"B\\r')


@pytest.mark.parametrize("options", FORMS)
def test_lines_come_and_go_as_strings_of_the_list(options: dict[str, Any]) -> None:
    def cells(*rows: str) -> bytes:
        return written(notebook(markdown(["x\n"]), markdown([*TABLE[:2], *rows])), **options)

    row, last = TABLE[2:]
    before = cells(row, last)
    assert _edited(before, (row, row + "| new | é | |\n")) == cells(row, "| new | é | |\n", last)
    assert _edited(before, (last, last + "\n| new | | |")) == cells(row, last + "\n", "| new | | |")
    assert _edited(before, (row, "")) == cells(last)
    assert _edited(before, ("\n" + last, "")) == cells(row[:-1])
    assert _edited(before, (row + last, "")) == cells()
    assert _edited(before, ("Title", "T"), (row, ""), (last, last + "\ny")) == cells(
        last + "\n", "y"
    ).replace(b"| Title", b"| T")


def test_a_list_of_one_string_is_added_to_in_the_manner_of_the_file() -> None:
    for options in FORMS:
        data = written(notebook(markdown(["a"])), **options)
        assert _edited(data, ("a", "a\nb")) == written(notebook(markdown(["a\n", "b"])), **options)


def test_strings_of_several_lines_stay_together() -> None:
    cell = markdown(["# A\n\n| a |\n|---|\n", "| b", " |\n| c |", "\nend\n"])
    data = written(notebook(cell))
    assert _edited(data, ("| c |", "| C |")) == data.replace(b"| c |", b"| C |")
    assert _edited(data, ("end\n", "end\nmore\n")) == data.replace(
        b'"\\nend\\n"', b'"\\nend\\n",\n    "more\\n"'
    )


def test_format_3_has_worksheets() -> None:
    heading = {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Papers"]}
    old_code = {"cell_type": "code", "input": ["x"], "language": "python", "metadata": {}, "outputs": []}
    data = written(old_notebook([heading, old_code, markdown(TABLE)], [markdown("b")]))
    assert decode("a.ipynb", data).text.split(CELL_BREAK) == ["", "", "".join(TABLE), "b"]
    assert _edited(data, ("http:", "https:")) == data.replace(b"http:", b"https:")


def test_format_3_lists_lines_without_their_ends_too() -> None:
    rows = [row.rstrip("\n") for row in TABLE]
    data = written(old_notebook([markdown(rows)]))
    assert decode("a.ipynb", data).text == "".join(TABLE)
    assert _edited(data, ("http:", "https:"), (rows[3], rows[3] + "\n|")) == written(
        old_notebook([markdown([*rows, "|"])])
    ).replace(b"http:", b"https:")


def test_of_a_repeated_key_the_last_counts() -> None:
    data = (
        b'{"cells": 1, "nbformat": 4, "cells": [{"source": {}, "cell_type": "code", "source": ["a", "b"],\n'
    )
    data += b'"cell_type": "markdown"}]}'
    assert decode("a.ipynb", data).text == "ab"
    assert _edited(data, ("ab", "aB")) == data.replace(b'["a", "b"]', b'["a", "B"]')


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no notebook: not JSON in line 1, column 1 (Expecting value)"),
        (b"{\n 'a'}", "no notebook: not JSON in line 2, column 2 (Expecting property name enclosed in"),
        (b"[]", "no notebook: its JSON has no nbformat"),
        (b'{"cells": []}', "no notebook: its JSON has no nbformat"),
        (b'{"nbformat": 4}', "no notebook: it has no list of cells"),
        (b'{"nbformat": 4, "cells": {}}', "no notebook: it has no list of cells"),
        (b'{"nbformat": 4, "cells": [1]}', "no notebook: it has no list of cells"),
        (b'{"nbformat": 3, "worksheets": 1}', "no notebook: it has no list of cells"),
        (b'{"nbformat": 5, "cells": []}', "a notebook of format 5; 3 and 4 can be read"),
        (b'{"nbformat": true, "cells": []}', "a notebook of format True; 3 and 4 can be read"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "markdown"}]}', "the source of cell 1 is no text"),
        (written(notebook(markdown([1]))), "the source of cell 1 is no text"),  # type: ignore[list-item]
        (written(notebook(code(), markdown("a\x1eb"))), "cell 2 holds U+001E, which parts cells here"),
        (written(notebook(markdown("\ud83d")), ensure_ascii=True), "cell 1 holds half a character"),
        (b"[" * 200_000, "its JSON is nested too deeply"),
        (b'{"nbformat": ' + b"4" * 5_000 + b"}", "a number in its JSON is too long"),
    ],
)
def test_what_is_no_notebook_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        decode("a.ipynb", data)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_not_utf8_is_told_as_of_any_file() -> None:
    with pytest.raises(EncodingError, match="not UTF-8: byte 0xff at offset 2"):
        decode("a.ipynb", b'{"\xff": 1}')


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a", "other cells"),
        (CELL_BREAK.join(["a", "", "b", ""]), "other cells"),
        (CELL_BREAK.join(["a", "x", "b"]), "a cell that is not Markdown would be changed"),
        (CELL_BREAK.join(["a", "", "b\x1e"]), "could not be read back"),
        (CELL_BREAK.join(["a", "", "\ud83d"]), "could not be read back"),
    ],
)
def test_a_text_of_other_cells_is_refused(text: str, reason: str) -> None:
    source = Notebook.decode(written(notebook(markdown("a"), code("x"), markdown("b"))))
    with pytest.raises(FixError, match=reason):
        source.with_text(text)


def test_outputs_of_megabytes_and_many_cells_are_read() -> None:
    picture = {**code("x"), "outputs": [{"data": {"image/png": "A" * 5_000_000}}, {"n": [1.5] * 100_000}]}
    rows = [f"| paper {number} | 2017 | http://example.org/{number} |\n" for number in range(5_000)]
    data = written(notebook(picture, *[markdown(["x\n", "y"])] * 2_000, markdown(rows)))
    edited = _edited(data, ("http:", "https:"), (rows[7].replace("http", "https"), ""))
    assert len(edited) == len(data) + 5_000 - len(json.dumps(rows[7])) - len(",\n    ") - 1


def test_lines_of_the_file() -> None:
    source = Notebook.decode(PAPER)
    rows = source.file_rows()
    lines = PAPER.decode().split("\n")
    for words in ("# Papers", "open fence", "Attention", "Über", "example.org"):
        assert words in lines[rows(source.text.index(words)) - 1]
    assert rows(source.text.index("\x1e")) == 1 or rows(source.text.index("\x1e")) < len(lines)
    assert "Über" in lines[rows(len(source.text)) - 1]
