"""When two rows of one table are one paper, and when they are two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from littable.document.entry import Entry, PaperLink
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._paper_links import link_span
from littable.rules._slips import is_slip
from littable.rules._titles import Titled, Words, title_words, titled_tables
from littable.text import Span

_MOST = 0.6
_COMMON_TITLE = 6


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row with the identifier of an earlier one; ``agree`` tells whether their titles may be one."""

    later: Titled
    first: Titled
    agree: bool


def repeated_identifiers(document: Document, context: Context) -> Sequence[Repeat]:
    """Every row whose identifier an earlier row of its table has, beside the first that agrees, if any."""
    return context.shared("repeated-identifiers", lambda: list(_repeated_identifiers(document, context)))


def _repeated_identifiers(document: Document, context: Context) -> Iterator[Repeat]:
    for table in titled_tables(document, context):
        earlier: dict[str, list[Titled]] = {}
        for titled in table:
            key = identifier(titled.entry)
            if key is not None:
                rows = earlier.setdefault(key, [])
                if rows:
                    yield closest(titled, rows)
                rows.append(titled)


def closest(later: Titled, earlier: Sequence[Titled]) -> Repeat:
    """The row beside the first of the earlier ones whose title agrees, or beside the first of all.

    A row without a title says nothing about others while one with a title does.
    """
    telling = [row for row in earlier if row.words] or earlier
    agreeing = next((row for row in telling if titles_agree(later.words, row.words)), None)
    return Repeat(later, agreeing or telling[0], agreeing is not None)


def identifier(entry: Entry) -> str | None:
    """What is equal for two rows with the same arXiv identifier or DOI."""
    return entry.identity.canonical_key if entry.identity else None


def are_two_papers(a: Titled, b: Titled) -> bool:
    """Whether two rows with like titles are certainly two papers: by their identifiers or their authors.

    An arXiv identifier beside a DOI proves nothing, nor do the authors where the title is so long that
    nobody else would have thought of it.
    """
    if have_different_identifiers(a.entry, b.entry):
        return True
    return len(a.words) <= _COMMON_TITLE and _have_other_authors(a.entry, b.entry)


def have_different_identifiers(a: Entry, b: Entry) -> bool:
    """Whether two rows have two arXiv identifiers, or two DOIs."""
    if a.arxiv_id and b.arxiv_id:
        return a.arxiv_id != b.arxiv_id
    return bool(a.doi and b.doi and a.doi != b.doi)


def _have_other_authors(a: Entry, b: Entry) -> bool:
    if a.authors is None or b.authors is None:
        return False
    return set(title_words(a.authors.text)).isdisjoint(title_words(b.authors.text))


def titles_agree(a: Words, b: Words) -> bool:
    """Whether two titles may be one paper's: equal, one longer than the other, or mostly the same words.

    A title in another script, and an acronym beside the words that it stands for, cannot be told apart.
    """
    if not a or not b or a == b or _in_latin(a) != _in_latin(b):
        return True
    short, long = sorted((a, b), key=len)
    if long[: len(short)] == short or long[-len(short) :] == short or _abbreviates(short, long):
        return True
    common = len(set(a) & set(b))
    return common >= _MOST * min(len(set(a)), len(set(b))) or is_slip(a, b)


def _in_latin(words: Words) -> bool:
    return 2 * sum(word.isascii() for word in words) >= len(words)


def _abbreviates(short: Words, long: Words) -> bool:
    return "".join(word[0] for word in long).startswith("".join(short)) and len(short) <= 2


def identifier_link(entry: Entry) -> PaperLink | None:
    """The link that gives a row its identifier."""
    key = identifier(entry)
    own = (link for link in entry.identities if link.identity and link.identity.canonical_key == key)
    return next(own, None)


def identifier_span(entry: Entry) -> Span:
    """Where a row names its paper."""
    link = identifier_link(entry)
    return link_span(link) if link else title_span(entry)


def title_span(entry: Entry) -> Span:
    """Where the title stands, or the row where there is none."""
    return entry.title.span if entry.title else entry.span


def line_of(document: Document, entry: Entry) -> int:
    """The line of a row."""
    return document.lines.row(entry.span.start)
