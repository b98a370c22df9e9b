"""For every notebook and every edit of its cells: read back as meant, and nothing else differs."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from littable.notebook.cells import join_cells, split_cells
from littable.notebook.file import Notebook
from littable.notebook.scan import without_markdown

_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x1e")
_TEXT = st.text(_LETTERS | st.sampled_from('\n\n\r\t"\\/é\u2028😀'), max_size=12)
_LINES = st.lists(st.text(st.sampled_from('ab"\\é'), max_size=2).map(lambda line: line + "\n"), max_size=8)
_SOURCE = _TEXT | _LINES | st.lists(_TEXT, max_size=4) | st.builds(lambda ls, t: [*ls, t], _LINES, _TEXT)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def _cells(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["markdown", "markdown", "markdown", "code", "raw"]))
    cell = {"cell_type": kind, "source": draw(_SOURCE), draw(_TEXT) + "_": draw(_JSON)}
    return {key: cell[key] for key in draw(st.permutations(list(cell)))}


@st.composite
def _notebooks(draw: st.DrawFn) -> bytes:
    cells = draw(st.lists(_cells(), max_size=4))
    if draw(st.booleans()):
        frame = {"nbformat": 3, "worksheets": [{"cells": cells[:1]}, {"cells": cells[1:], "metadata": {}}]}
    else:
        frame = {"nbformat": 4, "cells": cells}
    frame[draw(_TEXT) + "_"] = draw(_JSON)
    frame = {key: frame[key] for key in draw(st.permutations(list(frame)))}
    indent = draw(st.sampled_from([None, 0, 1, 2, "\t"]))
    separators = (",", ":") if indent is None and draw(st.booleans()) else None
    text = json.dumps(frame, indent=indent, ensure_ascii=draw(st.booleans()), separators=separators)
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return (draw(st.sampled_from(["", "\ufeff", " "])) + text + draw(st.sampled_from(["", "\n"]))).encode()


def _markdown(data: bytes) -> list[bool]:
    frame = json.loads(data.decode("utf-8-sig"))
    sheets = frame["worksheets"] if frame["nbformat"] == 3 else [frame]
    return [cell["cell_type"] == "markdown" for sheet in sheets for cell in sheet["cells"]]


@st.composite
def _edits(draw: st.DrawFn) -> tuple[bytes, str]:
    """A notebook, and its text with pieces of its Markdown cells replaced."""
    data = draw(_notebooks())
    texts = split_cells(Notebook.decode(data).text)
    for at, editable in enumerate(_markdown(data)):
        if editable and draw(st.booleans()):
            start = draw(st.integers(0, len(texts[at])))
            end = draw(st.integers(start, len(texts[at])))
            texts[at] = texts[at][:start] + draw(_TEXT) + texts[at][end:]
    return data, join_cells(texts)


@given(_notebooks())
@settings(max_examples=400, deadline=None)
def test_without_an_edit_every_byte_stays(data: bytes) -> None:
    notebook = Notebook.decode(data)
    assert notebook.encode() == notebook.with_text(notebook.text).encode() == data


@given(_edits())
@settings(max_examples=800, deadline=None)
def test_what_was_written_is_read_back_and_nothing_else_differs(edit: tuple[bytes, str]) -> None:
    data, text = edit
    after = Notebook.decode(data).with_text(text)
    assert Notebook.decode(after.encode()).text == after.text == text
    before = Notebook.decode(data)
    assert json.dumps(without_markdown(after.raw)) == json.dumps(without_markdown(before.raw))
    assert _outside_sources(before) == _outside_sources(after)


def _outside_sources(notebook: Notebook) -> list[str]:
    """The JSON between the sources of its Markdown cells."""
    spans = [cell.span for cell in notebook._cells if cell is not None]
    starts = [0, *(span.end for span in spans)]
    return [
        notebook.raw[start:end] for start, end in zip(starts, [*(s.start for s in spans), None], strict=True)
    ]


@given(st.lists(st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "e\n"]), max_size=6)), st.data())
@settings(max_examples=300, deadline=None)
def test_strings_that_did_not_change_are_the_same_bytes(
    sources: list[list[str]], data: st.DataObject
) -> None:
    """A line replaced in place is the only string that differs."""
    cells = [{"cell_type": "markdown", "source": source} for source in sources]
    raw = json.dumps({"cells": cells, "nbformat": 4}).replace("a\\n", "\\u0061\\n")
    ends = list(accumulate((len(source) for source in sources), initial=0))
    changed = data.draw(st.sets(st.integers(0, max(ends[-1] - 1, 0)))) if ends[-1] else set()
    new = [
        "".join("new\n" if ends[at] + i in changed else line for i, line in enumerate(source))
        for at, source in enumerate(sources)
    ]
    notebook = Notebook.decode(raw.encode())
    if not sources:
        return
    strings = iter(range(ends[-1]))
    wanted = json.loads(raw)
    for cell in wanted["cells"]:
        cell["source"] = ["new\n" if next(strings) in changed else line for line in cell["source"]]
    after = notebook.with_text(join_cells(new)).raw
    assert json.loads(after) == wanted
    kept = sum(
        line == "a\n" and ends[at] + i not in changed
        for at, source in enumerate(sources)
        for i, line in enumerate(source)
    )
    assert after.count("\\u0061\\n") == kept
