"""Fixing: what is chosen, what is refused, how a file is replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import littable
from littable.diagnostic import Applicability, Diagnostic, FileReport, Fix, Severity
from littable.document.model import Document
from littable.document.reading import read_document
from littable.errors import FixError
from littable.fixing import fix_text, write_whole
from littable.papers.snapshot.papers_file import PapersFile
from littable.text import Edit, Span

TABLE = "| Title | Link |\n|---|---|\n| one | https://arxiv.org/abs/1706.03762 |\n"
Rule = Callable[[str], list[Diagnostic]]


def _report(code: str, text: str, old: str, new: str, *, reshapes: bool = False) -> list[Diagnostic]:
    start = text.find(old)
    if start < 0:
        return []
    span = Span(start, start + len(old))
    fix = Fix("x", (Edit(span, new),), Applicability.SAFE, reshapes)
    return [Diagnostic(code, "x", span, f"{old} is wrong", Severity.ERROR, fix=fix)]


def _checking(*rules: Rule) -> Callable[[str], tuple[Document, FileReport]]:
    def check(text: str) -> tuple[Document, FileReport]:
        found = tuple(diagnostic for rule in rules for diagnostic in rule(text))
        return read_document("a.md", text), FileReport("a.md", text, found)

    return check


def test_fixes_that_touch_wait_for_the_next_pass() -> None:
    text = TABLE.replace("one", "teh papre")
    check = _checking(lambda t: _report("A", t, "teh ", "the "), lambda t: _report("B", t, "papre", "paper"))
    fixed = fix_text(text, check)
    assert fixed.text == TABLE.replace("one", "the paper")
    assert [diagnostic.code for diagnostic in fixed.applied] == ["A", "B"]


def test_fixes_that_undo_each_other_are_refused_by_name() -> None:
    check = _checking(lambda t: _report("A", t, "one", "two"), lambda t: _report("B", t, "two", "one"))
    with pytest.raises(FixError, match=r"a\.md: the fixes of B undo each other; nothing was written"):
        fix_text(TABLE, check)


def test_a_fix_that_never_ends_is_refused() -> None:
    check = _checking(lambda t: _report("A", t, "one", "oone"))
    with pytest.raises(FixError, match="undo each other"):
        fix_text(TABLE, check)


def test_a_fix_may_not_change_the_shape_of_a_table_unless_it_means_to() -> None:
    with pytest.raises(FixError, match="would change a table's shape"):
        fix_text(TABLE, _checking(lambda t: _report("A", t, "one", "o | e")))
    short = TABLE + "| two |\n"
    check = _checking(lambda t: _report("A", t, "| two |\n", "| two | |\n", reshapes=True))
    assert fix_text(short, check).text == TABLE + "| two | |\n"


def test_a_fix_may_not_lose_a_paper() -> None:
    with pytest.raises(FixError, match="would lose a paper"):
        fix_text(TABLE, _checking(lambda t: _report("A", t, TABLE.splitlines()[2], "", reshapes=True)))


def test_a_fix_may_not_bring_up_another_finding() -> None:
    check = _checking(
        lambda t: _report("A", t, "one", "two"),
        lambda t: [Diagnostic("B", "b", Span(0, 1), "two is worse", Severity.ERROR)] if "two" in t else [],
    )
    with pytest.raises(FixError, match="fixing A would bring up B; nothing was written"):
        fix_text(TABLE, check)


def test_a_fix_may_reveal_more_about_its_own_line() -> None:
    text = "| Title | Year | Link |\n|---|---|---|\n| Attention Is All You Need | 2017 | {} |\n"
    broken = text.format("[Link](htps://arxiv.org/abs/1706.03762v1)")
    assert littable.fix_text(broken).text == broken.replace("htps", "https")
    assert [d.code for d in littable.fix_text(broken).report.diagnostics] == ["LT101", "LT307"]


def test_a_fix_may_reveal_that_another_line_repeats_its_own() -> None:
    row = "| Attention Is All You Need | 2017 | [Link](https://arxiv.org/abs/1706.03762) |\n"
    text = "| Title | Year | Link |\n|---|---|---|\n" + row.replace("https:", "https:/") + row
    text = text.replace("https:///", "https: //")
    assert littable.fix_text(text).text == text.replace("https: //", "https://")


def test_filling_in_a_title_may_reveal_that_another_row_has_it() -> None:
    rows = "| {} | https://arxiv.org/abs/1706.03762 |\n| {} | https://papers.nips.cc/paper/7181 |\n"
    text = "| Title | Link |\n|---|---|\n" + rows
    title = "Attention Is All You Need"
    papers = PapersFile(Path(__file__).parents[1] / "fixtures" / "papers.jsonl")
    fixed = littable.fix_text(text.format("", title), papers=papers, trust=Applicability.UNSAFE)
    assert fixed.text == text.format(title, title)
    assert fixed.refused is None
    assert "LT403" in [diagnostic.code for diagnostic in fixed.report.diagnostics]


def test_a_line_that_ends_with_a_lone_return_can_be_removed() -> None:
    row = "| Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |\r"
    text = "| Title | Year | Link |\r|---|---|---|\r" + row
    assert littable.fix_text(text + row, trust=Applicability.UNSAFE).text == text


def test_the_fixes_of_one_rule_that_are_refused_do_not_hold_up_the_others() -> None:
    check = _checking(
        lambda t: _report("A", t, "one", "o | ne"),
        lambda t: _report("B", t, "https://arxiv.org", "https://x.org"),
    )
    fixed = fix_text(TABLE, check)
    assert fixed.text == TABLE.replace("arxiv.org", "x.org")
    assert fixed.refused == "a.md: fixing A, B would change a table's shape; the fixes of A were left out"


def test_unsafe_fixes_need_to_be_trusted() -> None:
    def check(text: str) -> tuple[Document, FileReport]:
        document, report = _checking(lambda t: _report("A", t, "one", "two"))(text)
        unsafe = [
            Diagnostic(
                d.code, d.name, d.span, d.message, d.severity, fix=Fix("x", d.fix.edits, Applicability.UNSAFE)
            )
            for d in report.diagnostics
            if d.fix
        ]
        return document, FileReport("a.md", text, tuple(unsafe))

    assert fix_text(TABLE, check).text == TABLE
    assert fix_text(TABLE, check, Applicability.UNSAFE).text == TABLE.replace("one", "two")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", _disk_full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def _disk_full(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_run_that_is_killed_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    """Kill the process at many moments of its work; which ones does not matter to what is asserted."""
    path = tmp_path / "a.md"
    old = (TABLE.replace("https", "http") + "| two | http://arxiv.org/abs/1706.03762 |\n" * 300).encode()
    new = old.replace(b"http:", b"https:")
    command = [sys.executable, "-m", "littable", "fix", "--offline", "-q", "--select", "LT305", str(path)]
    for step in range(12):
        path.write_bytes(old)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(step * 0.05)
            process.send_signal(signal.SIGKILL if step % 2 else signal.SIGINT)
        assert path.read_bytes() in (old, new)
