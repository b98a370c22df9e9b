"""``--since`` as a pull request meets it: the real command, a real repository, a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from since.conftest import git_settings as git_settings
from since.repository import Repository
from support.command import Outcome, littable
from support.web_servers import OK, WebServer, WebServers, answer, redirect

HEAD = "| Title | Year | Link |\n| --- | --- | --- |\n"


@dataclass
class Project:
    """A repository whose table was sorted again by a branch that also adds a row."""

    repository: Repository
    server: WebServer

    @property
    def readme(self) -> Path:
        return self.repository.folder / "README.md"

    def row(self, title: str, path: str, padding: str = " ") -> str:
        return f"|{padding}{title}{padding}|{padding}2020 | [Link]({self.server.url}{path}) |\n"

    def old_rows(self, padding: str = " ") -> list[str]:
        names = {"Zebra Nets": "/gone", "Middle Ground": "/moved", "Attention": "/alive"}
        return [self.row(title, f"/old{path}", padding) for title, path in names.items()]

    def begin(self) -> None:
        """What stands on main: a dead link, a moved one, and one that is alive."""
        settings = [
            "select = ['LT303', 'LT304']",
            "[links]",
            "allow-private = true",
            "pause = 0.01",
            f"[links.hosts.'{self.server.host}']",
            "interval = 0",
        ]
        self.repository.write("littable.toml", "\n".join(settings))
        self.repository.write(".gitignore", "store.sqlite*\n")
        self.repository.commit(README_md=HEAD + "".join(self.old_rows()))

    def branch(self, *rows: str) -> str:
        """Sort the table again, pad it anew, put these rows in its middle, and commit. Gives the text."""
        old = sorted(self.old_rows("   "))
        text = HEAD + "".join([old[0], *rows, *old[1:]])
        self.repository.git("switch", "-q", "-c", "branch")
        self.repository.commit(README_md=text)
        return text

    def run(self, *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> Outcome:
        # Nothing of what is tested here asks arXiv; what should would come to nothing.
        folder = cwd or self.repository.folder
        return littable(*arguments, cwd=folder, stdin=stdin, LITTABLE_ARXIV_URL="http://127.0.0.1:9/")

    def check(self, *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> Outcome:
        return self.run("check", "--links", "--output-format", "concise", *arguments, cwd=cwd, stdin=stdin)

    def asked(self) -> set[str]:
        """The paths that the server was asked for."""
        return {request.path for request in self.server.asked}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with WebServers() as servers:
        server = servers.start()
        for age in ("old", "new"):
            server.on(f"/{age}/gone", answer(404))
            server.on(f"/{age}/moved", redirect(f"/{age}/alive"))
            server.on(f"/{age}/alive", OK)
        made = Project(Repository.make(tmp_path / "project"), server)
        made.begin()
        yield made


def test_a_sorted_table_is_neither_asked_about_nor_blamed(project: Project) -> None:
    project.branch()
    outcome = project.check("--since", "main", "README.md")
    assert (outcome.code, outcome.err) == (0, "")
    assert project.server.asked == []
    assert project.check("README.md").code == 1
    assert "/old/gone" in project.asked()


def test_a_new_row_is_asked_about_and_its_dead_link_fails_the_check(project: Project) -> None:
    project.branch(project.row("New", "/new/gone"), project.row("Newer", "/new/alive"))
    outcome = project.check("--since", "main", "README.md")
    said = f"README.md:4:23: LT303 link is dead: {project.server.url}/new/gone answers 404, asked twice"
    assert outcome.out.splitlines()[0] == said
    assert outcome.out.count("LT30") == 1
    assert outcome.code == 1
    assert project.asked() == {"/new/gone", "/new/alive"}


@pytest.mark.slow
def test_what_is_not_committed_yet_counts(project: Project) -> None:
    rows = project.old_rows()
    project.readme.write_text(HEAD + "".join(rows) + project.row("New", "/new/gone"))
    outcome = project.check("--since", "HEAD", "README.md")
    assert outcome.out.startswith("README.md:6:23: LT303")
    assert project.asked() == {"/new/gone"}


def test_only_new_rows_are_mended(project: Project) -> None:
    text = project.branch(project.row("New", "/new/moved"))
    outcome = project.run("fix", "--links", "--since", "main", "README.md")
    url = project.server.url
    expected = text.replace(f"{url}/new/moved", f"{url}/new/alive")
    assert project.readme.read_bytes() == expected.encode()
    assert (outcome.code, "Fixed 1 in 1 file" in outcome.err) == (0, True)
    assert not [path for path in project.asked() if path.startswith("/old/")]


@pytest.mark.slow
def test_a_folder_is_compared_file_by_file(project: Project) -> None:
    project.branch()
    new = project.repository.write("lists/new.md", HEAD + project.row("New", "/new/gone"))
    outcome = project.check("--since", "main", ".")
    assert outcome.out.startswith(f"{new.relative_to(project.repository.folder)}:3:23: LT303")
    assert project.asked() == {"/new/gone"}


@pytest.mark.slow
def test_standard_input_is_compared_with_the_file_that_it_is_named_after(project: Project) -> None:
    text = HEAD + "".join(project.old_rows()) + project.row("New", "/new/gone")
    named = project.check("--since", "HEAD", "--stdin-filename", "README.md", "-", stdin=text.encode())
    assert named.out.startswith("README.md:6:23: LT303")
    assert project.asked() == {"/new/gone"}
    nameless = project.check("--since", "HEAD", "-", stdin=text.encode())
    assert (nameless.code, nameless.out) == (2, "")
    assert nameless.err == ("error: --since needs --stdin-filename to tell what changed in standard input\n")


def test_outside_a_repository_nobody_can_tell_what_changed(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "README.md").write_text(project.readme.read_text())
    outcome = project.check("--since", "main", "README.md", cwd=folder)
    assert (outcome.code, outcome.out) == (2, "")
    assert "not in a git repository, so --since main cannot tell what changed" in outcome.err
    assert project.server.asked == []


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_file_outside_the_repository_is_named_and_left_alone(
    project: Project, tmp_path: Path, command: str
) -> None:
    project.branch(project.row("New", "/new/moved"))
    stranger = tmp_path / "stranger.md"
    stranger.write_text(project.readme.read_text())
    before = stranger.read_bytes()
    outcome = project.run(command, "--links", "--since", "main", "README.md", stranger)
    assert outcome.code == 2
    assert f"{stranger}: outside the git repository" in outcome.err
    assert stranger.read_bytes() == before
    assert ("LT304" in outcome.out) == (command == "check")


@pytest.mark.slow
def test_a_revision_that_is_not_there(project: Project) -> None:
    outcome = project.check("--since", "nowhere", "README.md")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--since nowhere: there is no such revision in the repository" in outcome.err
    assert project.server.asked == []


def _merged(project: Project) -> None:
    """The commit that a pull request is tested at: the branch merged into what main has become."""
    project.branch(project.row("New", "/new/gone"))
    project.repository.git("switch", "-q", "main")
    project.repository.commit(other_md=HEAD + project.row("Stranger", "/old/gone"))
    project.repository.git("merge", "-q", "--no-ff", "-m", "x", "branch")


def _clone(project: Project, depth: int) -> Path:
    folder = project.repository.folder
    clone = folder.parent / f"clone{depth}"
    project.repository.git("clone", "-q", f"--depth={depth}", folder.as_uri(), clone)
    return clone


@pytest.mark.slow
def test_a_pull_request_needs_two_commits(project: Project) -> None:
    _merged(project)
    clone = _clone(project, 2)
    outcome = project.check("--since", "HEAD^", ".", cwd=clone)
    assert outcome.code == 1
    assert outcome.out.splitlines()[0].startswith("README.md:4:23: LT303")
    assert outcome.out.count("LT303") == 1
    assert project.asked() == {"/new/gone"}


@pytest.mark.slow
def test_a_shallow_clone_says_what_it_needs(project: Project) -> None:
    _merged(project)
    clone = _clone(project, 1)
    outcome = project.check("--since", "HEAD^", ".", cwd=clone)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--since HEAD^: this shallow clone lacks the revision" in outcome.err
    assert "`git fetch --depth=2`, or fetch-depth: 2 for actions/checkout" in outcome.err
    outcome = project.check("--since", "origin/branch", ".", cwd=clone)
    assert outcome.code == 2
    assert "fetch-depth: 0 for actions/checkout" in outcome.err
    assert project.server.asked == []
