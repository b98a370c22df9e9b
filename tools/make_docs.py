"""Write docs/rules/ and docs/commands.md from the rules and the commands; ``--check`` only compares."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from littable.cli.app import COMMANDS
from littable.rules._pages import page
from littable.rules._registry import all_rules

DOCS = Path(__file__).parent.parent / "docs"
_WRITTEN = "<!-- Written by `make docs`; change the source instead. -->\n\n"


def pages() -> dict[Path, str]:
    """Every generated page by its path."""
    found = {DOCS / "rules" / f"{rule.name}.md": _WRITTEN + page(rule) for rule in all_rules()}
    found[DOCS / "rules" / "README.md"] = _WRITTEN + _index()
    found[DOCS / "commands.md"] = _WRITTEN + _commands()
    return found


def _index() -> str:
    lines = ["# Rules", "", "| code | name | finds | severity | fix |", "| --- | --- | --- | --- | --- |"]
    for rule in all_rules():
        severity = f"{rule.severity}" if rule.default else f"{rule.severity}, off"
        summary = rule.summary.replace("|", "\\|")
        lines.append(
            f"| {rule.code} | [{rule.name}]({rule.name}.md) | {summary} | {severity} | {rule.fix or '-'} |"
        )
    return "\n".join(lines) + "\n"


def _commands() -> str:
    text = "# Commands\n"
    for command in COMMANDS:
        group = getattr(import_module(f"littable.cli.{command}"), "group", None)
        parts = sorted(part.name or "" for part in group.registered_commands) if group else []
        for name in (command, *(f"{command} {part}" for part in parts)):
            text += f"\n## littable {name}\n\n```text\n{_help(name)}\n```\n"
    return text


def _help(command: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}
    call = [sys.executable, "-m", "littable", *command.split(), "--help"]
    output = subprocess.run(call, capture_output=True, text=True, check=True, env=environment).stdout
    return "\n".join(line.rstrip() for line in output.strip().splitlines())


def main() -> int:
    """Write or compare; the exit code is 1 when a page is not current."""
    wanted = pages()
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    stale += [path for path in (DOCS / "rules").glob("*.md") if path not in wanted]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"not current: docs/{path.relative_to(DOCS)}; run `make docs`", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        if path in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
