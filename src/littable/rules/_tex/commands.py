"""What a TeX command left in running text would have to become in Markdown."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from littable.document.cells import escape
from littable.patterns import lazy

BOLD = frozenset({"textbf", "bf", "bfseries"})
ITALIC = frozenset({"emph", "textit", "textsl", "em", "it", "itshape", "sl", "slshape"})
CODE = frozenset({"texttt", "tt", "ttfamily"})

#: Commands whose argument is read as it stands, since Markdown has nothing like them.
PLAIN = frozenset(
    """textrm textsf textsc textup textmd textnormal text mbox hbox fbox underline uline ul hl rm sf sc
    rmfamily sffamily scshape upshape normalfont tiny scriptsize footnotesize small normalsize large Large
    LARGE huge Huge""".split()
)

#: Commands that hold until their group ends: ``{\em so}``.
DECLARATIONS = frozenset(
    """bf bfseries em it itshape sl slshape tt ttfamily rm sf sc rmfamily sffamily scshape upshape
    normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge""".split()
)

#: Commands that put their argument between quotation marks.
QUOTING = frozenset({"say", "enquote", "textquote"})

#: Commands with an argument, to the HTML that GitHub keeps.
HTML = {"textsuperscript": "sup", "textsubscript": "sub"}

#: Commands whose first argument is a colour and whose second one is the text.
COLOURING = frozenset({"textcolor", "colorbox"})

#: Commands that say nothing by themselves.
SILENT = frozenset({"xspace", "noindent", "indent", "centering", "protect", "relax", "sloppy"})

#: Commands that put a blank between words.
SPACING = frozenset({"quad", "qquad", "newline", "linebreak", "par", "hfill", "enspace", "thinspace"})

#: Commands that name a source or a place in the paper, which a table does not have.
REFERRING = frozenset(
    """cite citep citet citealp citealt citeauthor citeyear citeA parencite textcite ref eqref autoref cref
    Cref label footnotemark""".split()
)

#: Shorthands that conference templates define, with what they print.
SHORTHANDS = {
    "eg": "e.g.",
    "ie": "i.e.",
    "etc": "etc.",
    "etal": "et al.",
    "vs": "vs.",
    "wrt": "w.r.t.",
}

#: Symbols that are missing from pylatexenc's table or stand there as something else.
_OWN_SYMBOLS = {
    "deg": "°",
    "degree": "°",
    "textless": "<",
    "textgreater": ">",
    "copyright": "©",
    "textcopyright": "©",
    "pounds": "£",
    "checkmark": "✓",
    "S": "§",
    "P": "¶",
    "textbar": "|",
    "textbullet": "•",
    "ell": "ℓ",
    "cdot": "·",
    "cdots": "⋯",
    "textasciitilde": "~",
    "textunderscore": "_",
}
_NAME = lazy(r"\\([A-Za-z]+)")
_LIGHT = lazy(r"[\\`*_{}\[\]<>~$|]")


@cache
def symbol(name: str) -> str | None:
    r"""What ``\name`` prints, ready for a cell of a Markdown table; None when it is no symbol."""
    text = _OWN_SYMBOLS.get(name) or _known_symbol(name)
    return escape(_LIGHT.sub(_escaped, text)) if text else None


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0] == "|" else "\\" + match[0]


def _known_symbol(name: str) -> str | None:
    """One printable character that is neither ASCII nor an accent without its letter."""
    from littable.prose.tex import shown_by  # late: few files have TeX

    text = shown_by(name) or ""
    if len(text) != 1 or text.isascii() or unicodedata.category(text)[0] in "MC":
        return None
    return text


def is_operator(name: str) -> bool:
    r"""Whether ``\name`` means something in formulas, and is thus no author's own macro."""
    from littable.prose.tex import FORMATTING, SYMBOLS

    return name in SYMBOLS or name in FORMATTING or symbol(name) is not None


def reads_formula(formula: str) -> bool:
    """Whether MathJax knows every command of a formula, as far as one can tell."""
    from littable.prose.tex import is_known

    return all(is_operator(name) or is_known(name) for name in _NAME.findall(formula))
