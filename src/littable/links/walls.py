"""Walls: pages that stand before the page that was asked for, whatever status they carry.

A page that is taken for a wall makes a link unknown, never dead, so these may be generous; they are strict
where the page would otherwise count as alive, since every site behind Cloudflare or Imperva carries their
scripts.
"""

from __future__ import annotations

from littable.links.answer import Answer
from littable.patterns import lazy

# Cloudflare: "Detect a Challenge Page response" in its documentation. AWS: "CAPTCHA and Challenge action
# behavior".
_HEADERS = {
    "cf-mitigated": ("challenge", "Cloudflare"),
    "x-amzn-waf-action": ("", "AWS"),
}
# What stands in the challenge pages only, not in the scripts that these services put into every page.
_MARKS = {
    "_cf_chl_opt": "Cloudflare",
    "cf-browser-verification": "Cloudflare",
    "gokuprops": "AWS",
    "incapsula incident id": "Imperva",
    "captcha-delivery.com": "DataDome",
    "px-captcha": "PerimeterX",
    "errors.edgesuite.net": "Akamai",
    "anubis_challenge": "Anubis",
    "sucuri_cloudproxy_js": "Sucuri",
}
# Beginnings of titles, in lower case.
_TITLES = (
    "just a moment",
    "one moment, please",
    "please wait...",
    "attention required! | cloudflare",
    "checking your browser",
    "making sure you",
    "robot check",
    "are you a robot",
    "are you human",
    "bot verification",
    "human verification",
    "verify you are human",
    "verifying you are human",
    "security check",
    "security verification",
    "vercel security checkpoint",
    "client challenge",
    "pardon our interruption",
    "unusual traffic",
    "access denied",
    "ddos-guard",
    "captcha",
    "radware bot manager",
)
# Enough to doubt a 404, which a page may carry for other reasons; never enough to doubt a 200.
_DOUBTS = (
    "captcha",
    "are you human",
    "are you a robot",
    "not a robot",
    "verify you are",
    "unusual traffic",
    "automated access",
    "access denied",
    "enable javascript and cookies",
    "bot detection",
    "cf-chl",
)
_TITLE = lazy(r"<title[^<>]{0,100}>\s{0,100}([^<]{1,200})")


def wall_of(answer: Answer, *, wide: bool = False) -> str | None:
    """The name of the wall that an answer shows, None where it shows none.

    ``wide`` takes a mere mention of captchas and the like for one.
    """
    for name, (value, wall) in _HEADERS.items():
        found = answer.headers.get(name)
        if found is not None and found.lower().startswith(value):
            return wall
    if not answer.body:
        return None
    body = answer.body.decode("utf-8", "replace").lower()
    for mark, wall in _MARKS.items():
        if mark in body:
            return wall
    title = _TITLE.search(body)
    if title and title[1].startswith(_TITLES):
        return "by its title"
    if wide and any(doubt in body for doubt in _DOUBTS):
        return "by its words"
    return None
