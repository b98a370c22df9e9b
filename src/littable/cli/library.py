"""The papers that a run can ask: files given with --papers, then the store, then arXiv."""

from __future__ import annotations

import sys
from pathlib import Path

from littable.cli.run import Run
from littable.config import Settings
from littable.papers.sources import Cached, Chain, Offline, PaperSource, Untitled


def open_library(settings: Settings, run: Run) -> PaperSource:
    """The sources in the order in which they are asked. Nothing is read or opened before it is needed.

    Papers are looked for by title with ``resolve``, and in what is on this machine unless it is off.
    """
    library = _sources(settings, run)
    return Untitled(library, "resolve is off") if settings.resolve is False else library


def _sources(settings: Settings, run: Run) -> PaperSource:
    from littable.papers.store import Store

    files = _papers_files(settings)
    store = Store(
        settings.store or default_store(),
        max_age=settings.max_age,
        any_age=settings.offline,
        notice=run.notice,
    )
    if settings.offline:
        return Chain([*files, store, Offline()])
    from littable.papers.arxiv_api import ArxivApi

    api = ArxivApi(
        settings.arxiv_url,
        delay=settings.arxiv_delay,
        max_wait=settings.max_wait,
        progress=ProgressLine() if sys.stderr.isatty() and not run.quiet else None,
    )
    return Chain([*files, Cached(store, api if settings.resolve else Untitled(api, "resolve is off"))])


def _papers_files(settings: Settings) -> list[PaperSource]:
    if not settings.papers:
        return []
    from littable.papers.snapshot import PapersFile

    return [PapersFile(path) for path in settings.papers]


def default_store() -> Path:
    """The store in the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("littable", appauthor=False) / "papers.sqlite"


class ProgressLine:
    """One line on the terminal, written over while papers are asked for and wiped at the end."""

    def __call__(self, done: int, total: int, waiting_for: str) -> None:
        """Show how far the asking is and what it waits for."""
        text = f"Asking arXiv: {done} of {total} papers" + (
            f", waiting for {waiting_for}" if waiting_for else ""
        )
        sys.stderr.write("\r\x1b[2K" + (text if waiting_for else ""))
        sys.stderr.flush()
