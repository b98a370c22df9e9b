"""Whether a row and a record may well be the same paper, going by their titles."""

from __future__ import annotations

from littable.document.entry import Entry
from littable.papers.record import PaperRecord
from littable.rules._titles import title_words


def names_paper(entry: Entry, record: PaperRecord) -> bool:
    """Whether the row's title is the record's, a part of it (``BERT``), or shares most of its words.

    Where the link leads to another paper, what the record says is not about the row's; a translated title
    tells nothing either way, and so is not enough.
    """
    title = entry.title
    if title is None or not record.title:
        return False
    mine, recorded = set(title_words(title.text)), set(title_words(record.title))
    if not mine or not recorded:
        return False
    return mine <= recorded or len(mine & recorded) * 2 > max(len(mine), len(recorded))
