"""``littable entries`` as a process: what it reads, in each format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from support.command import littable

TABLE = """\
| Title | Year | Authors | Link |
| --- | --- | --- | --- |
| Attention Is All You Need | 2017 | A. Vaswani and N. Shazeer | https://arxiv.org/abs/1706.03762 |
"""
HEADER = "line,end_line,shape,title,year,authors,arxiv_id,doi,links,has_abstract"


def test_csv_has_a_header_and_a_row_for_each_paper(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE)
    outcome = littable("entries", "--format", "csv", "a.md", cwd=tmp_path)
    (row,) = csv.DictReader(io.StringIO(outcome.out))
    assert outcome.out.splitlines()[0] == HEADER
    assert (row["line"], row["title"], row["year"]) == ("3", "Attention Is All You Need", "2017")
    assert (row["authors"], row["arxiv_id"]) == ("A. Vaswani; N. Shazeer", "1706.03762")


def test_csv_of_no_papers_is_the_header(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("No papers.\n")
    outcome = littable("entries", "--format", "csv", "a.md", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (0, HEADER + "\n")


def test_json_gives_the_text_back_as_it_is(tmp_path: Path) -> None:
    title = "Attention \x1b]0;owned\x07 \x9b31m \u202e論文"
    (tmp_path / "a.md").write_text(TABLE.replace("Attention Is All You Need", title), encoding="utf-8")
    outcome = littable("entries", "--format", "json", "a.md", cwd=tmp_path)
    (entry,) = json.loads(outcome.out)["entries"]
    assert entry["title"] == title
    assert "論文" in outcome.out


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize("place", ["Attention", "Vaswani", "Title"])
def test_nothing_in_a_file_reaches_the_terminal_as_a_command(tmp_path: Path, form: str, place: str) -> None:
    hostile = TABLE.replace(place, f"{place}\x1b]0;owned\x07\x9b31m\u202e", 1)
    (tmp_path / "a.md").write_text(hostile, encoding="utf-8")
    outcome = littable("entries", "--format", form, "a.md", cwd=tmp_path)
    assert outcome.code == 0
    assert not set(outcome.out) & set("\x1b\x07\x9b\u202e")
