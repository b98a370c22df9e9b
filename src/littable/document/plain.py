"""The words that a reader sees of a piece of inline Markdown, without its markup."""

from __future__ import annotations

import re

from littable.document.code_spans import code_spans
from littable.document.escapes import without_backslashes, without_entities
from littable.patterns import lazy

_IMAGE = lazy(r"!\[[^\[\]]*\](?:\([^()\s]*\))?")
_LINK_TEXT = lazy(
    r"\[([^\[\]]*)\]\((?:<[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_MARKS = lazy(r"[\[\]<`*_~:&\\!]")
_WIKI_LINK = lazy(r"\[\[[^\[\]|]+\|([^\[\]|]+)\]\]")
_TAG_OR_COMMENT = lazy(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_MDX_COMMENT = lazy(r"\{/\*(?:(?!\*/\}|\{/\*).)*\*/\}", re.DOTALL)
_ANY_TAG = lazy(r"</?[A-Za-z][^<>]*>")
_STARS = lazy(r"(?<!\\)(\*{1,3})(?=\S)([^*]+?)(?<=\S)\1")
_UNDERSCORES = lazy(r"(?<![\w\\])(_{1,3})(?=\S)([^_]+?)(?<=\S)\1(?!\w)")
_STRIKES = lazy(r"~~([^~]+)~~")
_SHORTCODE = lazy(r":[a-z0-9_+-]{2,40}:(?!\w)")


def plain(text: str) -> str:
    """What a reader sees of a piece of inline Markdown: no markup, no pictures, blanks collapsed."""
    if _MARKS.search(text):
        text = text.replace("\\|", "|")
        text = _IMAGE.sub(" ", text) if "![" in text else text
        text = _LINK_TEXT.sub(r"\1", text) if "](" in text else text
        text = _WIKI_LINK.sub(r"\1", text) if "[[" in text and "|" in text else text
        text = _MDX_COMMENT.sub(" ", text) if "{/*" in text else text
        text = _without_tags(text) if "<" in text else text
        text = _without_backticks(text) if "`" in text else text
        text = _emphasis_removed(text)
        text = without_entities(without_backslashes(text))
    return " ".join(text.split())


def _without_tags(text: str) -> str:
    # Behind the last "-->" every "<!--" would be followed to the end in vain.
    closed = text.rfind("-->") + 3 if "-->" in text else 0
    return _TAG_OR_COMMENT.sub(" ", text[:closed]) + _ANY_TAG.sub(" ", text[closed:])


def _without_backticks(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in code_spans(text):
        pieces += text[position:start], text[start:end].strip("`")
        position = end
    return "".join(pieces) + text[position:]


def _emphasis_removed(text: str) -> str:
    if "*" in text:
        text = _STARS.sub(r"\2", text)
    if "_" in text:
        text = _UNDERSCORES.sub(r"\2", text)
    if "~" in text:
        text = _STRIKES.sub(r"\1", text)
    return _SHORTCODE.sub(" ", text) if ":" in text else text
