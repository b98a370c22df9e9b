"""How a table says of a paper that it stands on arXiv and has not been published elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from littable.document.listing import Cell
from littable.papers.record import PaperRecord
from littable.patterns import lazy
from littable.rules._venues import is_unpublished

_SLOT = "\x05"
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PUBLISHED = lazy(
    r"\b(?:accepted|published|publication|appear(?:s|ed)?|presented|proceedings|camera.ready)\b"
)
_FEWEST = 2


def venue_of_preprint(cells: Sequence[Cell], record: PaperRecord) -> str | None:
    """What rows say of papers that are on arXiv only, with the year of this one's submission.

    None where the record tells of a publication, whose name only the user can write as the table does.
    """
    if record.journal_ref or (record.comment and _PUBLISHED.search(record.comment.casefold())):
        return None
    texts = [cell.text for cell in cells if is_unpublished(cell) and "arxiv" in cell.text.casefold()]
    forms = Counter(_YEAR.sub(_SLOT, text) for text in texts if _SLOT not in text)
    if not forms:
        return None
    form, count = forms.most_common(1)[0]
    if count < _FEWEST or (_SLOT in form and record.published is None) or "](" in form:
        return None
    return form.replace(_SLOT, str(record.published.year)) if record.published is not None else form
