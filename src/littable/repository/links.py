"""Whether a link to a file of the repository, or to a heading, leads somewhere on GitHub.

A link is dead only where that is certain. What leads out of the repository, what a site generator may make,
what git does not track and what lies behind a symbolic link is unknown; so is what is missing where git does
not track the document itself. Nothing outside the repository is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from littable.document.anchors import Anchors, read_anchors
from littable.errors import EncodingError
from littable.file_names import MARKDOWN, is_notebook
from littable.patterns import lazy
from littable.repository.sites import Site
from littable.repository.tree import Place, WorkingTree, find_root
from littable.text import Source

# Larger files are not read for their headings.
_LARGEST = 8 * 1024 * 1024
_ADDRESS = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_FILLED_IN = lazy(r"\{\{|\{%|<%|\$\{|%\(|\}\}|\[\[")
_UPWARDS = lazy(r"(?:\.{0,2}/)*")
_UNSOUND = lazy(r"[\x00-\x1f\x7f\\]|%[01][0-9a-f]|%7f|%2f|%5c", re.IGNORECASE)
_WITHOUT_SCHEME = lazy(
    r"www\.|10\.\d{4,9}/|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|ai|cn|dev|uk|de|jp|fr|ru)(?:/|$)",
    re.IGNORECASE,
)
# Beside the files of a repository GitHub has these pages, which some write as if they were files.
_PAGES = frozenset(
    """issues pulls wiki releases discussions actions blob tree raw commit commits compare tags branches
    projects stargazers network forks watchers security labels milestones packages pulse graphs""".split()
)


@dataclass(frozen=True, slots=True)
class LocalState:
    """What is known of a link to a file or a heading; ``reason`` is a clause about the link, ``instead`` the
    link that would lead to what may have been meant.
    """

    verdict: Literal["alive", "dead", "unknown"]
    reason: str
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class _Link:
    """A link in parts: the path as ``written``, the target's and the document's in the tree, the fragment."""

    document: str
    path: str
    fragment: str = ""
    written: str = ""


def is_local(url: str) -> bool:
    """Whether a link names no host, and so leads to a file beside the document or to a heading."""
    return bool(url.strip()) and _ADDRESS.match(url.strip()) is None


def check_local(document: Path, root: Path | None, url: str) -> LocalState:
    """What is known of one link of a document; for more than one keep a LocalLinks."""
    return LocalLinks().check(document, url, root)


class LocalLinks:
    """Judges links and remembers folders, git's answers and anchors, since one run asks for them often."""

    def __init__(self) -> None:
        self._places: dict[tuple[Path, Path | None], tuple[Path, Path | None]] = {}
        self._trees: dict[Path, WorkingTree] = {}
        self._anchors: dict[tuple[Path, str], Anchors | None] = {}
        self._sites: dict[Path, Site] = {}

    def check(
        self, document: Path, url: str, root: Path | None = None, source: str | None = None
    ) -> LocalState:
        """What is known of a link of ``document``, with its Markdown escapes and entities resolved.

        ``root`` is the folder that GitHub shows as the repository; None looks for git's. ``source`` is the
        text of the document where that is not yet, or not only, in the file.
        """
        folder, top = self._place(document.parent, root)
        if top is None and url.strip()[:1] != "#":
            return _unknown("leads to a file, and the document stands in no git repository")
        top = top or folder
        if not folder.is_relative_to(top):
            return _unknown("stands in a document outside the repository")
        tree = self._trees.setdefault(top, WorkingTree(top))
        name = "/".join([*folder.relative_to(top).parts, document.name])
        return self._judge(tree, name, url.strip(), source)

    def _place(self, folder: Path, root: Path | None) -> tuple[Path, Path | None]:
        """The folder and the root, without symbolic links."""
        key = (folder, root)
        if key not in self._places:
            resolved = folder.resolve()
            self._places[key] = resolved, root.resolve() if root is not None else find_root(resolved)
        return self._places[key]

    def _judge(self, tree: WorkingTree, document: str, url: str, source: str | None) -> LocalState:
        read = _read(document, url)
        if isinstance(read, LocalState):
            return read
        if read.path == read.document:
            if source is not None and (tree.root, document) not in self._anchors:
                self._anchors[tree.root, document] = read_anchors(source)
            return self._heading(tree, read)
        state = self._target(tree, read)
        if state.verdict == "dead" and tree.at(document) is not Place.FILE:
            return _unknown(f"{state.reason}, but git does not track the document")
        return state

    def _target(self, tree: WorkingTree, link: _Link) -> LocalState:
        place = tree.at(link.path)
        if place is Place.FILE and link.written.endswith("/"):
            return _unknown("ends in a slash, but leads to a file")
        if place is Place.FILE:
            return self._heading(tree, link)
        if place is Place.FOLDER:
            return self._folder(tree, link)
        return self._absent(tree, link) if place is Place.ABSENT else _doubtful(place, link)

    def _absent(self, tree: WorkingTree, link: _Link) -> LocalState:
        missing = f"leads to {link.path}, which is not there"
        if not tree.certain:
            return _unknown(f"{missing}, and git cannot be asked")
        if is_notebook(link.document) and link.written.startswith("files/"):
            return _unknown(f"{missing}, but files/ is the folder of the notebook for Jupyter")
        if _is_of_the_web(link.written) or tree.at(_literal(link)) is not Place.ABSENT:
            return _unknown(f"{missing}, but may mean a page on the web")
        if self._site(tree).may_make(link.document, link.path, absolute=link.written[0] == "/"):
            return _unknown(f"{missing}, but a site generator may make it")
        other = tree.spelt_otherwise(link.path)
        if other is None:
            return LocalState("dead", f"leads to {link.path}, which is not in the repository")
        if other.casefold() != link.path.casefold():
            return _unknown(f"leads to {link.path}, whose accents are encoded in another way")
        reason = f"leads to {link.path}, but the name is {other}; GitHub heeds capitals"
        return LocalState("dead", reason, _respelt(link, other))

    def _heading(self, tree: WorkingTree, link: _Link) -> LocalState:
        if not link.fragment or not link.path.lower().endswith(MARKDOWN):
            return LocalState("alive", "leads to a file of the repository")
        anchors = self._anchors_of(tree, link.path)
        if anchors is None:
            return _unknown(f"leads to {link.path}, whose headings cannot be read")
        has = anchors.has(link.fragment)
        if has:
            return LocalState("alive", "leads to a heading of the document")
        near = anchors.nearest(link.fragment)
        if has is None or self._site(tree).may_name(near):
            return _unknown(f"names #{link.fragment}, which GitHub may not find in {link.path}")
        where = "this document" if link.path == link.document else link.path
        hint = f"; #{near} is there" if near else ""
        return LocalState("dead", f"names #{link.fragment}, which {where} does not have{hint}")

    def _folder(self, tree: WorkingTree, link: _Link) -> LocalState:
        """A folder is shown with its README, whose headings can be named."""
        if not link.path:
            return _unknown("leads to the top of the repository")
        if link.fragment:
            readme = tree.spelt_otherwise(f"{link.path}/README.md")
            anchors = self._anchors_of(tree, readme) if readme else None
            if anchors is None or not anchors.has(link.fragment):
                return _unknown(f"names #{link.fragment} of a folder")
        return LocalState("alive", "leads to a folder of the repository")

    def _site(self, tree: WorkingTree) -> Site:
        return self._sites.setdefault(tree.root, Site(tree))

    def _anchors_of(self, tree: WorkingTree, path: str) -> Anchors | None:
        key = (tree.root, path)
        if key not in self._anchors:
            data = tree.read(path, _LARGEST)
            try:
                self._anchors[key] = None if data is None else read_anchors(Source.decode(data).text)
            except EncodingError:
                self._anchors[key] = None
        return self._anchors[key]


def _read(document: str, url: str) -> _Link | LocalState:
    """The parts of a link; what is known already where it has none."""
    if not is_local(url):
        return _unknown("is no link to a file" if url else "is empty")
    if _FILLED_IN.search(url):
        return _unknown("is filled in by a site generator")
    address, _, fragment = url.partition("#")
    path, query, _ = address.partition("?")
    if not path:
        asks = "names a view of GitHub's page"
        return _unknown(asks) if query else _Link(document, document, fragment)
    if _UNSOUND.search(path):
        return _unknown("has a backslash, an escaped slash or a control character in its path")
    try:
        parts = _resolved([] if path[0] == "/" else document.split("/")[:-1], unquote(path, errors="strict"))
    except UnicodeDecodeError:
        return _unknown("has escapes in its path that are not UTF-8")
    if parts is None:
        return _unknown("leads out of the repository")
    return _Link(document, "/".join(parts), fragment, path)


def _resolved(folder: list[str], path: str) -> list[str] | None:
    """The parts of a path from a folder; None where it leads out of the tree."""
    parts = folder[:]
    for part in path.split("/"):
        if part == ".." and not parts:
            return None
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return parts


def _unknown(reason: str) -> LocalState:
    return LocalState("unknown", reason)


def _doubtful(place: Place, link: _Link) -> LocalState:
    if place is Place.SYMBOLIC_LINK and not link.fragment:
        return LocalState("alive", "leads to a symbolic link of the repository")
    reasons = {
        Place.SYMBOLIC_LINK: "a symbolic link, which is not followed",
        Place.UNTRACKED: "which is there, but git does not track it",
        Place.GONE: "which git tracks, but it is not there",
        Place.ELSEWHERE: "which lies in a submodule or behind a symbolic link",
    }
    return _unknown(f"leads to {link.path}, {reasons[place]}")


def _literal(link: _Link) -> str:
    """The target where a percent sign is meant as it stands."""
    folder = [] if link.written[0] == "/" else link.document.split("/")[:-1]
    return "/".join(_resolved(folder, link.written) or [link.path])


def _is_of_the_web(written: str) -> bool:
    """Whether the path looks like an address without its https://, or like one of GitHub's own pages."""
    start = _UPWARDS.match(written)
    path = written[start.end() :] if start else written
    return (
        "://" in path or path.partition("/")[0].lower() in _PAGES or _WITHOUT_SCHEME.match(path) is not None
    )


def _respelt(link: _Link, name: str) -> str | None:
    """The link with the file's true name, where what is written of it ends as the name begins to differ."""
    same = 0
    shortest = min(len(link.written), len(link.path), len(name))
    while same < shortest and link.written[-1 - same] == link.path[-1 - same]:
        same += 1
    if len(name) != len(link.path) or link.path[: len(name) - same] != name[: len(name) - same]:
        return None
    respelt = link.written[: len(link.written) - same] + name[len(name) - same :]
    return f"{respelt}#{link.fragment}" if link.fragment else respelt
