"""Every form in which a link or a piece of text names a paper.

Every pattern here is linear in the length of its input, since links come from untrusted files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from littable.papers.arxiv_id import ArxivId, MalformedArxivId, new_style_fault, parse_bare
from littable.papers.doi import ARXIV_DOI, Doi, match_doi
from littable.papers.hosts import SCHOLARLY_HOSTS
from littable.patterns import lazy


class LinkForm(StrEnum):
    """The form in which a paper is named."""

    ABS = "abs"
    PDF = "pdf"
    HTML = "html"
    SOURCE = "source"
    MIRROR = "mirror"
    DOI = "doi"
    TEXT = "text"
    BADGE = "badge"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LinkIdentity:
    """The paper that a link or a piece of text names.

    Offsets are code points in the string given. ``id_start`` and ``id_end`` enclose the arXiv identifier
    without its version, or the DOI when there is no arXiv identifier; ``version_start`` and ``version_end``
    enclose the ``v2`` behind it. ``malformed`` says why an arXiv link cannot lead anywhere; then ``arxiv``
    is None. A DOI of arXiv sets both ``doi`` and ``arxiv``.
    """

    arxiv: ArxivId | None
    doi: Doi | None
    form: LinkForm
    id_start: int
    id_end: int
    version_start: int | None = None
    version_end: int | None = None
    malformed: str | None = None

    @property
    def canonical_key(self) -> str | None:
        """Equal for two links to the same paper, whatever form and version; None when malformed."""
        if self.arxiv is not None:
            return f"arxiv:{self.arxiv.id}"
        return None if self.doi is None or self.malformed else f"doi:{self.doi.value}"

    @property
    def canonical_url(self) -> str | None:
        """The abs page without version, or the doi.org link; None when malformed."""
        if self.arxiv is not None:
            return self.arxiv.bare.abs_url
        return None if self.doi is None or self.malformed else self.doi.url


_SLASH = r"(?:/|%2f)+"
_HEAD = lazy(
    r"[\s(\[<\"'“]*+(?>(?:https?|ftp)(?::/*+|/++)|//)*+"
    r"(?P<host>[a-z0-9](?:[a-z0-9-]|\.(?=[a-z0-9]))*+)\.?(?::[0-9]{1,5})?(?=[/?#%]|$)",
    re.IGNORECASE | re.ASCII,
)
# No link to a paper is longer, and what is quadratic in a bounded length is constant.
_LONGEST = 4096
_LINK_ID = lazy(
    r"(?:arxiv:)?(?P<id>[0-9]{4}\.[0-9]{4,5}(?![0-9])|[a-z][a-z-]*(?:\.[a-z][a-z-]+)?(?:/|%2f)[0-9]{7}(?![0-9]))"
    r"(?P<version>v[0-9]{1,4})?(?:\.(?:pdf|ps|gz|html?)(?![a-z0-9]))?",
    re.IGNORECASE | re.ASCII,
)
_SEGMENT = lazy(r"[^\s?#]*")
_TRAILING = "/.,;:!)]}>'\"*_\\`|”’»、。，；）】"


@cache
def _path(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: most runs meet two or three of these forms, and importing must be quick."""
    return re.compile(pattern.replace("/", _SLASH), re.IGNORECASE | re.ASCII)


_ARXIV_PATH = r"/(?P<kind>abs|pdf|html|format|src|e-print|ps|dvi)(?:/|$)"
_ARXIV_ARCHIVED_PATH = r"/(?:ftp|vc)/arxiv/papers/[0-9]{4}/"
_ARXIV_FORMS = {"abs": LinkForm.ABS, "pdf": LinkForm.PDF, "html": LinkForm.HTML, "format": LinkForm.OTHER}

_MIRRORS = {
    "ar5iv.org": r"/(?:(?:html|abs|pdf|papers)/)?",
    "ar5iv.labs.arxiv.org": r"/(?:(?:html|abs|pdf|papers)/)?",
    "alphaxiv.org": r"/(?:[a-z]{2}/)?(?:abs|pdf|html|overview|review|forum|audio|blog)/",
    "papers.cool": r"/arxiv/(?:kimi\?paper=)?",
    "hjfy.top": r"/arxiv/",
    "huggingface.co": r"/papers/",
    "hf.co": r"/papers/",
    "arxiv-vanity.com": r"/papers/",
    "arxiv-sanity.com": r"/",
    "arxiv-sanity-lite.com": r"[^#]*?[?&]pid=",
    "semanticscholar.org": r"/arxiv/",
    "api.semanticscholar.org": r"/(?:graph/v1/paper/|v1/paper/)?(?=arxiv:)",
    "scirate.com": r"/arxiv/",
    "inspirehep.net": r"/(?:api/)?arxiv/",
    "ui.adsabs.harvard.edu": r"/(?:link_gateway|abs)/(?=arxiv:)",
    "emergentmind.com": r"/papers/",
    "xxx.lanl.gov": r"/(?:abs|pdf|ps|format)/",
}
_DOI_PAGE = r"/doi/(?:(?:abs|full|fullhtml|pdf|pdfdirect|epdf|epub|reader|book|proceedings|figure)/)?(?=10\.)"
# Whose pages have addresses with the DOI, and what stands before it there.
_PUBLISHERS = {
    **dict.fromkeys(
        (
            *("dl.acm.org", "science.org", "onlinelibrary.wiley.com", "tandfonline.com", "pnas.org"),
            *("journals.sagepub.com", "pubs.acs.org", "journals.asm.org", "epubs.siam.org"),
            *("annualreviews.org", "ascelibrary.org", "royalsocietypublishing.org", "pubsonline.informs.org"),
        ),
        _DOI_PAGE,
    ),
    "link.springer.com": r"/(?:content/pdf|chapter|article|book|protocol|referenceworkentry)/(?=10\.)",
}
_BEHIND_DOI = lazy(
    r"\.(?:pdf|html?|full|abstract)$|/(?:full|abstract|pdf|epdf|fulltext\.html|summary|meta)/?$",
    re.IGNORECASE,
)
_REDIRECTORS = frozenset({"link.zhihu.com", "google.com", "web.archive.org", "l.facebook.com", "lnkd.in"})
_REDIRECTED = lazy(
    r"arxiv\.org(?:/|%2f)(?:abs|pdf|html|format)(?:/|%2f)(?=[a-z0-9])", re.IGNORECASE | re.ASCII
)
_DOI_HOSTS = frozenset({"doi.org"})
_ESCAPED = lazy("%2f", re.IGNORECASE)


_ABS_PAGE = lazy(
    r"https?://arxiv\.org/abs/(?P<id>[0-9]{4}\.[0-9]{4,5})(?P<version>v[1-9][0-9]{0,3})?", re.ASCII
)


def identify(link: str) -> LinkIdentity | None:
    """The paper that a URL, schemeless URL, DOI or ``arXiv:ID`` names; None when it names none.

    The whole of ``link`` must be that name, but for a query, a fragment and punctuation behind it. A file
    below an HTML page of arXiv (a figure) is no paper. The link is never opened.
    """
    # Two links of three have this form, so it is read without looking for any other.
    if (page := _ABS_PAGE.fullmatch(link)) and not new_style_fault(*page["id"].split(".")):
        version = page["version"]
        arxiv = ArxivId(page["id"], int(version[1:]) if version else None)
        return _identity(arxiv, LinkForm.ABS, page)
    if len(link) > _LONGEST:
        return None
    head = _HEAD.match(link)
    host = head["host"].lower() if head else ""
    if head is None or "." not in host or host.startswith("10."):
        return _identify_text(link)
    start = head.end("host")
    name, known = _registered(host, _KNOWN_HOSTS)
    if known:
        return _identify_known(link, name, link.find("/", start) if "/" in link[start:] else len(link))
    if _is_unknown_mirror(host):
        return _identify_at(link, _ARXIV_PATH, start, LinkForm.MIRROR)
    return _identify_text(link) if host[0].isdigit() else None


def _is_unknown_mirror(host: str) -> bool:
    return host.startswith("arxiv.") and not host.startswith("arxiv.org.")


def _registered(host: str, known: frozenset[str]) -> tuple[str, bool]:
    """The longest suffix of ``host``, cut at its dots, that is known."""
    while host not in known:
        _, dot, host = host.partition(".")
        if not dot:
            return "", False
    return host, True


def _identify_known(link: str, host: str, path: int) -> LinkIdentity | None:
    if host == "arxiv.org":
        return _identify_arxiv(link, path)
    if host in _DOI_HOSTS:
        return _identify_doi(link, path)
    if host in _REDIRECTORS:
        target = _REDIRECTED.search(link, path)
        return _well_formed(link, target.end(), LinkForm.OTHER) if target else None
    if host in _PUBLISHERS:
        return _identify_published(link, _PUBLISHERS[host], path)
    return _identify_at(link, _MIRRORS[host], path, LinkForm.MIRROR)


def _identify_published(link: str, prefix: str, path: int) -> LinkIdentity | None:
    """The DOI in the address of a publisher's page, without the ending of a file or a page behind it."""
    before = _path(prefix).match(link, path)
    found = match_doi(link, before.end(), escaped=True) if before else None
    if before is None or found is None:
        return None
    start, end = before.end(), found[1]
    behind = _BEHIND_DOI.search(link, start, end)
    doi = match_doi(link[: behind.start()], start, escaped=True) if behind else found
    return LinkIdentity(None, doi[0], LinkForm.OTHER, start, doi[1]) if doi else None


def _identify_at(link: str, prefix: str, path: int, form: LinkForm) -> LinkIdentity | None:
    before = _path(prefix).match(link, path)
    return _well_formed(link, before.end(), form) if before else None


def _identify_arxiv(link: str, path: int) -> LinkIdentity | None:
    page = _path(_ARXIV_PATH).match(link, path)
    if page is None:
        return _identify_at(link, _ARXIV_ARCHIVED_PATH, path, LinkForm.OTHER)
    form = _ARXIV_FORMS.get(page["kind"].lower(), LinkForm.SOURCE)
    match = _LINK_ID.match(link, page.end())
    if match is None:
        return _unreadable(link, page.end(), form)
    return _judge(link, match, form, strict=True)


def _well_formed(link: str, start: int, form: LinkForm) -> LinkIdentity | None:
    match = _LINK_ID.match(link, start)
    return _judge(link, match, form, strict=False) if match else None


def _judge(link: str, match: re.Match[str], form: LinkForm, *, strict: bool) -> LinkIdentity | None:
    """What the identifier matched is worth, given what stands behind it.

    Unless ``strict``, what cannot be an identifier is None instead of malformed: other hosts have paths of
    their own.
    """
    rest = _SEGMENT.match(link, match.end())
    behind = _without_trailing(rest[0]) if rest else ""
    if behind.startswith(("/", "%2f", "%2F")):
        return None
    if behind and strict:
        return _malformed(form, match.start("id"), match.end() + len(behind), f"{behind[:40]!r} follows it")
    try:
        arxiv = parse_bare(_ESCAPED.sub("/", match["id"]) + (match["version"] or ""))
    except MalformedArxivId as error:
        return _malformed(form, match.start("id"), match.end("id"), error.reason) if strict else None
    return None if behind else _identity(arxiv, form, match)


def _identity(arxiv: ArxivId, form: LinkForm, match: re.Match[str], doi: Doi | None = None) -> LinkIdentity:
    version = match.span("version") if match["version"] else (None, None)
    return LinkIdentity(arxiv, doi, form, match.start("id"), match.end("id"), *version)


def _malformed(form: LinkForm, start: int, end: int, reason: str, doi: Doi | None = None) -> LinkIdentity:
    return LinkIdentity(None, doi, form, start, end, malformed=reason)


def _unreadable(link: str, start: int, form: LinkForm) -> LinkIdentity:
    segment = _SEGMENT.match(link, start)
    candidate = _without_trailing(segment[0]) if segment else ""
    reason = "the identifier is missing"
    if candidate:
        try:
            parse_bare(_ESCAPED.sub("/", candidate.lower().removeprefix("arxiv:").removesuffix(".pdf")))
            reason = "it is not of the form 2403.03218 or hep-th/9901001"
        except MalformedArxivId as error:
            reason = error.reason
    return _malformed(form, start, start + len(candidate), reason)


def _without_trailing(text: str) -> str:
    text = text.rstrip(_TRAILING)
    while text[-3:].lower() in {"%20", "%0a"}:
        text = text[:-3].rstrip(_TRAILING)
    return text


_TEXT_ID = lazy(
    r"arxiv\s{0,3}:\s{0,3}(?P<id>[a-z][a-z-]{0,9}(?:\.[a-z][a-z-]{1,9})?/[0-9]{4,9}|[0-9]{3,6}\.[0-9]{3,7}|[0-9]{7})"
    r"(?P<version>v[0-9]{1,4})?(?![a-z0-9])",
    re.IGNORECASE | re.ASCII,
)
_BARE_ID = lazy(
    r"(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z][a-z-]{1,9}(?:\.[a-z]{2})?/[0-9]{7})(?P<version>v[0-9]{1,4})?",
    re.IGNORECASE | re.ASCII,
)
_CATEGORY_BEHIND = lazy(r"\s*(?:\[[\w.-]{2,20}\])?")
_DOI_LABEL = lazy(r"\s*(?:doi\s*:?\s*)?(?=10\.[0-9])", re.IGNORECASE)


def _identify_text(text: str) -> LinkIdentity | None:
    label = _DOI_LABEL.match(text)
    if label:
        found = _identify_doi(text, label.end())
        if found:
            return found
    start = len(text) - len(text.lstrip())
    named = _TEXT_ID.match(text, start)
    match = named or _BARE_ID.match(text, start)
    if match is None:
        return None
    category = _CATEGORY_BEHIND.match(text, match.end())
    if text[category.end() if category else match.end() :].rstrip().strip(_TRAILING + "?#"):
        return None
    return _identify_written(match, named=named is not None)


def _identify_written(match: re.Match[str], *, named: bool) -> LinkIdentity | None:
    """Without ``arXiv:`` before it (``named``), what cannot be an identifier is just a number."""
    try:
        return _identity(parse_bare(match["id"] + (match["version"] or "")), LinkForm.TEXT, match)
    except MalformedArxivId as error:
        if not named:
            return None
        return _malformed(LinkForm.TEXT, match.start("id"), match.end("id"), error.reason)


def identities_in(text: str) -> Iterator[LinkIdentity]:
    """Every ``arXiv:ID`` written in ``text``, in its order; malformed ones too."""
    if "arxiv" not in text.lower():
        return
    for match in _TEXT_ID.finditer(text):
        identity = _identify_written(match, named=True)
        if identity is not None:
            yield identity


_DOI_ARXIV_PART = lazy(r"(?P<id>[^\s]+?)(?P<version>v[0-9]{1,4})?", re.IGNORECASE | re.ASCII)


def _identify_doi(text: str, start: int) -> LinkIdentity | None:
    while text.startswith("/", start):
        start += 1
    found = match_doi(text, start)
    if found is None:
        return None
    doi, end = found
    if not doi.value.startswith(ARXIV_DOI):
        return LinkIdentity(None, doi, LinkForm.DOI, start, end)
    part = _DOI_ARXIV_PART.fullmatch(text, start + len(ARXIV_DOI), end)
    if part is None:
        return _malformed(LinkForm.DOI, start, end, "the identifier is missing", doi)
    try:
        arxiv = parse_bare(doi.value.removeprefix(ARXIV_DOI))
    except MalformedArxivId as error:
        return _malformed(LinkForm.DOI, part.start("id"), end, error.reason, doi)
    return _identity(arxiv, LinkForm.DOI, part, doi)


_BADGE_HOSTS = frozenset({"img.shields.io", "shields.io", "badgen.net", "custom-icon-badges.demolab.com"})
_BADGE_ID = lazy(
    r"(?<![0-9a-z.])(?P<id>[0-9]{4}\.[0-9]{4,5})(?P<version>v[0-9]{1,4})?(?![0-9a-z])",
    re.IGNORECASE | re.ASCII,
)


def badge_identity(url: str) -> LinkIdentity | None:
    """The paper that a picture shows, as in ``https://img.shields.io/badge/arXiv-2403.03218-red``."""
    if len(url) > _LONGEST or "arxiv" not in url.lower():
        return None
    head = _HEAD.match(url)
    if head is None or head["host"].lower() not in _BADGE_HOSTS:
        return None
    match = _BADGE_ID.search(url, head.end())
    if match is None:
        return None
    try:
        return _identity(parse_bare(match["id"] + (match["version"] or "")), LinkForm.BADGE, match)
    except MalformedArxivId:
        return None


_KNOWN_HOSTS = frozenset({"arxiv.org", *_DOI_HOSTS, *_REDIRECTORS, *_MIRRORS, *_PUBLISHERS})

_PAPER_PAGE = lazy(r"/papers?/.", re.IGNORECASE)


def names_paper(url: str) -> bool:
    """Whether a link leads to a paper, or at least where papers are kept."""
    return is_scholarly(url) or identify(url) is not None


def is_scholarly(url: str) -> bool:
    """Whether a link leads where papers are kept: a known host, or a PDF file."""
    head = _HEAD.match(url) if len(url) <= _LONGEST else None
    if head is None:
        return len(url) <= _LONGEST and _identify_text(url) is not None
    host = head["host"].lower()
    if "." not in host:
        return False
    if host.startswith("10."):
        return _identify_text(url) is not None
    if _registered(host, SCHOLARLY_HOSTS)[1] or _is_unknown_mirror(host):
        return True
    if host in {"huggingface.co", "hf.co"}:
        return _PAPER_PAGE.match(url, head.end()) is not None
    path = _SEGMENT.match(url, head.end())
    return _without_trailing(path[0])[-4:].lower() == ".pdf" if path and path[0] else False
