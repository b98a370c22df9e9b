"""What the fragment of a link names in a page of HTML.

The text is searched for ids and names, not parsed: a page that a stranger made can make a parser slow, and an
id in a comment or a script is better taken for an anchor than missed.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from littable.links.answer import Answer
from littable.patterns import lazy

_NAMED = lazy(
    r"""\b(?:id|name)\s{0,9}=\s{0,9}(?:"([^"<>]{1,500})"|'([^'<>]{1,500})'|([^\s"'<>=`]{1,500}))""",
    re.IGNORECASE,
)
_OWN_LINK = lazy(r"""href\s{0,9}=\s{0,9}["']?#[^"'>\s]""", re.IGNORECASE)
_CHARSET = lazy(r"charset\s{0,9}=\s{0,9}[\"']?([\w\-]{1,40})", re.IGNORECASE)
# Anchors that scripts make or read: lines of code, states of an application, text to look for, pages of a
# PDF.
_BY_SCRIPT = lazy(
    r"[!/?:~].*|.*[=:].*|L\d+.*|(?:issue|discussion|pullrequest|diff|user-content-fn)\w*-.*", re.IGNORECASE
)
_ON_GITHUB = "user-content-"


def has_anchor(answer: Answer, fragment: str) -> bool | None:
    """Whether a page has what a fragment names; None where that cannot be told.

    It cannot where the page is no HTML or not whole, or where scripts make of the fragment what they like.
    """
    name = unquote(fragment)
    if not name or name.lower() == "top":
        return True
    if not _is_html(answer) or not answer.whole or not answer.readable or _BY_SCRIPT.fullmatch(name):
        return None
    # GitHub sends the HTML of a README within JSON.
    text = _text(answer).replace('\\"', '"')
    wanted = {name, fragment, _ON_GITHUB + name, _ON_GITHUB + name.lower()}
    for match in _NAMED.finditer(text):
        if unescape(match[1] or match[2] or match[3]) in wanted:
            return True
    # What a script will make is not there yet. A page that links to its own parts has them.
    return False if "<script" not in text or _OWN_LINK.search(text) else None


def _is_html(answer: Answer) -> bool:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml")


def _text(answer: Answer) -> str:
    declared = _CHARSET.search(answer.headers.get("content-type", "")) or _CHARSET.search(
        answer.body[:2048].decode("latin-1")
    )
    try:
        return answer.body.decode(declared[1] if declared else "utf-8", "replace")
    except LookupError:
        return answer.body.decode("utf-8", "replace")
