"""What counts as new: rows by what they say, headers, and lines outside tables."""

from __future__ import annotations

import pytest

from littable.checker import check_document
from littable.config import Settings
from littable.document.model import Document
from littable.document.reading import read_document
from littable.rules._context import Context
from littable.rules._registry import all_rules
from littable.since.changes import Changes, find_changes

HEAD = "| # | Title | Year | Link |\n| --- | --- | --- | --- |\n"
VASWANI = "| 1 | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |\n"
DEVLIN = "| 2 | BERT | 2018 | https://arxiv.org/abs/1810.04805 |\n"
HO = "| 3 | Denoising Diffusion | 2020 | https://arxiv.org/abs/2006.11239 |\n"
ROWS = VASWANI + DEVLIN + HO


def _documents(old: str | None, new: str) -> tuple[Document | None, Document]:
    return read_document("a.md", old) if old is not None else None, read_document("a.md", new)


def _changes(old: str | None, new: str) -> Changes:
    return find_changes(*_documents(old, new))


def _new_lines(old: str | None, new: str) -> list[str]:
    """The lines that count as new, and no row of a paper beside them or missing among them."""
    changes = _changes(old, new)
    document = read_document("a.md", new)
    rows = {document.lines.row(start) for start in changes.entries}
    papers = {document.lines.row(entry.span.start) for entry in document.entries}
    assert rows == papers & set(changes.lines)
    said = (document.lines.line(number).of(new) for number in changes.lines)
    return [line for line in said if line]


def _findings(old: str, new: str) -> list[tuple[str, int]]:
    """Code and line of the findings that concern what is new."""
    before, document = _documents(old, new)
    report = check_document(document, all_rules(), Context(Settings()))
    changes = find_changes(before, document)
    return [
        (found.code, document.lines.row(found.span.start))
        for found in report.diagnostics
        if changes.concern(found)
    ]


_PADDED = """\
|  #  | Title                       | Year | Link                               |
| :-: | :-------------------------- | ---: | ---------------------------------- |
|   1 | Attention  Is  All You Need | 2017 | https://arxiv.org/abs/1706.03762   |
|   2 | BERT                        | 2018 | https://arxiv.org/abs/1810.04805   |
|   3 | Denoising Diffusion         | 2020 | https://arxiv.org/abs/2006.11239   |
"""
_TIGHT = _PADDED.replace("Attention  Is  All", "Attention Is All").replace("  ", "").replace(" | ", "|")


@pytest.mark.parametrize(
    "new",
    [
        HEAD + ROWS,
        HEAD + HO + VASWANI + DEVLIN,
        HEAD + HO.replace("3", "1", 1) + VASWANI.replace("1", "2", 1) + DEVLIN.replace("2", "3", 1),
        _PADDED,
        _TIGHT,
        (HEAD + ROWS).replace("\n", "\r\n"),
        (HEAD + ROWS).replace("\n", "\r"),
        HEAD + ROWS.replace(" |\n", "\n"),
        HEAD + VASWANI + HO,
        "".join("> " + line for line in (HEAD + ROWS).splitlines(keepends=True)),
        HEAD + HO + "\n" + VASWANI.replace("1", "", 1) + DEVLIN,
    ],
    ids="same sorted renumbered padded tight crlf cr unclosed deleted quoted cut".split(),
)
def test_the_same_rows_are_not_new(new: str) -> None:
    changes = _changes(HEAD + ROWS, new)
    assert not changes.entries


def test_only_the_lines_that_a_cut_leaves_outside_the_table_are_new() -> None:
    cut = HEAD + VASWANI + "\n" + DEVLIN + HO
    assert _new_lines(HEAD + ROWS, cut) == [DEVLIN.strip(), HO.strip()]
    assert _findings(HEAD + ROWS, cut) == [("LT108", 5)]
    assert _new_lines(cut, cut + "\nWords.\n") == ["Words."]


def test_rows_that_move_to_other_tables_and_sections_are_not_new() -> None:
    old = f"# Lists\n\n## A\n\n{HEAD}{ROWS}"
    new = f"# Lists\n\n## A\n\n{HEAD}{HO}{DEVLIN}\n## B\n\n{HEAD}{VASWANI}"
    assert _new_lines(old, new) == ["## B", *HEAD.splitlines()]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2018", "2019"),
        ("BERT", "Bert"),
        ("BERT", ""),
        ("2018", ""),
        ("1810.04805", "1810.04805v2"),
        ("https://arxiv.org/abs/1810.04805", "[pdf](https://arxiv.org/abs/1810.04805)"),
        ("04805 |", "04805 | behind the last cell |"),
        ("BERT | 2018", "2018 | BERT"),
    ],
)
def test_a_row_that_says_something_else_in_any_cell_is_new(before: str, after: str) -> None:
    changed = DEVLIN.replace(before, after)
    assert _new_lines(HEAD + ROWS, HEAD + HO + changed + VASWANI) == [changed.strip()]


def test_added_rows_are_new_and_of_a_row_twice_the_later() -> None:
    assert _new_lines(HEAD + VASWANI + HO, HEAD + ROWS) == [DEVLIN.strip()]
    changes = _changes(HEAD + ROWS, HEAD + DEVLIN + ROWS)
    assert changes.lines == (5,)
    assert _changes(HEAD + ROWS + DEVLIN, HEAD + DEVLIN + ROWS).lines == ()


def test_where_there_was_no_text_all_is_new() -> None:
    assert _new_lines(None, HEAD + ROWS) == (HEAD + ROWS).splitlines()
    assert _new_lines("", HEAD + ROWS) == (HEAD + ROWS).splitlines()


_WIDE = (
    "| Title | Link | # | Year | Code |\n|---|---|---|---|---|\n"
    "| Attention Is All You Need | https://arxiv.org/abs/1706.03762 | 1 | 2017 | |\n"
    "| BERT | https://arxiv.org/abs/1810.04805 | 2 | 2018 | {} |\n"
    "| Denoising Diffusion | https://arxiv.org/abs/2006.11239 | 3 | 2020 | |\n"
)


def test_a_new_column_changes_the_rows_in_which_it_is_filled() -> None:
    assert _new_lines(HEAD + ROWS, _WIDE.format("")) == _WIDE.format("").splitlines()[:2]
    filled = _WIDE.format("[code](https://github.com/google-research/bert)")
    lines = filled.splitlines()
    assert _new_lines(HEAD + ROWS, filled) == [*lines[:2], lines[3]]


def test_a_column_taken_away_changes_no_row() -> None:
    filled = _WIDE.format("[code](https://github.com/google-research/bert)")
    assert _new_lines(filled, HEAD + ROWS) == HEAD.splitlines()
    again = HEAD.replace("Year |", "Year | Year |").replace("|\n| -", "|\n| --- | -")
    twice = again + ROWS.replace("2017", "2017 | 2017").replace("2018", "2018 | x").replace("2020", "2020 | ")
    assert not _changes(twice, HEAD + ROWS).entries


@pytest.mark.parametrize(
    ("before", "after"), [("Title", "**title**"), ("Link", "LINK"), ("Year", "Jahr"), ("Link", "URL")]
)
def test_another_header_for_the_same_cells_changes_no_row(before: str, after: str) -> None:
    head = HEAD.replace(before, after)
    assert _new_lines(HEAD + ROWS, head + HO + VASWANI + DEVLIN) == head.splitlines()
    changed = DEVLIN.replace("BERT", "Bert").replace("2018", "2019").replace("abs", "pdf")
    assert _new_lines(HEAD + ROWS, head + VASWANI + changed + HO)[2:] == [changed.strip()]


def test_a_column_that_is_given_to_cells_beyond_the_table_changes_no_row() -> None:
    narrow = HEAD + ROWS.replace(" |\n", " | seen |\n")
    wide = HEAD.replace("Link |", "Link | Notes |").replace("|\n| -", "|\n| --- | -") + narrow[len(HEAD) :]
    assert not _changes(narrow, wide).entries
    assert not _changes(wide, narrow).entries


def test_a_link_that_is_defined_elsewhere_belongs_to_its_row() -> None:
    rows = "| Title | Year |\n|---|---|\n| [Attention Is All You Need][a] | 2017 |\n| [BERT][b] | 2018 |\n"
    old = f"{rows}\n[a]: https://arxiv.org/abs/1706.03762\n[b]: https://arxiv.org/abs/1810.04805\n"
    new = old.replace("1810.04805", "1810.99999")
    assert _new_lines(old, new) == ["| [BERT][b] | 2018 |", "[b]: https://arxiv.org/abs/1810.99999"]
    moved = f"{old.split(chr(10) * 2)[1]}\n{rows}"
    assert _new_lines(old, moved) == []


def test_rows_of_a_table_that_was_broken_are_not_new_when_it_is_mended() -> None:
    broken = HEAD.replace(" --- |\n", "\n") + ROWS
    assert _findings(HEAD + ROWS, broken) == [("LT103", 2)]
    assert _new_lines(broken, HEAD + HO + VASWANI + DEVLIN) == HEAD.splitlines()
    changed = ROWS.replace("2018", "2019")
    assert _new_lines(broken, HEAD + changed) == [*HEAD.splitlines(), changed.splitlines()[1]]


def test_a_header_and_its_delimiter_row_are_new_together() -> None:
    broken = HEAD.replace(" --- |\n", "\n") + ROWS
    wider = broken.replace("Link |", "Link | Code |")
    assert ("LT103", 2) in _findings(broken, wider)
    assert _findings(broken, broken + "\nWords.\n") == []


def test_of_tables_with_one_header_the_one_with_new_rows_is_new() -> None:
    head = "| Title | Year |\n| --- | --- |\n"
    one, two = ("| [BERT](https://arxiv.org/abs/1810.04805) | 2018 |\n",
                "| [Nets](https://arxiv.org/abs/2006.11239) | 2020 |\n")  # fmt: skip
    changes = _changes(f"{head}{one}", f"{head}{two}\n{head}{one}")
    assert changes.lines == (1, 2, 3)


def test_findings_about_old_rows_and_headers_are_set_aside_and_those_about_new_ones_kept() -> None:
    head = "| Title | Year |\n| --- | --- |\n"
    bad = "| [BERT](http://arxiv.org/abs/1810.04805) | 2018 | too many |\n"
    worse = "| [Nets](http://arxiv.org/abs/2006.11239) | 20200 |\n"
    old = head + bad
    assert {code for code, _ in _findings("", old)} >= {"LT101", "LT102", "LT305"}
    assert _findings(old, head.replace("---", ":---------:") + bad) == []
    assert {line for _, line in _findings(old, head + bad + worse)} == {4}
    assert ("LT101", 1) in _findings(old, head.replace("Year", "Date") + bad)


def test_a_new_row_above_is_why_an_old_one_is_a_duplicate() -> None:
    copy = VASWANI.replace("abs/1706.03762", "abs/1706.03762v5").replace("1", "4", 1)
    assert ("LT401", 4) in _findings(HEAD + VASWANI, HEAD + copy + VASWANI)
    assert _findings(HEAD + copy + VASWANI, HEAD + copy + VASWANI + HO) == []


def test_blank_rows_count_by_their_number() -> None:
    blank = "| | | | |\n"
    assert _findings(HEAD + VASWANI + blank + HO, HEAD + HO + blank + VASWANI) == []
    assert _findings(HEAD + VASWANI + HO, HEAD + VASWANI + blank + HO) == [("LT106", 4)]


def test_many_equal_rows_and_many_equal_cells_are_paired_in_time() -> None:
    """Each row held against each other would be 25 million comparisons."""
    head = "| Title | Note | Link |\n| - | - | - |\n"
    rows = [f"| Paper | {number} | https://arxiv.org/abs/1706.03762 |\n" for number in range(5_000)]
    less = "| Title | Link |\n| - | - |\n" + "| Paper | https://arxiv.org/abs/1706.03762 |\n" * 5_000
    assert not _changes(head + "".join(rows), less).entries
    assert len(_changes(less, head + "".join(rows)).entries) == 5_000
