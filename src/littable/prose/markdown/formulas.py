"""Where a record's text has mathematics, and where its dollars are money or set words."""

from __future__ import annotations

import re
from typing import NamedTuple

from littable.patterns import lazy
from littable.prose.markdown.pieces import Kind

_ENDS = {
    "$": lazy(r"(?<!\\)\$"),
    "$$": lazy(r"(?<!\\)\$\$"),
    "\\(": lazy(r"\\\)"),
    "\\[": lazy(r"\\\]"),
}
_OPENING = lazy(r"\$\$?|\\[(\[]|\\begin\{(equation|displaymath|math|align|gather|multline|eqnarray)(\*?)\}")
_PROSE = lazy(r"(?<![\\A-Za-z])[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")
_SIGNS = re.compile(r"[\\^_=<>{}]")
_LABEL = lazy(r"\\label\{[^{}]{0,200}\}\s*")
_ONE_LINE = {"align": "aligned", "eqnarray": "aligned", "gather": "gathered", "multline": "gathered"}
_GROUP = r"\{(?:[^{}$]|\{[^{}$]{0,400}\}){0,400}\}"
# What stands between dollars only to be set in another face, or because a percent sign needed them.
_WORDS = lazy(
    r"\s*(?:\\(?:text(?:bf|it|tt|sc|sf|rm|sl|normal|up)?|emph|mbox|underline|url|nolinkurl|textcolor\{\w{1,30}\}|"
    rf"href\s*{_GROUP})\s*{_GROUP}"
    r"|\\unicode\{x[0-9A-Fa-f]{2,6}\}"
    r"|[\s\d.,:+/-]*\\[%&#$][\s\d.,:+/-]*|[-+=<>])\s*"
)
_NUMBER = lazy(r"\d[\d.,]*")
_ONE_LETTER = lazy(r"\s*\\\w+\{[A-Za-z]\}\s*")


class Formula(NamedTuple):
    """A formula: its kind, its TeX without what delimits it, and where its delimiters are in the text.

    ``is_words`` says that the dollars enclose words and should only be taken away.
    """

    kind: Kind
    tex: str
    inside: int
    close: int
    end: int
    is_words: bool


def formula_at(text: str, position: int) -> Formula | None:
    """The formula that begins at ``position``; None where what stands there opens none."""
    opening = _OPENING.match(text, position)
    if opening is None:
        return None
    if opening[1]:
        return _environment(text, opening)
    mark = opening[0]
    for mark in (opening[0],) if opening[0] != "$$" else ("$$", "$"):
        close = _ENDS[mark].search(text, position + len(mark))
        if close is None:
            continue
        tex = text[position + len(mark) : close.start()]
        if tex.strip() and (mark[0] != "$" or _is_mathematics(tex, text[close.end() : close.end() + 1])):
            kind = Kind.FORMULA if mark in ("$", "\\(") else Kind.DISPLAY
            inside = position + len(mark)
            is_words = _is_words(
                tex, text[max(position - 1, 0) : position], text[close.end() : close.end() + 1]
            )
            return Formula(kind, tex.strip(), inside, close.start(), close.end(), is_words)
    return None


def _is_words(tex: str, before: str, after: str) -> bool:
    """Whether a formula says words, or a lone sign, and neither more mathematics nor a variable."""
    if "$" in (before, after):
        return False
    if _NUMBER.fullmatch(tex):
        return before not in ("", " ", "(") or after.isalnum()  # GitHub finds no formula there
    if not _WORDS.fullmatch(tex):
        return False
    return before.isalpha() or after.isalpha() or not _ONE_LETTER.fullmatch(tex)


def _environment(text: str, opening: re.Match[str]) -> Formula | None:
    """An equation between ``\\begin`` and ``\\end``, as it can be written between dollars."""
    name = opening[1]
    close = text.find(f"\\end{{{name}{opening[2]}}}", opening.end())
    if close < 0:
        return None
    tex = _LABEL.sub("", text[opening.end() : close]).strip()
    if name in _ONE_LINE:
        tex = f"\\begin{{{_ONE_LINE[name]}}} {tex} \\end{{{_ONE_LINE[name]}}}"
    end = close + len(f"\\end{{{name}{opening[2]}}}")
    return Formula(Kind.DISPLAY, tex, opening.end(), close, end, False) if tex else None


def _is_mathematics(tex: str, following: str) -> bool:
    """Whether two dollars enclose mathematics, and not prose between two prices or a shell's variables."""
    if not tex.strip(" ,.;:!?"):
        return False
    if tex[0].isdigit() and (tex[-1].isspace() or following.isdigit()):
        return False
    return _SIGNS.search(tex[:400]) is not None or not _PROSE.search(tex[:400])
