"""TeX commands in running text: which they are, and what each is in Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from littable.patterns import lazy
from littable.prose.markdown.tex_braces import partners
from littable.rules._tex import commands
from littable.rules._tex.markdown import LONGEST_EMPHASIS, Argument, address, code, emphasis, hyperlink
from littable.rules._tex.residue import Residue, replaced
from littable.text import Span

_COMMAND = lazy(r"(?<!\\)(\\{1,2})([A-Za-z]{2,})\*?")
_GROUP = lazy(r"\{\s?\\{1,2}([A-Za-z]+)(\s?\}|(?![A-Za-z])\s*)")
_ARGUMENT = lazy(r"\s?\{")
_DOLLAR = lazy(r"\$|\\[(\[]")
_PATH_BEFORE = lazy(r"(?:[A-Za-z]:|[\w.-]\\[\w.-]{1,60}|\\\\[\w.-]{1,60})\Z")
_AFTER_MACRO = lazy(r"\Z|\{\}|[\s~,;!?)\]}'’\"*\ue010-]|[.:](?=\s|\Z)|\\[ ,;!_%&]")
_BEFORE_MACRO = frozenset(" \t\n([{'\"“‘~-–—>*\ue010,")


class Reader:
    """Reads the commands of a cell: ``raw`` is its text, ``text`` the same with all else hidden."""

    def __init__(self, raw: str, text: str, labels: Sequence[Span]) -> None:
        self._raw = raw
        self._text = text
        self._label_starts = [label.start for label in labels]
        self._label_ends = list(accumulate((label.end for label in labels), max))
        self._stars = "*" in text
        self._backticks = "`" in text
        self._partners = partners(text)

    def residues(self) -> Iterator[Residue]:
        """The commands in order; those inside an argument come after the one that it belongs to."""
        position = 0
        for match in _next_commands(self._text):
            if match.start() >= position:
                residue = self._group(match) if match[0][0] == "{" else self._command(match)
                if residue is not None:
                    yield residue
                    position = self._resume(match, residue)

    def _resume(self, match: re.Match[str], residue: Residue) -> int:
        """Where to read on: behind what was replaced as a whole, else inside the argument."""
        whole = len(residue.edits) == 1 and residue.edits[0].span == Span(residue.start, residue.end)
        return residue.end if whole else match.end()

    def _group(self, match: re.Match[str]) -> Residue | None:
        r"""``{\alpha}``, or a declaration that holds until its group ends: ``{\em so}``."""
        name = match[1]
        if match[2].endswith("}"):
            symbol = commands.symbol(name)
            return replaced(*match.span(), symbol) if symbol else self._unread(match, name)
        close = self._partners.get(match.start())
        if name not in commands.DECLARATIONS or close is None:
            return None
        return self._formatted(name, Argument(match.start(), match.end(), close, close + 1))

    def _command(self, match: re.Match[str]) -> Residue | None:
        name = match[2]
        if _PATH_BEFORE.search(self._text, max(0, match.start() - 64), match.start()):
            return None
        argument = self._argument(match.start(), match.end())
        if argument is None or argument.inner_start == argument.inner_end:
            return self._bare(match, name, argument)
        if name in ("url", "nolinkurl", "href"):
            return self._linking(name, argument)
        return self._with_argument(name, argument)

    def _argument(self, start: int, end: int) -> Argument | None:
        opening = _ARGUMENT.match(self._text, end)
        close = self._partners.get(opening.end() - 1) if opening else None
        return Argument(start, opening.end(), close, close + 1) if opening and close is not None else None

    def _linking(self, name: str, argument: Argument) -> Residue:
        labelled = self._is_label(argument.start)
        if name != "href":
            return address(self._raw, argument, labelled=labelled)
        label = self._argument(argument.start, argument.end)
        if label is None:
            return Residue(argument.start, argument.end)
        return hyperlink(self._raw, argument, label, labelled=labelled)

    def _is_label(self, place: int) -> bool:
        """Whether a place lies in the label of a link, where no other link may stand."""
        before = bisect_right(self._label_starts, place)
        return before > 0 and self._label_ends[before - 1] > place

    def _with_argument(self, name: str, argument: Argument) -> Residue:
        if name in commands.QUOTING:
            return argument.residue('"', '"')
        if tag := commands.HTML.get(name):
            return argument.residue(f"<{tag}>", f"</{tag}>")
        if name in commands.COLOURING or name == "color":
            return self._coloured(name, argument)
        if name in commands.REFERRING:
            return self._reference(argument)
        if name in commands.BOLD | commands.ITALIC | commands.CODE | commands.PLAIN:
            return self._formatted(name, argument)
        return Residue(argument.start, argument.end)

    def _formatted(self, name: str, argument: Argument) -> Residue:
        if name in commands.CODE and not self._backticks:
            return code(self._text, argument)
        if name in commands.PLAIN or name in commands.CODE or self._stars or self._holds_formula(argument):
            return argument.residue()
        return emphasis(self._text, argument, "**" if name in commands.BOLD else "*")

    def _holds_formula(self, argument: Argument) -> bool:
        """Whether the argument has mathematics, which GitHub does not render in emphasis."""
        end = min(argument.inner_end, argument.inner_start + LONGEST_EMPHASIS)
        return _DOLLAR.search(self._raw, argument.inner_start, end) is not None

    def _coloured(self, name: str, colour: Argument) -> Residue:
        if name == "color":
            return self._group_of(colour) or replaced(colour.start, colour.end, "")
        text = self._argument(colour.start, colour.end)
        return text.residue() if text else Residue(colour.start, colour.end)

    def _group_of(self, first: Argument) -> Residue | None:
        r"""``{\color{red} text}``: a group that a command opens, without what makes it one."""
        start = first.start - 1
        close = self._partners.get(start)
        if close is None:
            return None
        return Argument(start, self._behind_blank(first.end), close, close + 1).residue()

    def _reference(self, argument: Argument) -> Residue:
        """A reference goes with the tie before it, as far as one may guess."""
        start = argument.start
        while start and self._text[start - 1] in " ~":
            start -= 1
        return replaced(start, argument.end, "", certain=False)

    def _bare(self, match: re.Match[str], name: str, braces: Argument | None) -> Residue | None:
        """A command without an argument; ``braces`` are the empty ones behind it."""
        end = braces.end if braces else match.end()
        before = self._text[match.start() - 1 : match.start()]
        if name in commands.SILENT:
            return replaced(match.start(), end, "")
        if commands.is_operator(name) or name in commands.SPACING:
            clear = not before.isalpha() and before not in ("/", ":", ".")
            return self._operator(match, name, end) if clear else None
        if braces is None and not self._stands_alone(match, before):
            return None
        if text := commands.SHORTHANDS.get(name):
            return replaced(match.start(), end, text, certain=False)
        return Residue(match.start(), end)

    def _operator(self, match: re.Match[str], name: str, end: int) -> Residue:
        if name in commands.SPACING:
            return replaced(match.start(), end, " ")
        if name in commands.DECLARATIONS:
            return replaced(match.start(), self._behind_blank(end), "")
        symbol = commands.symbol(name)
        if symbol is None:
            return Residue(match.start(), end)
        if name == "textasciitilde":
            end = self._behind_blank(end)
        return replaced(match.start(), end, symbol)

    def _behind_blank(self, end: int) -> int:
        return end + (self._text[end : end + 1] == " ")

    def _stands_alone(self, match: re.Match[str], before: str) -> bool:
        """Whether an unknown name is surely a macro and no part of a path, a pattern or a word/word."""
        if before and before not in _BEFORE_MACRO:
            return False
        return _AFTER_MACRO.match(self._text, match.end()) is not None

    def _unread(self, match: re.Match[str], name: str) -> Residue | None:
        """A group with nothing but an unknown command; behind a brace it is a further argument."""
        argument = self._text[match.start() - 1 : match.start()] == "}"
        return Residue(*match.span()) if len(name) > 1 and not argument else None


def _next_commands(text: str) -> Iterator[re.Match[str]]:
    """The commands and the groups that begin with one, in order."""
    groups = {match.start(): match for match in _GROUP.finditer(text)} if "{" in text else {}
    found = [*groups.values(), *_COMMAND.finditer(text)]
    return iter(sorted(found, key=lambda match: match.start()))
