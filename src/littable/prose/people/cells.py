"""A cell with authors to its pieces: what stands between the separators, and whether the list goes on.

Markup, footnote marks, affiliations in brackets and labels are blanked at the same length, so that every
offset stays true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from littable.patterns import lazy
from littable.prose.markup import NOTHING
from littable.text import Span

_COMMENT = lazy(r"<!--(?:(?!-->|<!--).)*-->", re.DOTALL)
_MDX_COMMENT = lazy(r"\{/\*(?:(?!\*/\}|\{/\*).)*\*/\}", re.DOTALL)
_RAISED = lazy(r"<su([bp])>[^<>]{0,80}</su\1>", re.IGNORECASE)
_BREAK = lazy(r"<(?:br|/p|/li|/div)\s*/?>", re.IGNORECASE)
_TAG = lazy(r"</?[A-Za-z][^<>]*>")
_IMAGE = lazy(r"!\[[^\[\]]*\](?:\([^()\s]*\))?")
_FOOTNOTE = lazy(r"\[\^[^\[\]]{1,40}\]|\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\](?!\()")
_TARGET = lazy(r"\]\((?:<[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\s*\)|\]\[[^\[\]]*\]")
_SUPERSCRIPT = lazy(
    r"(?<!\\)\$?\s?\^\s?(?:\{[^{}]{0,40}\}|[\d*†‡§a-z,]{1,8})\s?\$?|\\textsuperscript\{[^{}]{0,40}\}"
)
_BRACKETS = lazy(r"\([^()（）]*\)|（[^()（）]*）|【[^【】]*】")
_ENTITY = lazy(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKS = lazy(
    r"[*†‡§¶#∗⋆★☆♠♡♣♦✉⊥∥‖$\[\]]|(?<!\\)[`~^]|(?<!\w)_|_(?!\w)|\\(?=[*_|&#$\[\]])|\\[`~^](?![A-Za-z{])"
    r"|(?<=[^\W\d_])\d+|(?<=\d)\s{0,3}[,;]\s{0,3}(?=\d)"
)
_LABEL = lazy(
    r"\s*(?:(?:first |1st |lead |paper )?authors?(?:\(s\))?|автор(?:ы|\(ы\))?|作者|第一作者|著者|저자|by"
    r"|autor(?:es|en)?|auteurs?)(?:\s*[:：]|(?<=by)\s)\s*",
    re.IGNORECASE,
)
_OTHERS = lazy(
    r"[,，、;]?\s{0,3}(?:(?:\band|&|\bund|\bet|(?<!\w)и)\s{1,3})?(?:"
    r"\bet\.?\s{0,3},?\s{0,3}al\b\.?|\betal\b\.?|\bet\s(?:alii|autres)\b"
    r"|\b(?:\d+\s|many\s|several\s)?(?:others|co-?workers|colleagues|co-?authors|further\sauthors)\b"
    r"|\b\d+\s(?:more|additional|other)\b(?:\sauthors?\b)?"
    r"|(?<!\w)(?:др|соавт|другие)\b\.?|(?<!\w)(?-i:u\.\s?a|m\.\s?fl|i\sin|a\skol)\.|\by\sotros\b|\be\soutros\b"
    r"|等人?(?![\u4e00-\u9fff])|ほか|외\s?\d*\s?명|\.{2,}|…|\+\s?\d+\b(?:\s(?:more|others|authors)\b)?"
    r")",
    re.IGNORECASE,
)
_SEPARATOR = lazy(
    r"[,;，；、\n|•:：]|\s[·/]\s|(?<=\s)(?:and|und|et|и|та|och|og|en|\+)(?=\s)|&"
    r"|(?<=[\u3040-\u9fff])(?:和|与|與|及|と)"
)
_EQUAL = lazy(
    r"\b(?:equal(?:ly)?\s{1,3}contribut\w*|co-?first\s{1,3}authors?|corresponding\s{1,3}authors?)\b",
    re.IGNORECASE,
)
_LETTER = lazy(r"[^\W\d_]")
_BLANKS = " \t\r\n\u00a0\u3000" + NOTHING


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two separators; ``behind`` is the separator after it, blanks included."""

    span: Span
    behind: Span


@dataclass(frozen=True, slots=True)
class AuthorCell:
    """A cell as pieces that hold letters.

    ``text`` is the cell with everything blanked that is no name or separator; ``goes_on`` says that it ends,
    or leaves out, with "et al." or dots; ``plain`` that nothing was blanked.
    """

    source: str
    text: str
    pieces: tuple[Piece, ...]
    goes_on: bool
    plain: bool

    @property
    def has_semicolons(self) -> bool:
        """Whether semicolons part some of the pieces."""
        return any(";" in self.separator(piece) or "；" in self.separator(piece) for piece in self.pieces)

    def separator(self, piece: Piece) -> str:
        """The separator behind a piece, as it is read."""
        return piece.behind.of(self.text)


def read_cell(source: str) -> AuthorCell:
    """The pieces of a cell, which is written in Markdown."""
    bare = _without_markup(source)
    text = _OTHERS.sub(_comma, bare)
    return AuthorCell(source, text, tuple(_pieces(text)), text != bare, bare == source)


def _without_markup(text: str) -> str:
    if "{/*" in text:
        text = _MDX_COMMENT.sub(_blank, text)
    if "<" in text:
        text = _RAISED.sub(_blank, _COMMENT.sub(_blank, text) if "-->" in text else text)
        text = _TAG.sub(_blank, _BREAK.sub(_line_end, text))
    if "[" in text:
        text = _TARGET.sub(_blank, _FOOTNOTE.sub(_blank, _IMAGE.sub(_blank, text)))
    if "^" in text or "\\textsuper" in text:
        text = _SUPERSCRIPT.sub(_blank, text)
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    for _ in range(3):
        if "(" not in text and "（" not in text and "【" not in text:
            break
        text = _BRACKETS.sub(_blank, text)
    text = _MARKS.sub(_blank, text)
    text = _EQUAL.sub(_blank, text)
    label = _LABEL.match(text)
    return text[: label.start()] + _blank(label) + text[label.end() :] if label else text


def _pieces(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    position = 0
    for separator in _SEPARATOR.finditer(text):
        _add(pieces, text, position, separator.start())
        position = separator.end()
    _add(pieces, text, position, len(text))
    starts = [piece.span.start for piece in pieces] + [len(text)]
    return [Piece(piece.span, Span(piece.span.end, starts[at + 1])) for at, piece in enumerate(pieces)]


def _add(pieces: list[Piece], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if _LETTER.search(piece):
        first = start + len(piece) - len(piece.lstrip(_BLANKS))
        span = Span(first, start + len(piece.rstrip(_BLANKS)))
        pieces.append(Piece(span, span))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _comma(match: re.Match[str]) -> str:
    return "," + " " * (len(match[0]) - 1)


def _line_end(match: re.Match[str]) -> str:
    return "\n" + " " * (len(match[0]) - 1)


def _character(match: re.Match[str]) -> str:
    import html

    character = html.unescape(match[0])
    if len(character) != 1:
        return match[0]
    return character + (" " if character.isspace() else NOTHING) * (len(match[0]) - 1)
