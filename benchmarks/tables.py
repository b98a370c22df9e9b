"""Speed and memory of ``littable check`` beside ``rumdl check`` and beside ``import typer``, as ratios.

Both sides are measured in one run on the same files, in turn, as CPU seconds of the whole process (median of
several runs) and peak memory. Absolute numbers depend on the machine; the ratios are what counts.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

import generate

BIN = Path(sys.executable).parent
RUNS = 5
SIZES = (1_000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, user and system together, and peak MiB of one process."""

    seconds: float
    mebibytes: float


def run(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a command with its output thrown away."""
    quiet = [
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    process = os.posix_spawn(command[0], command, environment, file_actions=quiet)
    usage = os.wait4(process, 0)[2]
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(commands: Mapping[str, list[str]], runs: int, environment: dict[str, str]) -> dict[str, Cost]:
    """The median cost of each command; they take turns, after one run that is not counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            cost = run(command, environment)
            if number:
                costs[name].append(cost)
    return {
        name: Cost(median(cost.seconds for cost in found), max(cost.mebibytes for cost in found))
        for name, found in costs.items()
    }


def main() -> None:
    """Print the table of costs and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"LITTABLE_STORE": str(Path(folder) / "store.sqlite"), "HOME": folder}
        check = [
            str(BIN / "littable"),
            "check",
            "--offline",
            "--isolated",
            "--exit-zero",
            "--ignore",
            "LT404",
        ]
        seconds: dict[int, float] = {}
        for size in SIZES:
            path = Path(folder) / f"{size}.md"
            generate.write(path, size)
            commands = {
                "littable": [*check, str(path)],
                "rumdl": [str(BIN / "rumdl"), "check", "--no-cache", str(path)],
            }
            costs = measure(commands, RUNS if size <= 10_000 else 1, environment)
            seconds[size] = costs["littable"].seconds
            ratio = costs["littable"].seconds / costs["rumdl"].seconds
            print(f"{size:>7} rows, {path.stat().st_size / 1e6:5.1f} MB:", end="")
            for name, cost in costs.items():
                print(f"  {name} {cost.seconds:6.2f} s {cost.mebibytes:5.0f} MiB", end="")
            print(f"  ratio {ratio:.2f}")
        for small, large in pairwise(SIZES):
            print(f"growth from {small} to {large} rows: {seconds[large] / seconds[small]:.1f}")
        small_file = Path(folder) / "10.md"
        generate.write(small_file, 10)
        costs = measure(
            {
                "import typer": [sys.executable, "-c", "import typer"],
                "littable --version": [str(BIN / "littable"), "--version"],
                "littable check, 10 rows": [*check, str(small_file)],
            },
            4 * RUNS,
            environment,
        )
        base = costs["import typer"].seconds
        for name, cost in costs.items():
            print(f"{name:<24} {cost.seconds * 1000:4.0f} ms CPU  ratio {cost.seconds / base:.2f}")


if __name__ == "__main__":
    main()
