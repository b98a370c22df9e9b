"""Whether TeX may stand in a text at all: asked of every row, so that most are not read closely."""

from __future__ import annotations

from littable.patterns import lazy

# Text, escapes that Markdown has too, prices and formulas. A formula that begins with a digit may be prose
# between two prices, and one with a backtick code, so these are looked at closely.
_HARMLESS = lazy(
    r"(?:[^\\$~`{^]++|\\[%&#$|*<>+-]|\$(?=\d+(?:[.,]\d+)*\s)(?![^$]*\$)"
    r"|\$(?![\s\d$])[^$`]{1,2000}(?<![\s\\])\$(?![\d$]))*+"
)
#: Authors' macros, which MathJax does not know.
MACRO_IN_FORMULA = lazy(
    r"\\(?:our[a-z]*|xspace|(?:my|the)?(?:method|model|approach|framework)(?:name)?|cite[pt]?)(?![A-Za-z])"
)


def may_hold_tex(source: str, start: int, end: int) -> bool:
    """A cheap answer about a stretch of the source that is never wrongly no: most TeX stands in formulas, or
    is an escape that Markdown has, too.
    """
    if _HARMLESS.fullmatch(source, start, end) is None:
        return True
    return source.find("$", start, end) >= 0 and MACRO_IN_FORMULA.search(source, start, end) is not None
