"""Text from files made harmless and visible for terminals and build logs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from littable.patterns import lazy

# Invisible, but part of how Persian, Indic scripts and emoji are written.
_JOINERS = "\u200c\u200d"

# A build runner obeys `::command::` at the start of a line and `##[command]` or `##vso[command]` anywhere.
# One colon is enough to be wary of, as a file name comes before another.
_FIRST_COLON = lazy(r"\A\s*:")
# User name and password of an address.
_USERINFO = lazy(r"(?<=://)[^\s/?#@|<>]{1,200}(?=@)")
_COMMAND = lazy(r"#(?=#\w*\[)")

# JSON may hold these as they are, but terminals obey some, and unpaired surrogates cannot be encoded.
_UNSAFE_IN_JSON = lazy(
    "[\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def shown(text: str) -> str:
    """The text on one line, with no character left that a terminal or a build log would obey."""
    if text.isascii() and text.isprintable() and "##" not in text and ":" not in text:
        return text
    result = pieces(text)
    if match := _FIRST_COLON.match(text):
        result[match.end() - 1] = _by_number(":")
    return "".join(result)


def pieces(text: str) -> list[str]:
    """What is shown for each code point of a text that does not begin its line."""
    result = [_visible(character) for character in text]
    for match in _USERINFO.finditer(text):
        result[match.start() : match.end()] = "*" * (match.end() - match.start())
    for match in _COMMAND.finditer(text):
        result[match.start()] = _by_number("#")
    return result


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    if character == "\t":
        return " "
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "␡"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return _by_number(character)
    return character


def _by_number(character: str) -> str:
    return f"<U+{ord(character):04X}>"


def as_json(value: object) -> str:
    """The value as indented JSON that gives every text back as it is and that no terminal obeys.

    Inside its strings a line end is always escaped, so each one in it stands between values.
    """
    import json

    return _UNSAFE_IN_JSON.sub(_escape, json.dumps(value, ensure_ascii=False, indent=2))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
