"""The line that is written over on a terminal: what it says, that it counts, and that nothing stays of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.terminal import Seen, on_terminal

ASKING = """
import sys, time
from littable.cli.progress import Asking, on_terminal
line = Asking()
line(250, 10_000, "the pace that arXiv asks for", 3)
time.sleep(1.6)
print("a notice", file=sys.stderr)
line(250, 10_000, "it answers with [HTTP 429]", 12)
line(250, 10_000, "an answer", 0)
line(250, 10_000, "", 0)
print("the report")
"""
LOADING = """
import time
from littable.cli.progress import Loading
with Loading("Importing", "papers", 5_000_000_000) as line:
    for number in range(3):
        line.at(1_000_000 + 5_000 * number, 1_500_000_000 + 8_000_000 * number)
        time.sleep(0.5)
with Loading("Updating", "papers") as line:
    line.at(3_412, note="up to 2026-11-20", waiting_for="it answers with HTTP 503", seconds=300)
    line.at(3_412, note="up to 2026-11-20", waiting_for="an answer")
with Loading("Hiding", "papers", shown=False) as line:
    line.at(1)
print("the end")
"""


def _seen(code: str, tmp_path: Path, *, columns: int = 120, **environment: str) -> Seen:
    return on_terminal([sys.executable, "-c", code], cwd=tmp_path, environment=environment, columns=columns)


def test_it_says_what_is_waited_for_and_counts_the_seconds_down(tmp_path: Path) -> None:
    seen = _seen(ASKING, tmp_path)
    assert "Asking arXiv ╸━" in seen.frames
    assert "250/10,000 papers · waiting 3 s: the pace that arXiv asks for" in seen.frames
    assert "250/10,000 papers · waiting 2 s: the pace that arXiv asks for" in seen.frames
    assert "waiting 12 s: it answers with [HTTP 429]" in seen.frames
    assert "250/10,000 papers · waiting for an answer" in seen.frames


def test_nothing_stays_of_it_but_what_others_wrote(tmp_path: Path) -> None:
    seen = _seen(ASKING, tmp_path)
    assert seen.left == ["a notice", "the report"]
    assert "\x1b[?25l" not in seen.raw, "the cursor was hidden"


def test_on_a_narrow_terminal_it_stays_one_line_without_a_bar(tmp_path: Path) -> None:
    seen = _seen(ASKING, tmp_path, columns=48)
    assert "Asking arXiv 250/10,000 papers · waiting 12 s: …" in seen.frames
    assert "━" not in seen.frames
    assert seen.left == ["a notice", "the report"]


def test_long_reading_has_a_rate_and_an_end(tmp_path: Path) -> None:
    seen = _seen(LOADING, tmp_path)
    assert "Importing ━" in seen.frames
    assert "1,000,000 papers · 1.5 GB of 5.0 GB" in seen.frames
    assert "/s · 1.5 GB of 5.0 GB · " in seen.frames
    assert " left" in seen.frames
    assert "3,412 papers · up to 2026-11-20 · waiting 300 s: it answers with HTTP 503" in seen.frames
    assert "Hiding" not in seen.frames
    assert seen.left == ["the end"]


@pytest.mark.parametrize(
    ("quiet", "term", "shown"), [(False, "xterm", True), (True, "xterm", False), (False, "dumb", False)]
)
def test_it_is_for_terminals_that_can_and_people_who_want(
    tmp_path: Path, quiet: bool, term: str, shown: bool
) -> None:
    code = f"from littable.cli.progress import on_terminal; print(on_terminal(quiet={quiet}))"
    assert _seen(code, tmp_path, TERM=term).left == [str(shown)]


def test_it_is_not_for_files_and_pipes() -> None:
    code = "from littable.cli.progress import on_terminal; print(on_terminal(quiet=False))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_rich_is_not_loaded_before_there_is_something_to_show() -> None:
    code = "import sys, littable.cli.progress; print([name for name in sys.modules if name == 'rich.live'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
