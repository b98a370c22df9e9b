"""Which papers and titles stand in the files that a lock is for, and where."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from littable.cli.discovery import find_files
from littable.cli.run import STDIN, Run
from littable.cli.session import Opened
from littable.config import Settings
from littable.decoding import decode
from littable.document.model import Document
from littable.document.reading import read_document
from littable.errors import LittableError
from littable.papers.title_key import title_key
from littable.rules._resolution import title_of


@dataclass(frozen=True, slots=True)
class Listed:
    """Papers by identifier and titles by ``title_key``, each with its first place, as in README.md:12.

    ``linked`` has the highest version of a paper that any link names.
    """

    papers: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    linked: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, document: Document) -> None:
        """Add what stands in a document."""
        places = document.places
        for entry in document.entries:
            place = f"{name}:{places.at(entry.span.start).line}"
            if entry.arxiv_id is not None:
                self.papers.setdefault(entry.arxiv_id, place)
            for link in entry.identities:
                arxiv = link.identity.arxiv if link.identity else None
                if arxiv is not None and arxiv.version is not None:
                    self.linked[arxiv.id] = max(arxiv.version, self.linked.get(arxiv.id, 0))
            key = title_key(title_of(entry) or "")
            if key:
                self.titles.setdefault(key, place)


def listed(files: Iterable[Opened]) -> Listed:
    """What stands in files that were read."""
    found = Listed()
    for file in files:
        found.add(file.name, file.document)
    return found


def covers(targets: Sequence[Path], root: Path) -> bool:
    """Whether the targets are all files of the project."""
    inside = Path(os.path.realpath(root))
    folders = [Path(os.path.realpath(target)) for target in targets if target.is_dir()]
    return any(inside == folder or folder in inside.parents for folder in folders)


def listed_elsewhere(run: Run, settings: Settings, files: Sequence[Opened]) -> Listed | None:
    """What stands in the project's other files; None where one of them cannot be read."""
    read = {Path(os.path.realpath(file.path)) for file in files if file.path != STDIN}
    found = Listed()
    for path in find_files(settings.root):
        own = run.settings_for(path)
        if Path(os.path.realpath(path)) in read or own.excluded(path):
            continue
        try:
            source = decode(str(path), path.read_bytes())
        except (LittableError, OSError):
            return None
        found.add(str(path), read_document(str(path), source.text, own.reading))
    return found
