"""Pieces of a text to Markdown that GitHub shows as they are: in a table cell, and as a paragraph.

As few marks as possible are escaped, since people read the source too: an asterisk only where another one
could make emphasis with it, an angle bracket only where a tag could begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from littable.patterns import lazy
from littable.prose.markdown.autolinks import ends_there, starts_there
from littable.prose.markdown.flanking import PUNCTUATION, sides
from littable.prose.markdown.github_math import opening_dollars, plain, quoted, set_apart, stands_plain
from littable.prose.markdown.pieces import MATHEMATICS, Kind, Piece

_RUN = lazy(r"\*+|_+|~+")
_BRACKET = lazy(r"[\[\]]")
_BACKTICKS = lazy(r"`+")
_MARK = lazy(r"[\\|`<&*_~\[\]$:]")
_FIRST_MARK = lazy(r"[\\|`<&*_~\[\]$:#>+=.)-]")
_ONLY_WORDS = frozenset([Kind.WORDS])
_WITH_EMPHASIS = _ONLY_WORDS | MATHEMATICS
_WITH_DOLLARS = frozenset([Kind.WORDS, Kind.DOLLAR])
_BLANKS = lazy(r" {2,}")
_ENTITY = lazy(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = lazy(r"<[A-Za-z/!?]")
_SHORTCODE = lazy(r":(?=(?![0-9]+:)[a-z0-9_+-]{1,40}:|(?:100|1234):)")
_BLOCK = lazy(
    r"(?P<heading>\#{1,6}(?= |$))|(?P<number>\d{1,9}(?=[.)](?: |$)))|(?P<quote>>)|(?P<fence>~{3,}|`{3,})"
    r"|(?P<rule>(?:(?:- ?){3,}|(?:_ ?){3,}|(?:\* ?){3,}|=+|-+)$)|(?P<bullet>[-+*](?= |$))"
)
_ESCAPE_ALL = str.maketrans({mark: "\\" + mark for mark in "\\`*_{}[]<>#+-|~&$=!"})
_PLAIN_ADDRESS = lazy(r"https?://[^\s<>|\\`*_~\[\]&$]+")
#: Invisible, but it keeps GitHub from showing ``:name:`` as a picture. Names and issues it links in no file.
_WORD_JOINER = "&#8288;"


def write(pieces: list[Piece]) -> str:
    """The pieces as one line of Markdown. Linear in their length."""
    return _Line(_joined(pieces)).write()


def write_literally(line: str) -> str:
    """A line as Markdown in which nothing but addresses is more than text, hard as that may be to read."""
    parts: list[str] = []
    position = 0
    for address in _PLAIN_ADDRESS.finditer(line):
        parts += line[position : address.start()].translate(_ESCAPE_ALL), address[0]
        position = address.end()
    return "".join(parts) + line[position:].translate(_ESCAPE_ALL)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """The pieces with words that touch made one, and one blank where several stood."""
    joined: list[Piece] = []
    words: list[str] = []
    for piece in (*pieces, None):
        if piece is not None and piece.kind is Kind.WORDS:
            words.append(piece.text)
            continue
        text = _BLANKS.sub(" ", "".join(words))
        text = text.lstrip() if not joined else text
        text = text.rstrip() if piece is None else text
        joined += [Piece(Kind.WORDS, text)] if text else []
        if piece is not None:
            joined.append(Piece(piece.kind, set_apart(piece.text)) if piece.kind in MATHEMATICS else piece)
        words = []
    return joined


@dataclass(slots=True)
class _Line:
    """Pieces laid out on one line as a reader sees them, and what is known of each place of it.

    ``starts`` holds where each piece begins in ``shown``; ``quoted`` the indexes of the formulas that are
    written with backticks, ``escaped`` the places that need a backslash, ``guarded`` the dollars that a tag
    must hold, ``held`` the angle brackets of the text's own around an address, which GitHub reads as a link,
    ``bracketed`` the indexes of what stands in square brackets, where GitHub links no bare address, and
    ``edges`` where addresses begin and end.
    """

    pieces: list[Piece]
    shown: str = ""
    starts: list[int] = field(default_factory=list)
    last_angle: int = -1
    has_dollars: bool = False
    quoted: set[int] = field(default_factory=set)
    escaped: set[int] = field(default_factory=set)
    guarded: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    bracketed: set[int] = field(default_factory=set)
    edges: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        parts = [_shown(piece) for piece in self.pieces]
        self.starts = [0]
        for part in parts:
            self.starts.append(self.starts[-1] + len(part))
        self.shown = "".join(parts)
        self.last_angle = self.shown.rfind(">")
        spans = zip(self.pieces, self.starts, self.starts[1:], strict=False)
        addresses = [(piece.text, start, end) for piece, start, end in spans if piece.kind is Kind.ADDRESS]
        self.edges = {edge for _, start, end in addresses for edge in (start, end)}
        self.held = {
            start - 1
            for address, start, end in addresses
            if "://" in address and self._around(start, end) == ("<", ">")
        }
        self.has_dollars = any("$" in piece.text for piece in self.pieces if piece.kind in _WITH_DOLLARS)

    def write(self) -> str:
        self._quote_formulas()
        self._escape_emphasis()
        self._escape_brackets()
        self._escape_backticks()
        self._guard_dollars()
        self._escape_beginning()
        return "".join(map(self._piece, range(len(self.pieces))))

    def _places(
        self, kinds: frozenset[Kind], pattern: re.Pattern[str]
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """What a pattern finds in the pieces of some kinds, with the index of the piece."""
        for index, piece in enumerate(self.pieces):
            if piece.kind in kinds and index not in self.quoted:
                for match in pattern.finditer(self.shown, self.starts[index], self.starts[index + 1]):
                    yield index, match

    def _around(self, start: int, end: int) -> tuple[str, str]:
        """The characters before and behind a place; empty at the ends of the line."""
        return self.shown[max(start - 1, 0) : start], self.shown[end : end + 1]

    # What has to be known of the whole line

    def _quote_formulas(self) -> None:
        for index, piece in enumerate(self.pieces):
            if piece.kind in MATHEMATICS:
                around = self._around(self.starts[index], self.starts[index + 1])
                if self.has_dollars or not stands_plain(piece.text, _width(piece), *around):
                    self.quoted.add(index)

    def _escape_emphasis(self) -> None:
        """Escape the runs of asterisks, underscores and tildes that could pair with another."""
        runs = [(index, run, *self._pairing(run)) for index, run in self._places(_WITH_EMPHASIS, _RUN)]
        first_opener: dict[str, int] = {}
        last_closer: dict[str, int] = {}
        for _, run, opens, closes in runs:
            if opens:
                first_opener.setdefault(run[0][0], run.start())
            if closes:
                last_closer[run[0][0]] = run.start()
        for index, run, opens, closes in runs:
            pairs_ahead = opens and last_closer.get(run[0][0], -1) > run.start()
            pairs_behind = closes and first_opener.get(run[0][0], run.start()) < run.start()
            if self.pieces[index].kind is Kind.WORDS and (pairs_ahead or pairs_behind):
                self.escaped.update(range(*run.span()))
            elif pairs_ahead:
                self.quoted.add(index)

    def _pairing(self, run: re.Match[str]) -> tuple[bool, bool]:
        """Whether a run of marks may open emphasis and whether it may close it.

        GitHub looks past tildes for what stands beside an asterisk, and an address may stand in brackets that
        are not shown, so all neighbours that a run may have are tried.
        """
        start, end = run.span()
        neighbours = [self._around(start, end)]
        while start > 0 and self.shown[start - 1] == "~":
            start -= 1
        while self.shown.startswith("~", end):
            end += 1
        before, after = self._around(start, end)
        neighbours.append((before, after))
        neighbours.append((">" if start in self.edges else before, "<" if end in self.edges else after))
        found = [sides(run[0][0], *pair) for pair in neighbours]
        return any(opens for opens, _ in found), any(closes for _, closes in found)

    def _escape_brackets(self) -> None:
        """Escape brackets without a partner, and those that begin a link, a footnote or a definition."""
        opened: list[tuple[int, int]] = []
        depths = [0] * (len(self.pieces) + 1)
        for index, bracket in self._places(_ONLY_WORDS, _BRACKET):
            at = bracket.start()
            if bracket[0] == "[":
                opened.append((index, at))
            elif not opened:
                self.escaped.add(at)
            else:
                first, start = opened.pop()
                links = self.shown.startswith("(", at + 1) or self.shown.startswith("^", start + 1)
                if links or (start == 0 and self.shown.startswith(":", at + 1)):
                    self.escaped.update((start, at))
                depths[first] += 1
                depths[index] -= 1
        self.escaped.update(at for _, at in opened)
        self.bracketed = {index for index, depth in enumerate(accumulate(depths)) if depth}

    def _escape_backticks(self) -> None:
        runs = [run for _, run in self._places(_ONLY_WORDS, _BACKTICKS)]
        if len(runs) > 1 or self.quoted:
            for run in runs:
                self.escaped.update(range(*run.span()))

    def _guard_dollars(self) -> None:
        if not self.has_dollars:
            return
        start = 0
        for index, piece in enumerate(self.pieces):
            if piece.kind is Kind.ADDRESS or index in self.quoted:
                self._guard_in(start, self.starts[index])
                start = self.starts[index + 1]
        self._guard_in(start, len(self.shown))

    def _guard_in(self, start: int, end: int) -> None:
        self.guarded.update(start + at for at in opening_dollars(self.shown[start:end]))

    def _escape_beginning(self) -> None:
        block = _BLOCK.match(self.shown)
        if block is None or self.pieces[0].kind is not Kind.WORDS:
            return
        if block.lastgroup == "number":
            self.escaped.add(block.end())
        elif block.lastgroup in ("rule", "fence"):
            self.escaped.update(at for at in range(block.end()) if self.shown[at] != " ")
        else:
            self.escaped.add(0)

    # Piece by piece

    def _piece(self, index: int) -> str:
        piece = self.pieces[index]
        start, end = self.starts[index], self.starts[index + 1]
        match piece.kind:
            case Kind.WORDS:
                pattern = _MARK if index else _FIRST_MARK
                return pattern.sub(lambda mark: self._mark(mark[0], start + mark.start(), end), piece.text)
            case Kind.ADDRESS:
                return self._address(index, start, end)
            case Kind.DOLLAR:
                return "<span>\\$</span>" if start in self.guarded else "\\$"
            case _:
                return quoted(piece.text) if index in self.quoted else plain(piece.text, _width(piece))

    def _mark(self, mark: str, at: int, end: int) -> str:
        if at in self.escaped or mark == "|":
            return "\\" + mark
        match mark:
            case "\\":
                return "\\\\" if at + 1 == end or self.shown[at + 1] in PUNCTUATION else mark
            case "<":
                return "\\<" if self._begins_tag(at) else mark
            case "&":
                return "\\&" if _ENTITY.match(self.shown, at) else mark
            case "$":
                return self._dollar(at)
            case ":":
                return mark + (_WORD_JOINER if _SHORTCODE.match(self.shown, at, end) else "")
            case _:
                return mark

    def _begins_tag(self, at: int) -> bool:
        if at in self.held or (at > 0 and at > self.last_angle):
            return False
        return _TAG.match(self.shown, at) is not None

    def _dollar(self, at: int) -> str:
        if at not in self.guarded:
            return "$"
        # Inside a tag ``canonical`` reads only an escaped dollar as money.
        return "<span>\\$</span>" if self.shown[at + 1 : at + 2].isdigit() else "<span>$</span>"

    def _address(self, index: int, start: int, end: int) -> str:
        address = self.pieces[index].text
        escaped = address.replace("|", "\\|")
        before, _ = self._around(start, end)
        stands_alone = starts_there(address, before) and ends_there(address, self.shown, end)
        if (stands_alone and index not in self.bracketed) or start - 1 in self.held:
            return escaped
        # Without a scheme there is no form that ends where it should: better no link than a wrong one.
        return f"<{escaped}>" if "://" in address else address.translate(_ESCAPE_ALL).replace(".", "\\.", 1)


def _shown(piece: Piece) -> str:
    if piece.kind in MATHEMATICS:
        dollars = "$" * _width(piece)
        return dollars + piece.text + dollars
    return piece.text


def _width(piece: Piece) -> int:
    """How many dollars stand at either side of a formula."""
    return 2 if piece.kind is Kind.DISPLAY else 1
