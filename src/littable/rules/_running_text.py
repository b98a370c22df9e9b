"""What of a cell is read as running text: no code, no markup, no addresses, no mathematics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from littable.document.code_spans import code_spans
from littable.document.inline import Link, LinkKind
from littable.patterns import lazy

#: Stands in a masked text for each character that is not running text.
HIDDEN = "\ue010"

_TAG_OR_COMMENT = lazy(r"<!--(?:(?!-->|<!--).)*-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_CODE_ELEMENT = lazy(r"<(code|pre|kbd|samp|tt)\b[^<>]*>", re.IGNORECASE)
_ADDRESS = lazy(r"(?:https?|ftp)://[^\s{}<>|]+|www\.[^\s{}<>|]+", re.IGNORECASE)
_DOLLARS = lazy(r"\\.|\$+", re.DOTALL)
_PRICE = lazy(r"\s{0,9}\d")
_TWO_WORDS = lazy(r"(?<![\\A-Za-z])[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")
_SAMPLE = 400


def mask(text: str, spans: Iterable[tuple[int, int]], filler: str = HIDDEN) -> str:
    """The text at the same length with the spans, which may overlap, filled with one character."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if end > position:
            start = max(start, position)
            pieces += (text[position:start], filler * (end - start))
            position = end
    pieces.append(text[position:])
    return "".join(pieces)


def verbatim(text: str, links: Iterable[Link]) -> Iterator[tuple[int, int]]:
    """Where code, tags, comments and addresses stand, and where ``links`` lead: what is no running text."""
    if "`" in text:
        yield from code_spans(text)
    if "<" in text:
        yield from (match.span() for match in _TAG_OR_COMMENT.finditer(text))
        yield from _code_elements(text)
    yield from _targets(links)
    if "://" in text or "www." in text:
        yield from (match.span() for match in _ADDRESS.finditer(text))


def _code_elements(text: str) -> Iterator[tuple[int, int]]:
    """From ``<code>`` to ``</code>`` and the like."""
    position = 0
    unclosed: set[str] = set()
    for opening in _CODE_ELEMENT.finditer(text):
        if opening.start() >= position and opening[1] not in unclosed:
            close = text.find(f"</{opening[1]}>", opening.end())
            if close < 0:
                unclosed.add(opening[1])
            else:
                yield opening.start(), close
                position = close


def _targets(links: Iterable[Link]) -> Iterator[tuple[int, int]]:
    for link in links:
        if link.kind in (LinkKind.INLINE, LinkKind.IMAGE, LinkKind.REFERENCE):
            yield link.text_span.end, link.span.end
        elif link.kind in (LinkKind.AUTOLINK, LinkKind.BROKEN):
            yield link.span.start, link.span.end


@dataclass(frozen=True, slots=True)
class Mathematics:
    """Where formulas stand between dollars; ``torn`` when a dollar stands without its partner."""

    spans: tuple[tuple[int, int], ...]
    torn: bool


def mathematics(text: str) -> Mathematics:
    """The formulas of a text whose code is hidden, as their authors meant them.

    GitHub is stricter about blanks and digits beside a dollar; what it does not render is still no text
    to be read word by word.
    """
    spans: list[tuple[int, int]] = []
    lone: list[re.Match[str]] = []
    opener: re.Match[str] | None = None
    for mark in _DOLLARS.finditer(text):
        if mark[0][0] == "\\":
            continue
        if opener is not None and _encloses(text, opener, mark):
            spans.append((opener.start(), mark.end()))
            opener = None
        else:
            lone += [opener] if opener is not None else []
            opener = mark
    lone += [opener] if opener is not None else []
    return Mathematics(tuple(spans), not all(_is_price(text, mark) for mark in lone))


def _is_price(text: str, dollar: re.Match[str]) -> bool:
    return _PRICE.match(text, dollar.end()) is not None or text[dollar.start() - 1 : dollar.start()].isdigit()


def _encloses(text: str, opener: re.Match[str], closer: re.Match[str]) -> bool:
    """Whether two dollars enclose a formula and not the words between two prices."""
    if len(opener[0]) != len(closer[0]):
        return False
    if not _PRICE.match(text, opener.end()):
        return True
    inside = text[opener.end() : min(closer.start(), opener.end() + _SAMPLE)]
    if "\\" in inside:
        return True
    after = text[closer.end() : closer.end() + 1]
    return not (inside[-1:].isspace() or after.isdigit() or _TWO_WORDS.search(inside))
