"""Links inside a piece of Markdown, with their spans in the source.

One forward pass over the marks that matter; brackets are matched with a stack, so the cost grows with the
length of the text. Forms: ``[text](url "title")``, ``![alt](url)``, ``[text][label]``, ``<url>``, bare URLs
as GFM §6.9 links them, ``<a href>`` and ``<img src>``. A destination that GitHub does not take as one
(blanks inside, no closing bracket) is kept as a broken link, since that is a defect to report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from littable.document.code_spans import Backticks
from littable.document.escapes import without_backslashes, without_entities
from littable.patterns import lazy
from littable.text import Span


class LinkKind(StrEnum):
    """How a link is written; TEXT is an identifier written as text, which is no link on GitHub."""

    INLINE = "inline"
    REFERENCE = "reference"
    AUTOLINK = "autolink"
    BARE = "bare"
    HTML = "html"
    IMAGE = "image"
    BROKEN = "broken"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written.

    ``url`` is the destination with Markdown escapes and entities resolved, ``url_span`` where it is
    written, ``span`` the whole link, ``text_span`` its label (empty for those that have none). For a
    reference, ``url_span`` lies in its definition.
    """

    kind: LinkKind
    url: str
    span: Span
    url_span: Span
    text_span: Span


# It begins with a set, so that the search passes quickly over what is in none.
_MARK = lazy(
    r"[\\`<!\[\]hHfFwW](?:(?<=[\[\]])|(?<=!)\[|(?<=\\)[\s\S]|(?<=`)`*|(?<=<)(?:!--|(?=[A-Za-z/]))"
    r"|(?<=[hH])[tT][tT][pP][sS]?:/+|(?<=[fF])[tT][pP]:/+|(?<=[wW])[wW][wW]\.(?=[A-Za-z0-9]))"
)
_AUTOLINK = lazy(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_TAG = lazy(
    r"</?([A-Za-z][A-Za-z0-9-]*)((?:\s+[^<>\s=]+(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'<>]+))?)*)\s*/?>"
)
_HREF = lazy(
    r"\s(?:href|src)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>]+))",
    re.IGNORECASE,
)
_TITLE = lazy(r"[ \t\r\n]+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))")
_LABEL = lazy(r"\[([^\[\]]*)\]")
_BARE_END = lazy(r"[ \t\n\v\f\r<]|\]\(")
_TRAILING = "?!.,:*_~'\""
_MAX_NESTED_PARENTHESES = 32
_LONGEST_LABEL = 2_000
_LONGEST_REFERENCE = 999


def has_link(text: str) -> bool:
    """A cheap answer that is never wrongly no, reference shortcuts set aside."""
    return ":/" in text or "](" in text or "www." in text or "WWW." in text or "<a" in text or "<A" in text


def find_links(
    source: str, start: int, end: int, definitions: Mapping[str, tuple[str, Span]] | None = None
) -> list[Link]:
    """The links between two offsets of ``source``, in order of their beginning.

    ``definitions`` maps a normalised label to the URL and span of its definition. Links inside the label of
    another link (a badge) are listed too; a bare URL there is not.
    """
    text = source[start:end]
    if not has_link(text) and not (definitions and "[" in text):
        return []
    if alone := _ALONE.fullmatch(text):
        return [_link_alone(alone, start)]
    scan = _Scan(text, start, definitions or {})
    scan.run()
    return sorted([link for link in scan.links if link is not None], key=_start)


# The commonest cell by far: one inline link with a plain label and destination, and nothing else.
_ALONE = lazy(r"\[(?P<label>[^\[\]\\`<!]*)\]\((?P<url>[^\s()<>\\&\[\]]+)\)")


# A destination of nothing but itself.
_DESTINATION = lazy(r"([^\x00-\x20\x7f()<>\\&]+)\)")


def _link_alone(match: re.Match[str], offset: int) -> Link:
    url, label = match.span("url"), match.span("label")
    return Link(
        LinkKind.INLINE,
        match["url"],
        Span(offset, offset + match.end()),
        Span(offset + url[0], offset + url[1]),
        Span(offset + label[0], offset + label[1]),
    )


class _Scan:
    def __init__(self, text: str, offset: int, definitions: Mapping[str, tuple[str, Span]]) -> None:
        self.text = text
        self.offset = offset
        self.definitions = definitions
        self.links: list[Link | None] = []
        self._backticks: Backticks | None = None
        self._last_parenthesis = text.rfind(")")
        self._bare: list[int] = []
        self._brackets: list[tuple[int, bool, int]] = []

    def run(self) -> None:
        position = 0
        while match := _MARK.search(self.text, position):
            position = self._read(match)

    def _read(self, match: re.Match[str]) -> int:
        mark, at = match.group(), match.start()
        if mark[0] == "\\":
            return match.end()
        if mark[0] == "`":
            return self._skip_code(match)
        if mark == "<!--":
            close = self.text.find("-->", at)
            return len(self.text) if close < 0 else close + 3
        if mark == "<":
            return self._read_angle(at)
        if mark in ("[", "!["):
            self._brackets.append((at, mark == "![", len(self.links)))
            return match.end()
        if mark == "]":
            return self._close_bracket(at)
        return self._read_bare(at, match.end())

    def _skip_code(self, match: re.Match[str]) -> int:
        self._backticks = self._backticks or Backticks(self.text)
        return self._backticks.close(*match.span()) or match.end()

    def _read_angle(self, at: int) -> int:
        if auto := _AUTOLINK.match(self.text, at):
            self._add(
                LinkKind.AUTOLINK,
                auto.group(1),
                (at, auto.end()),
                (at + 1, auto.end() - 1),
                (at + 1, auto.end() - 1),
            )
            return auto.end()
        tag = _TAG.match(self.text, at)
        if tag is None:
            return at + 1
        name = tag.group(1).lower()
        if name in ("a", "img") and (href := _HREF.search(self.text, tag.end(1), tag.end())):
            group = str(href.lastgroup)
            kind = LinkKind.HTML if name == "a" else LinkKind.IMAGE
            close = self.text.find("</a>", tag.end(), tag.end() + _LONGEST_LABEL) if name == "a" else -1
            label = (tag.end(), close) if close >= 0 else (tag.end(), tag.end())
            whole = (at, close + 4 if close >= 0 else tag.end())
            self._add(kind, without_entities(href[group]), whole, href.span(group), label)
        return tag.end()

    def _close_bracket(self, at: int) -> int:
        if not self._brackets:
            return at + 1
        opening, image, before = self._brackets.pop()
        label_start = opening + (2 if image else 1)
        if self.text.startswith("(", at + 1):
            return self._read_destination(opening, image, before, (label_start, at), at + 2)
        if not self.definitions:
            return at + 1
        return self._read_reference(opening, image, (label_start, at))

    def _read_destination(
        self, opening: int, image: bool, before: int, label: tuple[int, int], at: int
    ) -> int:
        text = self.text
        if simple := _DESTINATION.match(text, at):
            self._drop_bare(before)
            kind = LinkKind.IMAGE if image else LinkKind.INLINE
            close = simple.end()
            self._add(kind, simple[1], (opening, close), (at, close - 1), label)
            return close
        at = _behind_blanks(text, at)
        found = _destination(text, at) if at <= self._last_parenthesis else None
        if found is None:
            return self._read_broken(opening, image, before, label, at)
        first, last, close = found
        self._drop_bare(before)
        url = without_entities(without_backslashes(text[first:last]))
        self._add(LinkKind.IMAGE if image else LinkKind.INLINE, url, (opening, close), (first, last), label)
        return close

    def _read_broken(self, opening: int, image: bool, before: int, label: tuple[int, int], at: int) -> int:
        """What was meant as a link though GitHub shows it as text: up to the closing bracket, if any."""
        if image or not self.text.startswith(("http", "www.", "[http"), at):
            return at
        close = self.text.find(")", at)
        last = len(self.text) if close < 0 else close
        self._drop_bare(before)
        stop = min(last + 1, len(self.text))
        self._add(LinkKind.BROKEN, self.text[at:last].strip(), (opening, stop), (at, last), label)
        return stop

    def _read_reference(self, opening: int, image: bool, label: tuple[int, int]) -> int:
        stop = label[1] + 1
        name = self.text[slice(*label)]
        if match := _LABEL.match(self.text, stop):
            name, stop = match.group(1) or name, match.end()
        defined = self.definitions.get(normalise_label(name)) if len(name) <= _LONGEST_REFERENCE else None
        if defined is None or image:
            return label[1] + 1
        span = Span(self.offset + opening, self.offset + stop)
        text_span = Span(self.offset + label[0], self.offset + label[1])
        self.links.append(Link(LinkKind.REFERENCE, defined[0], span, defined[1], text_span))
        return stop

    def _read_bare(self, at: int, scheme_end: int) -> int:
        stop = _BARE_END.search(self.text, scheme_end)
        last = _trim_bare(self.text, at, stop.start() if stop else len(self.text))
        if last <= scheme_end:
            return scheme_end
        self._add(LinkKind.BARE, without_entities(self.text[at:last]), (at, last), (at, last), (at, last))
        return last

    def _drop_bare(self, before: int) -> None:
        """Forget the bare URLs found since ``before``; their places stay, so that later ones keep theirs."""
        while self._bare and self._bare[-1] >= before:
            self.links[self._bare.pop()] = None

    def _add(
        self,
        kind: LinkKind,
        url: str,
        whole: tuple[int, int],
        url_at: tuple[int, int],
        label: tuple[int, int],
    ) -> None:
        base = self.offset
        if kind is LinkKind.BARE:
            self._bare.append(len(self.links))
        self.links.append(
            Link(
                kind,
                url,
                Span(base + whole[0], base + whole[1]),
                Span(base + url_at[0], base + url_at[1]),
                Span(base + label[0], base + label[1]),
            )
        )


def _destination(text: str, at: int) -> tuple[int, int, int] | None:
    """Start, end and the offset after ``)`` of a link destination (CommonMark §6.3), or None."""
    if text.startswith("<", at):
        angle = _ANGLE_DESTINATION.match(text, at)
        if angle is None:
            return None
        first, last = angle.span(1)
        after = angle.end()
    else:
        first, last = at, _destination_end(text, at)
        after = last
    if title := _TITLE.match(text, after):
        after = title.end()
    after = _behind_blanks(text, after)
    return (first, last, after + 1) if text.startswith(")", after) else None


def _behind_blanks(text: str, at: int) -> int:
    """Behind blanks, of which one may be a line end: a text has no blank lines."""
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


_ANGLE_DESTINATION = lazy(r"<((?:[^<>\\\r\n]|\\.)*)>")
_DESTINATION_MARK = lazy(r"\\.|[()\x00-\x20\x7f]")


def _destination_end(text: str, at: int) -> int:
    depth = 0
    for match in _DESTINATION_MARK.finditer(text, at):
        mark = match.group()
        if mark == "(":
            depth += 1
            if depth > _MAX_NESTED_PARENTHESES:
                return match.start()
        elif mark == ")":
            if depth == 0:
                return match.start()
            depth -= 1
        elif mark[0] != "\\":
            return match.start()
    return len(text)


def _trim_bare(text: str, start: int, end: int) -> int:
    """Where a bare URL ends: punctuation and unbalanced closing brackets behind it are not part of it."""
    opened = text.count("(", start, end)
    closed = text.count(")", start, end)
    while end > start:
        character = text[end - 1]
        if character == ")" and closed > opened:
            closed -= 1
        elif character not in _TRAILING and character not in "]":
            break
        end -= 1
    return end


def _start(link: Link) -> int:
    return link.span.start


def normalise_label(label: str) -> str:
    """A reference label as CommonMark §4.7 matches it: case folded, blanks collapsed."""
    return " ".join(label.split()).casefold()
