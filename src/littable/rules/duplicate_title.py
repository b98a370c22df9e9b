from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Severity
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._duplicates import are_two_papers, identifier, place_of, related_to, title_span
from littable.rules._reach import scopes
from littable.rules._rows import Titled, by_title
from littable.rules._rule import Finding, Rule, rule
from littable.rules._titles import FEWEST_WORDS


@rule("LT403")
def duplicate_title(this: Rule, document: Document, context: Context) -> Iterator[Finding]:
    """A title stands twice.

    Why: two rows with one title are nearly always one paper, entered once from arXiv and once from its
    publisher. Case, blanks, punctuation, TeX and Unicode forms are set aside.

    Two arXiv identifiers or two DOIs make two papers, whatever their titles, and so do other authors unless
    the title is long. A row with the very same identifier is LT401's, and a title of one or two words is too
    common to say anything.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | Attention is all you need. | 2017 | https://papers.nips.cc/paper/7181 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | Attention Is Not All You Need | 2021 | https://arxiv.org/abs/2103.03404 |

    Options: `duplicates` is how far is looked: within a `"table"` (unless set), a `"file"`, or all files of
    the `"run"`. In another table it is a note, because many lists repeat papers on purpose.
    """
    for scope in scopes(document, context):
        if scope.all_differ(by_title):
            continue
        earlier = scope.earlier(by_title)
        for row in scope.rows:
            if not _says_enough(row):
                continue
            first = _first_like(row, earlier[row.words])
            earlier.add(row)
            if first is not None:
                yield _finding(this, document, first, row)


def _finding(this: Rule, document: Document, first: Titled, later: Titled) -> Finding:
    message = f"title is the same as in {place_of(first, document).rstrip(',')}"
    related = related_to(first, document, title_span(first.entry), "first stands here")
    # Lists repeat a paper on purpose; with the same identifier it is a note, too (LT402).
    severity = None if first.entry.listing is later.entry.listing else Severity.NOTE
    span = title_span(later.entry)
    return this.report(span, message, entry=later.entry, related=related, severity=severity)


def _says_enough(titled: Titled) -> bool:
    return len(titled.words) >= FEWEST_WORDS and any(word.isalpha() for word in titled.words)


def _first_like(titled: Titled, earlier: list[Titled]) -> Titled | None:
    """The first of the earlier rows that may be the same paper; None when LT401 speaks of the row."""
    key = identifier(titled.entry)
    if key is not None and any(identifier(row.entry) == key for row in earlier):
        return None
    return next((row for row in earlier if not are_two_papers(titled, row)), None)
