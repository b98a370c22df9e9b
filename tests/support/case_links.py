"""What is known of the links of a case.

A case's ``.links.json``, or ``links.json`` beside all cases of a rule, maps addresses to what the store keeps
of a link: ``{"https://a.example/": {"verdict": "dead", "reason": "answers 404, asked twice"}}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from littable.document.model import Document
from littable.link_library import unpack
from littable.links.verdict import LinkState


class CaseLinks:
    """The links of a case as a source."""

    def __init__(self, path: Path) -> None:
        self._kept: Mapping[str, object] = json.loads(path.read_text(encoding="utf-8"))

    def states(self, urls: Iterable[str]) -> dict[str, LinkState]:
        """What is known of each; nothing of those that the file does not name."""
        found = ((url, unpack(url, json.dumps(self._kept[url]))) for url in urls if url in self._kept)
        return {url: state for url, state in found if state is not None}

    def local(self, _: Document, url: str) -> LinkState | None:
        """What is known of a link without a host."""
        return None if "://" in url else self.states([url]).get(url)
