"""A paragraph read as a citation, or as more of one."""

from __future__ import annotations

from collections.abc import Mapping

from littable.document.citations.atoms import read_atoms
from littable.document.citations.body import Body
from littable.document.citations.citation import Citation
from littable.document.citations.head import Head
from littable.document.citations.nodes import read_nodes
from littable.document.citations.unfolding import unfolded
from littable.document.labelled import read_label
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

Definitions = Mapping[str, tuple[str, Span]]

_BOX = lazy(r"\s*\[[ xX]\]\s")


def read_line(source: str, span: Span, definitions: Definitions) -> Citation:
    """The citation in a paragraph."""
    citation = Citation(span)
    start, end = span.start, span.end
    if box := _BOX.match(source, start, end):
        start = box.end()
    label = read_label(source, start, end)
    if label is not None and label.end < end:
        citation.label = label.roles[0]
        if Role.TITLE in label.roles or Role.LINK in label.roles:
            start = label.end
    nodes = unfolded(source, read_nodes(source, start, end, definitions))
    if atoms := read_atoms(source, nodes):
        Head(source, citation, nodes, atoms).read()
    return citation


def read_more(source: str, citation: Citation, span: Span, definitions: Definitions) -> None:
    """What a further paragraph says of a citation."""
    nodes = unfolded(source, read_nodes(source, span.start, span.end, definitions))
    Body(source, citation).read_lines(read_atoms(source, nodes))
