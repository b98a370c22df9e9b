"""Where redirects lead, and what of it may be written into somebody's table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from littable.links.scholarly import is_meant_to_redirect
from littable.links.url import Address
from littable.links.verdict import PERMANENT
from littable.patterns import lazy

MOST = 10
# So many different pages that lead to one place are not that place. Two may be two forms of one page.
_ALL = 3

_FRONT = lazy(
    r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2})?)/?)?(?:(?:index|home|default|main|welcome)(?:\.[a-z]{2,5})?/?)?",
    re.IGNORECASE,
)
# Queries that choose no page.
_ASIDE = lazy(
    r"(?:(?:lang|locale|hl|ref|from|src|source|error|msg|message|redirect\w*|utm_\w+)=[^&]*&?)+", re.I
)
_LOCALE = lazy(r"/[a-z]{2}(?:[-_][a-z]{2})?(?=/|$)", re.IGNORECASE)
# Sessions and one-time tokens: an address that carries them is good for one visit.
_SESSION = lazy(
    r"(?:jsessionid|phpsessid|aspsessionid|sessionid|session_id|sid|token|nonce|state|code|ticket|__cf_chl\w*"
    r"|cookieset|signature|x-amz-[a-z\-]+|expires)=|;jsessionid",
    re.IGNORECASE,
)
_SEGMENTS = lazy(r"[^/]+")
_LOGIN = frozenset(
    "login log-in log_in logon signin sign-in sign_in sso saml saml2 oauth oauth2 auth authorize authenticate"
    " authentication idp cas shibboleth wayf session sessions password register signup account"
    " accounts".split()
)
_CONSENT = frozenset(
    "consent cookie cookies cookiewall cookie-wall cookieabsent cookie-absent cookies-required gdpr privacy"
    " privacy-consent age-gate agegate".split()
)
_WALL = frozenset(
    "captcha challenge blocked block access-denied accessdenied denied robot robots bot sorry"
    " unsupported-browser unsupportedbrowser validate verify".split()
)
_ERROR = frozenset(
    "404 notfound not-found not_found page-not-found pagenotfound error errors error404 gone missing"
    " unavailable maintenance offline suspended suspendedpage expired parked parking lander".split()
)
_PLACES = (
    (_LOGIN, "a login page"),
    (_CONSENT, "a page that asks for consent"),
    (_WALL, "a wall against bots"),
    (_ERROR, "the site's page for errors"),
)


# The one doubt that tells nothing about the page.
AT_A_WALL = "leads to a wall against bots"


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the status that it came with, and where it leads."""

    status: int
    to: Address


def doubt(origin: Address, hops: Sequence[Hop]) -> str | None:
    """Why a page at the end of redirects is not the page that the link meant; None where it may be.

    The reason is a clause about the link.
    """
    if not hops or is_meant_to_redirect(origin.host):
        return None
    end = hops[-1].to
    before = _words(origin)
    for words, place in _PLACES:
        if (_words(end) - before) & words:
            return f"leads to {place}"
    if is_front_page(end) and not is_front_page(origin):
        return "leads to the front page of a site"
    return None


def writable(origin: Address, hops: Sequence[Hop]) -> Address | None:
    """What may be written instead of ``origin``: where permanent redirects lead from its beginning on.

    A temporary one ends it, and so does one from https to http. None where that is not the same thing for
    everybody, at any time.
    """
    if is_meant_to_redirect(origin.host):
        return None
    found, secure = origin, origin.scheme == "https"
    for hop in hops:
        if hop.status not in PERMANENT or (secure and hop.to.scheme != "https"):
            break
        found, secure = hop.to, hop.to.scheme == "https"
    if found.url == origin.url or not _is_lasting(origin, found):
        return None
    return found


def is_front_page(address: Address) -> bool:
    """Whether an address is that of a whole site, in whatever language."""
    if address.query and not _ASIDE.fullmatch(address.query):
        return False
    return _FRONT.fullmatch(address.path) is not None


def catch_alls(moved: Iterable[tuple[Address, str]]) -> frozenset[str]:
    """The new addresses to which a site sends pages of all kinds, from pairs of an old and a new address.

    Such a place is a start page, a notice or somebody else's shop, and none of the pages that stood there.
    """
    pages: dict[str, set[str]] = {}
    for origin, to in moved:
        pages.setdefault(to, set()).add(origin.target.rstrip("/").lower())
    return frozenset(to for to, origins in pages.items() if len(origins) >= _ALL)


def _is_lasting(origin: Address, found: Address) -> bool:
    if _SESSION.search(found.target) and not _SESSION.search(origin.target):
        return False
    # The same page with something added: who sent the reader, which day it is.
    if (found.host, found.path) == (origin.host, origin.path) and found.query != origin.query:
        return False
    # In the language of whoever asks: "/paper" to "/en/paper".
    if found.host == origin.host and _LOCALE.sub("", found.path, 1) == origin.path != found.path:
        return False
    # An archive's copy, a translation, a page that offers the name for sale.
    bare = origin.host.removeprefix("www.")
    return bare not in found.target.lower() or bare in origin.target.lower()


def _words(address: Address) -> frozenset[str]:
    """What an address speaks of: the parts of its path without endings, and its host but for the domain."""
    path = {part.partition(".")[0].lower() for part in _SEGMENTS.findall(address.path)}
    return frozenset(path | set(address.host.split(".")[:-2]))
