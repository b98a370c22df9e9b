"""What it costs to ask arXiv for the papers of a large table: ``python benchmarks/arxiv_requests.py [ROWS]``.

A server on loopback keeps arXiv's rules: a pace (shortened), 429 for whoever is too fast, 400 for a bad
identifier, answers in any order, unknown papers left out. First the requests are counted for all papers of
the table, some of them unknown and one rejected; then ``littable check`` runs over the table, and again,
which must ask for nothing and cost no more than 1.3 times what ``--offline`` costs. Similar titles are not
looked for, since the time that takes would hide the rest.
"""

from __future__ import annotations

import math
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import generate
from tables import BIN, Cost, measure, run

sys.path.append(str(Path(__file__).parents[1] / "tests"))

if TYPE_CHECKING:
    from support.arxiv_server import ArxivServer, Served

ROWS = 10_000
DELAY = 0.1
SERVERS_PACE = 0.02
UNKNOWN_EVERY = 100
CHANGED_EVERY = 20
RUNS = 3
_ROW = re.compile(r"\| (.*?) \| (\d{4}) \| (.*?) \| \[Link\]\(https://arxiv\.org/abs/(.*?)\) \| (.*) \|")


def papers(table: Path) -> tuple[list[str], list[Served]]:
    """The identifiers in the table, and what the server has of them: some unknown, some changed since."""
    from support.arxiv_server import Served

    ids, served = [], []
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines()):
        if not (row := _ROW.fullmatch(line)):
            continue
        title, _, authors, identifier, abstract = row.groups()
        ids.append(identifier)
        if number % UNKNOWN_EVERY == 0:
            continue
        day = f"20{identifier[:2]}-{identifier[2:4]}-01T00:00:00Z"
        names = tuple(authors.split(", "))
        served.append(Served(identifier, 1, title, names, abstract, day, day))
        if number % CHANGED_EVERY == 1:
            served.append(Served(identifier, 2, title, names, f"{abstract} It has changed.", day, day))
    return ids, served


def count_requests(ids: list[str], server: ArxivServer) -> None:
    """Ask for all papers, one of which is rejected, and print the requests and what they were for."""
    from littable.papers.arxiv_api import ArxivApi
    from littable.papers.sources import Found, Missing

    server.rejects.add(ids[len(ids) // 2])
    api = ArxivApi(server.url, delay=DELAY)
    lookups = api.papers(ids).values()
    api.close()
    server.rejects.clear()
    found = sum(isinstance(lookup, Found) for lookup in lookups)
    missing = sum(isinstance(lookup, Missing) for lookup in lookups)
    print(f"{len(ids):,} papers: {found:,} found, {missing:,} missing, {len(ids) - found - missing} rejected")
    print(f"requests: {len(server.asked)}, of which {_again(server)} for papers asked for before")
    print(f"ceil(n / 200): {math.ceil(len(ids) / 200)}; too fast: {server.too_fast}")


def _again(server: ArxivServer) -> int:
    """How many requests asked for papers that had been asked for before."""
    seen: set[str] = set()
    again = 0
    for asked in server.asked:
        again += not seen.isdisjoint(asked.ids)
        seen.update(asked.ids)
    return again


def check_again(table: Path, server: ArxivServer) -> None:
    """Run the command twice, and print what the second time costs beside ``--offline``."""
    environment = {
        "HOME": str(table.parent),
        "LITTABLE_STORE": str(table.parent / "store.sqlite"),
        "LITTABLE_ARXIV_URL": server.url,
        "LITTABLE_ARXIV_DELAY": str(DELAY),
    }
    command = [str(BIN / "littable"), "check", "--exit-zero", "--ignore", "LT404", str(table)]
    before, began = len(server.asked), time.monotonic()
    first = run(command, environment)
    passed = time.monotonic() - began
    after = len(server.asked)
    print(f"first run: {after - before} requests, {passed:.1f} s, of which {first.seconds:.1f} s CPU")
    costs = measure({"second run": command, "offline": [*command, "--offline"]}, RUNS, environment)
    print(f"{RUNS + 1} more runs: {len(server.asked) - after} requests; {_beside(costs)}")


def _beside(costs: dict[str, Cost]) -> str:
    each = ", ".join(f"{name} {cost.seconds:.2f} s CPU" for name, cost in costs.items())
    return f"{each}: ratio {costs['second run'].seconds / costs['offline'].seconds:.2f} (at most 1.3)"


def main(rows: int) -> None:
    from support.arxiv_server import ArxivServer

    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.md"
        generate.write(table, rows)
        ids, served = papers(table)
        with ArxivServer(served, pace=SERVERS_PACE) as server:
            server.shuffle()
            count_requests(ids, server)
            check_again(table, server)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
