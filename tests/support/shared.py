"""The shared folder of real files, which stands beside the repository on some machines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("LITTABLE_SHARED") or _ROOT.parent / "shared")

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason=f"no folder {SHARED.name!r} with real files here; set LITTABLE_SHARED to have it",
)


def corpus() -> list[Path]:
    """The real Markdown files, sorted; none where the folder is missing."""
    return sorted((SHARED / "corpus" / "md").glob("*.md"))


def corpus_parameters() -> list[object]:
    """One test parameter a file, or a single skipped one that says why there are none."""
    files = corpus()
    return [pytest.param(path, id=path.stem) for path in files] or [
        pytest.param(None, marks=needs_shared, id="no-corpus")
    ]
