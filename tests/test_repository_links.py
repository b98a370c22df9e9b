"""Links to files and headings, judged in real repositories."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from littable.repository.links import LocalLinks, LocalState, check_local, is_local

_HEADINGS = "# Papers\n\n## Diffusion models\n\n## Papers & documentation\n"
_FILES = {
    "README.md": _HEADINGS,
    "docs/guide.md": "# Guide\n",
    "docs/README.md": "# Overview\n",
    "docs/a (1).pdf": "",
    "docs/с пробелом.md": "# Заметки\n",
    "figures/100%.png": "",
    "src/code.py": "x = 1\n",
    "LICENSE": "",
}

Judge = Callable[..., LocalState]


def git(folder: Path, *arguments: str) -> None:
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "-C", str(folder), *name, *arguments]
    subprocess.run(command, check=True, capture_output=True, env=environment)


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def repository(root: Path, files: dict[str, str]) -> Path:
    root.mkdir(exist_ok=True)
    git(root, "init", "-q")
    write(root, files)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    return root


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(tmp_path_factory.mktemp("work") / "repo", _FILES)


@pytest.fixture
def judge(repo: Path) -> Judge:
    links = LocalLinks()
    return lambda url, document="README.md": links.check(repo / document, url)


@pytest.mark.parametrize(
    ("document", "url"),
    [
        ("README.md", "docs/guide.md"),
        ("README.md", "./docs/guide.md"),
        ("README.md", "docs/../docs//guide.md"),
        ("README.md", "docs/guide.md?raw=true"),
        ("README.md", "docs/a%20(1).pdf"),
        ("README.md", "docs/a (1).pdf"),
        ("README.md", "docs/%D1%81%20%D0%BF%D1%80%D0%BE%D0%B1%D0%B5%D0%BB%D0%BE%D0%BC.md"),
        ("README.md", "docs/с пробелом.md#заметки"),
        ("README.md", "figures/100%.png"),
        ("README.md", "figures/100%25.png"),
        ("README.md", "docs"),
        ("README.md", "docs/"),
        ("README.md", "docs/#overview"),
        ("README.md", "/docs/guide.md"),
        ("README.md", "src/code.py#L1-L2"),
        ("README.md", "README.md#L3"),
        ("README.md", "LICENSE"),
        ("README.md", "#diffusion-models"),
        ("README.md", "#Diffusion-Models"),
        ("README.md", "#user-content-diffusion-models"),
        ("README.md", "#papers--documentation"),
        ("README.md", "#"),
        ("README.md", "#top"),
        ("README.md", "README.md#diffusion-models"),
        ("docs/guide.md", "../README.md#diffusion-models"),
        ("docs/guide.md", "/README.md"),
        ("docs/guide.md", "a (1).pdf#page=3"),
    ],
)
def test_what_is_there_is_alive(judge: Judge, document: str, url: str) -> None:
    assert judge(url, document).verdict == "alive"


@pytest.mark.parametrize(
    ("document", "url", "reason"),
    [
        ("README.md", "docs/gone.md", "leads to docs/gone.md, which is not in the repository"),
        ("docs/guide.md", "README.pdf", "leads to docs/README.pdf, which is not in the repository"),
        ("README.md", "/paper.pdf", "leads to paper.pdf, which is not in the repository"),
        ("README.md", "papers/", "leads to papers, which is not in the repository"),
        ("README.md", "Readme.md", "leads to Readme.md, but the name is README.md; GitHub heeds capitals"),
        (
            "README.md",
            "Docs/Guide.md#guide",
            "leads to Docs/Guide.md, but the name is docs/guide.md; GitHub heeds capitals",
        ),
        ("README.md", "#transformers", "names #transformers, which this document does not have"),
        (
            "README.md",
            "#papers-documentation",
            "names #papers-documentation, which this document does not have; #papers--documentation is there",
        ),
        ("README.md", "docs/guide.md#usage", "names #usage, which docs/guide.md does not have"),
    ],
)
def test_what_is_certainly_missing_is_dead(judge: Judge, document: str, url: str, reason: str) -> None:
    state = judge(url, document)
    assert (state.verdict, state.reason) == ("dead", reason)


@pytest.mark.parametrize(
    ("document", "url", "instead"),
    [
        ("README.md", "Readme.md", "README.md"),
        ("README.md", "./Docs/Guide.md#guide", "./docs/guide.md#guide"),
        ("README.md", "/Docs/Guide.md", "/docs/guide.md"),
        ("docs/guide.md", "../Readme.md", "../README.md"),
        ("docs/guide.md", "../docs/../Docs/Guide.md", "../docs/../docs/guide.md"),
        ("README.md", "docs/gone.md", None),
    ],
)
def test_the_right_spelling_is_told_as_a_link(
    judge: Judge, document: str, url: str, instead: str | None
) -> None:
    assert judge(url, document).instead == instead


@pytest.mark.parametrize(
    ("document", "url"),
    [
        ("README.md", "../../issues"),
        ("README.md", "../x.md"),
        ("README.md", "/../../wiki"),
        ("docs/guide.md", "../../../etc/passwd"),
        ("README.md", "issues"),
        ("docs/guide.md", "../wiki/Home"),
        ("README.md", "?tab=readme-ov-file#diffusion-models"),
        ("README.md", "{{ site.url }}/a.md"),
        ("README.md", "{% link a.md %}"),
        ("README.md", "docs/guide.html"),
        ("README.md", "docs/guide"),
        ("README.md", "guide"),
        ("README.md", "docs/index.html"),
        ("README.md", "/papers/"),
        ("README.md", "/guide.md"),
        ("README.md", "docs/guide.md/"),
        ("README.md", "docs\\guide.md"),
        ("README.md", "docs%2Fguide.md"),
        ("README.md", "docs/%ff.md"),
        ("README.md", "docs/#install"),
        ("README.md", "arxiv.org/abs/1706.03762"),
        ("README.md", "[https://arxiv.org/abs/1706.03762"),
        ("README.md", "10.1162/neco.1997.9.8.1735"),
        ("README.md", "https://arxiv.org/abs/1706.03762"),
        ("README.md", "//arxiv.org/abs/1706.03762"),
        ("README.md", "mailto:a@example.org"),
        ("README.md", "#readme"),
        ("README.md", "#/route"),
        ("README.md", "/"),
        ("README.md", ""),
        ("README.md", " "),
        ("README.md", "a\0.md"),
        ("README.md", "a%1b.md"),
        ("README.md", "."),
    ],
)
def test_what_cannot_be_told_is_unknown(judge: Judge, document: str, url: str) -> None:
    assert judge(url, document).verdict == "unknown"


def test_a_folder_outside_is_never_looked_into(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
    root = repository(tmp_path / "repo", {"README.md": "x\n"})
    (root / "out").symlink_to(tmp_path)
    (root / "out.md").symlink_to(tmp_path / "secret.md")
    git(root, "add", "-A")
    links = LocalLinks()
    states = {url: links.check(root / "README.md", url) for url in ("../secret.md#secret", "out/secret.md")}
    assert {state.verdict for state in states.values()} == {"unknown"}
    assert links.check(root / "README.md", "out/nothing.md").verdict == "unknown"
    assert links.check(root / "README.md", "out.md#secret").verdict == "unknown"
    assert links.check(root / "README.md", "out.md").verdict == "alive"


def test_a_document_behind_a_symbolic_link_is_judged_with_care(tmp_path: Path) -> None:
    root = repository(tmp_path / "repo", {"docs/README.md": "# A\n", "docs/b.md": ""})
    (root / "README.md").symlink_to("docs/README.md")
    (root / "pages").symlink_to("docs")
    git(root, "add", "-A")
    assert check_local(root / "README.md", None, "b.md").verdict == "unknown"
    assert check_local(root / "README.md", None, "docs/b.md").verdict == "alive"
    assert check_local(root / "pages/README.md", None, "b.md").verdict == "alive"
    assert check_local(root / "pages/README.md", None, "c.md").verdict == "dead"


def test_what_git_ignores_or_does_not_track_is_unknown(tmp_path: Path) -> None:
    root = repository(tmp_path / "repo", {"README.md": "x\n", ".gitignore": "site/\n"})
    write(root, {"site/a.md": "", "new.md": ""})
    assert check_local(root / "README.md", None, "site/a.md") == LocalState(
        "unknown", "leads to site/a.md, which is there, but git does not track it"
    )
    assert check_local(root / "README.md", None, "new.md").verdict == "unknown"
    git(root, "add", "new.md")
    assert check_local(root / "README.md", None, "new.md").verdict == "alive"


def test_what_git_tracks_and_is_not_there_is_unknown(tmp_path: Path) -> None:
    root = repository(tmp_path / "repo", {"README.md": "x\n", "a.md": "# A\n"})
    (root / "a.md").unlink()
    assert check_local(root / "README.md", None, "a.md") == LocalState(
        "unknown", "leads to a.md, which git tracks, but it is not there"
    )
    git(root, "rm", "-q", "a.md")
    assert check_local(root / "README.md", None, "a.md").verdict == "dead"


def test_a_document_that_git_does_not_track_has_dead_headings_only(tmp_path: Path) -> None:
    root = repository(tmp_path / "repo", {"a.md": "x\n"})
    write(root, {"downloaded.md": "# Papers\n"})
    assert check_local(root / "downloaded.md", None, "papers/b.md").verdict == "unknown"
    assert check_local(root / "downloaded.md", None, "a.md").verdict == "alive"
    assert check_local(root / "downloaded.md", None, "#authors").verdict == "dead"


def test_without_a_repository_only_headings_can_be_judged(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "# Papers\n"})
    document = tmp_path / "README.md"
    assert check_local(document, None, "papers/b.md").verdict == "unknown"
    assert check_local(document, None, "#papers").verdict == "alive"
    assert check_local(document, None, "#authors").verdict == "dead"


def test_a_root_that_is_named_needs_no_git(tmp_path: Path) -> None:
    write(tmp_path, {"docs/README.md": "# Papers\n", "docs/b.md": "", "LICENSE": ""})
    document = tmp_path / "docs/README.md"
    assert check_local(document, tmp_path, "../LICENSE").verdict == "alive"
    assert check_local(document, tmp_path, "c.md").verdict == "dead"
    assert check_local(document, tmp_path, "../Docs/B.md").reason.endswith(
        "the name is docs/b.md; GitHub heeds capitals"
    )
    assert check_local(document, tmp_path / "docs", "../LICENSE").verdict == "unknown"
    assert check_local(document, tmp_path / "elsewhere", "b.md").verdict == "unknown"


def test_where_git_cannot_be_asked_nothing_is_dead(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "# Papers\n", ".git": "gitdir: nowhere\n", "a.md": ""})
    assert check_local(tmp_path / "README.md", None, "a.md").verdict == "alive"
    assert check_local(tmp_path / "README.md", None, "b.md").verdict == "unknown"


def test_what_lies_in_a_submodule_is_unknown(tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner", {"a.md": ""})
    root = repository(tmp_path / "repo", {"README.md": "x\n"})
    git(root, "submodule", "--quiet", "add", str(inner), "sub")
    git(root, "commit", "-q", "-m", "x")
    assert check_local(root / "README.md", None, "sub/gone.md").verdict == "unknown"
    assert check_local(root / "README.md", None, "sub").verdict == "alive"


@pytest.mark.parametrize("sign", ["mkdocs.yml", "website/docusaurus.config.js", "docs/conf.py", "hugo.toml"])
def test_on_a_site_a_missing_page_is_unknown(tmp_path: Path, sign: str) -> None:
    root = repository(tmp_path / "repo", {"README.md": "# A\n", sign: ""})
    for url in ("generated.md", "papers/", "/img/a.png", "Readme.md", "#b"):
        assert check_local(root / "README.md", None, url).verdict == "unknown", url


def test_jekyll_makes_no_markdown(tmp_path: Path) -> None:
    root = repository(tmp_path / "repo", {"README.md": "# A & B\n", "_config.yml": "theme: minima\n"})
    states = {
        url: check_local(root / "README.md", None, url).verdict
        for url in ("papers/", "feed.xml", "/papers/a.md", "gone.md", "#a-b", "#c")
    }
    assert states == {
        "papers/": "unknown",
        "feed.xml": "unknown",
        "/papers/a.md": "unknown",
        "gone.md": "dead",
        "#a-b": "unknown",
        "#c": "dead",
    }


def test_front_matter_is_a_sign_of_a_site(tmp_path: Path) -> None:
    text = "---\nlayout: page\n---\n# A\n"
    root = repository(tmp_path / "repo", {"index.md": text, "plain.md": "---\ntitle: x\n---\n# A\n"})
    assert check_local(root / "index.md", None, "papers/").verdict == "unknown"
    assert check_local(root / "plain.md", None, "papers/").verdict == "dead"


def test_accents_that_are_encoded_in_another_way_are_unknown(tmp_path: Path) -> None:
    root = repository(tmp_path / "repo", {"README.md": "x\n", "re\u0301sume\u0301.md": ""})
    assert check_local(root / "README.md", None, "résumé.md").verdict == "unknown"


def test_what_is_no_text_or_no_file_is_not_read_for_headings(tmp_path: Path) -> None:
    root = repository(tmp_path / "repo", {"README.md": "x\n"})
    (root / "latin.md").write_bytes(b"# Caf\xe9\n")
    (root / "big.md").write_bytes(b"# A\n" * 2_100_000)
    git(root, "add", "-A")
    os.mkfifo(root / "pipe.md")
    for url in ("latin.md#caf", "big.md#b", "pipe.md#a"):
        assert check_local(root / "README.md", None, url).verdict == "unknown", url
    assert check_local(root / "README.md", None, "big.md").verdict == "alive"


def test_the_text_that_is_checked_counts_and_not_the_file(repo: Path) -> None:
    links = LocalLinks()
    assert links.check(repo / "README.md", "#new", source="# New\n").verdict == "alive"
    assert links.check(repo / "README.md", "#diffusion-models", source="# New\n").verdict == "dead"


def test_git_hooks_do_not_mislead(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = repository(tmp_path / "other", {"x.md": ""})
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert check_local(repo / "README.md", None, "docs/guide.md").verdict == "alive"
    assert check_local(repo / "README.md", None, "x.md").verdict == "dead"


def test_a_run_asks_git_and_reads_a_file_once(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    links = LocalLinks()
    assert links.check(repo / "README.md", "docs/guide.md#guide").verdict == "alive"
    monkeypatch.setenv("PATH", "")
    (repo / "docs/guide.md").rename(repo / "docs/away.md")
    try:
        assert links.check(repo / "README.md", "docs/guide.md#guide").verdict == "alive"
        assert links.check(repo / "docs/README.md", "../src/code.py").verdict == "alive"
    finally:
        (repo / "docs/away.md").rename(repo / "docs/guide.md")


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("a.md", True),
        ("#a", True),
        ("/a", True),
        ("a:b", False),
        ("//a", False),
        ("https://a.b", False),
        ("", False),
    ],
)
def test_what_is_local(url: str, local: bool) -> None:
    assert is_local(url) is local
