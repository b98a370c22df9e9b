"""When two rows are one paper, and when they are two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from littable.diagnostic import Related
from littable.document.entry import Entry, PaperLink
from littable.document.listing import Listing
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._paper_links import link_span
from littable.rules._reach import tables, wide_scope
from littable.rules._rows import Titled
from littable.rules._titles import Words, telling, title_words
from littable.text import Span

_MOST = 0.6
_COMMON_TITLE = 6


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row with the identifier of an earlier one; ``agree`` tells whether their titles may be one."""

    later: Titled
    first: Titled
    agree: bool


def repeated_in_table(document: Document, context: Context) -> Sequence[Repeat]:
    """Every row whose identifier an earlier row of its table has, beside the first that agrees, if any."""
    return context.shared("repeated-in-table", lambda: list(_repeated_in_table(document, context)))


def _repeated_in_table(document: Document, context: Context) -> Iterator[Repeat]:
    for table in tables(document, context):
        if table.all_differ(by_identifier):
            continue
        earlier = table.earlier(by_identifier)
        for row in table.rows:
            key = by_identifier(row)
            if key is not None:
                if earlier[key]:
                    yield closest(row, earlier[key])
                earlier.add(row)


def repeated_elsewhere(document: Document, context: Context) -> Sequence[Repeat]:
    """Every row whose identifier a row of an earlier table or file has and no earlier one of its own table,
    beside the first that agrees, if any.

    Of the other files unless ``duplicates`` asks for one file.
    """
    return context.shared("repeated-elsewhere", lambda: list(_repeated_elsewhere(document, context)))


def _repeated_elsewhere(document: Document, context: Context) -> Iterator[Repeat]:
    scope = wide_scope(document, context)
    earlier = scope.earlier(by_identifier)
    told: set[tuple[Listing, str]] = set()
    for row in scope.rows:
        key = by_identifier(row)
        if key is None:
            continue
        if earlier[key] and (row.entry.listing, key) not in told:
            yield closest(row, earlier[key])
        told.add((row.entry.listing, key))
        earlier.add(row)


def closest(later: Titled, earlier: Sequence[Titled]) -> Repeat:
    """The row beside the first of the earlier ones whose title agrees, or beside the first of all.

    A row without a title says nothing about others while one with a title does.
    """
    titled = [row for row in earlier if row.words] or earlier
    agreeing = next((row for row in titled if _may_be_one_paper(later, row)), None)
    return Repeat(later, agreeing or titled[0], agreeing is not None)


def _may_be_one_paper(a: Titled, b: Titled) -> bool:
    """Whether two rows with one link may be one paper.

    One table calls each paper by one name. Another may have been made before the paper was renamed, or by
    somebody who calls papers otherwise; there a telling word or an author in common is enough.
    """
    if titles_agree(a.words, b.words):
        return True
    if a.entry.listing is b.entry.listing:
        return False
    return not telling(a.words).isdisjoint(telling(b.words)) or _share_authors(a.entry, b.entry)


def _share_authors(a: Entry, b: Entry) -> bool:
    return not telling(_author_words(a)).isdisjoint(telling(_author_words(b)))


def _author_words(entry: Entry) -> Words:
    return title_words(entry.authors.text) if entry.authors else ()


def by_identifier(row: Titled) -> str | None:
    """What is equal for two rows with the same arXiv identifier or DOI."""
    return identifier(row.entry)


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
    return set(_author_words(a)).isdisjoint(_author_words(b))


def titles_agree(a: Words, b: Words) -> bool:
    """Whether two titles may be one paper's: equal, one longer than the other, or mostly the same words.

    A title in another script, and an acronym beside the words that it stands for, cannot be told apart.
    """
    if not a or not b or a == b or _in_latin(a) != _in_latin(b):
        return True
    short, long = sorted((a, b), key=len)
    if long[: len(short)] == short or long[-len(short) :] == short or _abbreviates(short, long):
        return True
    from littable.rules._slips import is_slip  # late: most titles of one paper are alike

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


def place_of(row: Titled, document: Document) -> str:
    """How a finding in a document names the line of a row, which may stand in another file."""
    return row.line if row.document is document else f"{row.document.path}, {row.line},"


def related_to(row: Titled, document: Document, span: Span, message: str) -> tuple[Related, ...]:
    """The other place that belongs to a finding, where it is in the same file."""
    return (Related(span, message),) if row.document is document else ()
