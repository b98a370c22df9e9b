"""A citation cut into atoms: links and pieces of text between separators, each with what it seems to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from littable.document.citations.links import is_generic, label_of, leads_to_paper
from littable.document.citations.nodes import Mark, Node
from littable.document.citations.people import ET_AL, name_strength
from littable.document.citations.venues import is_strict_place, names_place
from littable.document.citations.when import is_date, is_month_and_day
from littable.document.plain import plain
from littable.papers.identifiers import identify
from littable.patterns import lazy
from littable.text import Span


class Kind(Enum):
    """What an atom seems to be."""

    LINK = auto()
    NAME = auto()
    MORE = auto()  # "et al." alone
    DATE = auto()
    PLACE = auto()
    NUMBER = auto()
    IDENTIFIER = auto()
    WORDS = auto()


class Gap(Enum):
    """What stands before an atom."""

    START = auto()
    LINE = auto()
    OPEN = auto()  # a bracket or emphasis begins or ends
    DASH = auto()
    STOP = auto()
    COLON = auto()
    COMMA = auto()
    NONE = auto()


@dataclass(slots=True)
class Atom:
    """A link or a piece of text from ``start`` to ``end``; ``group`` is the bracket, quotation or emphasis
    around it and ``line`` counts from 0.

    ``surely`` tells of a name whether it can be nothing else, and of a place whether it can be no title.
    """

    kind: Kind
    start: int
    end: int
    gap: Gap
    line: int
    node: Node | None = None
    group: Node | None = None
    text: str = ""
    surely: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


_SEPARATOR = lazy(
    r"\s+(?P<dash>[-–—|·•/∙~]{1,3})(?:\s+|$)|^(?P<first>[-–—|·•∙]{1,2})\s+|\s*(?P<pipe>[|｜])\s*|\s*(?P<comma>[,，、;；])\s*"
    r"|(?P<stop>[。．]|[.?!](?=[\s\"”)\]]|$))\s*|(?P<colon>[:：](?=\s|$)|：)\s*"
    r"|(?<=[\dA-Z])(?P<left>[-–—])\s+|\s+(?P<right>[-–—])(?=[A-Z\[])|(?P<em>—)"
)
_SEPARATING = frozenset("-–—|·•/∙~，,、;；。．.?!:：｜")
_YEAR_BEHIND = lazy(r"[\s,.]+((?:19|20)\d\d)[a-d]?\)?$")
_ABBREVIATIONS = frozenset(
    """vs etc proc conf vol no pp st dr jr sr ed eds trans int symp j fig cf e.g i.e inc dept univ sci intell
    mach ser""".split()
)
_FAMILY_FIRST = lazy(
    r"\s*(?:(?:and|&|и)\s+)?[^\W\d_][^\W\d_'’-]+(?:[-'’][^\W\d_]+)?,?\s+(?:[^\W\d_][.-]{0,2}\s?){1,3}"
)
_INITIALS = lazy(r"\s*(?:[^\W\d_][.-]{0,2}\s?){1,4}")
_ANOTHER_INITIAL = lazy(r"[^\W\d_]\.")
_NEXT = lazy(r"[^,;:]{1,80}")
_TRIM = " \t\r\n\u00a0\u3000,;:()[]{}【】（）*_~'’"
_WORDS_BEFORE = lazy(r"(?<![^\W\d_])([^\W\d_]+)$")


def read_atoms(source: str, nodes: Sequence[Node]) -> list[Atom]:
    """The atoms of a tree, in the order of the text."""
    return list(_Flattening(source).walk(nodes, None))


class _Flattening:
    def __init__(self, source: str) -> None:
        self.source = source
        self.line = 0
        self.gap = Gap.START

    def walk(self, nodes: Sequence[Node], group: Node | None) -> Iterator[Atom]:
        for node in nodes:
            if node.mark is Mark.BREAK:
                self.line += 1
                if node.hard or self.gap is not Gap.COMMA:
                    self.gap = Gap.LINE
            elif node.mark is Mark.TEXT:
                yield from self._text(node.start, node.end, group)
            elif node.mark is Mark.LINK:
                yield self._link(node, group)
            elif node.mark not in (Mark.IMAGE, Mark.TAG):
                self._weaken(Gap.OPEN)
                yield from self.walk(node.children, node)
                self._weaken(Gap.OPEN)

    def _weaken(self, gap: Gap) -> None:
        """A bracket is less of a separator than any other."""
        if self.gap is Gap.NONE:
            self.gap = gap

    def _link(self, node: Node, group: Node | None) -> Atom:
        atom = Atom(Kind.LINK, node.start, node.end, self.gap, self.line, node, group)
        assert node.link is not None
        label = label_of(self.source, node)
        atom.text = label
        if not leads_to_paper(node.link.url) and not is_generic(label) and "," not in label:
            strength = name_strength(label)
            if strength == 2 or (strength == 1 and 1 < len(label.split()) <= 4):
                atom.kind = Kind.NAME
        self.gap = Gap.NONE
        return atom

    def _text(self, start: int, end: int, group: Node | None) -> Iterator[Atom]:
        text = self.source[start:end]
        if _SEPARATING.isdisjoint(text):
            yield from self._piece(start, end, group)
            return
        position = 0
        for match in _SEPARATOR.finditer(text):
            if self._is_no_end(text, position, match):
                continue
            yield from self._piece(start + position, start + match.start(), group)
            self.gap = _gap_of(match, self.gap if not text[position : match.start()].strip() else Gap.NONE)
            position = match.end()
        yield from self._piece(start + position, end, group)

    @staticmethod
    def _is_no_end(text: str, position: int, match: re.Match[str]) -> bool:
        if match.lastgroup == "comma":
            behind = text[match.end() : match.end() + 4]
            return behind.isdigit() and is_month_and_day(text[position : match.start()])
        if match.lastgroup != "stop" or match["stop"] != ".":
            return False
        word = _WORDS_BEFORE.search(text, max(position, match.start() - 16), match.start())
        if word is None:
            return False
        if match.end() == len(text):
            return False
        if len(word[1]) == 1:
            return not _ends_family_first(text, position, match)
        return word[1].casefold() in _ABBREVIATIONS

    def _piece(self, start: int, end: int, group: Node | None) -> Iterator[Atom]:
        text = self.source[start:end]
        stripped = text.strip()
        if not stripped or not (stripped[0].isalnum() or any(map(str.isalnum, stripped))):
            if ET_AL.fullmatch(stripped) and stripped:
                yield Atom(Kind.MORE, start, end, self.gap, self.line, None, group, stripped)
            return
        start += len(text) - len(text.lstrip())
        if (
            stripped[-1] in "0123456789abcd)"
            and (behind := _YEAR_BEHIND.search(stripped))
            and name_strength(words_of(stripped[: behind.start()]))
        ):
            yield from self._piece(start, start + behind.start(), group)
            start, stripped = start + behind.start(1), behind[1]
        atom = Atom(
            Kind.WORDS, start, start + len(stripped), self.gap, self.line, None, group, words_of(stripped)
        )
        _classify(atom)
        self.gap = Gap.NONE
        yield atom


_MARKUP = frozenset("[]<`*_~:&\\!")


def words_of(text: str) -> str:
    """The plain words of a piece, which most often has no markup."""
    return plain(text) if not _MARKUP.isdisjoint(text) else " ".join(text.split())


def _ends_family_first(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a full stop behind an initial ends the names: "Murray D. Parallel tracking and mapping"."""
    families = _FAMILY_FIRST.fullmatch(text, start, stop.start())
    if not families and not _INITIALS.fullmatch(text, start, stop.start()):
        return False
    if _ANOTHER_INITIAL.match(text, stop.end()):
        return False
    following = _NEXT.match(text, stop.end())
    return following is not None and not name_strength(following[0]) and len(following[0].split()) > 1


def _gap_of(match: re.Match[str], before: Gap) -> Gap:
    name = match.lastgroup
    gap = {"comma": Gap.COMMA, "stop": Gap.STOP, "colon": Gap.COLON}.get(name or "", Gap.DASH)
    return before if before in (Gap.LINE, Gap.START) else gap


def _classify(atom: Atom) -> None:
    text = atom.text.strip(_TRIM)
    if not text:
        return
    if ET_AL.fullmatch(text):
        atom.kind = Kind.MORE
    elif text.isdigit() and len(text) < 4:
        atom.kind = Kind.NUMBER
    elif is_date(text):
        atom.kind = Kind.DATE
    elif text[0].lower() in "ad1" and identify(text) is not None:
        atom.kind = Kind.IDENTIFIER
    elif is_strict_place(text):
        atom.kind, atom.surely = Kind.PLACE, True
    elif len(text) < 130 and (strength := name_strength(atom.text)):
        atom.kind, atom.surely = Kind.NAME, strength == 2
    elif names_place(text):
        atom.kind = Kind.PLACE
