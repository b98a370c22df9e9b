"""What TeX commands mean in running text.

Abstracts hold commands that arXiv's converter turns into Unicode, that it leaves alone, and that
authors made up. This module says which is which; it parses nothing.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from littable.patterns import lazy


def _names(text: str) -> list[str]:
    return text.split()


_GREEK_NAMES = _names(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma "
    "sigma tau upsilon phi chi psi omega"
)

#: Greek letter to the name that people spell it with, such as ``π`` to ``pi``.
GREEK_SPELLING: dict[str, str] = {
    chr(code): name.removeprefix("var")
    for first in (0x3B1, 0x391)
    for code, name in enumerate(_GREEK_NAMES, first)
    if code != 0x3A2
}

_VARIANTS = {
    "varepsilon": "ε",
    "vartheta": "θ",
    "varkappa": "κ",
    "varpi": "π",
    "varrho": "ρ",
    "varphi": "φ",
    "straightphi": "φ",
    "straightepsilon": "ε",
}

_OPERATORS = {
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "neq": "≠",
    "ne": "≠",
    "lt": "<",
    "gt": ">",
    "textless": "<",
    "textgreater": ">",
    "ll": "≪",
    "gg": "≫",
    "lesssim": "≲",
    "gtrsim": "≳",
    "approx": "≈",
    "sim": "∼",
    "thicksim": "∼",
    "textasciitilde": "∼",
    "simeq": "≃",
    "cong": "≅",
    "equiv": "≡",
    "propto": "∝",
    "pm": "±",
    "textpm": "±",
    "mp": "∓",
    "times": "x",
    "texttimes": "x",
    "div": "÷",
    "to": "→",
    "rightarrow": "→",
    "longrightarrow": "→",
    "textrightarrow": "→",
    "leftarrow": "←",
    "leftrightarrow": "↔",
    "Rightarrow": "⇒",
    "implies": "⇒",
    "Leftrightarrow": "⇔",
    "mapsto": "↦",
    "uparrow": "↑",
    "downarrow": "↓",
    "in": "∈",
    "notin": "∉",
    "subset": "⊂",
    "subseteq": "⊆",
    "cup": "∪",
    "cap": "∩",
    "setminus": "∖",
    "emptyset": "∅",
    "infty": "∞",
    "partial": "∂",
    "nabla": "∇",
    "sum": "∑",
    "prod": "∏",
    "int": "∫",
    "sqrt": "√",
    "oplus": "⊕",
    "otimes": "⊗",
    "odot": "⊙",
    "wedge": "∧",
    "land": "∧",
    "vee": "∨",
    "lor": "∨",
    "neg": "¬",
    "lnot": "¬",
    "forall": "∀",
    "exists": "∃",
    "perp": "⊥",
    "bot": "⊥",
    "ast": "*",
    "star": "⋆",
    "circ": "∘",
    "deg": "°",
    "degree": "°",
    "textdegree": "°",
    "dagger": "†",
    "ddagger": "‡",
    "percent": "%",
    "textdollar": "$",
    "pounds": "£",
    "texteuro": "€",
    "euro": "€",
    "textmu": "μ",
    "textquotedbl": "",
    "hbar": "ħ",
    "top": "⊤",
    "lfloor": "⌊",
    "rfloor": "⌋",
    "lceil": "⌈",
    "rceil": "⌉",
    "frac": "\\frac",
    "tfrac": "\\frac",
    "dfrac": "\\frac",
    "ell": "l",
    "Re": "Re",
    "Im": "Im",
    "S": "§",
    "TeX": "tex",
    "LaTeX": "LaTeX",
}

_FUNCTIONS = _names(
    "log ln lg exp sin cos tan sinh cosh tanh arcsin arccos arctan max min sup inf lim limsup liminf "
    "arg det dim ker gcd hom Pr argmax argmin poly polylog"
)

_MATH_ACCENTS = {
    "bar": "\\bar",
    "overline": "\\bar",
    "hat": "\\hat",
    "widehat": "\\hat",
    "tilde": "\\tilde",
    "widetilde": "\\tilde",
    "dot": "\\dot",
    "ddot": "\\ddot",
    "vec": "\\vec",
}

#: Command name (without its backslash) to the token it stands for.
SYMBOLS: dict[str, str] = {
    **{name: chr(0x3B1 + index) for index, name in enumerate(_GREEK_NAMES)},
    **{name.capitalize(): chr(0x391 + index) for index, name in enumerate(_GREEK_NAMES)},
    **{"var" + name.capitalize(): chr(0x391 + index) for index, name in enumerate(_GREEK_NAMES)},
    **_VARIANTS,
    **_OPERATORS,
    **{name: name.lower() for name in _FUNCTIONS},
    **_MATH_ACCENTS,
}
SYMBOLS["varsigma"] = SYMBOLS["sigma"]

#: The tokens of commands that are read and have no sign of their own, such as ``\\bar``.
KNOWN_COMMANDS = frozenset(symbol for symbol in SYMBOLS.values() if symbol.startswith("\\"))

#: Commands that only change how their argument looks.
FORMATTING: frozenset[str] = frozenset(
    _names(
        "textbf textit textrm textsf texttt textsc textsl textup textmd textnormal textbfit emph em "
        "underline uline ul text mbox hbox fbox mathbf mathit mathrm mathsf mathtt mathcal mathbb "
        "mathfrak mathscr mathnormal boldsymbol bm pmb mathds Bbb operatorname mathop mathbin mathrel "
        "mathord smash url nolinkurl path href footnote footnotemark footnotetext enquote textquote "
        "ensuremath texorpdfstring mathchoice hl st cal textsubscript relax bf it rm sf tt sc sl frak scr "
        "itshape bfseries rmfamily sffamily ttfamily scshape tiny scriptsize footnotesize small "
        "normalsize large Large LARGE huge Huge displaystyle textstyle scriptstyle limits nolimits left "
        "right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm quad qquad "
        "enspace thinspace space hfill newline linebreak newpage par noindent indent centering sloppy "
        "item xspace protect cdot cdots dots ldots vdots ddots dotsc dotsb textellipsis textbullet bullet "
        "cdotp textperiodcentered prime mid vert Vert lvert rvert lVert rVert textbar textbackslash "
        "textunderscore langle rangle lbrace rbrace lbrack rbrack colon semicolon textemdash textendash "
        "textquoteleft textquoteright textquotedblleft textquotedblright textregistered texttrademark "
        "copyright ref eqref label cite citep citet citeauthor citeyear autoref cref Cref choose binom "
        "over atop vspace hspace phantom"
    )
)


@cache
def shown_by(name: str) -> str | None:
    """What pylatexenc shows for a command that the tables here lack, such as ``⋚`` for ``lesseqgtr``.

    The empty text for a command that formats its argument; None for one that nobody knows.
    """
    spec = _latex_context().get_macro_spec(name)
    shown = spec.simplify_repl if spec is not None else None
    if not isinstance(shown, str):
        return None
    return "" if "%" in shown else shown


def is_known(name: str) -> bool:
    """Whether pylatexenc knows a command, whatever it shows for it."""
    return bool(_latex_context().get_macro_spec(name))


@cache
def _latex_context() -> Any:
    # Late: most texts have no command that the tables here lack, and the import takes 25 ms.
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()


_COMBINING = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "H": "\u030b",
    "u": "\u0306",
    "k": "\u0328",
    "r": "\u030a",
    "b": "\u0331",
    "d": "\u0323",
}
_LETTERS = {
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "i": "i",
    "j": "j",
}

#: A letter written with TeX, as it stands inside a word: ``\'e``, ``{\"o}``, ``\c{c}``, ``{\aa}``.
ACCENTED = (
    r"(?:\{?\\['`^\"~=.](?:\{\\?[A-Za-z]\}|\\?[A-Za-z])\}?"
    r"|\{?\\[cvHukrbd]\{\\?[A-Za-z]\}\}?"
    r"|\{\\(?:aa|AA|ae|AE|oe|OE|ss|[oOlLij])\}"
    r"|\\(?:aa|AA|ae|AE|oe|OE|ss)(?![A-Za-z]))"
)

#: What follows an opening brace that belongs to such a letter.
ACCENT_START = r"\\(?:['`^\"~=.]|[cvHukrbd]\{|(?:aa|AA|ae|AE|oe|OE|ss|[oOlLij])\})"

_ACCENT = lazy(r"\{?\\(['`^\"~=.]|[cvHukrbd](?=\{))\{?\\?([A-Za-z])\}*")
_LETTER = lazy(r"\{?\\(aa|AA|ae|AE|oe|OE|ss|[oOlLij])(?![A-Za-z])\}?")


def decode_accents(word: str) -> str:
    """``B\\'ezier`` as ``Bézier``."""
    word = _ACCENT.sub(lambda match: match[2] + _COMBINING[match[1]], word)
    word = _LETTER.sub(lambda match: _LETTERS[match[1]], word)
    return unicodedata.normalize("NFC", word)
