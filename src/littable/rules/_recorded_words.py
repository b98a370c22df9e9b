"""What a paper's record has where somebody's text has an author's macro."""

from __future__ import annotations

from collections.abc import Mapping

from littable.papers.record import PaperRecord

_LONGEST_NAME = 4


def recorded_words(text: str, record: PaperRecord, tex: str) -> Mapping[int, str]:
    """Where in the text of an abstract a macro stands that the record's current text spells out, and the
    Markdown of the words there, such as ``DoRA`` for ``\\ours``.
    """
    if not record.abstract:
        return {}
    from littable.prose.alignment import hunks
    from littable.prose.canonical import canonical
    from littable.prose.equivalence import is_macro
    from littable.prose.writing import as_markdown

    old, new = canonical(text), canonical(as_markdown(record.abstract, tex))
    known: dict[int, str] = {}
    for hunk in hunks(old.words, new.words):
        words = new.words[hunk.new_start : hunk.new_end]
        if hunk.old_end - hunk.old_start != 1 or not 0 < len(words) <= _LONGEST_NAME:
            continue
        if is_macro(old.words[hunk.old_start]) and not any(map(is_macro, words)):
            known[old.starts[hunk.old_start]] = new.between(hunk.new_start, hunk.new_end)
    return known
