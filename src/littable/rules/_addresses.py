"""Web addresses that lead nowhere as they are written, and the one repair there may be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from littable.document.inline import Link, LinkKind
from littable.papers.hosts import SCHOLARLY_HOSTS
from littable.papers.identifiers import identify
from littable.rules._https_hosts import answers_https
from littable.text import Span


@dataclass(frozen=True, slots=True)
class Malformation:
    """What is wrong with an address.

    ``span`` is where, relative to the address; ``repair`` the address as it should read, None where that is
    not known; ``certain`` tells whether no other repair is possible.
    """

    reason: str
    span: Span
    repair: str | None = None
    certain: bool = False


_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}"
_SOUND = re.compile(rf"https?://(?:www\.)?{_HOST}(?::\d{{1,5}})?(?:[/?#][!-~]*)?", re.IGNORECASE)
_AT_HOST = re.compile(rf"(?P<host>{_HOST})(?=[/?#:]|$)", re.IGNORECASE)
_SCHEMES = re.compile(r"(?:(?P<last>[a-z]{3,7})(?P<mark>[:;：]/*|/{2,}))+", re.IGNORECASE)
_MISSPELT = {
    "https": "htps htpps htttps hhttps httpss httsp ttps htts hptts hhtps httpps htpts hppts tthps httos",
    "http": "htp htttp hhttp ttp htpp hhtp hpttp httpp",
}
_SCHEME_OF = {word: scheme for scheme, words in _MISSPELT.items() for word in [scheme, *words.split()]}
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u00a0]")
_BLANKS = re.compile(r"\s+")
_OPENING = "[(\"'“‘"
_CLOSING = "])\"'”’"
_INNER_LINK = re.compile(
    r"\[?(?P<label>https?://[^\s\[\]()]+)\]\((?P<url>https?://[^\s\[\]()]+)\)?", re.IGNORECASE
)
_SECOND = re.compile(r"(?<=[\w.)\],;，；、-])https?://", re.IGNORECASE)
_AUTHORITY = re.compile(r"https?://(?P<host>[^/?#\\]*)", re.IGNORECASE)
_ONE_COMPUTER = re.compile(r"file:|[a-z]:\\|https?://(?:localhost|127\.0\.0\.1)(?=[:/]|$)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?!doi:|arxiv:)[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*)?(?=10\.\d{4,9}/)", re.IGNORECASE)
_GENERAL = ("com", "org", "net", "edu", "gov")


def malformation(link: Link, written: str) -> Malformation | None:
    """What is wrong with the address of a link, given as it is written in the source."""
    if link.kind is LinkKind.BROKEN:
        return _broken(written)
    if _SOUND.fullmatch(written) and written.lower().find("http", 4) < 0:
        return None
    if link.kind is LinkKind.BARE and written[:4].lower() == "www.":
        return None
    return _wrapped(written) or in_text(written)


def in_text(written: str) -> Malformation | None:
    """What is wrong with an address that stands alone, such as one that GitHub does not link."""
    if not written:
        return None
    if _ONE_COMPUTER.match(written):
        return Malformation("the address leads to a file on one computer", _whole(written))
    return _wrong_scheme(written) or _without_scheme(written) or _wrong_inside(written)


def _whole(written: str) -> Span:
    return Span(0, len(written))


def _secure(scheme: str, host: str) -> str:
    """The scheme to write: https where the host is known to answer it."""
    return "https" if answers_https(host.lower()) else scheme


def _wrong_scheme(written: str) -> Malformation | None:
    match = _SCHEMES.match(written)
    if match is None or match[0].lower() in ("http://", "https://"):
        return None
    words = re.findall(r"[a-z]+", match[0].lower())
    if any(word not in _SCHEME_OF for word in words):
        return None
    span = Span(0, match.end())
    reason = f"the address begins with {match[0]}"
    host = _AT_HOST.match(written, match.end())
    if host is None:
        return Malformation(reason, span)
    scheme = _secure(_SCHEME_OF[words[-1]], host["host"])
    return Malformation(
        reason, span, f"{scheme}://{written[match.end() :]}", certain=_is_sound(written[match.end() :])
    )


def _is_sound(rest: str) -> bool:
    return _SOUND.fullmatch(f"https://{rest}") is not None


def _without_scheme(written: str) -> Malformation | None:
    if written[:4].lower() == "http" or written[0] in "/.#?" or _OTHER_SCHEME.match(written):
        return None
    identity = identify(written)
    if identity is not None and identity.doi and (doi := _DOI.match(written)):
        repair = f"https://doi.org/{written[doi.end() :]}"
        return Malformation(
            "the DOI is linked without https://doi.org/", _whole(written), repair, certain=True
        )
    if identity is not None and identity.arxiv and written[:6].lower() == "arxiv:":
        return Malformation(
            f"{written} is an identifier and no address",
            _whole(written),
            identity.arxiv.abs_url,
            certain=True,
        )
    host = _AT_HOST.match(written)
    if host is None:
        return None
    name = host["host"].lower()
    known = answers_https(name) or _is_scholarly(name)
    if not known and not name.startswith("www.") and name.rpartition(".")[2] not in _GENERAL:
        return None
    certain = known and _is_sound(written)
    return Malformation(
        "the address does not begin with https://", _whole(written), f"https://{written}", certain
    )


def _is_scholarly(host: str) -> bool:
    while host not in SCHOLARLY_HOSTS:
        _, dot, host = host.partition(".")
        if not dot:
            return False
    return True


def _wrapped(written: str) -> Malformation | None:
    """An address in brackets or quotation marks of its own, as in ``[Link]([https://…)``."""
    opened = len(written) - len(written.lstrip(_OPENING))
    if not opened or not written.startswith(("http", "www."), opened):
        return None
    inner = _INNER_LINK.match(written, opened - 1 if written[opened - 1] == "[" else opened)
    if inner is not None:
        same = inner["label"] == inner["url"]
        return Malformation(
            "a link stands inside the address", _whole(written), inner["url"] if same else None, same
        )
    end = len(written)
    while end > opened and written[end - 1] in _CLOSING and len(written) - end < opened:
        end -= 1
    repair = written[opened:end]
    reason = f"{written[:opened]} stands before the address"
    return Malformation(reason, Span(0, opened), repair, certain=_SOUND.fullmatch(repair) is not None)


def _wrong_inside(written: str) -> Malformation | None:
    if invisible := _INVISIBLE.search(written):
        repair = _INVISIBLE.sub("", written)
        certain = _SOUND.fullmatch(repair) is not None
        return Malformation(
            f"the invisible character U+{ord(invisible[0]):04X} stands in the address",
            Span(*invisible.span()),
            repair,
            certain,
        )
    if second := _SECOND.search(written, 8):
        first = written[: second.start()]
        same = first == written[second.start() :]
        span = Span(second.start(), len(written))
        return Malformation("two addresses run together", span, first if same else None, same)
    return _wrong_host(written)


def _wrong_host(written: str) -> Malformation | None:
    authority = _AUTHORITY.match(written)
    if authority is None or "[" in authority["host"] or "@" in authority["host"]:
        return None
    host = authority["host"]
    if not host:
        return Malformation("no host follows https://", _whole(written))
    if "." in host.strip(".") and ".." not in host and not re.search(r"[,;]", host):
        return None
    return Malformation(f"there can be no host {host[:40]}", Span(*authority.span("host")))


def _broken(written: str) -> Malformation:
    """A destination that GitHub does not take as one: blanks inside, or no closing bracket."""
    bare = written.strip()
    if wrapped := _wrapped(bare):
        return Malformation(wrapped.reason, _whole(written))
    blank = _BLANKS.search(bare)
    if blank is None:
        return Malformation("the closing bracket of the link is missing", _whole(written))
    start = written.index(bare) + blank.start()
    reason = "a blank stands in the address"
    span = Span(start, start + len(blank[0]))
    joined = _BLANKS.sub("", bare)
    if _SOUND.fullmatch(joined) and _blank_is_surplus(bare, joined, blank):
        return Malformation(reason, span, joined, certain=True)
    return Malformation(reason, span)


def _blank_is_surplus(bare: str, joined: str, blank: re.Match[str]) -> bool:
    """Whether the address names a paper without the blank only, or begins behind it."""
    if re.fullmatch(r"https?:/*", bare[: blank.start()], re.IGNORECASE):
        return True
    named, before = identify(joined), identify(bare[: blank.start()])
    return (
        named is not None
        and named.arxiv is not None
        and len(_BLANKS.findall(bare)) == 1
        and (before is None or before.canonical_key is None)
    )
