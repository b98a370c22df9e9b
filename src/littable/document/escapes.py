"""Characters written as entities or behind a backslash (CommonMark §6.2 and §2.4)."""

from __future__ import annotations

import html
import re
from html.entities import html5

from littable.patterns import lazy

_ENTITY = lazy(r"&(#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_ESCAPED = lazy(r"\\([!-/:-@\[-`{-~])")


def without_backslashes(text: str) -> str:
    """The text with the punctuation that a backslash escapes standing alone."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def without_entities(text: str) -> str:
    """The text with the entities read, which end with a semicolon (``&copy=`` is none)."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    return html.unescape(match[0]) if match[1][0] == "#" else html5.get(match[1], match[0])
