"""Footnotes: texts about papers that stand below a table, where a cell only points to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from littable.document.inline import normalise_label
from littable.document.labelled import read_label
from littable.document.listing import Cell, Row
from littable.document.outline import Block, Kind
from littable.document.starts import FOOTNOTE
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_POINTER = lazy(r"[^\[\]|]{0,40}\[\^(?P<label>[^\[\]\s]{1,200})\][.)\s]*")
_MOST_WORDS = 4


def read_footnotes(source: str, blocks: Iterable[Block]) -> dict[str, Row]:
    """The paragraph of each footnote that says what it is for, by its normalised label: the one headed as an
    abstract, or else the longest. The first of several footnotes with one label counts, as on GitHub.

    ``source`` is the text as it is shown.
    """
    if "[^" not in source:
        return {}
    paragraphs: dict[int, list[Span]] = {}
    for block in blocks:
        if block.kind is Kind.PARAGRAPH and block.containers and block.containers[-1].kind is Kind.FOOTNOTE:
            span = Span(block.lines[0].start, block.lines[-1].end)
            paragraphs.setdefault(block.containers[-1].start, []).append(span)
    found: dict[str, Row] = {}
    for start, spans in paragraphs.items():
        if mark := FOOTNOTE.match(source, start):
            label = normalise_label(mark.group().rstrip()[2:-2])
            found.setdefault(label, Row(source, _telling(source, spans)))
    return found


def _telling(source: str, spans: Iterable[Span]) -> Span:
    """The paragraph that is the abstract; a return at its end belongs to the line end."""
    best = max(spans, key=lambda span: (_is_headed(source, span), span.end - span.start))
    return Span(best.start, best.start + len(best.of(source).rstrip()))


def _is_headed(source: str, span: Span) -> bool:
    label = read_label(source, span.start, span.end)
    return label is not None and label.roles[0] is Role.ABSTRACT


def footnote_of(cell: Cell, footnotes: Mapping[str, Row]) -> Row | None:
    """The footnote that a cell points to and says nothing else: ``[^1]``, ``see [^1]``."""
    if not footnotes or not cell.source.find("[^", cell.start, cell.end) >= 0:
        return None
    pointer = _POINTER.fullmatch(cell.source, cell.start, cell.end)
    if pointer is None:
        return None
    words = cell.source[cell.start : pointer.start("label") - 2]
    if len(words.split()) > _MOST_WORDS:
        return None
    return footnotes.get(normalise_label(pointer["label"]))
