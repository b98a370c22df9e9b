"""Words beside a citation: a text about the paper, or key words and remarks."""

from __future__ import annotations

from littable.document.citations.citation import Note
from littable.document.citations.titles import count_words
from littable.document.plain import plain
from littable.patterns import lazy
from littable.text import Span

_CJK = lazy(r"[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_END = lazy(r"[.!?。！？](?:\s|[)\"”』」*_]|$)")
_CJK_PAUSE = lazy(r"[，。！？]|、.{12}")
_LINK = lazy(r"\[[^\[\]]*\]\([^()\s]*\)")
_PIECES = lazy(r"[,;，；、·|/]\s*")
_ENOUGH = 8
_ENOUGH_WITH_STOP = 6
_LONGEST_KEY_PHRASE = 4
_CJK_ENOUGH = 18


def read_note(source: str, span: Span) -> Note:
    """What a piece of text beside a citation is worth."""
    text = plain(span.of(source))
    characters = len(_CJK.findall(_LINK.sub("", span.of(source))))
    if characters > 8:
        clear = characters >= _CJK_ENOUGH and _CJK_PAUSE.search(text) is not None
        return Note(span, clear or characters > 45, characters < 10)
    words = count_words(text)
    stop = _SENTENCE_END.search(text) is not None
    if words < (_ENOUGH_WITH_STOP if stop else _ENOUGH):
        return Note(span, False, True)
    longest = max(count_words(piece) for piece in _PIECES.split(text))
    if longest <= _LONGEST_KEY_PHRASE:
        return Note(span, False, True)
    return Note(span, stop or words >= 12, False)
