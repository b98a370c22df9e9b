"""How GitHub finds mathematics in Markdown, and how to write it so that it is found.

GitHub looks for dollars after Markdown has been read, in the text between two tags, so that ``\\$`` is a
dollar like any other there, ``\\{`` has lost its backslash, and what became emphasis is no mathematics. As
its own output shows (captured in October 2026), a formula opens after a blank, a bracket or a tag, before
neither a blank nor a dollar; it ends at the very next dollar, if no letter, digit or underscore follows and
not the character that stands right before that dollar. In ``$`…`$`` nothing is read as Markdown, and anything
may stand around it. Neither is found in emphasis or in the text of a link.
"""

from __future__ import annotations

from collections.abc import Iterator

from littable.patterns import lazy

# What Markdown would change between single dollars, or what makes GitHub look elsewhere for the end.
_CHANGED = lazy(r"\\(?:[!-/:-@\[-`{-~]|$)|[`$]|\]\(|\[\^|&(?:#|[A-Za-z]{2,31};)|://|www\.|:[a-z0-9_+-]+:")
_LIKE_TAG = lazy(r"<(?=[A-Za-z/!?])")
_BRACKETS = lazy(r"[\[\]]")
_BACKTICKS = lazy(r"`+")
_BLANK = " \t\n\r\f\v"


def stands_plain(tex: str, width: int, before: str, after: str) -> bool:
    """Whether GitHub finds a formula between ``width`` dollars, with these characters around it, as it is.

    ``before`` and ``after`` are empty at the ends of the text. Asterisks, underscores and tildes are judged
    elsewhere: what they do depends on the whole text.
    """
    if before not in ("", "(", " ") or _CHANGED.search(tex) or not _is_balanced(tex):
        return False
    return not (after and (_is_word(after) or after == "$" or (width == 1 and after == tex[-1])))


def set_apart(tex: str) -> str:
    """The formula with a blank wherever Markdown, or the browser later on, could see a tag: ``a<b``."""
    return _LIKE_TAG.sub("< ", tex)


def plain(tex: str, width: int) -> str:
    """The formula between dollars."""
    return "$" * width + tex.replace("|", "\\|") + "$" * width


def quoted(tex: str) -> str:
    """The formula between dollars and backticks, which may stand anywhere in a table cell.

    A table takes one backslash away before each pipe; elsewhere it would stay.
    """
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(tex)), default=0))
    blank = " " if tex[0] == "`" or tex[-1] == "`" else ""
    return "$" + fence + blank + tex.replace("|", "\\|") + blank + fence + "$"


def opening_dollars(run: str) -> Iterator[int]:
    """Where in a text between two tags a dollar opens what GitHub takes for mathematics."""
    position = run.find("$")
    while position >= 0:
        width = 2 if run.startswith("$$", position) else 1
        close = run.find("$", position + width)
        whole = close >= 0 and run.startswith("$" * width, close)
        if whole and _opens(run, position, width) and _closes(run, close, width):
            yield position
        position = run.find("$", position + 1)


def _opens(run: str, position: int, width: int) -> bool:
    before = run[position - 1 : position]
    after = run[position + width : position + width + 1]
    return (before in _BLANK or before in ("", "(")) and bool(after) and after not in _BLANK + "$"


def _closes(run: str, close: int, width: int) -> bool:
    after = run[close + width : close + width + 1]
    return not after or not (_is_word(after) or (width == 1 and after == run[close - 1]))


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _is_balanced(tex: str) -> bool:
    depth = 0
    for bracket in _BRACKETS.findall(tex):
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            return False
    return depth == 0
