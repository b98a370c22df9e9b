"""Records of a case that say what only arXiv itself can say.

In a case's ``.jsonl`` a line ``{"id": "2403.99999", "missing": true}`` stands for a paper that arXiv was
asked for, twice, and does not have. ``"origin": "arXiv"`` in a whole record says that arXiv has just been
asked for it. A papers file of a user can say neither.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from littable.papers.snapshot import PapersFile
from littable.papers.sources import Found, Lookup, Missing


class CasePapers(PapersFile):
    """The papers file of a case, with what arXiv was asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        self._gone = {line["id"] for line in lines if line.get("missing")}
        self._asked = {line["id"]: line["origin"] for line in lines if "origin" in line}

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The current records, and what arXiv does not have."""
        return {
            key: Missing() if key in self._gone else self._from_its_origin(lookup)
            for key, lookup in super().papers(ids).items()
        }

    def _from_its_origin(self, lookup: Lookup) -> Lookup:
        if isinstance(lookup, Found) and lookup.record.id in self._asked:
            return Found(replace(lookup.record, origin=self._asked[lookup.record.id]))
        return lookup
