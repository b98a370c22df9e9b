"""Pages in ``headed/``: what is read of papers under headings, and pages that look like it and list none.

Beside a page stands what it lists, one paper a line; a page without that lists nothing. Of an abstract the
first two words and the last one are given.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from littable.document.dates import read_date
from littable.document.entry import Entry
from littable.document.names import split_names
from littable.document.reading import read_document
from littable.shapes import Shape

_PAGES = sorted(Path(__file__).with_name("headed").glob("*.md"))


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
def test_papers_under_headings(page: Path) -> None:
    expected = page.with_suffix(".json")
    papers = json.loads(expected.read_text(encoding="utf-8")) if expected.exists() else []
    source = page.read_bytes().decode()
    document = read_document(page.name, source)
    assert [_paper(entry, source) for entry in document.entries if entry.shape is Shape.SECTION] == papers


def _paper(entry: Entry, source: str) -> dict[str, Any]:
    date = read_date(entry.date.plain) if entry.date else None
    words = entry.abstract.plain.split() if entry.abstract else []
    return {
        "title": entry.title.plain if entry.title else None,
        "authors": list(split_names(entry.authors.plain)) if entry.authors else [],
        "year": date.year if date else None,
        "arxiv_id": entry.arxiv_id,
        "lines": [source.count("\n", 0, end) + 1 for end in (entry.span.start, entry.span.end)],
        "abstract": " ".join([*words[:2], "…", words[-1]]) if words else None,
    }
