"""A fix that writes into one field of a row, made harmless to what stands around it."""

from __future__ import annotations

from collections.abc import Iterable

from littable.diagnostic import Applicability, Fix
from littable.document.entry import Entry, Field
from littable.patterns import lazy
from littable.text import Edit, Span

_MARKUP = frozenset("[]<>`")
_BRACKETED_ELLIPSIS = lazy(r"\[(?:\.{2,}|…)\]\Z")
_TAG_OR_LINK = lazy(r"</?[A-Za-z!]|-->|\]\(|\]\[|\[\^")
_BRACKET = lazy(r"[\[\]]")
_NEAR = 4


def field_fix(
    entry: Entry, field: Field, edits: Iterable[Edit], title: str, applicability: Applicability
) -> Fix | None:
    """A fix of ``edits``, whose spans are in the field's own text and whose texts are Markdown for a cell.

    Shown only where an edit takes a part of a link, a tag, a footnote or code away, or where a stray pipe
    may have torn the row; None where nothing is left to edit or the row would get other cells.
    """
    moved = tuple(_moved(edit, field) for edit in edits)
    if not moved or not field.place.keeps_cells(moved):
        return None
    if entry.torn or any(_cuts_markup(edit, field.source) for edit in moved):
        applicability = Applicability.DISPLAY
    # What the row says now may be looked at by rules that could not judge it before.
    return Fix(title, moved, applicability, reveals=True)


def _moved(edit: Edit, field: Field) -> Edit:
    offset = field.span.start
    return Edit(Span(edit.span.start + offset, edit.span.end + offset), field.place.written(edit.text))


def _cuts_markup(edit: Edit, source: str) -> bool:
    """Whether the edit takes a part of a link, a tag, a footnote or code away, or leaves brackets empty."""
    start, end = edit.span.start, edit.span.end
    if _holds_markup(edit.span.of(source), source[end : end + 1]):
        return True
    before = source[max(start - _NEAR, 0) : start].rstrip("^ ")
    after = source[end : end + _NEAR].lstrip()
    return not edit.text.strip() and before.endswith(("[", "(")) and after.startswith(("]", ")"))


def _holds_markup(cut: str, following: str) -> bool:
    """Whether a piece of text has more than words in it: brackets around words and signs of comparison are
    none, as long as both ends go.
    """
    if _MARKUP.isdisjoint(cut):
        return False
    cut = _BRACKETED_ELLIPSIS.sub("", cut)
    if _TAG_OR_LINK.search(cut) or cut.count("`") % 2 or (following in ("(", "[") and cut.endswith("]")):
        return True
    depth = 0
    for bracket in _BRACKET.findall(cut):
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            return True
    return depth != 0
