"""What a library of all of arXiv costs: ``python benchmarks/library.py [LINES]`` (default 1,000,000).

A snapshot is made up with lines as long as arXiv's, of words that a packer finds little in twice. A process
of its own imports it; its CPU seconds and peak memory are printed, and the size of the store. Then new
processes look up 10,000 papers and 1,000 titles. Absolute numbers depend on the machine.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from similar_titles import vocabulary

LINES = 1_000_000
IDS = 10_000
TITLES = 1_000
DRAWN = 500_000
_FIRST = date(2007, 4, 1)


def write_snapshot(path: Path, count: int, seed: int = 7) -> None:
    """``count`` lines of about 1,650 bytes, ids ascending."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 30) for rank in range(len(words))))
    # Drawn once; each line is a stretch of it that begins anywhere.
    text = chance.choices(words, cum_weights=weights, k=DRAWN)
    with path.open("w", encoding="ascii") as file:
        for number in range(count):
            start = chance.randrange(DRAWN - 200)
            drawn = text[start : start + chance.randint(95, 200)]
            file.write(json.dumps(_line(number, count, drawn, chance), separators=(",", ":")) + "\n")


def _line(number: int, count: int, drawn: list[str], chance: random.Random) -> dict[str, object]:
    months = 228
    month, rank = divmod(number * months, count)
    year, month = divmod(month + 3, 12)
    place = rank // months + 1
    day = _FIRST + timedelta(days=(year * 12 + month - 3) * 30)
    names = [
        (word.title(), f"{initial[0].upper()}.") for word, initial in zip(drawn[:4], drawn[4:8], strict=True)
    ]
    names = names[: chance.randint(1, 4)] + ([("Müller", "Zoë É.")] if chance.random() < 0.3 else [])
    versions = range(1, chance.choice((1, 1, 2, 3)) + 1)
    return {
        "id": f"{year + 7:02}{month + 1:02}.{place:0{5 if year >= 8 else 4}}",
        "submitter": " ".join(names[0]),
        "authors": ", ".join(f"{first} {last}" for last, first in names),
        "title": _wrapped(drawn[8:17], 8),
        "comments": f"{chance.randint(4, 60)} pages, {chance.randint(0, 20)} figures",
        "journal-ref": f"J. {drawn[0]} {number % 97} (2011) 1" if chance.random() < 0.3 else None,
        "doi": f"10.1000/{drawn[1]}.{number}" if chance.random() < 0.4 else None,
        "report-no": None,
        "categories": chance.choice(("cs.CL", "math.CO cs.CG", "hep-ph", "astro-ph.GA")),
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": "  " + _wrapped(drawn[17:], 10) + ".\n",
        "versions": [{"version": f"v{n}", "created": _moment(day + timedelta(days=9 * n))} for n in versions],
        "update_date": str(day + timedelta(days=30)),
        "authors_parsed": [[last, first, ""] for last, first in names],
    }


def _wrapped(words: list[str], width: int) -> str:
    """Words on lines of ``width``."""
    lines = [" ".join(words[start : start + width]) for start in range(0, len(words), width)]
    return "\n".join(lines).capitalize()


def _moment(day: date) -> str:
    return f"{day:%a}, {day.day} {day:%b %Y} 18:59:35 GMT"


def run_import(store: Path, snapshot: Path) -> None:
    """Print CPU seconds and peak MiB of this whole process."""
    import gc

    from littable.papers.library.importing import import_snapshot

    gc.disable()  # as the command line does
    import_snapshot(store, snapshot)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def look_up(store: Path, asked: Path, kind: str) -> None:
    """Print the seconds that the store takes for what ``asked`` holds, and the CPU seconds of all."""
    from littable.papers.sources import Candidates, Found
    from littable.papers.store import Store

    wanted = json.loads(asked.read_text())
    before = time.perf_counter()
    opened = Store(store, any_age=True)
    found = opened.papers(wanted) if kind == "ids" else opened.by_title(wanted)
    seconds = time.perf_counter() - before
    assert all(isinstance(lookup, (Found, Candidates)) for lookup in found.values())
    print(seconds, time.process_time())


def _call(*arguments: object) -> list[float]:
    call = [sys.executable, __file__, *map(str, arguments)]
    done = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True)
    return [float(word) for word in done.stdout.split()]


def _some(snapshot: Path, count: int, field: str, seed: int) -> list[str]:
    size = snapshot.stat().st_size
    chance = random.Random(seed)
    found: dict[str, None] = {}
    with snapshot.open("rb") as file:
        while len(found) < count:
            file.seek(chance.randrange(max(1, size - 5_000)))
            file.readline()
            found[json.loads(file.readline())[field]] = None
    return list(found)


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        snapshot, store, asked = (Path(folder) / name for name in ("snapshot.json", "store.sqlite", "asked"))
        write_snapshot(snapshot, lines)
        size = snapshot.stat().st_size
        print(f"{lines:,} lines, {size / lines:,.0f} bytes each")
        began = time.perf_counter()
        seconds, peak = _call("--import", store, snapshot)
        wall = time.perf_counter() - began
        print(f"import: {lines / seconds:,.0f} lines per CPU second ({wall:.0f} s in all), {peak:.0f} MiB")
        print(f"store: {store.stat().st_size / size:.2f} of the snapshot")
        for kind, field, count in (("ids", "id", IDS), ("titles", "title", TITLES)):
            asked.write_text(json.dumps(_some(snapshot, min(count, lines // 2), field, 11)))
            seconds, cpu = _call("--look-up", store, asked, kind)
            print(f"{count:,} {kind}: {seconds:.2f} s ({cpu:.2f} CPU s with the start of Python)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--import"]:
        run_import(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--look-up"]:
        look_up(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else LINES)
