"""A pull request from end to end: the old text from git, and only findings about what it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from littable.checker import check_document
from littable.config import Settings
from littable.document.entry import Entry
from littable.document.reading import read_document
from littable.rules._context import Context
from littable.rules._registry import all_rules
from littable.shapes import Shape
from littable.since.changes import find_changes
from littable.since.revision import Revision
from littable.text import Edit, Source, Span, apply_edits
from since.repository import Repository
from support.shared import corpus_parameters

HEAD = "| Title | Year | Link |\n| --- | --- | --- |\n"
STRANGERS = """\
| Attention Is All You Need | 2017 | http://arxiv.org/abs/1706.03762 |
| BERT | 20188 | https://arxiv.org/abs/1810.04805v2 |
| Denoising Diffusion | 2020 | https://arxiv.org/abs/2006.11239 |
"""
OWN = "| Language Models are Few-Shot Learners | 2020 | http://arxiv.org/abs/2005.14165 |\n"


def _said(repository: Repository, ref: str, name: str) -> list[str]:
    """The lines that findings since ``ref`` are about."""
    path = repository.folder / name
    document = read_document(name, Source.decode(path.read_bytes()).text)
    text = Revision(repository.folder, ref).text_of(path)
    changes = find_changes(read_document(name, text) if text is not None else None, document)
    report = check_document(document, all_rules(), Context(Settings()))
    rows = {document.lines.row(found.span.start) for found in report.diagnostics if changes.concern(found)}
    return [document.lines.line(row).of(document.source) for row in sorted(rows)]


def test_a_pull_request_is_not_blamed_for_what_strangers_left(repository: Repository) -> None:
    repository.commit(README_md=HEAD + STRANGERS)
    repository.git("switch", "-q", "-c", "branch")
    first, second, third = STRANGERS.splitlines(keepends=True)
    repository.commit(README_md=HEAD + third + OWN + second.replace("|", " |  ") + first)
    repository.git("switch", "-q", "main")
    repository.commit(README_md=HEAD + first)
    repository.git("switch", "-q", "branch")
    assert _said(repository, "main", "README.md") == [OWN.strip()]
    repository.git("mv", "README.md", "papers.md")
    assert _said(repository, "main", "papers.md") == [OWN.strip()]


def test_a_new_file_is_judged_whole(repository: Repository) -> None:
    repository.commit()
    repository.write("README.md", HEAD + STRANGERS)
    assert len(_said(repository, "HEAD", "README.md")) >= 2


def _end(entry: Entry) -> int:
    """Where a word can be added to: the first cell of a table's row, elsewhere the title."""
    if entry.shape is not Shape.TABLE and entry.title is not None:
        return entry.title.span.end
    return next(cell.end for cell in entry.row.cells if not cell.empty)


@pytest.mark.slow
@pytest.mark.parametrize("path", corpus_parameters())
def test_a_real_file_sorted_and_padded_has_nothing_new_but_what_is_edited(path: Path) -> None:
    text = Source.decode(path.read_bytes()).text
    old = read_document("a.md", text)
    spans = [[row.span for row in table.rows] for table in old.tables]
    backwards = apply_edits(
        text,
        [
            Edit(span, other.of(text).replace(" | ", "   |  "))
            for rows in spans
            for span, other in zip(rows, reversed(rows), strict=True)
        ],
    )
    new = read_document("a.md", backwards)
    assert find_changes(old, new).lines == ()
    edited = new.entries[:: max(len(new.entries) // 5, 1)]
    ends = [_end(entry) for entry in edited]
    changed = read_document("a.md", apply_edits(backwards, [Edit(Span(end, end), "x") for end in ends]))
    expected = {changed.lines.starts[new.lines.row(entry.span.start) - 1] for entry in edited}
    found = find_changes(old, changed).entries
    assert {changed.lines.starts[changed.lines.row(start) - 1] for start in found} == expected
