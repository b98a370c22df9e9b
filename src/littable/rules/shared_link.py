from __future__ import annotations

import re
from collections.abc import Iterator

from littable.document.entry import Entry, PaperLink
from littable.document.inline import LinkKind
from littable.document.model import Document
from littable.document.plain import plain
from littable.papers.identifiers import is_scholarly
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._duplicates import (
    Repeat,
    closest,
    identifier,
    identifier_link,
    place_of,
    related_to,
    repeated_elsewhere,
    repeated_in_table,
    title_span,
)
from littable.rules._labels import is_label
from littable.rules._paper_links import link_span
from littable.rules._reach import scopes
from littable.rules._rows import Titled, order_of
from littable.rules._rule import Finding, Rule, rule
from littable.rules._wording import shortened
from littable.text import Span

_ADDRESS = lazy(r"(?:https?:)?//(?:www\.)?(?P<host>[^/?#\s]+)(?P<rest>/[^\s]*)", re.IGNORECASE)
_TRACKING = lazy(r"[?&](?:utm_[a-z]+|ref|source)=[^&#]*", re.IGNORECASE)
_COLLECTION = lazy(
    r"proceedings?/?(?:[#?]|$)|/(?:volumes?|virtual|group|events?|conf|toc|issue|schedule|papers)(?:[./#?]|$)"
    r"|[?&](?:day|id=[^&]*/conference$)|\.bib$",
    re.IGNORECASE,
)
_BOOK = lazy(r"doi:10\.\d+/97[89][\d-]+")
_LONGEST_TITLE = 60


@rule("LT405")
def shared_link(this: Rule, document: Document, context: Context) -> Iterator[Finding]:
    """Two papers with different titles have one link.

    Why: one of the two links was copied from the row above and never changed, so readers of one paper are
    led to the other. The form of the link does not matter. Pictures, code and project pages, a site's front
    page and the page of a whole volume may be shared. When the titles are alike, the rows are one paper
    (LT401).

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | Language Models are Few-Shot Learners | 2020 | https://arxiv.org/abs/1706.03762 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | Language Models are Few-Shot Learners | 2020 | https://arxiv.org/abs/2005.14165 |

    Options: `duplicates` is how far is looked: within a `"table"` (unless set), a `"file"`, or all files of
    the `"run"`. Another table may call a paper by an earlier name, so there the titles must have no telling
    word in common, and the rows no author.
    """
    for repeat in _repeated_identifiers(document, context):
        if not repeat.agree and not _may_be_shared(repeat) and _present_a_paper(repeat):
            yield _finding(this, document, repeat)
    for repeat in _repeated_addresses(document, context):
        if not repeat.agree and _present_a_paper(repeat):
            yield _finding(this, document, repeat)


def _repeated_identifiers(document: Document, context: Context) -> Iterator[Repeat]:
    yield from repeated_in_table(document, context)
    if context.settings.duplicates != "table":
        yield from repeated_elsewhere(document, context)


def _present_a_paper(repeat: Repeat) -> bool:
    """Whether both rows give the link as their own, not as in "based on [this paper](…)"."""
    return not any(_is_led_to(row.entry) for row in (repeat.later, repeat.first))


def _is_led_to(entry: Entry) -> bool:
    link = _paper_link(entry)
    for _, cell in entry.cells(Role.LINK):
        if link is not None and cell.span.contains(link.link.span):
            before = plain(cell.source[cell.span.start : link.link.span.start])
            return any(map(str.isalnum, before)) and not is_label(before)
    return False


def _may_be_shared(repeat: Repeat) -> bool:
    """Whether the identifier is a whole book's, or one row links two papers, which is LT311's."""
    rows = repeat.later.entry, repeat.first.entry
    if _BOOK.fullmatch(identifier(rows[0]) or ""):
        return True
    return any(len(_arxiv_ids(row)) > 1 for row in rows)


def _arxiv_ids(entry: Entry) -> set[str]:
    return {link.identity.arxiv.id for link in entry.identities if link.identity and link.identity.arxiv}


def _finding(this: Rule, document: Document, repeat: Repeat) -> Finding:
    later, first = repeat.later.entry, repeat.first.entry
    place = place_of(repeat.first, document)
    message = f"link is that of {_quoted(first)} in {place} too: one of the two {later.shape.noun}s is wrong"
    related = related_to(repeat.first, document, _span(first), "the same link")
    return this.report(_span(later), message, entry=later, related=related)


def _quoted(entry: Entry) -> str:
    title = entry.title.plain if entry.title else ""
    return f"“{shortened(title, _LONGEST_TITLE)}”"


def _span(entry: Entry) -> Span:
    link = _paper_link(entry)
    return link_span(link) if link else title_span(entry)


def _repeated_addresses(document: Document, context: Context) -> Iterator[Repeat]:
    """Rows without an identifier whose address an earlier row has under another title; an address of many
    titles is a collection's.
    """
    for scope in scopes(document, context):
        for sharing in scope.sharing(_by_address):
            titles = {row.words: row for row in reversed(sharing)}
            if len(titles) == 2:
                first, later = sorted(titles.values(), key=order_of)
                if later.document is document:
                    yield closest(later, [first])


def _by_address(row: Titled) -> str | None:
    return _address(row.entry) if row.words and not identifier(row.entry) else None


def _paper_link(entry: Entry) -> PaperLink | None:
    """The link that stands for the paper: that with its identifier, else the first of link and title."""
    if identifier(entry):
        return identifier_link(entry)
    for role in (Role.LINK, Role.TITLE):
        for link in entry.links:
            if link.role is role and link.link.kind is not LinkKind.IMAGE:
                return link
    return None


def _address(entry: Entry) -> str | None:
    """An address that can only be one paper's, without what does not change where it leads."""
    link = _paper_link(entry)
    if link is None or not is_scholarly(link.link.url):
        return None
    match = _ADDRESS.fullmatch(link.link.url.strip())
    if match is None:
        return None
    rest = _TRACKING.sub("", match["rest"]).rstrip("/#?")
    return None if not rest or _COLLECTION.search(rest) else match["host"].lower() + rest
