"""Web addresses that lead nowhere as they are written, and the one repair there may be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from littable.document.inline import Link, LinkKind
from littable.papers.hosts import SCHOLARLY_HOSTS
from littable.papers.identifiers import identify
from littable.patterns import lazy
from littable.rules._https_hosts import answers_https
from littable.rules._sound_addresses import HOST, is_sound
from littable.text import Span


@dataclass(frozen=True, slots=True)
class Malformation:
    """What is wrong with an address.

    ``span`` is where, relative to the address; ``repair`` the address as it should read, None where that is
    not known; ``certain`` tells whether no other repair is possible. ``unclosed`` says that the address is
    right and the bracket behind it is missing.
    """

    reason: str
    span: Span
    repair: str | None = None
    certain: bool = False
    unclosed: bool = False


_AT_HOST = lazy(rf"(?P<host>{HOST})(?=[/?#:]|$)", re.IGNORECASE)
_SCHEMES = lazy(r"(?:(?P<last>[a-z]{3,7})(?P<mark>[:;：]/*|/{2,}))+", re.IGNORECASE)
_MISSPELT = {
    "https": "htps htpps htttps hhttps httpss httsp ttps htts hptts hhtps httpps htpts hppts tthps httos",
    "http": "htp htttp hhttp ttp htpp hhtp hpttp httpp",
}
_SCHEME_OF = {word: scheme for scheme, words in _MISSPELT.items() for word in [scheme, *words.split()]}
_INVISIBLE = lazy("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u00a0]")
_BLANKS = lazy(r"\s+")
_OPENING = "[(\"'“‘"
_CLOSING = "])\"'”’"
_INNER_LINK = lazy(r"\[?(?P<label>https?://[^\s\[\]()]+)\]\((?P<url>https?://[^\s\[\]()]+)\)?", re.IGNORECASE)
_SECOND = lazy(r"(?<=[\w.)\],;，；、-])https?://", re.IGNORECASE)
_AUTHORITY = lazy(r"https?://(?P<host>[^/?#\\]*)", re.IGNORECASE)
_ONE_COMPUTER = lazy(r"file:|[a-z]:\\|https?://(?:localhost|127\.0\.0\.1)(?=[:/]|$)", re.IGNORECASE)
_OTHER_SCHEME = lazy(r"(?!doi:|arxiv:)[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_DOI = lazy(r"(?:doi:\s*)?(?=10\.\d{4,9}/)", re.IGNORECASE)
_GENERAL = ("com", "org", "net", "edu", "gov")


def malformation(link: Link, source: str) -> Malformation | None:
    """What is wrong with the address of a link in ``source``."""
    written = link.url_span.of(source)
    if link.kind is LinkKind.BROKEN:
        return _broken(written, closed=source.endswith(")", link.span.start, link.span.end))
    if is_sound(written) or (link.kind is LinkKind.BARE and written[:4].lower() == "www."):
        return None
    return _wrapped(written) or malformed_text(written)


def malformed_text(written: str) -> Malformation | None:
    """What is wrong with an address that stands alone, such as one that GitHub does not link."""
    if not written:
        return None
    if _ONE_COMPUTER.match(written):
        return Malformation("the address leads to a file on one computer", _whole(written))
    return _wrong_scheme(written) or _without_scheme(written) or _wrong_inside(written)


def _whole(written: str) -> Span:
    return Span(0, len(written))


def _repaired(reason: str, span: Span, repair: str) -> Malformation:
    """A repair is certain where nothing else is wrong with it."""
    authority = _AUTHORITY.match(repair)
    if authority is not None and repair[4] == ":" and answers_https(authority["host"].lower()):
        repair = f"https{repair[4:]}"
    return Malformation(reason, span, repair, certain=is_sound(repair))


def _wrong_scheme(written: str) -> Malformation | None:
    match = _SCHEMES.match(written)
    if match is None or match[0].lower() in ("http://", "https://"):
        return None
    words = re.findall(r"[a-z]+", match[0].lower())
    if any(word not in _SCHEME_OF for word in words):
        return None
    reason, span = f"the address begins with {match[0]}", Span(0, match.end())
    if _AT_HOST.match(written, match.end()) is None:
        return Malformation(reason, span)
    return _repaired(reason, span, f"{_SCHEME_OF[words[-1]]}://{written[match.end() :]}")


def _without_scheme(written: str) -> Malformation | None:
    if written[:4].lower() == "http" or written[0] in "/.#?" or _OTHER_SCHEME.match(written):
        return None
    identity = identify(written)
    if identity is not None and identity.doi and (doi := _DOI.match(written)):
        reason = "the DOI is linked without https://doi.org/"
        return _repaired(reason, _whole(written), f"https://doi.org/{written[doi.end() :]}")
    if identity is not None and identity.arxiv and written[:6].lower() == "arxiv:":
        reason = f"{written} is an identifier and no address"
        return _repaired(reason, _whole(written), identity.arxiv.abs_url)
    host = _AT_HOST.match(written)
    return None if host is None else _at_host(written, host["host"].lower())


def _at_host(written: str, host: str) -> Malformation | None:
    """A known host alone is certainly no folder of the repository, and certainly answers https."""
    known = answers_https(host) or _is_scholarly(host)
    if not known and not host.startswith("www.") and host.rpartition(".")[2] not in _GENERAL:
        return None
    found = _repaired("the address does not begin with https://", _whole(written), f"https://{written}")
    return replace(found, certain=found.certain and known)


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
        reason = "a link stands inside the address"
        if inner["label"] != inner["url"]:
            return Malformation(reason, _whole(written))
        return _repaired(reason, _whole(written), inner["url"])
    end = len(written)
    while end > opened and written[end - 1] in _CLOSING and len(written) - end < opened:
        end -= 1
    return _repaired(f"{written[:opened]} stands before the address", Span(0, opened), written[opened:end])


def _wrong_inside(written: str) -> Malformation | None:
    if invisible := _INVISIBLE.search(written):
        reason = f"the invisible character U+{ord(invisible[0]):04X} stands in the address"
        return _repaired(reason, Span(*invisible.span()), _INVISIBLE.sub("", written))
    if second := _SECOND.search(written, 8):
        reason, span = "two addresses run together", Span(second.start(), len(written))
        first = written[: second.start()]
        return (
            _repaired(reason, span, first)
            if first == written[second.start() :]
            else Malformation(reason, span)
        )
    return _wrong_host(written)


def _wrong_host(written: str) -> Malformation | None:
    authority = _AUTHORITY.match(written)
    if authority is None or "[" in authority["host"] or "@" in authority["host"]:
        return None
    host = authority["host"]
    if not host:
        return Malformation("no host follows https://", _whole(written))
    if "." in host.strip(".") and ".." not in host and "," not in host and ";" not in host:
        return None
    return Malformation(f"there can be no host {host[:40]}", Span(*authority.span("host")))


def _broken(written: str, *, closed: bool) -> Malformation:
    """A destination that GitHub does not take as one: blanks inside, or no closing bracket."""
    bare = written.strip()
    if wrapped := _wrapped(bare):
        return Malformation(wrapped.reason, _whole(written))
    blank = _BLANKS.search(bare)
    if blank is None:
        unclosed = not closed and bare.count("(") == bare.count(")")
        return Malformation("the closing bracket of the link is missing", _whole(written), unclosed=unclosed)
    start = written.index(bare) + blank.start()
    reason, span = "a blank stands in the address", Span(start, start + len(blank[0]))
    if closed and _is_surplus(blank):
        return _repaired(reason, span, _BLANKS.sub("", bare))
    return Malformation(reason, span)


def _is_surplus(blank: re.Match[str]) -> bool:
    """Whether the address names a paper without its only blank, or begins behind it."""
    before = blank.string[: blank.start()]
    joined = _BLANKS.sub("", blank.string, count=1)
    if re.search(r"\s", joined):
        return False
    if re.fullmatch(r"https?:/*", before, re.IGNORECASE):
        return True
    named, already = identify(joined), identify(before)
    names_one = named is not None and named.arxiv is not None
    return names_one and (already is None or already.canonical_key is None)
