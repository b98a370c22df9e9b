"""Records of a case that say what only arXiv itself can say.

In a case's ``.jsonl`` a line ``{"id": "2403.99999", "missing": true}`` stands for a paper that arXiv was
asked for, twice, and does not have. ``"origin": "arXiv"`` in a whole record says that arXiv has just been
asked for it, ``"as_of": "2026-05-01"`` that it was asked on that day only. A papers file of a user can say
none of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

from littable.papers.snapshot.papers_file import PapersFile
from littable.papers.sources import Found, Lookup, Missing


class CasePapers(PapersFile):
    """The papers file of a case, with what arXiv was asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        self._gone = {line["id"] for line in lines if line.get("missing")}
        self._as_of = {line["id"]: date.fromisoformat(line["as_of"]) for line in lines if "as_of" in line}
        self._asked = {line["id"]: line["origin"] for line in lines if "origin" in line}

    def papers(self, ids: Collection[str]) -> dict[str, Lookup]:
        """The current records, and what arXiv does not have."""
        return {
            key: Missing() if key in self._gone else self._from_its_origin(lookup)
            for key, lookup in super().papers(ids).items()
        }

    def _from_its_origin(self, lookup: Lookup) -> Lookup:
        if not isinstance(lookup, Found):
            return lookup
        record = lookup.record
        origin, as_of = self._asked.get(record.id, record.origin), self._as_of.get(record.id)
        return Found(replace(record, origin=origin, as_of=as_of))
