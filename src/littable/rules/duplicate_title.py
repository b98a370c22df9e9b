from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Related
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._duplicates import are_two_papers, identifier, line_of, title_span
from littable.rules._rule import Finding, Rule, rule
from littable.rules._slips import FEWEST_WORDS
from littable.rules._titles import Titled, Words, titled_tables


@rule("LT403")
def duplicate_title(this: Rule, document: Document, context: Context) -> Iterator[Finding]:
    """A title stands twice in one table.

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
    """
    for table in titled_tables(document, context):
        earlier: dict[Words, list[Titled]] = {}
        for titled in table:
            if not _says_enough(titled):
                continue
            rows = earlier.setdefault(titled.words, [])
            first = _first_like(titled, rows)
            rows.append(titled)
            if first is not None:
                related = Related(title_span(first.entry), "first stands here")
                message = f"title is the same as in line {line_of(document, first.entry)}"
                yield this.report(title_span(titled.entry), message, entry=titled.entry, related=[related])


def _says_enough(titled: Titled) -> bool:
    return len(titled.words) >= FEWEST_WORDS and any(word.isalpha() for word in titled.words)


def _first_like(titled: Titled, earlier: list[Titled]) -> Titled | None:
    """The first of the earlier rows that may be the same paper; None when LT401 speaks of the row."""
    key = identifier(titled.entry)
    if key is not None and any(identifier(row.entry) == key for row in earlier):
        return None
    return next((row for row in earlier if not are_two_papers(titled, row)), None)
