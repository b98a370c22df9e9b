"""Web addresses inside a text, and what arXiv's pages put in their place."""

from __future__ import annotations

import re
import unicodedata

from littable.patterns import lazy

#: How a token that is a web address begins.
URL = "url:"

#: The token of ``this https URL``, which stands for an address that is not known.
PLACEHOLDER = URL + "*"

PLACEHOLDER_TEXT = lazy(r"this[\s~]{1,9}https?[\s~]{1,9}URL")

_CHARACTER = r"(?:[^\s{}()<>|\\^`\"$\ue000-\ue003“”‘’«»，。；、（）]|\\[_%#&~]|\$\\_\$)"
_LAST = r"[^\s{}()<>|\\^`\"$\ue000-\ue003“”‘’«»，。；、（）.,;:!?'*\]\[_-]"
_PATH = rf"(?:(?:{_CHARACTER}|\([^\s(){{}}]{{0,200}}\))*(?:{_LAST}|(?<=[A-Za-z0-9/])[-_]))"
_TOP_LEVEL = (
    "com|org|net|edu|gov|info|io|ai|dev|app|co|uk|de|fr|cn|jp|kr|ch|eu|ca|au|nl|tech|site|page|science|cloud"
)

#: An address with its scheme, or one that can only be an address (``github.com/…``, ``www.…``).
PATTERN = (
    rf"(?:[hH][tT][tT][pP][sS]?://{_PATH}"
    rf"|(?<![\w@.-])www\.{_PATH}"
    rf"|(?<![\w@.-])(?:[A-Za-z0-9][A-Za-z0-9-]{{0,62}}\.){{1,6}}(?:{_TOP_LEVEL})"
    rf"(?:/{_PATH}|/|(?![\w-]|\.\w)))"
)

_ESCAPE = lazy(r"\$?\\([_%#&~])\$?")
_SCHEME = lazy(r"^https?://", re.IGNORECASE)
_WWW = lazy(r"^www\.", re.IGNORECASE)


def normalise(url: str) -> str:
    """The part of an address that says where it leads.

    Scheme, ``www.``, a slash or ``.git`` at the end and TeX escapes make no difference; the case of
    the host makes none either, that of the path does.
    """
    if not url.isascii():
        url = unicodedata.normalize("NFKC", url)
    bare = _WWW.sub("", _SCHEME.sub("", unescape(url)))
    host, slash, path = bare.rstrip("/").partition("/")
    return host.lower() + slash + path.removesuffix(".git")


def unescape(url: str) -> str:
    """The address without TeX escapes."""
    return _ESCAPE.sub(r"\1", url)


def is_url(word: str) -> bool:
    """Whether a token is an address or a placeholder for one."""
    return word.startswith(URL)
