"""A title as a question to arXiv's search, whose syntax and whose ways of cutting words are its own."""

from __future__ import annotations

from collections.abc import Iterable

from littable.patterns import lazy

_DASHES = lazy(r"[-\u2010-\u2015/]+")
_EDGE = ".,;:!?()[]{}\"'`*_\u2018\u2019\u201c\u201d\u00ab\u00bb"
# Fewer words than these, and runs of short words alone, stand in too many titles.
_FEWEST_WORDS = 3
_SHORTEST_TELLING = 5
# More would make the address longer and find nothing else.
_MOST_WORDS = 16


def title_query(title: str) -> str | None:
    """The query for papers whose titles hold the words of ``title`` in their order.

    Only plain words are sent. Where arXiv may cut or fold a word in another way than the reader (numbers
    with letters, apostrophes, accents, TeX), or may have ``&`` for "and", the words before and behind it are
    looked for as two phrases.
    None when too few words are left.
    """
    phrases = [run for run in _phrases(title) if max(map(len, run)) >= _SHORTEST_TELLING]
    if sum(map(len, phrases)) < _FEWEST_WORDS:
        return None
    wanted = " AND ".join(f'ti:"{" ".join(words)}"' for words in phrases)
    return f"({wanted})" if len(phrases) > 1 else wanted


def any_of(queries: Iterable[str]) -> str:
    """The query for what one of ``queries`` finds."""
    return " OR ".join(queries)


def _phrases(title: str) -> list[list[str]]:
    """Runs of plain words, up to a number of words in all."""
    runs: list[list[str]] = [[]]
    left = _MOST_WORDS
    for chunk in title.split():
        words = _plain_words(chunk)
        if words is None:
            runs.append([])
        elif left <= 0:
            break
        else:
            runs[-1] += words
            left -= len(words)
    return [run for run in runs if run]


def _plain_words(chunk: str) -> list[str] | None:
    """The words in a piece without blanks, in lower case (capitals are operators); None when in doubt."""
    bare = chunk.strip(_EDGE)
    if not bare.isascii():
        bare = _DASHES.sub("-", bare)
    parts = [part for part in _DASHES.split(bare) if part]
    if len(parts) == 1 and bare.isascii() and bare.isdigit():
        return [bare]
    if bare.lower() != "and" and all(part.isascii() and part.isalpha() for part in parts):
        return [part.lower() for part in parts]
    return None
