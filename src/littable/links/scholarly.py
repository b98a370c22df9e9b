"""Scholarly links: which are asked by their identifier, and which are meant to lead elsewhere for good.

Publishers' landing pages need no list of their own. ACM answers 403 with Cloudflare's challenge, IEEE 202 or
418, Wiley and Elsevier 403, OpenReview 403 or 429 to guests: all of them unknown by `verdict.py`, and mostly
linked by DOI, which is asked at the registry. ACL Anthology, PMLR, NeurIPS and CVF are plain pages; a
repository that was renamed on GitHub answers 301, which is moved like any other.
"""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

from littable.links.answer import Answer
from littable.links.url import Address
from littable.links.verdict import Meaning, Sight
from littable.patterns import lazy

_RESOLVERS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_DOI = lazy(r"/(10\.[0-9]{4,9}(?:\.[0-9]+)*/.+)")
# Identifiers that are promised to stay while what they lead to moves, and short forms that have no other
# purpose.
_PERSISTENT = _RESOLVERS | frozenset(
    """hdl.handle.net purl.org purl.oclc.org purl.archive.org w3id.org n2t.net identifiers.org arks.org
    perma.cc urn.nb.no nbn-resolving.org nbn-resolving.de bit.ly t.co tinyurl.com goo.gl forms.gle git.io
    aka.ms g.co ow.ly is.gd rb.gy rebrand.ly lnkd.in youtu.be s.id cutt.ly shorturl.at""".split()
)


def doi_of(address: Address) -> str | None:
    """The DOI that a link to the resolver names, without escapes; None for every other address."""
    if address.host not in _RESOLVERS:
        return None
    found = _DOI.fullmatch(unquote(address.path))
    return found[1] if found else None


def registry_url(api: str, doi: str) -> str:
    """Where the handle system says whether a DOI exists."""
    return api + quote(doi, safe="/:;()._-")


def is_meant_to_redirect(host: str) -> bool:
    """Whether a host gives addresses that lead elsewhere by design, and are not to be replaced by that."""
    return host in _PERSISTENT


def judge_registry(answer: Answer, doi: str) -> Sight | None:
    """What the registry says of a DOI; None where it is not the registry that speaks.

    Its codes (DOI Handbook, REST API): 1 known, 200 known without such values, 100 not known, 2 failed.
    """
    try:
        said = json.loads(answer.body) if answer.whole and answer.readable else None
    except ValueError:
        return None
    if not isinstance(said, dict) or str(said.get("handle", "")).lower() != doi.lower():
        return None
    code = said.get("responseCode")
    if code in (1, 200) and answer.status == 200:
        return Sight(Meaning.GOOD, "is known to the registry of DOIs", answer.status)
    if code == 100 and answer.status in (200, 404):
        return Sight(Meaning.GONE, "is not known to the registry of DOIs", answer.status, what="identifier")
    return None
