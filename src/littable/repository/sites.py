"""Signs that a site is made of a repository, and what its pages may be called.

On a site a link can be right that leads to no file: ``guide/`` made of ``guide.md``, ``/papers/`` made of
nothing that bears the name. Which addresses there are, configuration, themes and plugins decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from littable.file_names import ALL, MARKDOWN
from littable.patterns import lazy
from littable.repository.tree import Place, WorkingTree

_SOURCES = (*ALL, ".rst", ".adoc", ".org", ".html", ".htm")
_PAGES = ("", ".html", ".htm")
_SUFFIX = lazy(r"\.[A-Za-z]\w{0,8}$")
_FRONT_MATTER = lazy(r"---[ \t]*\r?\n(?:[^\n]*\n){0,40}?(?:layout|permalink|slug|aliases)[ \t]*:")
_LONGEST_FRONT_MATTER = 16 * 1024
# Jekyll makes pages of other addresses, but no Markdown file that is not there.
_OF_JEKYLL = frozenset({"_config.yml", "_config.yaml", ".nojekyll", "CNAME"})
_OF_OTHERS = frozenset(
    """
mkdocs.yml mkdocs.yaml zensical.toml hugo.toml hugo.yaml hugo.yml hugo.json config.toml conf.py book.toml
docusaurus.config.js docusaurus.config.ts docusaurus.config.mjs _quarto.yml _quarto.yaml _toc.yml myst.yml
antora.yml .gitbook.yaml SUMMARY.md _sidebar.md astro.config.mjs astro.config.ts astro.config.js
gatsby-config.js gatsby-config.ts next.config.js next.config.mjs next.config.ts eleventy.config.js
eleventy.config.mjs .eleventy.js config.mts mint.json docs.json pelicanconf.py nuxt.config.ts nuxt.config.js
""".split()
)


class Site:
    """What a site generator may know of a repository."""

    def __init__(self, tree: WorkingTree) -> None:
        self._tree = tree
        self._fronted: dict[str, bool] = {}

    def may_make(self, document: str, path: str, *, absolute: bool) -> bool:
        """Whether ``path``, which is no file, may be a page; ``absolute``: the link begins with a slash."""
        match = _SUFFIX.search(path)
        suffix = match[0].lower() if match else ""
        if self._has_other_generator() or (suffix in _PAGES and self._is_made_of_another(path, suffix)):
            return True
        if self._has_jekyll() or self._has_front_matter(document):
            return absolute or suffix not in MARKDOWN
        # The top of a site may be any folder of the repository.
        return absolute and (not suffix or self._tree.ends_with(path))

    def may_name(self, near: str | None) -> bool:
        """Whether a site may have an anchor that GitHub does not; ``near`` is one of the same letters."""
        return self._has_other_generator() or (near is not None and self._has_jekyll())

    def _has_other_generator(self) -> bool:
        return not self._tree.names.isdisjoint(_OF_OTHERS)

    def _has_jekyll(self) -> bool:
        return not self._tree.names.isdisjoint(_OF_JEKYLL)

    def _has_front_matter(self, document: str) -> bool:
        if document not in self._fronted:
            start = self._tree.read_start(document, _LONGEST_FRONT_MATTER) or b""
            text = start.decode("utf-8-sig", errors="replace")
            self._fronted[document] = _FRONT_MATTER.match(text) is not None
        return self._fronted[document]

    def _is_made_of_another(self, path: str, suffix: str) -> bool:
        """Whether a file is there of which a site would make this page, or a wiki, which knows no folders."""
        stem = path[: len(path) - len(suffix)]
        if not suffix and stem.rpartition("/")[2] in self._stems:
            return True
        return any(self._tree.at(source) is not Place.ABSENT for source in _sources(stem))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(name.rpartition(".")[0] for name in self._tree.names)


def _sources(stem: str) -> Iterator[str]:
    yield from (stem + suffix for suffix in _SOURCES)
    folder, slash, name = stem.rpartition("/")
    if name == "index":
        yield from (f"{folder}{slash}README{suffix}" for suffix in MARKDOWN)
