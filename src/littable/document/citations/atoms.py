"""A citation cut into atoms: links and pieces of text between separators, each with what it seems to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from littable.document.citations.links import is_generic, label_of, leads_to_paper
from littable.document.citations.nodes import Mark, Node
from littable.document.citations.people import ET_AL, may_be_cut, name_strength
from littable.document.citations.venues import is_acronym, is_strict_place, names_place
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
    r"(?=\s*[-–—|·•/∙~，,、;；。．.?!:：｜])(?:"  # what each of them is or begins with
    r"\s+(?P<dash>[-–—|·•/∙~]{1,3})(?:\s+|$)|^(?P<first>[-–—|·•∙]{1,2})\s+|\s*(?P<pipe>[|｜])\s*|\s*(?P<comma>[,，、;；])\s*"
    r"|(?P<stop>[。．]|[.?!](?=[\s\"”)\]]|$))\s*|(?P<colon>[:：](?=\s|$)|：)\s*"
    r"|(?<=[\dA-Z])(?P<left>[-–—])\s+|\s+(?P<right>[-–—])(?=[A-Z\[])|(?P<em>—))"
)
_MAY_BE_NO_END = ("stop", "comma")
_SEPARATING = frozenset("-–—|·•/∙~，,、;；。．.?!:：｜")
_YEAR_BEHIND = lazy(r"[\s,.]+((?:19|20)\d\d)[a-d]?\)?$")
_PLACE_BEHIND = lazy(r"\s((?P<acronym>[A-Z][A-Za-z/]{1,11})\s(?:19|20)\d\d)$")
_LEADING_TO = frozenset("a an the of for in on with to from by via and or as at is are @ & / - –".split())
_LEFT_OUT = lazy(r"(?:\.\.\.|…)\s*(?=(?:&|and)\s)")
_ABBREVIATIONS = frozenset(
    """vs etc proc conf vol no pp st dr jr sr ed eds trans int symp j fig cf e.g i.e inc dept univ sci intell
    mach ser""".split()
)
_FAMILY_FIRST = lazy(
    r"\s*(?:(?:and|&|и)\s+)?[^\W\d_][^\W\d_'’-]+(?:[-'’][^\W\d_]+)?,?\s+(?:[^\W\d_][.-]{0,2}\s?){1,3}"
)
_INITIALS = lazy(r"\s*(?:[^\W\d_][.-]{0,2}\s?){1,4}")
_INITIAL_FIRST = lazy(r"(?<![^\W\d_])[^\W\d_]\.\s?[^\W\d_][^\W\d_'’-]+(?:[-'’][^\W\d_]+)?\s*,\s*$")
_FAMILY_LAST = lazy(r"\s*[^\W\d_][^\W\d_'’-]+(?:[-'’][^\W\d_]+)?\.(?:\s|$)")
_LONGEST_FAMILY = 40
_ANOTHER_INITIAL = lazy(r"[^\W\d_]\.")
_NEXT = lazy(r"[^,;:]{1,80}")
_TRIM = " \t\r\n\u00a0\u3000,;:()[]{}【】（）*_~'’"
_WORDS_BEFORE = lazy(r"(?<![^\W\d_])([^\W\d_]+)$")


def read_atoms(source: str, nodes: Sequence[Node]) -> list[Atom]:
    """The atoms of a tree, in the order of the text."""
    flattening = _Flattening(source)
    flattening.walk(nodes, None)
    return flattening.atoms


class _Flattening:
    def __init__(self, source: str) -> None:
        self.source = source
        self.atoms: list[Atom] = []
        self.line = 0
        self.gap = Gap.START

    def walk(self, nodes: Sequence[Node], group: Node | None) -> None:
        for node in nodes:
            mark = node.mark
            if mark is Mark.TEXT:
                self._text(node.start, node.end, group)
            elif mark is Mark.LINK:
                self.atoms.append(self._link(node, group))
            elif mark is Mark.BREAK:
                self.line += 1
                if node.hard or self.gap is not Gap.COMMA:
                    self.gap = Gap.LINE
            elif mark is not Mark.IMAGE and mark is not Mark.TAG:
                self._weaken(Gap.OPEN)
                self.walk(node.children, node)
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

    def _text(self, start: int, end: int, group: Node | None) -> None:
        text = self.source[start:end]
        if _SEPARATING.isdisjoint(text):
            self._piece(text, start, group)
            return
        position = 0
        for match in _SEPARATOR.finditer(text):
            if match.lastgroup in _MAY_BE_NO_END and self._is_no_end(text, position, match):
                continue
            piece = text[position : match.start()]
            before = self.gap
            if piece and not piece.isspace():
                self._piece(piece, start + position, group)
                before = Gap.NONE
            self.gap = _gap_of(match, before)
            position = match.end()
        self._piece(text[position:], start + position, group)

    @staticmethod
    def _is_no_end(text: str, position: int, match: re.Match[str]) -> bool:
        if match.lastgroup == "comma":
            behind = text[match.end() : match.end() + 4]
            return behind.isdigit() and is_month_and_day(text[position : match.start()])
        if match.lastgroup != "stop" or match["stop"] != ".":
            return False
        if text.endswith("..", position, match.start()) and not text[position : match.start()].strip(" ."):
            return True  # "A., ... & Z."
        word = _WORDS_BEFORE.search(text, max(position, match.start() - 16), match.start())
        if word is None:
            return False
        if match.end() == len(text):
            return False
        if len(word[1]) == 1:
            return not _ends_family_first(text, position, match)
        return word[1].casefold() in _ABBREVIATIONS

    def _piece(self, text: str, start: int, group: Node | None) -> None:
        stripped = text.strip()
        if not stripped:
            return
        if not (stripped[0].isalnum() or any(map(str.isalnum, stripped))):
            if ET_AL.fullmatch(stripped):
                end = start + len(text)
                self.atoms.append(Atom(Kind.MORE, start, end, self.gap, self.line, None, group, stripped))
            return
        if text[0] == ">" and self.atoms and self.atoms[-1].end == start:  # "<[Title](url)> by …"
            start, text, stripped = start + 1, text[1:], stripped[1:].lstrip()
        if text[0].isspace():
            start += len(text) - len(text.lstrip())
        if left_out := _LEFT_OUT.match(stripped):
            start, stripped = start + left_out.end(), stripped[left_out.end() :]
        place = _PLACE_BEHIND.search(stripped) if stripped[-1:].isdigit() else None
        if place is not None and _is_place_behind(stripped, place):
            self._piece(stripped[: place.start()], start, group)
            start, stripped = start + place.start(1), place[1]
            self.gap = Gap.DASH
        if (
            stripped[-1] in "0123456789abcd)"
            and ("20" in stripped[-6:] or "19" in stripped[-6:])
            and (behind := _YEAR_BEHIND.search(stripped))
            and name_strength(words_of(stripped[: behind.start()]))
        ):
            self._piece(stripped[: behind.start()], start, group)
            start, stripped = start + behind.start(1), behind[1]
        atom = Atom(
            Kind.WORDS, start, start + len(stripped), self.gap, self.line, None, group, words_of(stripped)
        )
        _classify(atom)
        self.gap = Gap.NONE
        self.atoms.append(atom)


def _is_place_behind(text: str, place: re.Match[str]) -> bool:
    """Whether a place and its year stand behind a title that nothing parts from them."""
    before = text[: place.start()].split()
    if len(before) < 3 or not is_acronym(place["acronym"]) or before[-1].casefold() in _LEADING_TO:
        return False
    return not names_place(" ".join(before))


_MARKUP = frozenset("[]<`*_~:&\\!")


def words_of(text: str) -> str:
    """The plain words of a piece, which most often has no markup."""
    return plain(text) if not _MARKUP.isdisjoint(text) else " ".join(text.split())


def _ends_family_first(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a full stop behind an initial ends the names: "Murray D. Parallel tracking and mapping"."""
    families = _FAMILY_FIRST.fullmatch(text, start, stop.start())
    if not families and not (text[:start].strip(_TRIM) and _INITIALS.fullmatch(text, start, stop.start())):
        return False
    if _ANOTHER_INITIAL.match(text, stop.end()):
        return False
    before = max(start - _LONGEST_FAMILY, 0)
    if not families and _INITIAL_FIRST.search(text, before, start) and _FAMILY_LAST.match(text, stop.end()):
        return False
    following = _NEXT.match(text, stop.end())
    return following is not None and not name_strength(following[0]) and len(following[0].split()) > 1


_GAPS = {"comma": Gap.COMMA, "stop": Gap.STOP, "colon": Gap.COLON}


def _gap_of(match: re.Match[str], before: Gap) -> Gap:
    if before is Gap.LINE or before is Gap.START:
        return before
    return _GAPS.get(match.lastgroup or "", Gap.DASH)


def _kind_of_figures(text: str) -> Kind | None:
    """What a text that is not all letters is, if it is a number, a date or an identifier."""
    if text.isdigit() and len(text) < 4:
        return Kind.NUMBER
    if is_date(text):
        return Kind.DATE
    return Kind.IDENTIFIER if text[0].lower() in "ad1" and identify(text) is not None else None


def _classify(atom: Atom) -> None:
    text = atom.text.strip(_TRIM)
    if not text:
        return
    if may_be_cut(text) and ET_AL.fullmatch(text):
        atom.kind = Kind.MORE
    elif not text.replace(" ", "").isalpha() and (kind := _kind_of_figures(text)) is not None:
        atom.kind = kind
    elif is_strict_place(text):
        atom.kind, atom.surely = Kind.PLACE, True
    elif len(text) < 130 and (strength := name_strength(atom.text)):
        atom.kind, atom.surely = Kind.NAME, strength == 2
    elif names_place(text):
        atom.kind = Kind.PLACE
