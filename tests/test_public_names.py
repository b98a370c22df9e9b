"""The public names: what people may import, pinned."""

from __future__ import annotations

import subprocess
import sys

import littable
from littable import Applicability, check_text, fix_text

TABLE = """\
| Title | Year | Link |
| --- | --- | --- |
| Attention Is All You Need | 2017 | http://arxiv.org/abs/1706.03762v5 |
"""


def test_the_public_names_are_these() -> None:
    assert sorted(littable.__all__) == [
        "Applicability", "Change", "Diagnostic", "Edit", "FileReport", "Fix", "Fixed", "LineIndex",
        "LittableError", "Position", "Settings", "Severity", "Skip", "Span", "__version__", "check_text",
        "fix_text",
    ]  # fmt: skip
    assert all(getattr(littable, name) is not None for name in littable.__all__)


def test_a_text_is_checked_and_fixed_without_files() -> None:
    assert [found.code for found in check_text(TABLE).diagnostics] == ["LT101", "LT305", "LT307"]
    assert fix_text(TABLE).text == TABLE.replace("http:", "https:")
    unsafe = fix_text(TABLE, trust=Applicability.UNSAFE)
    assert unsafe.text == TABLE.replace("http:", "https:").replace("v5", "")
    assert [found.code for found in unsafe.applied] == ["LT305", "LT307"]


def _imported(code: str) -> set[str]:
    command = f"import sys; {code}; print(*sys.modules)"
    return set(
        subprocess.run(
            [sys.executable, "-c", command], capture_output=True, text=True, check=True
        ).stdout.split()
    )


def test_nothing_is_imported_that_is_not_used() -> None:
    assert not _imported("import littable") & {
        "mistune",
        "arxiv",
        "requests",
        "rapidfuzz",
        "typer",
        "sqlite3",
    }
    loaded = _imported("from littable import check_text; check_text('| Title | Link |\\n|--|--|\\n')")
    assert not loaded & {"arxiv", "requests", "typer", "sqlite3", "rich", "pylatexenc"}
