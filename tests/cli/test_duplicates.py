"""Duplicates in other tables and files, as a user meets them: ``duplicates``, LT402, and fixing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command import Outcome, littable

HEADER = "| Title | Year | Link |\n| --- | --- | --- |\n"
ATTENTION = "| Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |\n"
SHOTS = "| Language Models are Few-Shot Learners | 2020 | https://arxiv.org/abs/2005.14165 |\n"
RECORD = {
    "id": "1706.03762",
    "title": "Attention Is All You Need",
    "authors": "Ashish Vaswani, Noam Shazeer",
    "abstract": "A model that needs attention only.",
    "versions": [{"version": "v1", "created": "Mon, 12 Jun 2017 17:57:34 GMT"}],
}
HERE = "docs/b.md:3:60: LT402 1706.03762 is in docs/a.md, too, in line 4\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files, one paper in both."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(HEADER + SHOTS + ATTENTION)
    (tmp_path / "docs" / "b.md").write_text(HEADER + ATTENTION)
    return tmp_path


def configure(folder: Path, reach: str) -> None:
    (folder / "littable.toml").write_text(f'duplicates = "{reach}"\n')


def check(folder: Path, *arguments: str) -> Outcome:
    return littable("check", "--offline", "--output-format", "concise", *arguments, cwd=folder)


def findings(outcome: Outcome) -> list[str]:
    return [line for line in outcome.out.splitlines(keepends=True) if ": LT4" in line]


def test_by_default_a_paper_may_stand_in_two_files(folder: Path) -> None:
    outcome = check(folder, "docs")
    assert (outcome.code, findings(outcome)) == (0, [])


def test_the_run_is_looked_over_when_asked_for(folder: Path) -> None:
    configure(folder, "run")
    outcome = check(folder, "docs")
    assert (outcome.code, findings(outcome)) == (0, [HERE])
    assert check(folder, "docs", "--fail-on", "note").code == 1


@pytest.mark.parametrize("arguments", [("--select", "LT402"), ("--extend-select", "LT402")])
def test_selected_by_hand_it_looks_over_the_run(folder: Path, arguments: tuple[str, str]) -> None:
    assert findings(check(folder, "docs", *arguments)) == [HERE]


@pytest.mark.parametrize("arguments", [("--ignore", "LT402"), ("--ignore", "LT4"), ("--select", "LT403")])
def test_what_is_ignored_or_not_selected_stays_silent(folder: Path, arguments: tuple[str, str]) -> None:
    configure(folder, "run")
    assert findings(check(folder, "docs", *arguments)) == []


def test_the_file_is_the_reach_when_asked_for(folder: Path) -> None:
    configure(folder, "file")
    assert findings(check(folder, "docs")) == []
    (folder / "docs" / "b.md").write_text(HEADER + ATTENTION + "\n" + HEADER + ATTENTION)
    assert findings(check(folder, "docs")) == [
        "docs/b.md:7:60: LT402 1706.03762 is in another table, too, in line 3\n"
    ]


def test_the_order_of_the_run_decides_which_is_the_first(folder: Path) -> None:
    configure(folder, "run")
    outcome = check(folder, "docs/b.md", "docs/a.md")
    assert findings(outcome) == ["docs/a.md:4:60: LT402 1706.03762 is in docs/b.md, too, in line 3\n"]
    assert findings(check(folder, "docs/b.md")) == []


def test_a_suppression_silences_the_later_row(folder: Path) -> None:
    configure(folder, "run")
    (folder / "docs" / "b.md").write_text("<!-- littable: ignore-file[LT402] -->\n\n" + HEADER + ATTENTION)
    outcome = check(folder, "docs")
    assert (outcome.code, findings(outcome)) == (0, [])
    assert "LT901" not in outcome.out


def test_one_configuration_of_its_own_looks_at_the_other_files(folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "c.md").write_text(HEADER + ATTENTION)
    (folder / "other" / "littable.toml").write_text('duplicates = "run"\n')
    assert findings(check(folder, "docs", "other")) == [
        "other/c.md:3:60: LT402 1706.03762 is in docs/a.md, too, in line 4\n"
    ]


def test_a_name_that_a_terminal_would_obey_is_made_harmless(folder: Path) -> None:
    configure(folder, "run")
    (folder / "docs" / "a.md").rename(folder / "docs" / "a\x1b[31m.md")
    assert "\x1b" not in check(folder, "docs").out
    assert "docs/a␛[31m.md, too" in check(folder, "docs").out


def test_titles_and_links_in_other_files(folder: Path) -> None:
    configure(folder, "run")
    (folder / "docs" / "b.md").write_text(
        HEADER
        + "| Attention is all you need | 2017 | https://papers.nips.cc/paper/7181 |\n"
        + "| Language Models are Few-Shot Leaners | 2020 | https://example.org/shots.pdf |\n"
        + "| Counting Sheep in Open Meadows | 2017 | https://arxiv.org/pdf/1706.03762 |\n"
    )
    outcome = check(folder, "docs")
    assert outcome.code == 1
    assert findings(outcome) == [
        "docs/b.md:3:3: LT403 title is the same as in docs/a.md, line 4\n",
        "docs/b.md:4:3: LT404 title differs from docs/a.md, line 3, only by “leaners” for “learners”\n",
        "docs/b.md:5:65: LT405 link is that of “Attention Is All You Need” in docs/a.md, line 4, too: "
        "one of the two rows is wrong\n",
    ]


def test_programs_are_told_the_same(folder: Path) -> None:
    configure(folder, "run")
    outcome = littable("check", "--offline", "--output-format", "json", "--ignore", "LT1", "docs", cwd=folder)
    (found,) = json.loads(outcome.out)["diagnostics"]
    assert (found["code"], found["severity"], found["filename"]) == ("LT402", "note", "docs/b.md")
    assert found["message"] == "1706.03762 is in docs/a.md, too, in line 4"


def test_after_a_row_is_removed_the_next_file_is_told_where_the_paper_stands_now(folder: Path) -> None:
    configure(folder, "run")
    (folder / "docs" / "a.md").write_text(HEADER + SHOTS + SHOTS + ATTENTION)
    assert findings(check(folder, "docs"))[-1] == HERE.replace("line 4", "line 5")
    outcome = littable("fix", "--offline", "--unsafe", "--output-format", "concise", "docs", cwd=folder)
    assert (folder / "docs" / "a.md").read_text() == HEADER + SHOTS + ATTENTION
    assert findings(outcome) == [HERE]
    assert findings(check(folder, "docs")) == [HERE]


def test_a_title_that_was_mended_is_compared_anew_by_the_next_file(folder: Path) -> None:
    configure(folder, "run")
    a = folder / "docs" / "a.md"
    a.write_text(HEADER + SHOTS + ATTENTION.replace("Attention", "Atention"))
    (folder / "docs" / "b.md").write_text(
        HEADER + "| Attention Is All You Need | 2017 | https://papers.nips.cc/paper/7181 |\n"
    )
    (folder / "papers.jsonl").write_text(json.dumps(RECORD) + "\n")
    offline = ("--offline", "--papers", "papers.jsonl", "--output-format", "concise", "docs")
    message = "title differs from docs/a.md, line 4, only by “attention” for “atention”"
    assert findings(littable("check", *offline, cwd=folder)) == [f"docs/b.md:3:3: LT404 {message}\n"]
    outcome = littable("fix", *offline, cwd=folder)
    assert a.read_text() == HEADER + SHOTS + ATTENTION
    assert findings(outcome) == ["docs/b.md:3:3: LT403 title is the same as in docs/a.md, line 4\n"]
    assert findings(littable("check", *offline, cwd=folder)) == findings(outcome)


def test_a_later_file_is_fixed_whatever_stands_in_an_earlier(folder: Path) -> None:
    configure(folder, "run")
    b = folder / "docs" / "b.md"
    b.write_text(HEADER + ATTENTION.replace("https", "http") + SHOTS + SHOTS)
    outcome = littable("fix", "--offline", "--unsafe", "--output-format", "concise", "docs", cwd=folder)
    assert b.read_text() == HEADER + ATTENTION + SHOTS
    assert findings(outcome) == [HERE, "docs/b.md:4:72: LT402 2005.14165 is in docs/a.md, too, in line 3\n"]


def test_files_that_cannot_be_read_do_not_disturb_the_order(folder: Path) -> None:
    configure(folder, "run")
    (folder / "docs" / "aa.md").write_bytes(b"\xff\xfe\x00\xd8")
    outcome = check(folder, "docs")
    assert (outcome.code, findings(outcome)) == (2, [HERE])
