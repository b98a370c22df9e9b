"""What holds for every table: sorting and padding change nothing, one cell changes one row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from littable.document.reading import read_document
from littable.since.changes import find_changes

_HEADERS = ("Title", "Year", "Link", "Abstract", "")
_CELL = st.one_of(
    st.sampled_from(["", "", "2017", "BERT", "https://arxiv.org/abs/1810.04805", "a \\| b", "`x`", "[a][b]"]),
    st.text("abc \\*_`<>[]()#-:é中", max_size=12),
).map(lambda text: " ".join(text.split()).rstrip("\\"))
_ROW = st.tuples(_CELL, _CELL, _CELL, _CELL, _CELL)
_ROWS = st.lists(_ROW, min_size=1, max_size=8)
_BLANKS = st.sampled_from(["", " ", "   ", "\t"])
_DEFINED = "\n\n[b]: https://arxiv.org/abs/1706.03762\n"


def _table(rows: list[tuple[str, ...]], order: list[int], blanks: str = " ", end: str = "\n") -> str:
    lines = [_HEADERS, ("---",) * 5, *rows]
    written = ("|" + "|".join(f"{blanks}{line[at]}{blanks}" for at in order) + "|" for line in lines)
    return end.join(written) + _DEFINED


@given(_ROWS, st.data(), _BLANKS, st.sampled_from(["\n", "\r\n"]))
def test_sorting_padding_and_the_order_of_columns_change_no_row(
    rows: list[tuple[str, ...]], data: st.DataObject, blanks: str, end: str
) -> None:
    shuffled = data.draw(st.permutations(rows))
    order = data.draw(st.permutations(range(5)))
    old = read_document("a.md", _table(rows, list(range(5))))
    new = read_document("a.md", _table(shuffled, order, blanks, end))
    opening = {1, 2} if order != [0, 1, 2, 3, 4] else set()
    assert set(find_changes(old, new).lines) <= opening


@given(_ROWS, st.data())
def test_a_cell_that_says_something_new_changes_exactly_its_row(
    rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(rows))
    at, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, 4))
    changed = [list(row) for row in shuffled]
    changed[at][column] += "!"
    old = read_document("a.md", _table(rows, list(range(5))))
    new = read_document("a.md", _table([tuple(row) for row in changed], list(range(5))))
    # Of rows that say the same, any one may count as the new one.
    lines = find_changes(old, new).lines
    twins = {number + 3 for number, row in enumerate(changed) if row == changed[at]}
    assert len(lines) == 1
    assert set(lines) <= twins


@given(_ROWS, _ROWS)
def test_as_many_rows_are_new_as_there_are_more_of_them(
    old: list[tuple[str, ...]], new: list[tuple[str, ...]]
) -> None:
    before = read_document("a.md", _table(old, list(range(5))))
    after = read_document("a.md", _table(new, list(range(5))))
    left = list(old)
    count = 0
    for row in new:
        if row in left:
            left.remove(row)
        else:
            count += 1
    assert len(find_changes(before, after).lines) == count


@given(st.text("| -\n>#abc\r", max_size=80), st.text("| -\n>#abc\r", max_size=80))
def test_any_two_texts_can_be_compared_and_lines_are_those_of_the_text(old: str, new: str) -> None:
    document = read_document("a.md", new)
    changes = find_changes(read_document("a.md", old), document)
    assert all(1 <= line <= len(document.lines.starts) for line in changes.lines)
    assert changes.entries <= {entry.span.start for entry in document.entries}
    assert find_changes(document, read_document("a.md", new)).lines == ()
