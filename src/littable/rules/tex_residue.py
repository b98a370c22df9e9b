from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Fix
from littable.document.entry import Entry, Field
from littable.document.model import Document
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._papers import record_of
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._tex.presence import may_hold_tex
from littable.rules._wording import quoted, shortened
from littable.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from littable.rules._tex.residue import Residue

_SHOWN = 3
# No real text is longer; what is, holds something else.
_LONGEST_CELL = 20_000
_LONGEST = 30
_SIGN = 7
_EDGES_BEFORE = " <>|[("
_EDGES_AFTER = " <>|]"
# Beyond this many, a text is tried as a whole only: each trial reads the text once more.
_TRIED_ALONE = 50
_ABOUT_TEX = lazy(
    r"\b(?:La|Bib|Xe|Lua|pdf|Ka)?TeX\b|TikZ|MathJax|Overleaf|\blatex (?:source|code|document|command|macro)"
)
_SURE_LINK = lazy(r"\\{1,2}(?:url|href)\{https?://")
# Text that went through a program's notation for strings has each backslash twice.
_DOUBLED = lazy(r"\\(?=\\[A-Za-z%&_#$])")
_PLACEHOLDER = lazy(r"\\{1,2}url\{\s*this[\s~]+https?[\s~]+URL\s*\}")
_TAG = lazy(r"</?[A-Za-z][^<>]*>")
_OWN_TAGS = frozenset({"<sup>", "</sup>", "<sub>", "</sub>"})


@rule("LT203", fix=Applicability.SAFE, needs={Need.PAPERS})
def tex_residue(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    r"""A title, an abstract or a name holds TeX, which Markdown shows raw or garbled.

    Why: abstracts and titles are copied from arXiv with their authors' TeX. GitHub renders what stands
    between dollars and nothing else: `\textbf{fast}` is shown with backslash and braces, `7\,mm` as `7,mm`,
    `It\^o` as `It^o`.

    What Markdown reads as it is meant is left alone: mathematics between dollars, `4.2\%`, code, addresses.
    So is a row about TeX itself, but for its links.

    Bad:
        | Title | Abstract |
        | --- | --- |
        | [It\^o Nets](https://arxiv.org/abs/2402.00001) | We present \textbf{ItoNet}, 7\,ms fast. |

    Good:
        | Title | Abstract |
        | --- | --- |
        | [Itô Nets](https://arxiv.org/abs/2402.00001) | We present **ItoNet**, 7 ms fast. |

    Fix safety: safe where TeX can be read in one way: formatting, accents, symbols, addresses, quotation
    marks and ties become Markdown and Unicode, and the text keeps every word. An author's own macro, such as
    `\ours`, becomes the words that the record has in its place, where it has any and the titles agree;
    otherwise it is only reported. Shown only where words would come or go: a citation, a shorthand such as
    `\eg`, a link with a text of its own.
    """
    for entry in document.entries:
        if not _may_hold_tex(entry, document.source):
            continue
        fields = [field for field in _texts(entry) if _may_be_read(field)]
        if fields:
            from littable.rules._tex.residues import residues  # late: most rows hold no TeX

            about_tex = any(_ABOUT_TEX.search(field.text) for field in _texts(entry))
            for field in fields:
                names = field.role is Role.AUTHORS
                found = residues(field.text, names=names, definitions=entry.listing.definitions)
                if about_tex:
                    found = [residue for residue in found if _SURE_LINK.match(field.text, residue.start)]
                found = [residue for residue in found if not _is_placeholder(field.text, residue)]
                if found:
                    spelt_out = _spelt_out(entry, field, found, ctx) if field.role is Role.ABSTRACT else ()
                    yield _report(this, entry, field, found, spelt_out)


def _may_hold_tex(entry: Entry, source: str) -> bool:
    """Whether the row, or a footnote that it points to, may hold any."""
    if may_hold_tex(source, entry.row.span.start, entry.row.span.end):
        return True
    return bool(entry.listing.footnotes) and any(map(_may_be_read, _texts(entry)))


def _texts(entry: Entry) -> list[Field]:
    return entry.passages(Role.TITLE, Role.AUTHORS, Role.ABSTRACT)


def _is_placeholder(text: str, residue: Residue) -> bool:
    """Whether it is ``\\url{this https URL}``, which LT204 replaces as a whole."""
    return _PLACEHOLDER.fullmatch(text, residue.start, residue.end) is not None


def _spelt_out(entry: Entry, field: Field, found: Sequence[Residue], ctx: Context) -> Sequence[Residue]:
    """The macros for which the record has words."""
    from littable.rules._agreement import trust
    from littable.rules._recorded_words import recorded_words
    from littable.rules._tex.residue import replaced

    unread = [residue for residue in found if not residue.edits]
    record = record_of(entry, ctx) if unread else None
    if record is None or trust(entry, record) is not Applicability.SAFE:
        return ()
    known = recorded_words(field.text, record, ctx.settings.tex)
    return [
        replaced(residue.start, residue.end, known[residue.start])
        for residue in unread
        if residue.start in known
    ]


def _report(
    this: Rule, entry: Entry, field: Field, found: Sequence[Residue], spelt_out: Sequence[Residue]
) -> Finding:
    shown = _outermost(found)
    start = field.span.start
    first = Span(start + shown[0].start, start + shown[0].end)
    fix = _fix(field, found, spelt_out)
    return this.report(first, _message(field.text, shown), entry=entry, fix=fix)


def _outermost(found: Sequence[Residue]) -> list[Residue]:
    """The residues that no other one holds."""
    kept: list[Residue] = []
    for residue in found:
        if not kept or residue.start >= kept[-1].end:
            kept.append(residue)
    return kept


def _message(text: str, shown: Sequence[Residue]) -> str:
    pieces = list(dict.fromkeys(_piece(text, residue) for residue in shown))
    first = pieces[: 2 * _SHOWN]
    listed = [piece for piece in first if not any(piece in other for other in first if other != piece)]
    hidden = len(pieces) - len(first) + len(listed) - _SHOWN
    quotations = ", ".join(quoted(shortened(piece, _LONGEST)) for piece in listed[:_SHOWN])
    return f"TeX that Markdown does not read: {quotations}" + (f" ({hidden} more)" if hidden > 0 else "")


def _piece(text: str, residue: Residue) -> str:
    """The residue; a mere sign with the word that it stands in."""
    piece = _around(text, residue).of(text).rstrip(".,;:")
    return piece if "(" in piece else piece.rstrip(")")


def _around(text: str, residue: Residue) -> Span:
    start, end = residue.start, residue.end
    if end - start <= _SIGN:
        before, after = text[max(0, start - _LONGEST) : start], text[end : end + _LONGEST]
        start -= len(before) - max(map(before.rfind, _EDGES_BEFORE)) - 1
        end += min((at for at in map(after.find, _EDGES_AFTER) if at >= 0), default=len(after))
    return Span(start, end)


def _fix(field: Field, found: Sequence[Residue], spelt_out: Sequence[Residue]) -> Fix | None:
    """One fix for the text: all that is safe, else what can be shown."""
    text = field.text
    safe = _keeping_words(text, [residue for residue in found if residue.certain and residue.edits])
    safe = sorted([*safe, *spelt_out], key=lambda residue: residue.start)
    chosen = safe or [residue for residue in found if residue.edits]
    edits = [edit for residue in chosen for edit in residue.edits]
    moved = tuple(_moved(field, edit) for edit in edits)
    if not edits or not field.place.keeps_cells(moved) or not _keeps_tags(text, edits):
        return None
    return Fix(_title(text, chosen), moved, Applicability.SAFE if safe else Applicability.DISPLAY)


def _moved(field: Field, edit: Edit) -> Edit:
    start = field.span.start
    return Edit(Span(start + edit.span.start, start + edit.span.end), field.place.written(edit.text))


def _title(text: str, chosen: Sequence[Residue]) -> str:
    """What the fix writes, where that can be shown."""
    place = _around(text, chosen[0])
    inside = [
        Edit(Span(edit.span.start - place.start, edit.span.end - place.start), edit.text)
        for edit in chosen[0].edits
    ]
    written = apply_edits(place.of(text), inside)
    return f"write {quoted(written)}" if len(chosen) == 1 and "'" not in written else "write it as Markdown"


def _keeping_words(text: str, found: Sequence[Residue]) -> list[Residue]:
    """The residues whose edits leave every word of the text: all at once, or those that do alone."""
    if not found or _keeps_words(text, found):
        return list(found)
    if len(found) > _TRIED_ALONE:
        return []
    kept = [residue for residue in found if _keeps_words(text, [residue])]
    return kept if _keeps_words(text, kept) else []


def _keeps_words(text: str, found: Sequence[Residue]) -> bool:
    from littable.prose.canonical import canonical_words  # late: most cells hold no TeX

    edited = apply_edits(text, [edit for residue in found for edit in residue.edits])
    return canonical_words(_DOUBLED.sub("", edited)) == canonical_words(_DOUBLED.sub("", text))


def _keeps_tags(text: str, edits: Sequence[Edit]) -> bool:
    """Whether the text keeps its tags."""
    edited = apply_edits(text, edits)
    kept = [tag for tag in _TAG.findall(edited) if tag not in _OWN_TAGS and "://" not in tag]
    return kept == [tag for tag in _TAG.findall(text) if tag not in _OWN_TAGS and "://" not in tag]


def _may_be_read(field: Field) -> bool:
    start, end = field.span.start, field.span.end
    return end - start <= _LONGEST_CELL and may_hold_tex(field.source, start, end)
