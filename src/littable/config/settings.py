"""The settings of one run, and the questions the other parts ask them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from littable.config.arxiv import ARXIV_DELAY, ARXIV_OAI_URL, ARXIV_URL
from littable.config.links import LinkSettings
from littable.config.reading import Reading
from littable.config.values import Place
from littable.diagnostic import Severity
from littable.roles import Role
from littable.shapes import Shape

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Selector:
    """A code or prefix that somebody wrote; ``str(selector.place)`` says where, for messages."""

    code: str
    place: Place


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run goes by.

    ``select`` is None where nobody chose: the rules that are on by default run. ``max_wait`` and
    ``arxiv_delay`` are seconds, ``max_age`` days. ``tex`` is ``keep`` or ``unicode``. ``resolve`` says
    whether papers are looked up by their title where a row has no identifier; None where nobody chose.
    ``duplicates`` is how far a paper is looked for that stands twice: ``table``, ``file`` or ``run``.
    ``file`` is the configuration file, and ``places`` tells where each value that is not a default was
    written, by its path of keys.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    columns: Mapping[str, Role] = field(default_factory=dict)
    readers: tuple[Shape, ...] = tuple(Shape)
    sections: tuple[str, ...] = ()
    required_columns: tuple[Role, ...] = (Role.TITLE, Role.LINK)
    all_tables: bool = False
    similar_title_threshold: float = 90.0
    duplicates: str = "table"
    offline: bool = False
    papers: tuple[Path, ...] = ()
    store: Path | None = None
    max_wait: float = 300.0
    max_age: float = 7.0
    arxiv_url: str = ARXIV_URL
    arxiv_delay: float = ARXIV_DELAY
    arxiv_oai_url: str = ARXIV_OAI_URL
    arxiv_link_form: str = "abs"
    fail_on: Severity = Severity.WARNING
    output_format: str = "full"
    tex: str = "keep"
    resolve: bool | None = None
    links: LinkSettings = field(default_factory=LinkSettings)
    file: Path | None = None
    places: Mapping[tuple[str, ...], Place] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        """What concerns how a file is read."""
        return Reading(self.columns, self.readers, self.sections)

    @property
    def root(self) -> Path:
        """The folder that the file patterns are relative to."""
        return self.file.parent if self.file else Path.cwd()

    def enabled(self, code: str, *, by_default: bool) -> bool:
        """Whether a rule runs: the most specific selector that fits decides, and ``ignore`` wins a tie."""
        chosen = _specificity(code, (*(self.select or ()), *self.extend_select))
        if self.select is None and by_default:
            chosen = max(chosen, 0)
        return chosen > _specificity(code, self.ignore)

    def ignored_in(self, path: Path) -> tuple[str, ...]:
        """The codes and prefixes that ``per-file-ignores`` switches off in a file."""
        matching = (
            codes for glob, codes in self.per_file_ignores.items() if _matches((glob,), self._relative(path))
        )
        return tuple(code for codes in matching for code in codes)

    def excluded(self, path: Path) -> bool:
        """Whether ``exclude`` names the file or a folder above it."""
        return bool(self.exclude) and _matches(self.exclude, self._relative(path))

    def selectors(self) -> Iterator[Selector]:
        """Every code or prefix that somebody wrote, so that an unknown one can be reported at its place."""
        lists = {"select": self.select or (), "extend-select": self.extend_select, "ignore": self.ignore}
        for key, codes in lists.items():
            for code in codes:
                yield Selector(code, self.places.get((key, code), Place(key)))
        for glob, codes in self.per_file_ignores.items():
            place = self.places.get(("per-file-ignores", glob), Place("per-file-ignores").within(glob))
            yield from (Selector(code, place) for code in codes)

    def _relative(self, path: Path) -> str:
        absolute = Path(os.path.abspath(path))
        root = Path(os.path.abspath(self.root))
        if absolute.is_relative_to(root):
            return absolute.relative_to(root).as_posix()
        return absolute.relative_to(absolute.anchor).as_posix()


def _specificity(code: str, selectors: tuple[str, ...]) -> int:
    """The length of the longest selector that fits, -1 where none does."""
    return max((len(selector) for selector in selectors if code.startswith(selector)), default=-1)


def _matches(globs: tuple[str, ...], path: str) -> bool:
    return _compiled(globs).match_file(path)


@lru_cache(maxsize=256)
def _compiled(globs: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # only where patterns are configured

    return GitIgnoreSpec.from_lines(globs)
