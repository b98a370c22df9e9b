"""Which links lead to an arXiv paper by a detour, and where they should lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from littable.document.entry import Entry, PaperLink
from littable.document.inline import LinkKind
from littable.document.plain import plain
from littable.papers.arxiv_id import ArxivId
from littable.papers.identifiers import LinkForm
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._labels import is_label

_KINDS = (LinkKind.INLINE, LinkKind.REFERENCE, LinkKind.AUTOLINK, LinkKind.BARE, LinkKind.HTML)
_HOST = lazy(r"(?:[a-z]+:)?/*(?P<host>[^/?#:]+)", re.IGNORECASE)
# They lead on to the address that they carry. An archive does not: it keeps a page of its own.
_REDIRECTORS = ("link.zhihu.com", "google.com", "l.facebook.com", "lnkd.in")
_BEHIND = lazy(r"(?:\.(?:pdf|html?))?/?(?P<query>\?[^#]*)?#?", re.IGNORECASE)
PAGES = {
    LinkForm.ABS: "the abstract's page",
    LinkForm.PDF: "the PDF",
    LinkForm.HTML: "the HTML version",
}
# By such a word a column or a label says that it means this form.
_FORM_WORDS = {
    LinkForm.PDF: lazy(r"pdf|download|full.?text|скачать|下载|ダウンロード", re.IGNORECASE),
    LinkForm.HTML: lazy(r"html|\bweb\b", re.IGNORECASE),
    LinkForm.ABS: lazy(r"\babs", re.IGNORECASE),
}
_PLACE_WORDS = lazy(
    r"pdf|html|read|view|download|source|ar5iv|alphaxiv|cool|hugging|\bhf\b|face|semantic|scholar|open|ссылки",
    re.IGNORECASE,
)
_IDENTIFIER = lazy(r"(?:arxiv\s*[:.]?\s*)?(?:[\d.]+|[a-z.-]+/\d+)(?:v\d+)?", re.IGNORECASE)
_TEXT_BEFORE = 24


class Way(IntEnum):
    """How a link leads to its paper; a lower one is nearer to arXiv."""

    COPY = 1
    PAGE = 2
    REDIRECTED = 3
    MIRROR = 4


@dataclass(frozen=True, slots=True)
class Detour:
    """A link by a detour: ``what`` it leads to ("the PDF"), and the ``url`` that it should have."""

    link: PaperLink
    way: Way
    what: str
    url: str


def detours(entry: Entry, wanted: LinkForm) -> Iterator[Detour]:
    """The links of a row that should be links of the wanted form.

    A row that has such a link gives the others besides, on purpose; so does a column or a label that names
    its form. Of several detours, the one nearest to arXiv is meant, wherever it is repeated.
    """
    found: dict[str, list[Detour]] = {}
    for link in entry.links:
        arxiv = link.identity.arxiv if link.identity else None
        if arxiv is None or link.link.kind not in _KINDS or link.role not in (Role.LINK, Role.TITLE):
            continue
        detour = _detour(link, arxiv, wanted)
        if detour is not None and not _says_so(entry, detour):
            found.setdefault(arxiv.id, []).append(detour)
    for paper, ways in found.items():
        if not any(_is_direct(link, paper, wanted) for link in entry.links):
            nearest = min(ways, key=lambda detour: detour.way)
            yield from (detour for detour in ways if detour.link.link.url == nearest.link.link.url)


def address(arxiv: ArxivId, form: LinkForm) -> str:
    """The address of a paper on arxiv.org in one form, at the version when there is one."""
    return f"https://arxiv.org/{form}/{arxiv}"


def _is_direct(link: PaperLink, paper: str, wanted: LinkForm) -> bool:
    """Whether the link is of the wanted form; a DOI of arXiv leads to the page of the abstract."""
    identity = link.identity
    if identity is None or identity.arxiv is None or identity.arxiv.id != paper or not link.is_followed:
        return False
    if identity.form is LinkForm.DOI:
        return wanted is LinkForm.ABS
    return identity.form is wanted and _host(link.link.url) == "arxiv.org"


def _host(url: str) -> str:
    match = _HOST.match(url)
    return match["host"].lower().rstrip(".") if match and "." in match["host"] else ""


def _detour(link: PaperLink, arxiv: ArxivId, wanted: LinkForm) -> Detour | None:
    identity, url = link.identity, link.link.url
    if identity is None or _is_direct(link, arxiv.id, wanted):
        return None
    host, end = _host(url), identity.version_end or identity.id_end
    to = address(arxiv, wanted)
    if identity.form is LinkForm.OTHER:
        redirector = next((name for name in _REDIRECTORS if f".{host}".endswith(f".{name}")), None)
        lost = "#" in url[end:] or "%23" in url[end:]
        return None if redirector is None or lost else Detour(link, Way.REDIRECTED, host, to)
    if not _says_nothing(url, end):
        return None
    if identity.form is LinkForm.MIRROR:
        return Detour(link, Way.MIRROR, host, to)
    if identity.form is wanted:
        return Detour(link, Way.COPY, host, to)
    return Detour(link, Way.PAGE, PAGES[identity.form], to) if identity.form in PAGES else None


def _says_nothing(url: str, end: int) -> bool:
    """Whether what follows the identifier names no place in the paper and asks for nothing."""
    behind = _BEHIND.fullmatch(url, end)
    if behind is None:
        return False
    if not behind["query"] or behind["query"] == "?":
        return True
    from littable.rules._tracking import burden  # late: most addresses have no parameters

    superfluous = burden(url)
    return superfluous is not None and superfluous.spans[0].start == behind.start("query")


def _says_so(entry: Entry, detour: Detour) -> bool:
    """Whether the label, the text before it or the column says that this form or place is meant."""
    link, source = detour.link.link, entry.row.source
    label = link.text_span.of(source).replace(link.url_span.of(source), "")
    header, before = _around(entry, detour.link)
    identity = detour.link.identity
    words = _FORM_WORDS.get(identity.form) if identity else None
    if detour.way is Way.MIRROR:
        return _PLACE_WORDS.search(f"{label} {header} {before}") is not None or not (
            _is_neutral(label, detour.link) and (is_label(header) or detour.link.role is Role.TITLE)
        )
    return words is not None and words.search(f"{label} {header} {before}") is not None


def _is_neutral(label: str, link: PaperLink) -> bool:
    """Whether a label may stand for the paper itself: the title, the identifier, "Link" or none at all."""
    words = plain(label)
    bare = link.link.kind in (LinkKind.BARE, LinkKind.AUTOLINK)
    if bare or link.role is Role.TITLE:
        return bare or bool(words)
    return is_label(words) or _IDENTIFIER.fullmatch(words) is not None


def _around(entry: Entry, link: PaperLink) -> tuple[str, str]:
    """The header of the link's column, and the text that stands right before the link in its cell."""
    start = link.link.span.start
    columns: Sequence[str] = [column.header for column in entry.listing.columns]
    for header, cell in zip(columns, entry.row.cells, strict=False):
        if cell.start <= start < cell.end:
            before = cell.source[max(cell.start, start - _TEXT_BEFORE) : start]
            return header, before.rpartition(")")[2]
    return "", ""
