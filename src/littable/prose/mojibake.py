r"""Text that was decoded wrongly: ``RamÃ­rez``, ``Popovi\xc4\x87``, ``Ram�rez``.

ftfy decides what is mojibake and what it stands for; this module asks it only about texts that can hold
some, and reduces its answer to the phrases that change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from littable.patterns import lazy
from littable.text import Span, smallest_edit

#: What decoders put where they could not read a character.
REPLACEMENT = "\ufffd"

# What the bytes 0x80 to 0xBF, which follow the first one of a character, look like in one-byte encodings.
_TRAILING = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜‘’‚“”„†‡•…‰‹›€™–—ĄąĽľŁłŚśŞşŤťŹźŻżˇ˘˛˝ŖŗÆæØø΄΅ΆΈΉΊΌΎΏ―"
_TRAILING_CYRILLIC = "ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґёєјЅѕї†‡‰€™№¤¦§¬®°±µ¶·"
_SUSPECT = lazy(
    r"[\u0080-\u009f]"
    rf"|[\u00c2-\u00f4ĂăĹĆČĎĐĚĘŁŃŇŐŘŮŰŢŽĀāĪĶĻŅŌŚŪŹŻ\u0386-\u03abβ][{_TRAILING}]"
    r"|[ÂÃ] "
    rf"|[ВГРС][{_TRAILING}{_TRAILING_CYRILLIC}]|[А-я][{_TRAILING_CYRILLIC}]|вЂ"
    r"|[¬√ƒ≈∆Œœ‚\u2500-\u257fΓ][^\x00-\x7f\s]"
)
_ASCII_AS_BLANKS = b" " * 0x80 + bytes(range(0x80, 0x100))
_TELLING_ALONE = frozenset({"Â", "Ã", REPLACEMENT, *map(chr, range(0x80, 0xA0))})
# Quotation marks, a bullet and dashes of Windows that were read as control characters.
_TYPOGRAPHIC = lazy(r"[\u0091-\u0097]+")
# A character whose middle byte was taken for a blank: what is left of it cannot be read.
_TORN = lazy(rf"[\u00c4-\u00f4] [{_TRAILING}]")
_PIECES = lazy(r"[ \t]+|[^ \t]+")
_BYTES = lazy(r"(?:\\{1,2}x[89A-Fa-f][0-9A-Fa-f]){1,400}")
# Begins with a character, unlike those two, so that the search for it runs at full speed.
_ESCAPE = lazy(r"\\(?:x[89A-Fa-f][0-9A-Fa-f]|u[0-9A-Fa-f]{4})")
_CODE_POINTS = lazy(r"(?<![\[\-\\])(?:\\{1,2}u[0-9A-Fa-f]{4}){1,200}(?!-)")
_HEX = lazy(r"[0-9A-Fa-f]{4}")
_LOST = lazy(r"[^\s<>|#]*(?:\ufffd|锟斤拷?)[^\s<>|#]*")
_PUNCTUATION = "()[]{}.,;:!?*_\"'“”‘’"
_LONGEST_WORD = 40
_INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u2060\u00ad")
_UNWANTED = frozenset({"Cc", "Cn", "Co", "Cs"})


@dataclass(frozen=True, slots=True)
class Garbled:
    """A phrase that was decoded wrongly, and what it stands for; None where that is lost."""

    span: Span
    reading: str | None


def may_be_garbled(text: str) -> bool:
    """A cheap answer that is never wrongly no."""
    if _ESCAPE.search(text):
        return True
    if text.isascii():
        return False
    # Single letters with an accent are what they are, and finding them takes a tenth of what _SUSPECT takes.
    telling = any(len(run) > 1 or run in _TELLING_ALONE for run in _beyond_ascii(text))
    return telling and bool(_SUSPECT.search(text) or REPLACEMENT in text or "锟斤" in text)


def _beyond_ascii(text: str) -> set[str]:
    """The runs of characters beyond ASCII, each once."""
    runs = text.encode(errors="surrogatepass").translate(_ASCII_AS_BLANKS).split()
    return {run.decode(errors="surrogatepass") for run in set(runs)}


def garbled(text: str) -> list[Garbled]:
    """The wrongly decoded phrases of a text, in order; no two overlap."""
    found = list(_escapes(text)) if "\\" in text else []
    if not text.isascii():
        if _SUSPECT.search(text):
            found += _misread(text)
        if REPLACEMENT in text or "锟斤" in text:
            found += [_lost(match) for match in _LOST.finditer(text)]
    kept: list[Garbled] = []
    for joined in _joined(text, sorted(found, key=lambda found: found.span)):
        phrase = _with_word(text, joined)
        if not kept or phrase.span.start >= kept[-1].span.end:
            kept.append(phrase)
    return kept


def _lost(match: re.Match[str]) -> Garbled:
    """The word with letters that are lost, without the punctuation around it."""
    word = match[0].rstrip(_PUNCTUATION)
    start = match.start() + len(word) - len(word.lstrip(_PUNCTUATION))
    return Garbled(Span(start, match.start() + len(word)), None)


def _joined(text: str, found: Iterable[Garbled]) -> list[Garbled]:
    """The phrases, those of one word as one."""
    kept: list[Garbled] = []
    for phrase in found:
        last = kept[-1] if kept else None
        if last is None or phrase.span.start >= last.span.end + _LONGEST_WORD:
            kept.append(phrase)
        elif phrase.span.start >= last.span.end:
            between = text[last.span.end : phrase.span.start]
            if last.reading is None or phrase.reading is None or not (between.isalnum() or not between):
                kept.append(phrase)
            else:
                whole = Span(last.span.start, phrase.span.end)
                kept[-1] = Garbled(whole, last.reading + between + phrase.reading)
    return kept


def _escapes(text: str) -> Iterator[Garbled]:
    r"""Bytes and code points as programs write them: ``\xc3\xa9``, ``\u00e9``."""
    for match in _BYTES.finditer(text):
        if (reading := _decoded_bytes(match[0])) is not None:
            yield Garbled(Span(*match.span()), reading)
    for match in _CODE_POINTS.finditer(text):
        if (reading := _decoded_points(match[0])) is not None:
            yield Garbled(Span(*match.span()), reading)


def _decoded_bytes(written: str) -> str | None:
    data = bytes(int(pair, 16) for pair in re.findall(r"x(..)", written))
    try:
        return _visible(data.decode())
    except UnicodeDecodeError:
        return " " if set(data) == {0xA0} else None


def _decoded_points(written: str) -> str | None:
    codes = [int(digits, 16) for digits in _HEX.findall(written)]
    if min(codes) < 0xA0:
        return None
    try:
        return _visible(b"".join(code.to_bytes(2, "big") for code in codes).decode("utf-16-be"))
    except UnicodeDecodeError:
        return None


def _visible(text: str) -> str | None:
    """The text with ordinary blanks and without what nobody sees; None when it is no text."""
    if any(unicodedata.category(character) in _UNWANTED for character in text):
        return None
    shown = "".join(character for character in text if character not in _INVISIBLE)
    return "".join(" " if character.isspace() else character for character in shown)


def _misread(text: str) -> Iterator[Garbled]:
    """What ftfy reads otherwise: in the text as a whole, then in the words that are left."""
    from ftfy import fix_encoding  # late: takes longer to import than most files take to check

    position = 0
    for written, reading in _differences(text, fix_encoding(text)):
        if written == reading:
            for match in _PIECES.finditer(written):
                if _SUSPECT.search(match[0]) and (word := fix_encoding(match[0])) != match[0]:
                    yield from _sound(text, Span(position + match.start(), position + match.end()), word)
        else:
            yield from _sound(text, Span(position, position + len(written)), reading)
        position += len(written)


def _differences(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The two texts in step, equal stretches and different ones, cut between words."""
    from rapidfuzz.distance import Indel

    before, after = _PIECES.findall(old), _PIECES.findall(new)
    left = right = ""
    for step in Indel.opcodes(before, after):
        mine = "".join(before[step.src_start : step.src_end])
        other = "".join(after[step.dest_start : step.dest_end])
        if step.tag != "equal":
            left, right = left + mine, right + other
            continue
        if left or right:
            yield left, right
            left = right = ""
        yield mine, other
    if left or right:
        yield left, right


def _sound(text: str, span: Span, reading: str) -> Iterator[Garbled]:
    """The phrase, if what it is said to stand for reads as text and not as other mojibake."""
    from ftfy.badness import is_bad

    edit = smallest_edit(text, span, reading)
    core, shown = edit.span, _visible(edit.text)
    if _TORN.search(text, max(0, span.start - 2), span.end + 2):
        yield Garbled(core, None)
    elif shown is None or _stays(core.of(text), shown):
        return
    elif REPLACEMENT not in shown and not is_bad(reading) and "#" not in core.of(text):
        yield Garbled(core, shown)


def _stays(written: str, reading: str) -> bool:
    """Whether control characters, and they alone, would be read as others: they may be what they are."""
    controls = all("\x80" <= character <= "\x9f" for character in written)
    return controls and len(written) == len(reading) and not _TYPOGRAPHIC.fullmatch(written)


def _with_word(text: str, phrase: Garbled) -> Garbled:
    """The phrase with the rest of the word that it stands in, so that a message can be read."""
    if phrase.reading is None:
        return phrase
    first, last = phrase.span.start, phrase.span.end
    if not phrase.reading:
        last = min(last + 1, len(text))
    start, end = first, last
    while start > 0 and first - start < _LONGEST_WORD and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and end - last < _LONGEST_WORD and text[end].isalnum():
        end += 1
    if start and text[start - 1] == "\\":  # a command
        start = first
    span = Span(start, end)
    return Garbled(span, text[start:first] + phrase.reading + text[phrase.span.end : end])
