"""A paragraph read as a citation, or as more of one."""

from __future__ import annotations

from collections.abc import Mapping

from littable.document.citations.atoms import Atom, read_atoms
from littable.document.citations.body import Body
from littable.document.citations.citation import Citation
from littable.document.citations.head import Head
from littable.document.citations.nodes import Node, read_nodes
from littable.document.citations.unfolding import unfolded
from littable.document.labelled import read_label
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

Definitions = Mapping[str, tuple[str, Span]]

# What was taken apart already, by where it begins and ends: nodes and atoms.
TakenApart = dict[tuple[int, int], tuple[list[Node], list[Atom]]]

_BOX = lazy(r"\s*\[[ xX]\]\s")


def read_line(source: str, span: Span, definitions: Definitions, known: TakenApart | None = None) -> Citation:
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
    nodes, atoms = _take_apart(source, start, end, definitions, known)
    if atoms:
        Head(source, citation, nodes, atoms).read()
    return citation


def read_more(
    source: str, citation: Citation, span: Span, definitions: Definitions, known: TakenApart | None = None
) -> None:
    """What a further paragraph says of a citation."""
    _, atoms = _take_apart(source, span.start, span.end, definitions, known)
    Body(source, citation).read_lines(atoms)


def _take_apart(
    source: str, start: int, end: int, definitions: Definitions, known: TakenApart | None
) -> tuple[list[Node], list[Atom]]:
    if known is not None and (found := known.get((start, end))) is not None:
        return found
    nodes = unfolded(source, read_nodes(source, start, end, definitions))
    found = nodes, read_atoms(source, nodes)
    if known is not None:
        known[start, end] = found
    return found
