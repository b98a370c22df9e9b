"""``littable entries`` on the example of each shape, and what the configuration makes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.command import littable

SHAPES = Path(__file__).parents[2] / "fixtures" / "shapes"
WMDP = "The WMDP Benchmark: Measuring and Reducing Malicious Use With Unlearning"
LIST = """\
# Papers

- [Attention Is All You Need](https://arxiv.org/abs/1706.03762) - A. Vaswani, N. Shazeer. *NeurIPS 2017*
- [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385) - K. He. *CVPR 2016*
- [Adam: A Method for Stochastic Optimization](https://arxiv.org/abs/1412.6980) - D. Kingma. *ICLR 2015*

## Old ones

- [Finding Structure in Time](https://doi.org/10.1207/s15516709cog1402_1) - J. Elman. *Cognitive Science 1990*
- [Long Short-Term Memory](https://doi.org/10.1162/neco.1997.9.8.1735) - S. Hochreiter, J. Schmidhuber. *1997*
"""


def entries(path: Path, cwd: Path | None = None) -> dict[str, Any]:
    """What the command says in JSON."""
    outcome = littable("entries", "--format", "json", path, cwd=cwd)
    assert outcome.code == 0, outcome.err
    read: dict[str, Any] = json.loads(outcome.out)
    return read


@pytest.mark.parametrize(
    ("name", "shape", "lines"),
    [
        ("bullets.md", "bullet", [(5, 6), (10, 11)]),
        ("footnotes.md", "table", [(3, 3), (4, 4)]),
        ("html-table.md", "html-table", [(8, 13), (14, 19)]),
        ("key-value.md", "key-value", [(5, 11), (15, 21)]),
        ("notebook.ipynb", "section", [(1, 3), (1, 5)]),
        ("sections.md", "section", [(9, 11), (13, 17)]),
    ],
)
def test_each_shape_gives_the_same_two_papers(name: str, shape: str, lines: list[tuple[int, int]]) -> None:
    first, second = entries(SHAPES / name)["entries"]
    assert [(one["line"], one["end_line"]) for one in (first, second)] == lines
    assert {first["shape"], second["shape"]} == {shape}
    assert (first["title"], second["title"]) == (WMDP, "Attention Is All You Need")
    assert first["has_abstract"]
    assert second["has_abstract"]
    assert second["arxiv_id"] == "1706.03762"
    if name != "footnotes.md":
        assert (first["authors"][0], first["authors"][-1]) == ("Nathaniel Li", "Dan Hendrycks")


def test_a_place_in_a_notebook_names_its_cell() -> None:
    read = entries(SHAPES / "notebook.ipynb")["entries"]
    assert [one["cell"] for one in read] == [3, 4]
    assert "line 1 of cell 3: papers, 2 sections\n" in littable("entries", SHAPES / "notebook.ipynb").out


def test_tables_are_told_of_in_pipes_pairs_and_html() -> None:
    tables = {
        name: entries(SHAPES / name)["tables"] for name in ("html-table.md", "key-value.md", "bullets.md")
    }
    assert [(one["literature"], one["rows"]) for one in tables["html-table.md"]] == [(True, 2)]
    assert tables["html-table.md"][0]["columns"]["abstract"] == "Abstract"
    assert [(one["line"], one["literature"]) for one in tables["key-value.md"]] == [(5, True), (15, True)]
    assert tables["bullets.md"] == []


def test_a_text_of_no_papers_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Notes\n\nNo papers here.\n")
    assert littable("entries", "a.md", cwd=tmp_path).out == "no tables and no lists of papers\n"


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        ("", [3, 4, 5, 9, 10]),
        ('readers = ["table", "section"]', []),
        ('readers = ["bullet"]', [3, 4, 5, 9, 10]),
        ('sections = ["old*"]', [9, 10]),
        ('sections = ["!old ones"]', [3, 4, 5]),
        ('sections = ["papers", "!old ones"]', [3, 4, 5]),
        ('sections = ["nothing of the kind"]', []),
    ],
)
def test_the_configuration_says_what_is_read(tmp_path: Path, settings: str, lines: list[int]) -> None:
    (tmp_path / "littable.toml").write_text(settings)
    (tmp_path / "a.md").write_text(LIST)
    assert [one["line"] for one in entries(tmp_path / "a.md", tmp_path)["entries"]] == lines


@pytest.mark.parametrize("settings", ['readers = ["bullet"]', 'sections = ["!papers"]'])
def test_a_table_that_is_not_to_be_read_is_no_literature(tmp_path: Path, settings: str) -> None:
    row = "| Attention Is All You Need | https://arxiv.org/abs/1706.03762 |"
    table = f"# Papers\n\n| Title | Link |\n|---|---|\n{row}\n"
    (tmp_path / "littable.toml").write_text(settings)
    (tmp_path / "a.md").write_text(table)
    read = entries(tmp_path / "a.md", tmp_path)
    assert read["entries"] == []
    assert [one["literature"] for one in read["tables"]] == [False]
