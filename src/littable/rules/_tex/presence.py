"""Whether TeX may stand in a text at all: asked of every row, so that most are not read closely."""

from __future__ import annotations

from littable.patterns import lazy

# Text, escapes that Markdown has too, prices and formulas. A formula that begins with a digit may be prose
# between two prices, and one with a backtick code, so these are looked at closely.
_ESCAPE_OR_FORMULA = (
    r"\\[%&#$|*<>+-]|\$(?=\d+(?:[.,]\d+)*\s)(?![^$]*\$)"
    r"|\$(?![\s\d$])[^$`]{1,2000}(?<![\s\\])\$(?![\d$])"
)
_HARMLESS = lazy(rf"(?:[^\\$~`{{^]++|{_ESCAPE_OR_FORMULA})*+")
_HARMLESS_MARK = lazy(_ESCAPE_OR_FORMULA)
#: Authors' macros, which MathJax does not know.
MACRO_IN_FORMULA = lazy(
    r"\\(?:our[a-z]*|xspace|(?:my|the)?(?:method|model|approach|framework)(?:name)?|cite[pt]?)(?![A-Za-z])"
)


def may_hold_tex(source: str, start: int, end: int) -> bool:
    """A cheap answer about a stretch of the source that is never wrongly no: most TeX stands in formulas, or
    is an escape that Markdown has, too.
    """
    if not _is_harmless(source, start, end):
        return True
    return source.find("$", start, end) >= 0 and MACRO_IN_FORMULA.search(source, start, end) is not None


def _is_harmless(source: str, start: int, end: int) -> bool:
    """Whether ``_HARMLESS`` is all there is. Where only backslashes and dollars have to be looked at, one is
    sought after the other, since to find one character takes a fraction of what a pattern takes.
    """
    if any(source.find(mark, start, end) >= 0 for mark in "~`{^"):
        return _HARMLESS.fullmatch(source, start, end) is not None
    backslash, dollar = source.find("\\", start, end), source.find("$", start, end)
    while backslash >= 0 or dollar >= 0:
        at = dollar if backslash < 0 or 0 <= dollar < backslash else backslash
        mark = _HARMLESS_MARK.match(source, at, end)
        if mark is None:
            return False
        if 0 <= backslash < mark.end():
            backslash = source.find("\\", mark.end(), end)
        if 0 <= dollar < mark.end():
            dollar = source.find("$", mark.end(), end)
    return True
