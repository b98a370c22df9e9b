"""Titles as the words that make them: case, punctuation, TeX and Unicode forms set aside."""

from __future__ import annotations

from littable.document.plain import plain
from littable.patterns import lazy

Words = tuple[str, ...]

# Titles of such characters need no closer reading, but where a point or comma belongs to a number.
_SIMPLE = lazy(r"(?:[A-Za-z ,;.?!()\"-]++|:(?= |$)|(?<![.,])[0-9](?![.,][0-9]))*+")
_WORD = lazy(r"[a-z]+|[0-9]+")
_ALNUM = lazy(r"[^\W\d_]+|\d+")
_SIGNS = frozenset("-/^*%~∼$\\")
_LONGEST = 1_000
#: A title of fewer words is too common to tell papers apart.
FEWEST_WORDS = 3
_SHORT_WORD = 3
_BEGINNING = 6


def title_words(text: str) -> Words:
    """The words of a title written in Markdown: two titles with the same words say the same.

    Numbers stand alone (``GPT4`` and ``GPT-4`` are equal), Greek letters are spelt out and ``&`` is a word.
    """
    if _SIMPLE.fullmatch(text):
        return tuple(_WORD.findall(text.lower()))
    return read_closely(text) if len(text) <= _LONGEST else ()


def read_closely(text: str) -> Words:
    """The words of any title, by way of the canonical form of its text."""
    from littable.prose.canonical import canonical_words  # late: most titles need no closer reading

    markdown = text if "\\" in text or "$" in text else plain(text)
    return tuple(folded for word in canonical_words(markdown) for folded in _folded(word))


def _folded(word: str) -> list[str]:
    from littable.prose.tex import GREEK_SPELLING
    from littable.prose.urls import URL

    if word.startswith(URL):
        return _ALNUM.findall(word.removeprefix(URL).casefold())
    if word in _SIGNS:
        return []
    return ["and"] if word == "&" else [GREEK_SPELLING.get(word, word).casefold()]


def telling(words: Words) -> set[str]:
    """The beginnings of the words that tell what a title is about: two papers' titles may share none."""
    return {word[:_BEGINNING] for word in words if len(word) > _SHORT_WORD}
