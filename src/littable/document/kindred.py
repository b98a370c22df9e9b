"""Lines that MDX, Quarto, R Markdown and notebooks have, and that GitHub's Markdown does not know.

They are taken for blank lines, so that ``:::`` below a table is no row of it, and what a comment hides is not
read. No offset moves.
"""

from __future__ import annotations

import re

from littable.file_names import MARKDOWN, MDX, PANDOC
from littable.patterns import lazy

# Pandoc's divs, which Quarto and Docusaurus use for notes, panels and columns.
_DIV = lazy(r"^ {0,3}:{3,}[^\n|]*$", re.MULTILINE)
# A caption below a table. A delimiter row has no blank behind its first colon.
_CAPTION = lazy(r"^ {0,3}: [^\n|]*$", re.MULTILINE)
_REST_IS_BLANK = lazy(r"[ \t]*+(?:\n|\Z)")
_FENCE = lazy(r"^[ \t]*(?:```|~~~)", re.MULTILINE)


def as_markdown(text: str, path: str) -> str:
    """The text of a file, whose line ends are ``\\n``, as GitHub's Markdown that says the same."""
    name = path.lower()
    if name.endswith(MARKDOWN):
        return text
    if name.endswith(MDX):
        text = _without_comments(text)
    if name.endswith(PANDOC) and ": " in text:
        text = _CAPTION.sub(_blank, text)
    return _DIV.sub(_blank, text) if ":::" in text else text


def _without_comments(text: str) -> str:
    """MDX without comments that stand on lines of their own; one around a fence of code may be an example."""
    pieces: list[str] = []
    position = behind_last = 0
    start = text.find("{/*")
    while start >= 0 and (end := text.find("*/}", start + 3) + 3) > 2:
        before = text[behind_last:start].rpartition("\n")
        alone = (before[1] or not behind_last) and not before[2].strip() and _REST_IS_BLANK.match(text, end)
        if alone and _FENCE.search(text, start, end) is None:
            pieces += text[position:start], _blanked(text[start:end])
            position = end
        behind_last = end
        start = text.find("{/*", end)
    return "".join(pieces) + text[position:]


def _blank(match: re.Match[str]) -> str:
    return _blanked(match.group())


def _blanked(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
