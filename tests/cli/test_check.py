"""``littable check`` as a process: what it prints, where, and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command import littable

CLEAN = """\
| Title | Year | Authors | Link | Abstract |
| --- | --- | --- | --- | --- |
| Attention Is All You Need | 2017 | A. Vaswani et al. | https://arxiv.org/abs/1706.03762 | A Transformer. |
"""
DEFECT = CLEAN.replace("https://arxiv", "https://https://arxiv")
NOTE = CLEAN.replace("https://arxiv", "http://arxiv")


def test_a_clean_file_exits_with_0(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(
        CLEAN.replace("arxiv.org/abs/1706.03762", "example.org/attention.pdf")
    )
    outcome = littable("check", "--offline", "README.md", cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("All checks passed.")


def test_findings_exit_with_1_and_name_the_place(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(DEFECT)
    outcome = littable("check", "--offline", "--output-format", "concise", "README.md", cwd=tmp_path)
    assert outcome.code == 1
    assert "README.md:3:58: LT302" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0),
        (("--fail-on", "note"), 1),
        (("--fail-on", "note", "--exit-zero"), 0),
        (("--fail-on", "error"), 0),
    ],
)
def test_the_severity_that_fails_can_be_chosen(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    (tmp_path / "README.md").write_text(NOTE)
    assert littable("check", "--offline", *arguments, cwd=tmp_path).code == code


def test_rules_are_selected_and_ignored_by_code_and_prefix(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DEFECT.replace("1706.03762", "1706.03762v5"))

    def codes(*arguments: str) -> list[str]:
        outcome = littable("check", "--offline", "--output-format", "json", *arguments, "a.md", cwd=tmp_path)
        return [found["code"] for found in json.loads(outcome.out)["diagnostics"]]

    assert codes() == ["LT302", "LT307"]
    assert codes("--select", "LT307") == ["LT307"]
    assert codes("--ignore", "LT30") == []
    assert codes("--select", "LT1,LT302", "--ignore", "LT1") == ["LT302"]


def test_standard_input_is_read_and_named(tmp_path: Path) -> None:
    outcome = littable(
        "check", "--offline", "--output-format", "concise", "-", "--stdin-filename", "docs/x.md",
        cwd=tmp_path, stdin=DEFECT.encode(),
    )  # fmt: skip
    assert outcome.code == 1
    assert outcome.out.startswith("docs/x.md:3:58: LT302")


def test_a_folder_is_searched_by_gits_ignore_rules(tmp_path: Path) -> None:
    for name in ("a.md", "b/c.markdown", "build/d.md", "b/e.txt", "node_modules/f.md", "b/keep.md", "b/g.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(DEFECT)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n*.md\n!a.md\n")
    (tmp_path / "b" / ".gitignore").write_text("!keep.md\n")
    outcome = littable("check", "--offline", "--output-format", "concise", ".", cwd=tmp_path)
    assert {line.split(":")[0] for line in outcome.out.splitlines() if "LT302" in line} == {
        "a.md", "b/c.markdown", "b/keep.md",
    }  # fmt: skip


def test_the_report_can_go_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DEFECT)
    outcome = littable(
        "check", "--offline", "--output-format", "json", "--output-file", "r.json", "a.md", cwd=tmp_path
    )
    assert (outcome.code, outcome.out) == (1, "")
    assert json.loads((tmp_path / "r.json").read_text())["summary"]["errors"] == 1


def test_statistics_count_rules(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DEFECT)
    assert "1  LT302" in littable("check", "--offline", "--statistics", "a.md", cwd=tmp_path).out


def test_statistics_go_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DEFECT)
    outcome = littable(
        "check", "--offline", "--statistics", "--output-file", "counts.txt", "a.md", cwd=tmp_path
    )
    assert (outcome.code, outcome.out, outcome.err) == (1, "", "")
    assert (tmp_path / "counts.txt").read_text().startswith("1  LT302")


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize("form", ["json", "github"])
def test_statistics_are_refused_in_formats_without_them(tmp_path: Path, command: str, form: str) -> None:
    (tmp_path / "a.md").write_text(NOTE)
    (tmp_path / "littable.toml").write_text(f'output-format = "{form}"\n')
    outcome = littable(command, "--offline", "--statistics", "a.md", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"error: --statistics goes with the output formats full and concise, not {form}\n"
    assert (tmp_path / "a.md").read_text() == NOTE


@pytest.mark.parametrize("written", ["LT3O7", "lt3o7", "L307", "versioned_arxiv_link", "versioned-arxiv-lnk"])
def test_the_rule_that_was_probably_meant_is_named_everywhere(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.md").write_text(f"<!-- littable: ignore-file[{written}] -->\n\n{CLEAN}")
    hint = "did you mean LT307?"
    assert hint in littable("check", "--offline", "--select", written, "a.md", cwd=tmp_path).err
    assert hint in littable("check", "--offline", "a.md", cwd=tmp_path).out
    assert hint in littable("rule", written).err


def test_no_rule_is_guessed_that_looks_like_none(tmp_path: Path) -> None:
    outcome = littable("check", "--select", "LT999", ".", cwd=tmp_path)
    assert outcome.code == 2
    assert outcome.err.rstrip().endswith("there is no rule LT999 (LT902)")


def test_the_nearest_configuration_wins(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.littable]\nignore = ["LT3"]\n')
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / ".littable.toml").write_text('select = ["LT302"]\n')
    (tmp_path / "a.md").write_text(DEFECT)
    (tmp_path / "docs" / "b.md").write_text(DEFECT)
    outcome = littable("check", "--offline", "--output-format", "concise", ".", cwd=tmp_path)
    assert [line.split(":")[0] for line in outcome.out.splitlines() if "LT302" in line] == ["docs/b.md"]
    assert "LT302" in littable("check", "--offline", "--isolated", "a.md", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('selct = ["LT1"]', "selct"),
        ('select = "LT1"', "select"),
        ("similar-title-threshold = 200", "similar-title-threshold"),
        ('ignore = ["LT999"]', "there is no rule LT999 (LT902)"),
        ('[columns]\n"Foo" = "tilte"', "tilte"),
        ("select = [", "littable.toml:"),
    ],
)
def test_a_wrong_configuration_exits_with_2_and_names_key_and_file(
    tmp_path: Path, toml: str, message: str
) -> None:
    (tmp_path / "littable.toml").write_text(toml)
    (tmp_path / "a.md").write_text(CLEAN)
    outcome = littable("check", "--offline", "a.md", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert "littable.toml" in outcome.err
    assert "Traceback" not in outcome.err


def test_columns_of_the_configuration_have_the_last_word(tmp_path: Path) -> None:
    row = "| Attention Is All You Need | arxiv.org/abs/1706.03762v1 | 2017 |"
    table = f"| Werk | Quelle | Jahr |\n|---|---|---|\n{row}\n"
    (tmp_path / "a.md").write_text(table)
    assert "LT307" not in littable("check", "--offline", "a.md", cwd=tmp_path).out
    (tmp_path / "littable.toml").write_text('[columns]\nWerk = "title"\n"Quelle" = "link"\n')
    assert "LT307" in littable("check", "--offline", "a.md", cwd=tmp_path).out


def test_settings_are_shown(tmp_path: Path) -> None:
    (tmp_path / "littable.toml").write_text('ignore = ["LT307"]\n')
    outcome = littable("check", "--show-settings", ".", cwd=tmp_path)
    assert outcome.code == 0
    assert 'ignore = ["LT307"]' in outcome.out


def test_quiet_prints_findings_only(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    assert littable("check", "--offline", "-q", "a.md", cwd=tmp_path).out == ""


def test_the_network_is_left_alone_offline_and_says_so(tmp_path: Path) -> None:
    long_text = " ".join(["word"] * 40)
    (tmp_path / "a.md").write_text(CLEAN.replace("A Transformer.", long_text))
    outcome = littable("check", "--offline", "a.md", cwd=tmp_path)
    assert outcome.code == 0
    line = next(line for line in outcome.out.splitlines() if line.startswith("Not checked: 1706.03762 ("))
    assert "LT501" in line
    assert line.endswith("offline")
    assert "All other checks passed." in outcome.out


def test_version_and_help() -> None:
    assert littable("--version").out.startswith("littable ")
    assert "--output-format" in littable("check", "--help").out
    assert littable("check", "--no-such-option").code == 2


@pytest.mark.parametrize("name", ["LT307", "lt307", "versioned-arxiv-link"])
def test_a_rule_explains_itself(name: str) -> None:
    outcome = littable("rule", name)
    assert outcome.code == 0
    assert outcome.out.startswith("# versioned-arxiv-link (LT307)")
    assert "## Use instead" in outcome.out


def test_an_unknown_rule_is_an_error_with_a_hint() -> None:
    outcome = littable("rule", "LT3O7")
    assert outcome.code == 2
    assert "did you mean LT307?" in outcome.err


def test_init_writes_a_configuration_that_is_valid_and_never_overwrites(tmp_path: Path) -> None:
    assert littable("init", cwd=tmp_path).code == 0
    (tmp_path / "a.md").write_text(CLEAN)
    assert littable("check", "--offline", "a.md", cwd=tmp_path).code == 0
    again = littable("init", cwd=tmp_path)
    assert (again.code, "there already" in again.err) == (2, True)
