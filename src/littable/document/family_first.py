"""Lists of names in which a family name stands before a comma: of each name, or of the first only."""

from __future__ import annotations

from littable.patterns import lazy

_AND = lazy(r"\s+and\s+")
_SEPARATOR = lazy(r"\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+")
_ONE_WORD = lazy(r"[^\W\d_][^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
_INITIALS = lazy(r"(?:[^\W\d_]\.[\s-]*)+|[A-ZА-Я]{1,2}")
_FAMILY_COMMA = lazy(r"[^\W\d_][^\s,]+(?: [^\W\d_][^\s,]+)?, [^\s,]+(?: [^\s,]+)?")


def family_first(text: str, *, cut: bool) -> list[str] | None:
    """The names as BibTeX parts them ("Luan, Sitao and Zhao, Mingde"), or with the first turned round
    ("Bitvai, Zsolt, and Trevor Cohn"); None where commas part whole names. ``cut`` says that ", et al."
    followed.
    """
    if "," not in text or ";" in text:
        return None
    parts = _AND.split(text)
    if len(parts) > 1 and all(_FAMILY_COMMA.fullmatch(part.strip()) for part in parts):
        return parts
    names = [name.strip() for name in _SEPARATOR.split(text) if name.strip()]
    if len(names) < 2 or not _ONE_WORD.fullmatch(names[0]) or _INITIALS.fullmatch(names[1]):
        return None
    given = names[1].split()
    if not _ONE_WORD.fullmatch(given[0]) or len(given) > 2:
        return None
    rest = names[2:]
    if rest:
        return [f"{names[0]}, {names[1]}", *rest] if all(" " in name for name in rest) else None
    return [f"{names[0]}, {names[1]}"] if cut or "-" in names[1] else None
