"""A file as it was: real repositories, as people and build machines have them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from littable.errors import LittableError
from littable.since.revision import Revision
from since.repository import Repository

TABLE = """\
| Title | Year | Link |
| --- | --- | --- |
| Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
| BERT | 2018 | https://arxiv.org/abs/1810.04805 |
"""
ROW = "| Denoising Diffusion | 2020 | https://arxiv.org/abs/2006.11239 |\n"


def _refusal(folder: Path, ref: str) -> str:
    with pytest.raises(LittableError) as refused:
        Revision(folder, ref)
    return str(refused.value)


def test_the_text_is_that_of_the_revision_whatever_is_staged_or_not(repository: Repository) -> None:
    repository.commit(README_md="one\n")
    repository.commit(README_md="two\n")
    path = repository.write("README.md", "three\n")
    repository.git("add", "README.md")
    repository.write("README.md", "four\n")
    assert Revision(repository.folder, "HEAD~1").text_of(path) == "one\n"
    assert Revision(repository.folder, "HEAD").text_of(path) == "two\n"


def test_a_branch_is_compared_with_where_it_left_main_and_not_with_what_main_is_now(
    repository: Repository,
) -> None:
    repository.commit(README_md=TABLE)
    repository.git("switch", "-q", "-c", "branch")
    path = repository.write("README.md", TABLE + ROW)
    repository.commit()
    repository.git("switch", "-q", "main")
    repository.commit(README_md="| Title |\n| --- |\n")
    repository.git("switch", "-q", "branch")
    assert Revision(repository.folder, "main").text_of(path) == TABLE


def test_tags_short_names_and_searches_are_revisions(repository: Repository) -> None:
    name = repository.commit(README_md="one\n")
    repository.git("tag", "-a", "v1", "-m", "x")
    path = repository.folder / "README.md"
    repository.commit(README_md="two\n")
    for ref in ("v1", name, name[:9], "HEAD^", "@~1", "HEAD@{1}", "refs/tags/v1"):
        assert Revision(repository.folder, ref).text_of(path) == "one\n"


def test_a_file_that_did_not_exist_or_is_not_tracked_has_no_text(repository: Repository) -> None:
    repository.commit(README_md=TABLE)
    committed = repository.write("b.md", ROW)
    repository.commit()
    untracked = repository.write("c.md", TABLE)
    revision = Revision(repository.folder, "HEAD~1")
    assert revision.text_of(committed) is None
    assert revision.text_of(untracked) is None
    assert revision.text_of(repository.folder / "nowhere.md") is None


def test_a_folder_or_a_link_in_its_place_is_no_text(repository: Repository) -> None:
    repository.write("papers.md/a.md", TABLE)
    os.symlink("papers.md/a.md", repository.folder / "link.md")
    repository.commit()
    repository.git("rm", "-q", "-r", "papers.md", "link.md")
    revision = Revision(repository.folder, "HEAD")
    assert revision.text_of(repository.write("papers.md", "new\n")) is None
    assert revision.text_of(repository.write("link.md", "new\n")) is None


@pytest.mark.parametrize("how", ["committed", "staged", "intended", "not staged but its name"])
def test_a_renamed_file_has_the_text_of_its_former_name(repository: Repository, how: str) -> None:
    repository.commit(README_md=TABLE)
    new = repository.folder / "docs" / "papers.md"
    new.parent.mkdir()
    if how in ("committed", "staged"):
        repository.git("mv", "README.md", new)
    else:
        (repository.folder / "README.md").rename(new)
        repository.git("add", *(["-N"] if how == "intended" else []), new)
    new.write_text(TABLE + ROW)
    if how == "committed":
        repository.commit()
    first = repository.git("rev-list", "--max-parents=0", "HEAD")
    assert Revision(repository.folder, first).text_of(new) == TABLE


def test_renamed_files_are_told_apart_and_other_suffixes_are_found(repository: Repository) -> None:
    repository.commit(a_md=TABLE, b_txt="other words\n" * 9 + ROW)
    repository.git("mv", "a.md", "c.markdown")
    repository.git("mv", "b.txt", "d.txt")
    revision = Revision(repository.folder, "HEAD")
    assert revision.text_of(repository.folder / "c.markdown") == TABLE
    assert revision.text_of(repository.folder / "d.txt") == "other words\n" * 9 + ROW


@pytest.mark.parametrize(
    "name", ["статьи.md", "two words.md", 'q"uote.md', "-dash.md", ":(top)colon.md", "[a]*?.md", "a\\b.md"]
)
def test_any_name_will_do_renamed_or_not(repository: Repository, name: str) -> None:
    repository.write(name, TABLE)
    repository.write("before.md", ROW * 9)
    repository.commit()
    os.remove(repository.folder / "before.md")
    repository.write("sub/" + name, ROW * 9)
    repository.git("add", "-A")
    revision = Revision(repository.folder, "HEAD")
    assert revision.text_of(repository.folder / name) == TABLE
    assert revision.text_of(repository.folder / "sub" / name) == ROW * 9


def test_a_subfolder_a_link_to_a_file_and_a_relative_path_lead_to_the_file(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.write("docs/papers.md", TABLE)
    os.symlink("docs/papers.md", repository.folder / "README.md")
    repository.commit()
    os.symlink(repository.folder, tmp_path / "elsewhere")
    monkeypatch.chdir(repository.folder / "docs")
    for folder in (Path(), repository.folder, tmp_path / "elsewhere"):
        revision = Revision(folder, "HEAD")
        assert revision.text_of(Path("papers.md")) == TABLE
        assert revision.text_of(Path("../README.md")) == TABLE
        assert revision.text_of(tmp_path / "elsewhere" / "docs" / "papers.md") == TABLE


def test_the_text_is_decoded_as_files_are(repository: Repository) -> None:
    repository.commit(bom_md=b"\xef\xbb\xbf" + TABLE.encode(), crlf_md=TABLE.replace("\n", "\r\n"))
    repository.commit(latin_md="Über".encode("latin-1"), empty_md="")
    revision = Revision(repository.folder, "HEAD")
    assert revision.text_of(repository.folder / "bom.md") == TABLE
    assert revision.text_of(repository.folder / "crlf.md") == TABLE.replace("\n", "\r\n")
    assert revision.text_of(repository.folder / "latin.md") is None
    assert revision.text_of(repository.folder / "empty.md") == ""


def test_line_ends_are_those_of_the_work_tree(repository: Repository) -> None:
    repository.write(".gitattributes", "*.md text eol=crlf\n")
    path = repository.write("README.md", TABLE.replace("\n", "\r\n"))
    repository.commit()
    assert repository.git("cat-file", "-s", "HEAD:README.md") == str(len(TABLE))
    assert Revision(repository.folder, "HEAD").text_of(path) == TABLE.replace("\n", "\r\n")


@pytest.mark.parametrize("hashes", ["sha1", "sha256"])
def test_an_unchanged_file_has_its_own_text_and_a_changed_one_the_old(tmp_path: Path, hashes: str) -> None:
    repository = Repository(tmp_path / "project")
    repository.folder.mkdir()
    repository.git("init", "-q", f"--object-format={hashes}")
    for name in ("a.md", "docs/b.md", "docs/deep/c.md"):
        repository.write(name, TABLE)
    repository.commit()
    repository.write("docs/b.md", ROW)
    os.remove(repository.folder / "docs/deep/c.md")
    revision = Revision(repository.folder, "HEAD")
    for name in ("a.md", "docs/b.md", "docs/deep/c.md"):
        assert revision.text_of(repository.folder / name) == TABLE
    assert revision.text_of(repository.folder / "docs/a.md") is None
    assert revision.text_of(repository.folder / "a.md/a.md") is None


def test_asking_writes_nothing(repository: Repository) -> None:
    repository.commit(README_md=TABLE)
    repository.git("mv", "README.md", "papers.md")
    os.utime(repository.folder / "papers.md", (1, 1))
    before = {path: path.read_bytes() for path in repository.folder.rglob("*") if path.is_file()}
    Revision(repository.folder, "HEAD").text_of(repository.folder / "papers.md")
    assert {path: path.read_bytes() for path in repository.folder.rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_a_file_of_a_submodule_is_read_as_the_submodule_stood_then(
    repository: Repository, tmp_path: Path
) -> None:
    lists = Repository.make(tmp_path / "lists")
    lists.commit(README_md=TABLE)
    repository.commit(own_md=ROW)
    repository.git("submodule", "--quiet", "add", lists.folder, "lists")
    repository.commit()
    inner = Repository(repository.folder / "lists")
    inner.commit(README_md=TABLE + ROW)
    repository.commit()
    path = inner.folder / "README.md"
    assert Revision(repository.folder, "HEAD~1").text_of(path) == TABLE
    assert Revision(repository.folder, "HEAD~2").text_of(path) is None
    assert Revision(repository.folder, "HEAD").text_of(path) == TABLE + ROW
    assert Revision(inner.folder, "HEAD~1").text_of(path) == TABLE


@pytest.mark.slow
def test_a_submodule_without_its_history_says_so(repository: Repository, tmp_path: Path) -> None:
    lists = Repository.make(tmp_path / "lists")
    lists.commit(README_md=TABLE)
    repository.git("submodule", "--quiet", "add", f"file://{lists.folder}", "lists")
    repository.commit()
    lists.commit(README_md=TABLE + ROW)
    Repository(repository.folder / "lists").git("pull", "-q")
    repository.commit()
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", repository.folder, clone.folder)
    clone.git("submodule", "--quiet", "update", "--init", "--depth=1")
    revision = Revision(clone.folder, "HEAD~1")
    with pytest.raises(LittableError, match=r"submodule lists lacks the commit .*fetch-depth: 0"):
        revision.text_of(clone.folder / "lists" / "README.md")


def test_another_repository_inside_is_not_tracked_and_one_outside_is_refused(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit(README_md=TABLE)
    inner = Repository.make(repository.folder / "vendor")
    inner.commit(README_md=TABLE)
    revision = Revision(repository.folder, "HEAD")
    assert revision.text_of(inner.folder / "README.md") is None
    outside = tmp_path / "outside.md"
    outside.write_text(TABLE)
    with pytest.raises(LittableError, match=r"outside\.md: outside the git repository project"):
        revision.text_of(outside)


def test_worktrees_and_sparse_checkouts(repository: Repository, tmp_path: Path) -> None:
    repository.write("docs/papers.md", TABLE)
    repository.commit(README_md=TABLE)
    tree = tmp_path / "tree"
    repository.git("worktree", "add", "-q", "-b", "branch", tree)
    (tree / "README.md").write_text(TABLE + ROW)
    assert Revision(tree, "main").text_of(tree / "README.md") == TABLE
    repository.git("sparse-checkout", "set", "elsewhere")
    assert not (repository.folder / "docs").exists()
    assert Revision(repository.folder, "HEAD").text_of(repository.folder / "docs/papers.md") == TABLE


def test_what_git_tells_a_hook_does_not_lead_astray(repository: Repository) -> None:
    """In a hook GIT_DIR is set, and the folder asked from would be taken for the top of the work tree."""
    repository.commit()
    path = repository.write("docs/papers.md", TABLE)
    repository.commit()
    script = (
        "import os, sys; from pathlib import Path; from littable.since.revision import Revision\n"
        "print(sorted(name for name in os.environ if name in ('GIT_DIR', 'GIT_INDEX_FILE')))\n"
        "print(Revision(Path('docs'), 'HEAD').text_of(Path('docs/papers.md')).count('arxiv.org'))"
    )
    hook = repository.write(
        ".git/hooks/pre-commit", f'#!/bin/sh\nexport GIT_DIR\n"{sys.executable}" -c "{script}"\n'
    )
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    path.write_text(TABLE + ROW)
    environment = {**os.environ, "GIT_DIR": ".git", "GIT_WORK_TREE": "."}
    done = subprocess.run(
        ["git", "commit", "-q", "-a", "-m", "x"],
        cwd=repository.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (done.stdout + done.stderr).split("\n")[:2] == ["['GIT_DIR', 'GIT_INDEX_FILE']", "2"]


def test_before_the_first_commit_all_is_new_since_head(repository: Repository) -> None:
    path = repository.write("README.md", TABLE)
    assert Revision(repository.folder, "HEAD").text_of(path) is None
    assert _refusal(repository.folder, "main").endswith("the repository has no commit yet")


def test_no_repository_and_a_bare_one_are_refused(repository: Repository, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    assert _refusal(folder, "main") == (
        f"{folder}: not in a git repository, so --since main cannot tell what changed"
    )
    repository.commit(README_md=TABLE)
    bare = tmp_path / "bare.git"
    repository.git("clone", "-q", "--bare", repository.folder, bare)
    assert (
        _refusal(bare, "main") == f"{bare}: a bare git repository has no files to compare with --since main"
    )


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        ("nope", "there is no such revision in the repository"),
        ("", "there is no such revision in the repository"),
        ("-n", "there is no such revision in the repository"),
        ("--output=x", "there is no such revision in the repository"),
        ("^HEAD", "there is no such revision in the repository"),
        ("HEAD~9", "there is no such revision in the repository"),
        ("a\0b", "there is no such revision in the repository"),
        ("5" * 40, "there is no such revision in the repository"),
        ("0" * 40, "what was pushed is a new branch"),
        ("HEAD~1..HEAD", "give one revision, not a range"),
        ("main...HEAD", "give one revision, not a range"),
        ("HEAD:README.md", "this names a file or folder, not a commit"),
        ("HEAD^{tree}", "this names a file or folder, not a commit"),
        ("release", "did you mean origin/release?"),
    ],
)
def test_what_is_no_commit_is_refused_with_the_reason(repository: Repository, ref: str, reason: str) -> None:
    repository.commit(README_md=TABLE)
    repository.commit()
    repository.git("update-ref", "refs/remotes/origin/release", "HEAD")
    refusal = _refusal(repository.folder, ref)
    assert refusal.startswith(f"--since {ref}: ")
    assert reason in refusal
    assert not (repository.folder / "x").exists()


def test_histories_with_nothing_in_common_are_refused(repository: Repository) -> None:
    repository.commit(README_md=TABLE)
    repository.git("switch", "-q", "--orphan", "other")
    assert "HEAD and main have no commit in common" in _refusal(repository.folder, "main")
    repository.commit(README_md=ROW)
    assert "HEAD and main have no commit in common" in _refusal(repository.folder, "main")


@pytest.mark.slow
def test_a_shallow_clone_says_how_deep_it_must_be(repository: Repository, tmp_path: Path) -> None:
    for number in range(4):
        first = repository.commit(README_md=f"{number}\n")
    repository.git("branch", "side", "HEAD~3")
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", "--depth=2", f"file://{repository.folder}", clone.folder)
    path = clone.folder / "README.md"
    assert Revision(clone.folder, "HEAD^").text_of(path) == "2\n"
    for ref, remedy in [
        ("HEAD~2", "`git fetch --depth=3`, or fetch-depth: 3 for actions/checkout"),
        ("HEAD^^", "`git fetch --unshallow`, or fetch-depth: 0 for actions/checkout"),
        ("origin/side", "fetch-depth: 0"),
        (repository.git("rev-parse", "HEAD~3"), "fetch-depth: 0"),
    ]:
        refusal = _refusal(clone.folder, ref)
        assert "this shallow clone lacks the revision" in refusal
        assert remedy in refusal
    clone.git("fetch", "-q", "--depth=3")
    assert Revision(clone.folder, "HEAD~2").text_of(path) == "1\n"
    assert Revision(clone.folder, first).text_of(path) == "3\n"


@pytest.mark.slow
def test_a_shallow_clone_that_has_both_ends_but_not_where_they_parted_is_refused(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit(README_md=TABLE)
    repository.git("switch", "-q", "-c", "branch")
    repository.commit(README_md=TABLE + ROW)
    repository.git("switch", "-q", "main")
    repository.commit(README_md="| Title |\n| --- |\n")
    clone = Repository(tmp_path / "clone")
    address = f"file://{repository.folder}"
    repository.git("clone", "-q", "--depth=1", "--no-single-branch", "-b", "branch", address, clone.folder)
    refusal = _refusal(clone.folder, "origin/main")
    assert "does not reach back to where HEAD and origin/main parted" in refusal
    assert "fetch-depth: 0" in refusal
    clone.git("fetch", "-q", "--unshallow")
    assert Revision(clone.folder, "origin/main").text_of(clone.folder / "README.md") == TABLE


@pytest.mark.slow
def test_a_partial_clone_fetches_the_old_text_or_says_that_it_could_not(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit(README_md=TABLE)
    repository.commit(README_md=ROW)
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", "--filter=blob:none", f"file://{repository.folder}", clone.folder)
    revision = Revision(clone.folder, "HEAD~1")
    repository.folder.rename(tmp_path / "gone")
    with pytest.raises(LittableError, match=r"^git: "):
        revision.text_of(clone.folder / "README.md")
    (tmp_path / "gone").rename(repository.folder)
    assert revision.text_of(clone.folder / "README.md") == TABLE


def test_git_s_own_words_where_it_does_not_trust_the_owner(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(README_md=TABLE)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    refusal = _refusal(repository.folder, "HEAD")
    assert refusal.startswith("git: detected dubious ownership in repository")
    assert f"git config --global --add safe.directory {repository.folder}" in refusal
    assert "\n" not in refusal


def test_without_git_it_says_so(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _refusal(repository.folder, "HEAD") == (
        "git is not installed, or not on PATH, and --since needs it"
    )


def test_a_git_that_hangs_or_fails_without_a_word_is_named(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.commit(README_md=TABLE)
    stand_in = tmp_path / "bin" / "git"
    stand_in.parent.mkdir()
    stand_in.write_text("#!/bin/sh\nexit 3\n")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}")
    assert _refusal(repository.folder, "HEAD") == "git: git rev-parse --is-inside-work-tree failed"
    stand_in.write_text("#!/bin/sh\nexec sleep 600\n")
    monkeypatch.setattr("littable.git._PATIENCE", 0.1)
    assert _refusal(repository.folder, "HEAD") == "git did not answer within 0.1 seconds"
    stand_in.write_text("no program")
    monkeypatch.setenv("PATH", str(stand_in.parent))
    assert _refusal(repository.folder, "HEAD") == "git cannot be run: Exec format error"


def test_settings_of_the_user_change_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.commit(README_md=TABLE)
    repository.git("mv", "README.md", "статьи.md")
    settings = tmp_path / "config"
    settings.write_text(
        "[core]\n\tquotePath = true\n\tpager = false\n[color]\n\tui = always\n"
        "[diff]\n\trenames = false\n\texternal = false\n\trelative = true\n\tmnemonicPrefix = true\n"
        "[pager]\n\tdiff = true\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    revision = Revision(repository.folder, "HEAD")
    assert revision.text_of(repository.folder / "статьи.md") == TABLE
