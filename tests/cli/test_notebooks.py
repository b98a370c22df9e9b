"""Notebooks and Markdown under other names, as a user meets them on the command line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from littable import check_text, fix_text
from littable.file_names import ALL
from support.command import littable
from support.notebooks import PAPER, TABLE, code, markdown, notebook, written

FIXED = PAPER.replace(b"http:", b"https:")


def _git(cwd: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=cwd, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the notebook ``paper.ipynb``."""
    (tmp_path / "paper.ipynb").write_bytes(PAPER)
    return tmp_path


def test_places_are_named_by_cell_line_and_column(folder: Path) -> None:
    outcome = littable("check", "--offline", "--select", "LT305", "paper.ipynb", cwd=folder)
    assert outcome.out.startswith(
        "paper.ipynb:cell 3:3:38: LT305 [*] arxiv.org answers https, but the link says http\n"
        "  |\n3 | | Attention Is All You Need | 2017 | http:"
    )
    concise = littable("check", "--offline", "--output-format", "concise", ".", cwd=folder)
    assert "paper.ipynb:cell 3:3:38: LT305 [*]" in concise.out


def test_json_names_the_cell(folder: Path) -> None:
    arguments = ("--offline", "--select", "LT305,LT502", "--output-format", "json", "paper.ipynb")
    data = json.loads(littable("check", *arguments, cwd=folder).out)
    (found,) = data["diagnostics"]
    assert (found["cell"], found["location"], found["entry"]["cell"]) == (3, {"row": 3, "column": 38}, 3)
    assert found["fix"]["edits"][0]["cell"] == 3
    assert [(skip["cell"], skip["row"]) for skip in data["skipped"]] == [(3, 3)]


def test_github_annotates_the_line_of_the_json(folder: Path) -> None:
    arguments = ("--offline", "--select", "LT305", "--output-format", "github", "paper.ipynb")
    line = next(at for at, row in enumerate(PAPER.split(b"\n"), 1) if b"Attention" in row)
    assert littable("check", *arguments, cwd=folder).out.startswith(
        f"::notice title=littable (LT305),file=paper.ipynb,line={line},endLine={line}::"
        "paper.ipynb:cell 3:3:38: LT305 arxiv.org"
    )


def test_fixing_changes_only_the_string_and_git_sees_one_line(folder: Path) -> None:
    _git(folder, "init", "-q")
    _git(folder, "add", "paper.ipynb")
    outcome = littable("fix", "--offline", "paper.ipynb", cwd=folder)
    assert outcome.err == "Fixed 1 in 1 file: 1 LT305 insecure-link.\n"
    assert (folder / "paper.ipynb").read_bytes() == FIXED
    changed = [row for row in _git(folder, "diff", "-U0").splitlines() if row[:1] in "+-"][2:]
    assert changed == [f"-    {json.dumps(TABLE[2])},", f"+    {json.dumps(FIXED_ROW)},"]


FIXED_ROW = TABLE[2].replace("http:", "https:")


def test_a_diff_applies_to_the_notebook(folder: Path) -> None:
    outcome = littable("fix", "--offline", "--diff", "paper.ipynb", cwd=folder)
    assert (outcome.code, (folder / "paper.ipynb").read_bytes()) == (1, PAPER)
    subprocess.run(["git", "apply", "-"], input=outcome.out.encode(), cwd=folder, check=True)
    assert (folder / "paper.ipynb").read_bytes() == FIXED


def test_standard_input_is_a_notebook_by_its_name(tmp_path: Path) -> None:
    named = ("--offline", "--stdin-filename", "x.ipynb", "-")
    assert littable("fix", *named, cwd=tmp_path, stdin=PAPER).out.encode() == FIXED
    assert "x.ipynb:cell 3:3:38: LT305" in littable("check", *named, cwd=tmp_path, stdin=PAPER).out
    outcome = littable("check", *named, cwd=tmp_path, stdin=b"# Papers\n")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)


def test_a_row_that_goes_takes_its_string_along(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    rows = [TABLE[0], TABLE[1], FIXED_ROW, FIXED_ROW.rstrip("\n")]
    path.write_bytes(written(notebook(markdown(rows), markdown("next"))))
    outcome = littable("fix", "--offline", "--unsafe", "a.ipynb", cwd=tmp_path)
    assert "1 LT401 duplicate-paper" in outcome.err
    kept = [*rows[:2], FIXED_ROW.rstrip("\n")]
    assert path.read_bytes() == written(notebook(markdown(kept), markdown("next")))


def test_messages_name_lines_of_cells(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(written(notebook(code("x"), markdown([*TABLE[:3], FIXED_ROW]))))
    out = littable("check", "--offline", "--output-format", "concise", "a.ipynb", cwd=tmp_path).out
    assert "cell 2:4:60: LT401 1706.03762 is in this table already, in line 3 of cell 2" in out


def test_every_cell_is_a_document_of_its_own(tmp_path: Path) -> None:
    cells = [
        markdown("- item\n\n  <!-- open"),
        markdown(TABLE),
        markdown("| BERT | 2018 | x |"),
        markdown("~~~"),
    ]
    (tmp_path / "a.ipynb").write_bytes(written(notebook(*cells, markdown(TABLE))))
    out = littable("check", "--offline", "--output-format", "concise", "a.ipynb", cwd=tmp_path).out
    assert [row for row in out.splitlines() if "LT108" in row] == []
    assert "a.ipynb:cell 2:3:38: LT305" in out
    assert "a.ipynb:cell 5:3:38: LT305" in out


def test_what_is_no_notebook_is_named_and_the_others_are_processed(folder: Path) -> None:
    (folder / "bad.ipynb").write_text("# no JSON")
    outcome = littable("fix", "--offline", ".", cwd=folder)
    assert outcome.code == 2
    assert outcome.err.startswith("error: bad.ipynb: no notebook: not JSON in line 1, column 1")
    assert (folder / "paper.ipynb").read_bytes() == FIXED
    assert (folder / "bad.ipynb").read_text() == "# no JSON"


def test_a_notebook_with_the_mark_in_a_cell_is_left_alone(tmp_path: Path) -> None:
    data = written(notebook(markdown([*TABLE, "\x1e"])))
    (tmp_path / "a.ipynb").write_bytes(data)
    outcome = littable("fix", "--offline", "a.ipynb", cwd=tmp_path)
    assert outcome.code == 2
    assert "cell 1 holds U+001E" in outcome.err
    assert (tmp_path / "a.ipynb").read_bytes() == data


def test_a_paper_is_added_to_a_cell(tmp_path: Path) -> None:
    record = {"id": "1810.04805", "title": "BERT", "authors": "J. Devlin", "abstract": "x.", "versions": [
        {"version": "v1", "created": "Thu, 11 Oct 2018 00:50:01 GMT"}]}  # fmt: skip
    (tmp_path / "papers.jsonl").write_text(json.dumps(record) + "\n")
    (tmp_path / "a.ipynb").write_bytes(
        written(notebook(code("x"), markdown([*TABLE[:2], FIXED_ROW.rstrip()])))
    )
    arguments = ("add", "a.ipynb", "1810.04805", "--offline", "--papers", "papers.jsonl")
    before = (tmp_path / "a.ipynb").read_bytes()
    diff = littable(*arguments, "--dry-run", cwd=tmp_path)
    outcome = littable(*arguments, cwd=tmp_path)
    assert outcome.err == "Added 1810.04805 'BERT' to a.ipynb, line 4 of cell 2.\n"
    new = "| BERT | 2018 | https://arxiv.org/abs/1810.04805 |"
    after = written(notebook(code("x"), markdown([*TABLE[:2], FIXED_ROW, new])))
    assert (tmp_path / "a.ipynb").read_bytes() == after
    (tmp_path / "a.ipynb").write_bytes(before)
    subprocess.run(["git", "apply", "-"], input=diff.out.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "a.ipynb").read_bytes() == after


def test_since_compares_the_cells(folder: Path) -> None:
    _git(folder, "init", "-q")
    _git(folder, "add", "paper.ipynb")
    _git(folder, "commit", "-q", "-m", "x")
    new = markdown([*TABLE[:2], TABLE[2].replace("1706.03762", "1810.04805")])
    cells = json.loads(PAPER)["cells"]
    (folder / "paper.ipynb").write_bytes(written(notebook(code("moved"), *cells, new), indent=2))
    arguments = ("--offline", "--since", "HEAD", "--select", "LT305", "--output-format", "concise")
    out = littable("check", *arguments, "paper.ipynb", cwd=folder).out
    assert [row[:24] for row in out.splitlines() if "LT305" in row] == ["paper.ipynb:cell 5:3:38:"]


def test_a_searched_folder_gives_every_kind_of_file(tmp_path: Path) -> None:
    table = "".join(TABLE)
    for suffix in ALL:
        (tmp_path / f"a{suffix}").write_bytes(PAPER if suffix == ".ipynb" else table.encode())
    (tmp_path / "B.Rmd").write_text(table)
    (tmp_path / "a.txt").write_text(table)
    checkpoints = tmp_path / ".ipynb_checkpoints"
    checkpoints.mkdir()
    (checkpoints / "paper-checkpoint.ipynb").write_bytes(PAPER)
    out = littable("check", "--offline", "--select", "LT305", "--output-format", "concise", cwd=tmp_path).out
    names = {row.split(":")[0] for row in out.splitlines() if "LT305" in row}
    assert names == {"B.Rmd", *(f"a{suffix}" for suffix in ALL)}


def test_the_lock_names_the_cell_of_a_paper_that_it_lacks(folder: Path) -> None:
    (folder / "littable.toml").write_text("")
    record = {"id": "1706.03762", "title": "Attention Is All You Need", "authors": "A", "abstract": "x."}
    (folder / "papers.jsonl").write_text(json.dumps(record) + "\n")
    littable("lock", "--offline", "--papers", "papers.jsonl", cwd=folder)
    (folder / "paper.ipynb").write_bytes(PAPER.replace(b"1706.03762", b"1810.04805"))
    outcome = littable("lock", "--check", "--offline", cwd=folder)
    assert outcome.code == 1
    assert "paper.ipynb:cell 3:3" in outcome.out


def test_one_text_is_read_by_its_path_in_python() -> None:
    report = check_text(PAPER.decode(), path="a.ipynb")
    assert "LT305" in [found.code for found in report.diagnostics]
    fixed = fix_text("\ufeff" + PAPER.decode(), path="a.ipynb")
    assert fixed.text == "\ufeff" + FIXED.decode()
