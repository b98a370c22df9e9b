from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from littable.diagnostic import Diagnostic, Severity
from littable.document.entry import Entry
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._duplicates import (
    are_two_papers,
    have_different_identifiers,
    identifier,
    place_of,
    related_to,
    title_span,
)
from littable.rules._reach import scopes
from littable.rules._rows import Titled, by_title, order_of
from littable.rules._rule import Finding, Rule, rule

if TYPE_CHECKING:
    from littable.rules._slips import Slip

_LONG_NAME = 8


@rule("LT404")
def similar_title(this: Rule, document: Document, context: Context) -> Iterator[Finding]:
    """Two titles differ only by a slip of the pen.

    Why: they are one paper twice, or one of them is misspelt. A slip is a letter wrong, missing or swapped
    (two in a long word), a word joined or split, a plural, an article or preposition added or dropped, in one
    word or two. Another word, a number, a numeral or a negation makes another paper, and so does another
    name in capitals (`BERT`, `BART`).

    When both rows have an identifier of their own and these differ, it is only a note: both papers exist,
    and one of the titles may be misspelt.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://papers.nips.cc/paper/7181 |
        | Atention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Deep Learning for Images, Part I | 2017 | https://example.org/one.pdf |
        | Deep Learning for Images, Part II | 2018 | https://example.org/two.pdf |

    Options: `similar-title-threshold` (0 to 100, 90 unless set) is the least similarity of two titles, letter
    by letter, that is reported. `duplicates` is how far is looked: within a `"table"` (unless set), a
    `"file"`, or all files of the `"run"`.
    """
    for scope in scopes(document, context):
        similar = scope.similar_titles(context.settings.similar_title_threshold)
        earlier = scope.earlier(by_title)
        for row in scope.rows:
            if not row.words or earlier[row.words]:
                continue
            earlier.add(row)
            firsts = [earlier[words][0] for words in similar(row.words) if earlier[words]]
            first = next((first for first in sorted(firsts, key=order_of) if _may_be_slip(first, row)), None)
            if first is not None:
                yield _finding(this, document, first, row)


def _may_be_slip(first: Titled, later: Titled) -> bool:
    from littable.rules._slips import find_slips  # late: most tables have no titles that are alike

    a, b = first.entry, later.entry
    if identifier(a) is not None and identifier(a) == identifier(b):
        return False  # LT401 speaks of them.
    if are_two_papers(first, later) and not have_different_identifiers(a, b):
        return False
    return not any(_exchanges_names(slip, a, b) for slip in find_slips(first.words, later.words))


def _exchanges_names(slip: Slip, a: Entry, b: Entry) -> bool:
    """Whether the two words are short names, where a letter makes another: ``BERT``, ``BART``."""
    from littable.prose.spelling import singular

    if len(slip[0]) != 1 or len(slip[1]) != 1:
        return False
    one, other = slip[0][0], slip[1][0]
    if min(len(one), len(other)) >= _LONG_NAME or singular(one) == singular(other):
        return False
    return _is_name(one, a) and _is_name(other, b)


def _is_name(word: str, entry: Entry) -> bool:
    """Whether the title writes a word with capitals inside it, and not all of its words."""
    from littable.prose.canonical import canonical_words

    text = entry.title.text if entry.title else ""
    return not text.isupper() and any(
        written.casefold() == word and written[1:] != written[1:].lower() for written in canonical_words(text)
    )


def _finding(this: Rule, document: Document, first: Titled, later: Titled) -> Diagnostic:
    from littable.rules._slips import find_slips

    different = have_different_identifiers(first.entry, later.entry)
    slips = " and ".join(map(_describe, find_slips(later.words, first.words)))
    message = f"title differs from {place_of(first, document)} only by {slips}"
    return this.report(
        title_span(later.entry),
        message + (", but their identifiers differ" if different else ""),
        entry=later.entry,
        severity=Severity.NOTE if different else None,
        related=related_to(first, document, title_span(first.entry), "the other title"),
    )


def _describe(slip: Slip) -> str:
    here, there = map(" ".join, slip)
    if not there:
        return f"an added “{here}”"
    return f"“{here}” for “{there}”" if here else f"a missing “{there}”"
