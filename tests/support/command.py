"""Running littable as a process, as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a process left: exit code, output and errors as text."""

    code: int
    out: str
    err: str


def littable(
    *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", **environment: str
) -> Outcome:
    """Run the command with a store of its own and no colours."""
    base = {key: value for key, value in os.environ.items() if not key.startswith("LITTABLE_")}
    base |= {
        "LITTABLE_STORE": str((cwd or Path("/nonexistent")) / "store.sqlite"),
        "COLUMNS": "100",
        **environment,
    }
    call = [sys.executable, "-m", "littable", *map(str, arguments)]
    done = subprocess.run(call, cwd=cwd, input=stdin, capture_output=True, env=base, check=False)
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
