"""Nodes taken apart where one of them encloses more than one thing: a title with its links, a citation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from littable.document.citations.atoms import Atom, Gap, Kind, read_atoms
from littable.document.citations.nodes import Mark, Node, is_picture, read_nodes
from littable.document.citations.plain_titles import unmarked
from littable.document.citations.titles import count_words, set_off
from littable.patterns import lazy
from littable.text import Span

_CITED = lazy(r"[\[\"“”「《]|\.\s|\bet al\b|(?:19|20)\d\d")
_LONG_LABEL = 6
_SHORT_LABEL = 3
_YEAR = lazy(r"(?:19|20)\d\d")
_WEB = ("http://", "https://")


def unfolded(source: str, nodes: Sequence[Node]) -> list[Node]:
    """The nodes, with those taken apart that enclose more than one thing."""
    found: list[Node] = []
    for node in nodes:
        if node.mark is Mark.LINK:
            found += _cited_in(source, node)
        elif node.mark in (Mark.STRONG, Mark.EMPHASIS, Mark.QUOTE) and _encloses_more(source, node):
            found += unfolded(source, node.children)
        elif node.mark in (Mark.SQUARE, Mark.ROUND) and any(
            child.mark is Mark.LINK for child in node.children
        ):
            found += _edges(node, unfolded(source, node.children))
        else:
            found.append(node)
    return found


def _edges(node: Node, inside: list[Node]) -> list[Node]:
    """Brackets around links, as text."""
    return [
        Node(Mark.TEXT, node.start, node.first, node.start, node.first),
        *inside,
        Node(Mark.TEXT, node.last, node.end, node.last, node.end),
    ]


def _encloses_more(source: str, node: Node) -> bool:
    if len(node.children) == 1 and node.children[0].mark is Mark.TEXT:
        return False
    if any(child.mark is Mark.BREAK for child in node.children):
        return True
    links = sum(child.mark is Mark.LINK for child in node.children)
    others = (child.span.of(source) for child in node.children if child.mark is not Mark.LINK)
    return links > 1 or (links == 1 and sum(map(count_words, others)) > 0)


def _cited_in(source: str, node: Node) -> Iterable[Node]:
    """A link whose label is a whole citation, as that citation and its address; else the link."""
    link = node.link
    assert link is not None
    if is_picture(source, node) or _CITED.search(source, node.first, node.last) is None:
        return (node,)
    words = count_words(node.inner.of(source))
    if words < _SHORT_LABEL or link.url_span.start < node.last:
        return (node,)
    inside = read_nodes(source, node.first, node.last)
    atoms = read_atoms(source, inside)
    if _begins_with_identifier(inside, atoms):
        rest = inside[1:]
        start, end = atoms[1].start, node.last
        return _with_address(node, (inside[0], Node(Mark.STRONG, start, end, start, end, children=rest)))
    if (behind := _before_date(source, atoms)) is not None:
        title = Node(Mark.STRONG, atoms[0].start, behind, atoms[0].start, behind)
        title.children = read_nodes(source, title.start, behind)
        return _with_address(node, (title, *read_nodes(source, behind, node.last)))
    if (dashed := _between_dashes(source, atoms)) is not None:
        title = Node(Mark.STRONG, dashed.start, dashed.end, dashed.start, dashed.end)
        title.children = read_nodes(source, dashed.start, dashed.end)
        return _with_address(node, (title, *read_nodes(source, dashed.end, node.last)))
    if words < _LONG_LABEL:
        return (node,)
    if _begins_with_place(inside, atoms):
        return _with_address(node, inside)
    if not link.url.startswith(_WEB) or not _is_citation(source, inside, atoms):
        return (node,)
    return _with_address(node, inside)


def _begins_with_identifier(nodes: Sequence[Node], atoms: Sequence[Atom]) -> bool:
    """Whether a label is a page's title on arXiv: ``[1706.06383] Programmable Agents``."""
    return len(atoms) > 1 and atoms[0].group is nodes[0] and atoms[0].kind is Kind.IDENTIFIER


def _before_date(source: str, atoms: Sequence[Atom]) -> int | None:
    """Where a title ends that its year follows behind a comma, and the place: ``Title, 2020, NIPS``."""
    at = next((at for at, atom in enumerate(atoms) if atom.kind is Kind.DATE and atom.gap is Gap.COMMA), None)
    if not at or _YEAR.fullmatch(source, atoms[at].start, atoms[at].end) is None:
        return None
    if any(atom.group is not None for atom in atoms) or any(
        atom.kind is not Kind.PLACE for atom in atoms[at + 1 :]
    ):
        return None
    before = atoms[:at]
    if any(atom.kind in (Kind.MORE, Kind.PLACE) or atom.surely or atom.gap is Gap.STOP for atom in before):
        return None
    return before[-1].end if sum(count_words(atom.text) for atom in before) >= 2 else None


def _between_dashes(source: str, atoms: Sequence[Atom]) -> Span | None:
    """The title where dashes part it from its place and year, and perhaps from a short name before it:
    ``Name - Title - CVPR - 2015``.
    """
    if len(atoms) < 3 or any(atom.gap is not Gap.DASH for atom in atoms[-2:]):
        return None
    place, date = atoms[-2:]
    if date.kind is not Kind.DATE or _YEAR.fullmatch(source, date.start, date.end) is None:
        return None
    if place.kind is not Kind.PLACE or any(atom.group is not None for atom in atoms):
        return None
    before = atoms[:-2]
    title = before[1:] if _begins_with_name(before) else before
    if sum(count_words(atom.text) for atom in title) < 2:
        return None
    return Span(title[0].start, title[-1].end)


def _begins_with_name(atoms: Sequence[Atom]) -> bool:
    """Whether a word and a dash stand before a title, or words of it."""
    if len(atoms) < 2 or atoms[1].gap is not Gap.DASH:
        return False
    rest = " ".join(atom.text for atom in atoms[1:]).casefold()
    return count_words(atoms[0].text) == 1 or atoms[0].text.casefold() in rest


def _begins_with_place(nodes: Sequence[Node], atoms: Sequence[Atom]) -> bool:
    """Whether a label begins with a place or a date in brackets: ``[ACL 2025] Title``."""
    first = nodes[0]
    if first.mark is not Mark.SQUARE:
        return False
    return any(atom.group is first and atom.kind in (Kind.PLACE, Kind.DATE) for atom in atoms)


def _is_citation(source: str, nodes: Sequence[Node], atoms: Sequence[Atom]) -> bool:
    """Whether people stand before the title."""
    title = set_off(source, nodes)
    if title is not None and title.mark is Mark.QUOTE:
        return any(atom.end <= title.span.start for atom in atoms)
    found = unmarked(atoms)
    return found is not None and found[0] > 0


def _with_address(node: Node, inside: Sequence[Node]) -> Iterable[Node]:
    """What a label holds, and the address behind it where it is one on the web."""
    assert node.link is not None
    if not node.link.url.startswith(_WEB):
        return inside
    address = node.link.url_span
    return (*inside, Node(Mark.LINK, address.start, address.end, address.start, address.end, link=node.link))
