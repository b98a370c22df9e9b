"""Makes a literature table of any size: ``benchmarks/generate.py ROWS FILE``.

The rows have the shape of real ones: a title, a year, a few authors, an arXiv link and an abstract of about
1,100 characters with some TeX and some words beyond ASCII; the same number of rows gives the same bytes.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

_WORDS = (
    "model data learning graph neural kernel sparse robust causal token image video speech agent reward "
    "prior "
    "gradient transfer latent policy dense field sample noise signal proof bound search memory prompt query "
    "protein galaxy lattice tensor matrix optimal convex random fast deep large small joint local global"
).split()
_NAMES = (
    "Ada Bela Chen Dagny Émile Farid Grete Hà Ivan Jürgen Kofi Łukasz Mei Nguyễn Olga Pérez Qi Rosa".split()
)


def rows(count: int) -> list[str]:
    """The lines of a table with ``count`` rows, header and delimiter first."""
    rng = random.Random(count)
    lines = ["| Title | Year | Authors | Link | Abstract |", "| --- | --- | --- | --- | --- |"]
    for number in range(count):
        year, month = 2015 + number % 11, 1 + number % 12
        title = f"{' '.join(rng.choices(_WORDS, k=7)).capitalize()}: study {number}"
        authors = ", ".join(f"{rng.choice(_NAMES)} {rng.choice(_NAMES)}son" for _ in range(4))
        link = f"[Link](https://arxiv.org/abs/{year % 100:02}{month:02}.{number % 90_000 + 1:05})"
        lines.append(f"| {title} | {year} | {authors} | {link} | {_abstract(rng)} |")
    return lines


def _abstract(rng: random.Random) -> str:
    sentences = [f"{' '.join(rng.choices(_WORDS, k=14)).capitalize()}." for _ in range(11)]
    gain, alpha = rng.randint(1, 999) / 10, rng.random()
    sentences[3] += f" It gains {gain}\\% with $\\alpha = {alpha:.2f}$ – naïvely."
    return " ".join(sentences)


def write(path: Path, count: int) -> None:
    """Write a Markdown file with one table."""
    path.write_text("# Papers\n\n" + "\n".join(rows(count)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
