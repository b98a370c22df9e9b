"""The running text of a record, raw TeX or Unicode, as the pieces that a reader of arXiv sees.

One pass from left to right with a stack of open braces. Mathematics and addresses are cut out whole; what
is no command, or one that only its author knows, stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from littable.patterns import lazy
from littable.prose.markdown.autolinks import is_linked, repeats
from littable.prose.markdown.formulas import formula_at
from littable.prose.markdown.pieces import Kind, Piece
from littable.prose.markdown.tex_braces import holds_together, partners
from littable.prose.markdown.tex_commands import (
    AROUND,
    BLANKS,
    LETTERS,
    WITHOUT_TEXT,
    code_point,
    raised,
    word_of,
)
from littable.prose.markdown.tex_punctuation import dash, escaped, single_quotes, tie
from littable.prose.tex import FORMATTING, decode_accents
from littable.prose.urls import PATTERN, normalise, unescape

_ADDRESS = lazy(PATTERN)
_TOKEN = lazy(
    r"(?P<accent>\\['`^\"~=.](?:\{\\?[A-Za-z]\}|\\?[A-Za-z])|\\[cvHukrbd]\{\\?[A-Za-z]\})"
    r"|(?P<code>\\u[0-9A-Fa-f]{4}(?![0-9A-Fa-f]))"
    r"|(?P<command>\\[A-Za-z]+)"
    r"|(?P<control>\\[^A-Za-z]?)"
    r"|(?P<dollar>\$)"
    r"|(?P<power>(?<=[\w)\]])\^\{[+-]?\d{1,9}\})"
    r"|(?P<opening>\{)"
    r"|(?P<closing>\})"
    r"|(?P<tie>~+)"
    r"|(?P<dashes>-{2,})"
    r"|(?P<quotes>`+|'')"
    r"|(?P<words>[^\\${}^~`'-]+|['^-])"
)
_IN_BRACKETS = lazy(r"\([\w.,%+-]{1,80}\)(?:[\w/#-]*[\w/])?")
_ANGLE = lazy(r"[<>]")
_INSIDE_LINK = lazy(r"\]\(|\}?\s?\{")
_HIDDEN_LINK = lazy(r"\[this https? URL\]\(\Z")
_HIDDEN = 40
_CODE_POINT = lazy(r"\\unicode\{x([0-9A-Fa-f]{2,6})\}")
_RAISED = lazy(r"\s*\{([^{}\\\s]{1,20})\}")
_GROUP = lazy(r"\s*\{")
_ARGUMENT = lazy(r"\{(?!\})")


def read(text: str) -> list[Piece]:
    """The pieces of a text that is on one line, in order. Linear in its length."""
    return _Reading(text).run()


@dataclass(slots=True)
class _Reading:
    """One pass over a text: where it stands, what it has read, and what is to close each open brace."""

    text: str
    position: int = 0
    pieces: list[Piece] = field(default_factory=list)
    closers: list[str] = field(default_factory=list)
    dropped: set[int] = field(default_factory=set)
    single_quotes: set[int] = field(default_factory=set)
    partners: dict[int, int] = field(default_factory=dict)
    open_quotes: int = 0

    def run(self) -> list[Piece]:
        self.partners = partners(self.text)
        self.single_quotes = single_quotes(self.text)
        for address in _ADDRESS.finditer(self.text):
            self._read_until(address.start())
            if self.position <= address.start():
                self._address(address)
        self._read_until(len(self.text))
        return self.pieces

    def _read_until(self, end: int) -> None:
        handlers = self._handlers()
        while self.position < end:
            token = _TOKEN.match(self.text, self.position, end)
            assert token is not None  # every character begins one
            self.position = token.end()
            handlers[token.lastgroup or ""](token)

    def _handlers(self) -> dict[str, Callable[[re.Match[str]], None]]:
        return {
            "accent": lambda token: self._say(decode_accents(token[0])),
            "command": self._command,
            "code": lambda token: self._say(code_point(int(token[0][2:], 16))),
            "power": lambda token: self._say(raised(token[0][2:-1])),
            "control": self._control,
            "dollar": self._dollar,
            "opening": self._opening,
            "closing": self._closing,
            "tie": lambda token: self._say(tie(self.text, *token.span())),
            "dashes": lambda token: self._say(dash(self.text, *token.span())),
            "quotes": self._quotes,
            "words": lambda token: self._say(token[0]),
        }

    def _say(self, words: str) -> None:
        self.pieces.append(Piece(Kind.WORDS, words))

    def _address(self, match: re.Match[str]) -> None:
        bracketed = _IN_BRACKETS.match(self.text, match.end()) if match[0].endswith("_") else None
        written = match[0] + (bracketed[0] if bracketed else "")
        if angle := _ANGLE.search(written):
            written = written[: angle.start()].rstrip("(")
        self.position = match.start() + len(written)
        address = unescape(written)
        behind_word = self.text[max(match.start() - 1, 0) : match.start()].isalnum()
        linked = is_linked(address) and not behind_word
        hidden = _HIDDEN_LINK.search(self.text, max(match.start() - _HIDDEN, 0), match.start())
        if hidden and self.text.startswith(")", self.position):
            self._take_back(match.start() - hidden.start())
            self.position += 1
        self.pieces.append(Piece(Kind.ADDRESS if linked else Kind.WORDS, address))
        self._skip_repetition(address)

    def _take_back(self, length: int) -> None:
        """Unsay the last characters."""
        while length > 0 and self.pieces:
            last = self.pieces.pop().text
            if len(last) > length:
                self._say(last[:-length])
            length -= len(last)

    def _skip_repetition(self, address: str) -> None:
        """Pass over an address that stands a second time as the target or the text of a link: ``[u](u)``."""
        between = _INSIDE_LINK.match(self.text, self.position)
        again = _ADDRESS.match(self.text, between.end()) if between else None
        if between is None or again is None or normalise(again[0]) != normalise(address):
            return
        self.position = again.end()
        before = self.pieces[-2].text if len(self.pieces) > 1 else ""
        if before.endswith("[") and between[0] == "](" and self.text.startswith(")", self.position):
            self.pieces[-2] = Piece(Kind.WORDS, before[:-1])
            self.position += 1
        elif between[0].strip() == "{" and self.text.startswith("}", self.position):
            self.position += 1

    # Mathematics

    def _dollar(self, token: re.Match[str]) -> None:
        if token.start() in self.dropped:
            return
        if not self._formula(token):
            self._say("$")

    def _formula(self, token: re.Match[str]) -> bool:
        formula = formula_at(self.text, token.start())
        if formula is None:
            return False
        if formula.is_words and formula.tex == "-":
            self._say("−")
            self.position = formula.end
        elif formula.is_words:
            self.dropped.update(range(formula.close, formula.end))
            self.position = formula.inside
        else:
            self.pieces.append(Piece(formula.kind, formula.tex))
            self.position = formula.end
        return True

    # Braces

    def _opening(self, token: re.Match[str]) -> None:
        shown = not holds_together(self.text, token.start())
        self._open("{" if shown else "", "}" if shown else "")

    def _open(self, words: str, closer: str) -> None:
        self._say(words)
        self.closers.append(closer)

    def _closing(self, _token: re.Match[str]) -> None:
        self._say(self.closers.pop() if self.closers else "}")

    # Commands

    def _command(self, token: re.Match[str]) -> None:
        name = token[0][1:]
        if name in ("url", "nolinkurl", "path") and self._group_from(self.position):
            self._url()
        elif name in ("href", "hyperlink") and self._has_words(self._group_from(self.position)):
            self._link()
        elif name in ("begin", "unicode") or WITHOUT_TEXT.match(self.text, token.start()):
            self._without_text(token)
        elif name in ("textsuperscript", "sp"):
            self._raised()
        elif name in AROUND:
            self._around(*AROUND[name])
        else:
            self._plain_command(token, name)

    def _plain_command(self, token: re.Match[str], name: str) -> None:
        if name == "item":
            self._say("• ")
        elif name in BLANKS:
            self._say(" ")
        elif name in FORMATTING and _ARGUMENT.match(self.text, self.position):
            self._around("", "")
        elif (word := word_of(name)) is not None:
            self._say(word)
            if name in LETTERS:
                self._skip_blanks()
        elif name in FORMATTING:
            self._around("", "")
        else:
            self._unknown(token)

    def _unknown(self, token: re.Match[str]) -> None:
        """What only its author knows stays, with the braces of its argument."""
        self._say(token[0])
        if self.text.startswith("{", self.position):
            self.position += 1
            self._open("{", "}")

    def _without_text(self, token: re.Match[str]) -> None:
        if self._formula(token):
            return
        if point := _CODE_POINT.match(self.text, token.start()):
            self._say(code_point(int(point[1], 16)))
            self.position = point.end()
        elif whole := WITHOUT_TEXT.match(self.text, token.start()):
            self.position = whole.end()
            if token[0] in ("\\textcolor", "\\colorbox") and self.text.startswith("{", self.position):
                self.position += 1
                self.closers.append("")
        else:
            self._unknown(token)

    def _around(self, before: str, after: str) -> None:
        self._skip_blanks()
        if not self.text.startswith("{", self.position):
            return
        self.position += 1
        self._open(before, after)

    def _raised(self) -> None:
        group = _RAISED.match(self.text, self.position)
        if group is None:
            self._around("^", "")
            return
        self.position = group.end()
        self._say(raised(group[1]))

    def _skip_blanks(self) -> None:
        while self.text.startswith(" ", self.position):
            self.position += 1

    # Addresses in commands

    def _group_from(self, position: int) -> tuple[int, int] | None:
        """Where the inside of the group begins and ends that follows."""
        opening = _GROUP.match(self.text, position)
        close = self.partners.get(opening.end() - 1) if opening else None
        return (opening.end(), close) if opening and close is not None else None

    def _has_words(self, group: tuple[int, int] | None) -> bool:
        return group is not None and not self.text[group[0] : group[1]].isspace() and group[0] < group[1]

    def _url(self) -> None:
        group = self._group_from(self.position)
        assert group is not None
        self._target(self.text[group[0] : group[1]])
        self.position = group[1] + 1

    def _target(self, raw: str) -> None:
        address = unescape(raw.strip())
        whole = _ADDRESS.fullmatch(address) is not None and _ANGLE.search(address) is None
        self.pieces.append(Piece(Kind.ADDRESS if whole and is_linked(address) else Kind.WORDS, address))

    def _link(self) -> None:
        """``\\href{address}{words}``: the address, and the words in brackets unless they are the address."""
        target = self._group_from(self.position)
        assert target is not None
        self._target(self.text[target[0] : target[1]])
        self.position = target[1] + 1
        words = self._group_from(self.position)
        if words is None:
            return
        if repeats(self.text[words[0] : words[1]], self.text[target[0] : target[1]]):
            self.position = words[1] + 1
        else:
            self.position = words[0]
            self._open(" (", ")")

    # Punctuation

    def _control(self, token: re.Match[str]) -> None:
        if token.start() in self.dropped:
            return
        if token[0] in ("\\(", "\\["):
            if not self._formula(token):
                self._say(token[0])
        elif token[0] == "\\$":
            self.pieces.append(Piece(Kind.DOLLAR, "$"))
        else:
            self._say(escaped(self.text, *token.span()))

    def _quotes(self, token: re.Match[str]) -> None:
        if token[0] == "``":
            self.open_quotes += 1
            self._say('"')
        elif token[0] == "''" and self.open_quotes:
            self.open_quotes -= 1
            self._say('"')
        else:
            self._say("'" if token.start() in self.single_quotes else token[0])
