"""The words of a title, and where two titles differ in them.

Case, TeX and Unicode forms, quotes, dashes, hyphens and what people put around a title make no difference.
Words, numbers, numerals, versions and negations do, every one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from littable.patterns import lazy
from littable.prose.alignment import differences
from littable.prose.canonical import Canonical, canonical
from littable.prose.equivalence import Hunk
from littable.prose.tex import GREEK_SPELLING
from littable.prose.title.frames import without_arxiv_frame, without_notes
from littable.prose.urls import URL

_LETTERS = lazy(r"[^\W\d_]+|\d+")
_SIGNS = frozenset("-/^*%~∼$\\")


@dataclass(frozen=True, slots=True)
class TitlePair:
    """Two titles as their words, and the places where they differ: none when they say the same."""

    old: Canonical
    new: Canonical
    hunks: tuple[Hunk, ...]

    @property
    def ratio(self) -> float:
        """The share of words that differ, from 0 to 1."""
        touched = sum(
            max(hunk.old_end - hunk.old_start, hunk.new_end - hunk.new_start) for hunk in self.hunks
        )
        return min(1.0, touched / max(1, len(self.old.words), len(self.new.words)))

    @property
    def same(self) -> bool:
        """Whether both have words, and the same."""
        return bool(self.old.words and self.new.words) and not self.hunks


def read_pair(written: str, record: str) -> TitlePair:
    """Set a written title beside a record's; notes around the written one go where that brings it nearer."""
    bare = without_arxiv_frame(written)
    new = read_title(without_arxiv_frame(record), record)
    whole = _pair(read_title(bare, written), new)
    if not whole.hunks:
        return whole
    plain = read_title(without_notes(bare), written)
    if not 0 < len(plain.words) < len(whole.old.words):
        return whole
    noteless = _pair(plain, new)
    return noteless if noteless.ratio <= whole.ratio else whole


def _pair(old: Canonical, new: Canonical) -> TitlePair:
    return TitlePair(old, new, differences(old, new))


def read_title(text: str, source: str) -> Canonical:
    """The words of a title, with spans in ``source``, of which ``text`` is a copy with pieces blanked."""
    tokens = canonical(text)
    words = [
        (word, start, end)
        for token, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True)
        for word in _folded(token)
    ]
    columns = zip(*words, strict=True) if words else ((), (), ())
    return Canonical(source, *map(tuple, columns))


def _folded(word: str) -> list[str]:
    """A token without case; a name such as ``Sherpa.ai``, which reads like an address, as its words."""
    if word.startswith(URL):
        return _LETTERS.findall(word.removeprefix(URL).casefold())
    if word in _SIGNS:
        return []
    return ["and"] if word == "&" else [GREEK_SPELLING.get(word, word).casefold()]
