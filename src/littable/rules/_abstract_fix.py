"""Writing a record's abstract over what a row has: the words that differ, or the whole text."""

from __future__ import annotations

from littable.diagnostic import Applicability, Fix
from littable.rules._abstracts import Judged
from littable.rules._agreement import trust
from littable.rules._context import Context
from littable.rules._field_fix import field_fix
from littable.rules._versions import current_version
from littable.text import Edit, Span


def abstract_fix(judged: Judged, ctx: Context, *, meant: bool = False, whole: bool = False) -> Fix | None:
    """The fix that makes the abstract say what the record says, in Markdown that is safe in a cell.

    As safe as the row's paper is certain, and unsafe where the text may be ``meant`` as it is. ``whole``
    replaces the text though only few words differ.
    """
    edits = _edits(judged, ctx, whole=whole)
    applicability = trust(judged.entry, judged.record)
    if meant:
        applicability = min(applicability, Applicability.UNSAFE)
    title = f"write what {current_version(judged.record)} says"
    return field_fix(judged.entry, judged.field, edits, title, applicability)


def _edits(judged: Judged, ctx: Context, *, whole: bool) -> tuple[Edit, ...]:
    from littable.prose.changes import compare
    from littable.prose.writing import as_markdown

    text = judged.field.text
    wanted = as_markdown(judged.record.abstract, ctx.settings.tex)
    edits = () if whole else compare(text, wanted).edits
    return edits or (Edit(Span(0, len(text)), wanted),)
