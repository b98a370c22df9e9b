"""A record's text to the Markdown of a table cell."""

from __future__ import annotations

import re

from littable.patterns import lazy

_CONTROL = lazy(r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff]")
# What may be markup, TeX or a link; a text without any of it is Markdown already.
_MARKED = lazy(r"[\\${}~`*_\[\]<>&|#]|--|''|:|^(?:[-+=]|\d{1,9}[.)])|www\.", re.IGNORECASE)
# arXiv takes 1,920 characters; what is much longer is no abstract, and nobody waits for it to be read.
_LONGEST = 20_000


def as_markdown(text: str, tex: str = "keep") -> str:
    """A title, an abstract or a name as one line of Markdown that can stand in a table cell.

    GitHub shows it as arXiv shows the record: TeX's commands, accents and quotes are what they stand for, and
    nothing is markup that was not meant. ``tex`` says what happens to mathematics: ``keep`` leaves it between
    dollars, in the form in which GitHub finds it; ``unicode`` writes what can be written without TeX. In the
    text of a link GitHub finds no mathematics at all.
    """
    line = " ".join(_CONTROL.sub(" ", text).split())
    if not _MARKED.search(line):
        return line
    from littable.prose.markdown.tex_prose import read
    from littable.prose.markdown.unicode_math import without_tex
    from littable.prose.markdown.words import write, write_literally

    if len(line) > _LONGEST:
        return write_literally(line)
    pieces = read(line)
    # What is not read back as the record in one form may be in the other: backticks around a formula hide
    # what it says of a word behind it, as in ``$10^2$X``.
    forms = (list, without_tex) if tex == "keep" else (without_tex, list)
    first = write(forms[0](pieces))
    if _says_the_same(first, line):
        return first
    second = write(forms[1](pieces))
    return second if _says_the_same(second, line) else first


def _says_the_same(written: str, line: str) -> bool:
    """Whether the written text is read as the record is."""
    from littable.prose.alignment import agree, differences
    from littable.prose.canonical import canonical, canonical_words

    if agree(canonical_words(written), canonical_words(line)):
        return True
    return not differences(canonical(written), canonical(line))
