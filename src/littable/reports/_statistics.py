"""How often each rule found something, for ``--statistics``."""

from __future__ import annotations

from collections.abc import Sequence

from littable.diagnostic import Diagnostic, FileReport
from littable.reports._lines import has_safe_fix


def statistics(files: Sequence[FileReport]) -> str:
    """A line for each rule, the most frequent first: count, code, ``[*]`` or ``[-]``, name.

    ``[*]`` means that all of its findings have a safe fix, ``[-]`` some of them. Empty without findings.
    """
    by_rule: dict[tuple[str, str], list[Diagnostic]] = {}
    for file in files:
        for found in file.diagnostics:
            by_rule.setdefault((found.code, found.name), []).append(found)
    rows = sorted((-len(found), code, name, _mark(found)) for (code, name), found in by_rule.items())
    width = max((len(str(-number)) for number, *_ in rows), default=0)
    lines = [f"{-number:>{width}}  {code}  [{mark}] {name}" for number, code, name, mark in rows]
    marks = {mark for *_, mark in rows}
    if "*" in marks:
        lines.append("[*] fixable with `littable fix`")
    if "-" in marks:
        lines.append("[-] some of them fixable with `littable fix`")
    return "".join(f"{line}\n" for line in lines)


def _mark(found: Sequence[Diagnostic]) -> str:
    fixable = sum(map(has_safe_fix, found))
    return "*" if fixable == len(found) else "-" if fixable else " "
