"""Titles as the words that make them: case, punctuation, TeX and Unicode forms set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from littable.document.entry import Entry
from littable.document.inline import plain
from littable.document.model import Document
from littable.document.table import Table
from littable.patterns import lazy
from littable.prose.canonical import canonical_words
from littable.prose.tex import GREEK_SPELLING
from littable.prose.urls import URL
from littable.rules._context import Context

Words = tuple[str, ...]

_SIMPLE = lazy(r"[A-Za-z ,:;.?!()\"-]*+")
_WORD = lazy(r"[a-z]+")
_ALNUM = lazy(r"[^\W\d_]+|\d+")
_SPELT = {"&": "and", **GREEK_SPELLING}
_SIGNS = frozenset("-/^*%~∼$\\")
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Titled:
    """An entry and the words of its title; none where it has no title."""

    entry: Entry
    words: Words


def title_words(text: str) -> Words:
    """The words of a title written in Markdown: two titles with the same words say the same.

    Numbers stand alone (``GPT4`` and ``GPT-4`` are equal), Greek letters are spelt out and ``&`` is a word.
    """
    if _SIMPLE.fullmatch(text):
        return tuple(_WORD.findall(text.lower()))
    if len(text) > _LONGEST:
        return ()
    markdown = text if "\\" in text or "$" in text else plain(text)
    return tuple(folded for word in canonical_words(markdown) for folded in _folded(word))


def _folded(word: str) -> list[str]:
    if word.startswith(URL):
        return _ALNUM.findall(word.removeprefix(URL).casefold())
    return [] if word in _SIGNS else [_SPELT.get(word, word).casefold()]


def titled_tables(document: Document, context: Context) -> Sequence[Sequence[Titled]]:
    """The entries of each literature table with their titles' words, in the order of the text."""
    return context.shared("titled-tables", lambda: _titled_tables(document))


def _titled_tables(document: Document) -> list[list[Titled]]:
    tables: dict[Table, list[Titled]] = {}
    for entry in document.entries:
        title = entry.title
        tables.setdefault(entry.table, []).append(Titled(entry, title_words(title.text) if title else ()))
    return list(tables.values())
