"""The papers that a run can ask: the lock, then files given with --papers, then the store, then arXiv."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from littable.cli.run import Run
from littable.config import Settings
from littable.papers.sources import Cached, Chain, Offline, PaperSource, Untitled

if TYPE_CHECKING:
    from littable.cli.progress import Asking
    from littable.link_library import LinkLibrary


def open_library(settings: Settings, run: Run) -> PaperSource:
    """The sources in the order in which they are asked. Nothing is read or opened before it is needed.

    Papers are looked for by title with ``resolve``, and in what is on this machine unless it is off.
    """
    library = open_sources(settings, run)
    if not run.isolated and os.path.exists(path := lock_path(settings)):
        from littable.papers.lock.source import Lock

        library = Cached(
            Lock(path, resolve=bool(settings.resolve), max_age=settings.max_age, notice=run.notice), library
        )
    return Untitled(library, "resolve is off") if settings.resolve is False else library


def lock_path(settings: Settings) -> Path:
    """Where the lock is, or would be: beside the configuration, as seen from the current folder."""
    from littable.papers.lock import LOCK_NAME

    root, here = Path(os.path.abspath(settings.root)), Path.cwd()
    return (root.relative_to(here) if root.is_relative_to(here) else root) / LOCK_NAME


def open_sources(settings: Settings, run: Run) -> PaperSource:
    """The sources behind the lock, in the order in which they are asked."""
    files, path = _papers_files(settings), store_of(settings)
    if settings.offline and not _may_be_there(path):
        return Chain([*files, Offline("the store, arXiv", "not in the store; offline")])
    from littable.papers.store import Store

    store = Store(path, max_age=settings.max_age, any_age=settings.offline, notice=run.notice)
    if settings.offline:
        return Chain([*files, store, Offline()])
    api = _arxiv(settings, run)
    return Chain([*files, Cached(store, api if settings.resolve else Untitled(api, "resolve is off"))])


def _may_be_there(path: Path) -> bool:
    """Whether there is a store; where that cannot be told, the store itself says what is wrong."""
    try:
        os.stat(path)
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True


def _arxiv(settings: Settings, run: Run) -> PaperSource:
    from littable.cli.progress import Asking, on_terminal
    from littable.papers.arxiv_api import ArxivApi
    from littable.papers.store.pace import SharedPace

    return ArxivApi(
        settings.arxiv_url,
        delay=settings.arxiv_delay,
        pace=SharedPace(store_of(settings), settings.arxiv_url, settings.arxiv_delay),
        max_wait=settings.max_wait,
        progress=Asking() if on_terminal(quiet=run.quiet) else None,
    )


def open_links(settings: Settings, run: Run) -> LinkLibrary:
    """Who can be asked about links. Nothing is read or opened before it is needed."""
    from littable.cli.progress import Asking, on_terminal
    from littable.link_library import LinkLibrary
    from littable.links.options import LinkOptions
    from littable.papers.store.access import CacheFile
    from littable.papers.store.links import LinkMemory

    asking = Asking("Asking", "links") if on_terminal(quiet=run.quiet) else None
    return LinkLibrary(
        settings.links,
        LinkMemory(CacheFile(store_of(settings), run.notice)),
        offline=settings.offline,
        options=LinkOptions(max_wait=settings.max_wait),
        progress=None if asking is None else partial(_show_links, asking),
    )


def _show_links(asking: Asking, done: int, total: int, waiting_for: str) -> None:
    asking(done, total, "" if done == total else waiting_for or "answers", 0)


def _papers_files(settings: Settings) -> list[PaperSource]:
    if not settings.papers:
        return []
    from littable.papers.snapshot.papers_file import PapersFile

    return [PapersFile(path) for path in settings.papers]


def store_of(settings: Settings) -> Path:
    """The file of the store: the one that is set, or that in the user's cache folder."""
    if settings.store is not None:
        return settings.store
    from platformdirs import user_cache_path

    return user_cache_path("littable", appauthor=False) / "papers.sqlite"
