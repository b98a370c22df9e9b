"""arXiv identifiers and DOIs: every form in which a link or a piece of text names a paper.

Identifiers follow https://info.arxiv.org/help/arxiv_identifier.html. Every pattern here is linear in the
length of its input, since links come from untrusted files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import unquote

from littable.papers.hosts import SCHOLARLY_HOSTS
from littable.patterns import lazy

_ARCHIVE_NAMES = """
acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs
dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics
plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con
"""
_OLD_ARCHIVES = frozenset(_ARCHIVE_NAMES.split())
_FIRST_OLD, _LAST_OLD = (1991, 7), (2007, 3)
_FIRST_FIVE_DIGITS = (2015, 1)

_SHAPE = lazy(
    r"(?:(?P<archive>[a-z][a-z-]*)(?:\.[a-z][a-z-]+)?/(?P<old>[0-9]+)"
    r"|(?P<yymm>[0-9]+)\.(?P<number>[0-9]+)"
    r"|(?P<bare>[0-9]{7}))(?:v(?P<version>[0-9]+))?",
    re.IGNORECASE | re.ASCII,
)
_WRITTEN = lazy(r"(?:arxiv\s*:\s*)?(?P<id>\S+?)(?:\s*\[[\w.-]+\])?", re.IGNORECASE)


class MalformedArxivId(ValueError):
    """A text cannot be an arXiv identifier; ``reason`` says why as a clause, without naming the text."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r} is not an arXiv identifier: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class ArxivId:
    """An arXiv paper, or one version of it.

    ``id`` is canonical: ``2403.03218`` or ``astro-ph/0601001``, without version, subject class and capitals.
    The constructor trusts its arguments; ``parse`` checks them.
    """

    id: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> ArxivId:
        """Read a bare identifier: with or without version, ``arXiv:`` before and ``[cs.CL]`` behind it.

        Raises MalformedArxivId when no paper can have this identifier.
        """
        written = _WRITTEN.fullmatch(text.strip())
        return _parse_bare(written["id"] if written else text.strip())

    def __str__(self) -> str:
        return self.id if self.version is None else f"{self.id}v{self.version}"

    @property
    def bare(self) -> ArxivId:
        """The paper, whatever the version."""
        return self if self.version is None else ArxivId(self.id)

    def at(self, version: int) -> ArxivId:
        """One version of the paper; the first is 1."""
        return ArxivId(self.id, version)

    @property
    def submitted(self) -> tuple[int, int]:
        """Year and month in which the identifier was given out."""
        return _month_of(self.id.rpartition("/")[2])

    @property
    def abs_url(self) -> str:
        """The page of the abstract on arxiv.org, at the version when there is one."""
        return f"https://arxiv.org/abs/{self}"


def _month_of(digits: str) -> tuple[int, int]:
    short_year = int(digits[:2])
    return short_year + (1900 if short_year >= 91 else 2000), int(digits[2:4])


def _parse_bare(text: str) -> ArxivId:
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise MalformedArxivId(text, "it is not of the form 2403.03218 or hep-th/9901001")
    reason = _fault(shape)
    if reason is not None:
        raise MalformedArxivId(text, reason)
    version = int(shape["version"]) if shape["version"] else None
    if shape["archive"]:
        return ArxivId(f"{shape['archive'].lower()}/{shape['old']}", version)
    return ArxivId(f"{shape['yymm']}.{shape['number']}", version)


def _fault(shape: re.Match[str]) -> str | None:
    if shape["bare"]:
        return "an old-style number needs its archive, as in hep-th/9901001"
    version = shape["version"]
    if version is not None and (len(version) > 4 or int(version) == 0):
        return f"there is no version {version[:9]}"
    if shape["archive"]:
        return _old_style_fault(shape["archive"].lower(), shape["old"])
    return _new_style_fault(shape["yymm"], shape["number"])


def _old_style_fault(archive: str, number: str) -> str | None:
    if archive not in _OLD_ARCHIVES:
        return f"arXiv has no archive {archive[:20]!r}"
    if len(number) != 7:
        return f"an old-style number has 7 digits, not {len(number)}"
    month = _month_of(number)
    if not 1 <= month[1] <= 12:
        return f"there is no month {number[2:4]}"
    if not _FIRST_OLD <= month <= _LAST_OLD:
        return "old-style identifiers were given out from July 1991 to March 2007"
    return "numbers start at 001" if number[4:] == "000" else None


def _new_style_fault(yymm: str, number: str) -> str | None:
    if len(yymm) != 4:
        return f"there are {len(yymm)} digits before the dot, not 4"
    month = _month_of(yymm)
    if not 1 <= month[1] <= 12:
        return f"there is no month {yymm[2:]}"
    if month <= _LAST_OLD:
        return "identifiers of this form were given out from April 2007 on"
    digits = 5 if month >= _FIRST_FIVE_DIGITS else 4
    if len(number) != digits:
        since = "from 2015 on" if digits == 5 else "before 2015"
        return f"there are {len(number)} digits after the dot, but identifiers {since} have {digits}"
    return f"numbers start at {1:0{digits}}" if not number.strip("0") else None


_DOI = lazy(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s?#\"<>]+", re.ASCII)
_DOI_WRITTEN = lazy(r"(?:(?:https?://)?(?:(?:www|dx)\.)?doi\.org/|doi\s*:\s*)?", re.IGNORECASE)
_ARXIV_DOI = "10.48550/arxiv."
_CLOSERS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True, order=True)
class Doi:
    """A DOI in lower case (DOIs do not distinguish case) and without URL escapes."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Doi:
        """Read ``10.1000/182``, ``doi:10.1000/182`` or a doi.org link. Raises ValueError when it is none."""
        text = text.strip()
        prefix = _DOI_WRITTEN.match(text)
        found = _match_doi(text, prefix.end() if prefix else 0)
        if found is None:
            raise ValueError(f"{text!r} is not a DOI")
        return found[0]

    def __str__(self) -> str:
        return self.value

    @property
    def url(self) -> str:
        """The resolver's link."""
        return f"https://doi.org/{self.value}"

    @property
    def arxiv(self) -> ArxivId | None:
        """The paper that a DOI of arXiv (``10.48550/arXiv.ID``) stands for; None for any other DOI."""
        if not self.value.startswith(_ARXIV_DOI):
            return None
        try:
            return _parse_bare(self.value.removeprefix(_ARXIV_DOI))
        except MalformedArxivId:
            return None


def _match_doi(text: str, start: int) -> tuple[Doi, int] | None:
    """The DOI that begins at ``start`` and the offset of its end, without punctuation of the sentence."""
    match = _DOI.match(text, start)
    if match is None:
        return None
    end = match.end()
    while text[end - 1] in ".,;:!'*_`|)]}":
        closer = text[end - 1]
        opener = _CLOSERS.get(closer)
        if opener and text.count(opener, start, end) >= text.count(closer, start, end):
            break
        end -= 1
    value = text[start:end]
    if value.endswith("/"):
        return None
    return Doi((unquote(value) if "%" in value else value).lower()), end


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
    if (page := _ABS_PAGE.fullmatch(link)) and not _new_style_fault(*page["id"].split(".")):
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
    return _identify_at(link, _MIRRORS[host], path, LinkForm.MIRROR)


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
        arxiv = _parse_bare(_ESCAPED.sub("/", match["id"]) + (match["version"] or ""))
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
            _parse_bare(_ESCAPED.sub("/", candidate.lower().removeprefix("arxiv:").removesuffix(".pdf")))
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
        return _identity(_parse_bare(match["id"] + (match["version"] or "")), LinkForm.TEXT, match)
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
    found = _match_doi(text, start)
    if found is None:
        return None
    doi, end = found
    if not doi.value.startswith(_ARXIV_DOI):
        return LinkIdentity(None, doi, LinkForm.DOI, start, end)
    part = _DOI_ARXIV_PART.fullmatch(text, start + len(_ARXIV_DOI), end)
    if part is None:
        return _malformed(LinkForm.DOI, start, end, "the identifier is missing", doi)
    try:
        arxiv = _parse_bare(doi.value.removeprefix(_ARXIV_DOI))
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
        return _identity(_parse_bare(match["id"] + (match["version"] or "")), LinkForm.BADGE, match)
    except MalformedArxivId:
        return None


_KNOWN_HOSTS = frozenset({"arxiv.org", *_DOI_HOSTS, *_REDIRECTORS, *_MIRRORS})

_PAPER_PAGE = lazy(r"/papers?/.", re.IGNORECASE)


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
