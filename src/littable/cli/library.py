"""The papers that a run can ask: files given with --papers, the store, arXiv."""

from __future__ import annotations

from littable.cli.run import Run
from littable.config import Settings
from littable.papers.snapshot import PapersFile
from littable.papers.sources import Chain, Offline, PaperSource


def open_library(settings: Settings, run: Run) -> PaperSource:
    """The sources in the order in which they are asked."""
    sources: list[PaperSource] = [PapersFile(path) for path in settings.papers]
    return Chain([*sources, Offline()])
