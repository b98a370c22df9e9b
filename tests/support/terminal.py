"""Running a command on a pseudo-terminal, as a person sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a terminal got: ``frames`` is all of it, colours aside, ``left`` the lines that stay."""

    code: int
    frames: str
    left: list[str]
    raw: str


def on_terminal(
    command: Sequence[str | Path], *, cwd: Path, environment: Mapping[str, str], columns: int = 120
) -> Seen:
    """Run a command with standard error on a terminal, and standard output as well."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    base = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "LINES", "NO_COLOR"}}
    process = subprocess.Popen(
        [*map(str, command)],
        cwd=cwd,
        env={**base, "TERM": "xterm-256color", **environment},
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    raw = _all(leader)
    os.close(leader)
    return Seen(process.wait(), _SEQUENCE.sub("", raw), _screen(raw), raw)


def _all(leader: int) -> str:
    parts = []
    while True:
        try:
            part = os.read(leader, 65_536)
        except OSError:  # Linux says so when the last process has closed the other end
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode()


def _screen(raw: str) -> list[str]:
    """The lines that stay, for what a line that is written over uses: return, line up, wiping a line."""
    lines, row, column = [""], 0, 0
    for piece in re.split(r"(\x1b\[[0-9;?]*[A-Za-z]|\r|\n)", raw):
        if piece == "\r":
            column = 0
        elif piece == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif piece.endswith("A") and piece.startswith("\x1b"):
            row = max(row - int(piece[2:-1] or 1), 0)
        elif piece in {"\x1b[2K", "\x1b[K"}:
            lines[row] = "" if piece == "\x1b[2K" else lines[row][:column]
        elif not piece.startswith("\x1b"):
            lines[row] = lines[row].ljust(column)[:column] + piece + lines[row][column + len(piece) :]
            column += len(piece)
    return [line.rstrip() for line in lines if line.strip()]
