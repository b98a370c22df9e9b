"""The anchors of a Markdown document: what a link with ``#name`` can lead to on GitHub.

GitHub makes an anchor of each heading: its text in lower case, without punctuation, each blank a hyphen, and
``-1``, ``-2`` behind it where the same stood before. What exactly it takes for the text of a heading with
pictures, emoji, HTML or underscores is nowhere written down, so where that is open every reading counts, and
a name that fits none of them but has the same letters is in doubt.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from littable.document.blocks import read_blocks
from littable.document.code_spans import code_spans
from littable.document.escapes import without_backslashes, without_entities
from littable.document.inline import LinkKind, find_links
from littable.document.outline import Block, Kind
from littable.document.starts import ATX_HEADING
from littable.patterns import lazy

_PREFIX = "user-content-"
# Ids of GitHub's own page around the document; which page has them changes from year to year.
_OF_THE_PAGE = frozenset({"readme", "readme-ov-file", "start-of-content", "repo-content-pjax-container"})
_LINES = lazy(r"l\d+(?:c\d+)?(?:-l?\d+(?:c\d+)?)?")
_ROUTE = lazy(r"[/!]|[^=]*=")
_NOTE = lazy(r"fn(?:ref)?[-:]?(?P<label>.+)")

_NOTE_DEFINITION = lazy(r"^[ \t>]*\[\^([^\]\s]+)\]:", re.MULTILINE)
_NAMED = lazy(r"(?<![\w-])(?:id|name)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>=`]+))", re.IGNORECASE)
# kramdown, Python-Markdown, Pandoc and Docusaurus; GitHub shows them as text.
_ATTRIBUTES = lazy(r"\{:?[^{}\n#]*+#([\w:.-]++)[^{}\n]*+\}")
_INCLUDES = lazy(r"\{%|\{\{\s*[<%]|\{\{\s*[\w.]+\s*(?:[.|(]|\}\})|--8<--|<!--\s*#?include")
_HTML_HEADING = lazy(r"<(?P<close>/?)h(?P<level>[1-6])(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG_OR_COMMENT = lazy(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_TAG = lazy(r"</?[A-Za-z][^<>]*>")
_REFERENCE = lazy(r"(?<=\])\[[^\[\]]*\]")
_PICTURE_BY_REFERENCE = lazy(r"!\[[^\[\]]*\]\[[^\[\]]*\]")
_FLANKING = lazy(r"(?<![\w\\])_{1,3}(?=\S)|(?<=[^\s\\])_{1,3}(?!\w)")
_SHORTCODE = lazy(r":[a-z0-9_+-]{1,40}:")
# A heading of nothing else has one reading.
_PLAIN_HEADING = lazy(r"(?:[A-Za-z0-9 .,;()/'\"!?+%-]|&(?![\w#])|:(?![\w+-]+:))*")
_LONGEST = 2_000
# Marks that choose how a sign is drawn; people leave them out of the links they write.
_INVISIBLE = dict.fromkeys(map(ord, "\ufe0e\ufe0f\u200d\u200b"))
_KEPT = ("L", "M", "Nd", "Nl", "Pc")


@dataclass(frozen=True, slots=True)
class Anchors:
    """The names that a document has, without ``user-content-`` and folded in case.

    ``doubtful`` are names that only a site generator takes. ``near`` maps the letters of each heading's name
    to the name, and ``uncertain`` has the letters of headings that can be read in several ways. ``notes`` are
    the labels of footnotes. With ``includes``, a site generator puts more into the document than can be seen.
    """

    names: frozenset[str]
    doubtful: frozenset[str] = frozenset()
    near: Mapping[str, str] | None = None
    uncertain: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    includes: bool = False

    def has(self, fragment: str) -> bool | None:
        """Whether GitHub finds ``fragment``, which may be percent-encoded; None where that is not certain.

        Capitals do not matter: GitHub's page looks for the name in lower case, too.
        """
        name = _key(unquote(fragment.partition(":~:")[0]))
        if name in ("", "top") or name in self.names or _LINES.fullmatch(name):
            return True
        note = _NOTE.match(name) if self.notes else None
        if note is not None:
            return self._has_note(note["label"])
        if self.includes or name in self.doubtful or name in _OF_THE_PAGE or _ROUTE.match(name):
            return None
        return None if _letters(name) in self.uncertain else False

    def _has_note(self, label: str) -> bool | None:
        """GitHub's ids of footnotes are ``fn-LABEL`` and ``fnref-LABEL``, with a number drawn anew."""
        return any(label == note or label.startswith(f"{note}-") for note in self.notes) or None

    def nearest(self, fragment: str) -> str | None:
        """The name with the same letters and digits that was probably meant."""
        return (self.near or {}).get(_letters(_key(unquote(fragment))))


def read_anchors(source: str) -> Anchors:
    """The anchors of a Markdown text, in time that grows with its length."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    headings = [raw for _, raw in sorted(_headings(source, read_blocks(source))) if len(raw) <= _LONGEST]
    readings = [[reading(text) for text in headings] for reading in _READINGS]
    made = [list(_numbered(map(_slug, texts))) for texts in readings]
    near = {_letters(name): name for names in reversed(made) for name in names}
    uncertain = {
        _letters(names[at])
        for at, raw in enumerate(headings)
        if not _PLAIN_HEADING.fullmatch(raw)
        for names in made
    }
    names = {_key(name) for names in [*made, *map(_counted, readings)] for name in names}
    notes = frozenset(_key(match[1]) for match in _NOTE_DEFINITION.finditer(source))
    return Anchors(
        frozenset(names | _written(source, _NAMED) | ({"footnote-label"} if notes else set())),
        frozenset(_written(source, _ATTRIBUTES)),
        near,
        frozenset(uncertain),
        notes,
        _INCLUDES.search(source) is not None,
    )


def _written(source: str, pattern: re.Pattern[str]) -> set[str]:
    groups = (match[match.lastindex or 0] for match in pattern.finditer(source))
    return {_key(without_entities(name)) for name in groups if name}


def _key(name: str) -> str:
    name = name.casefold().translate(_INVISIBLE)
    return name.removeprefix(_PREFIX)


def _letters(name: str) -> str:
    return "".join(c for c in name if c.isalnum() and (c.isascii() or _is_kept(c)))


def _headings(source: str, blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Where each heading begins, and its text as written."""
    for block in blocks:
        if block.kind is Kind.HEADING:
            yield block.start, _heading(source, block)
    yield from _html_headings(source, [block for block in blocks if block.kind is Kind.CODE])


def _html_headings(source: str, code: Sequence[Block]) -> Iterator[tuple[int, str]]:
    opened: re.Match[str] | None = None
    for tag in _HTML_HEADING.finditer(source):
        if not tag["close"]:
            before = bisect_right(code, tag.start(), key=lambda block: block.start)
            in_code = before > 0 and tag.start() < code[before - 1].end
            opened = None if in_code else tag
        elif opened is not None and opened["level"] == tag["level"]:
            yield opened.start(), source[opened.end() : tag.start()]
            opened = None


def _heading(source: str, block: Block) -> str:
    text = source[block.start : block.end].strip()
    if mark := ATX_HEADING.match(text):
        line = text[mark.end() :].partition("\n")[0].rstrip()
        closed = line.rstrip("#")
        return (closed if closed[-1:] in ("", " ", "\t") else line).strip()
    if block.lines:  # inside a container, whose marks stand before each line
        return "\n".join(line.of(source).strip() for line in block.lines)
    return "\n".join(line.strip() for line in text.split("\n")[:-1])


def _shown(raw: str) -> str:
    """The text that a reader sees, every blank and every underscore kept."""
    if _PLAIN_HEADING.fullmatch(raw):
        return raw
    raw = _PICTURE_BY_REFERENCE.sub("", raw)
    cut: list[tuple[int, int]] = []
    for link in find_links(raw, 0, len(raw)):
        if link.kind is LinkKind.IMAGE:
            cut.append((link.span.start, link.span.end))
        elif link.kind is LinkKind.INLINE:
            cut += (link.span.start, link.text_span.start), (link.text_span.end, link.span.end)
        elif link.kind is LinkKind.AUTOLINK:
            cut += (
                (link.span.start, link.url_span.start),
                (link.url_span.end, link.span.end),
            )
    return _without_marks(_REFERENCE.sub("", _without(raw, cut)))


def _without(text: str, cut: list[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in sorted(cut):
        kept.append(text[position : max(start, position)])
        position = max(position, end)
    return "".join(kept) + text[position:]


def _without_marks(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in code_spans(text):
        pieces += _prose(text[position:start]), text[start:end].strip("`").removeprefix(" ").removesuffix(" ")
        position = end
    pieces.append(_prose(text[position:]))
    return "".join(pieces)


def _prose(text: str) -> str:
    text = _FLANKING.sub("", text) if "_" in text else text
    # Behind the last "-->" every "<!--" would be followed to the end in vain.
    closed = text.rfind("-->") + 3 if "-->" in text else 0
    text = _TAG_OR_COMMENT.sub("", text[:closed]) + _TAG.sub("", text[closed:])
    return without_entities(without_backslashes(text))


def _with_underscores(raw: str) -> str:
    return _shown(raw.replace("_", "\\_"))


def _without_shortcodes(raw: str) -> str:
    return _SHORTCODE.sub("", _shown(raw))


def _on_one_line(raw: str) -> str:
    return " ".join(_shown(raw).split())


# GitHub's own first; the others where that is not certain: emphasis, the names of emoji, blanks of HTML.
_READINGS = (_shown, _with_underscores, _without_shortcodes, _on_one_line)


def _slug(text: str) -> str:
    """The name of a heading: blanks to hyphens; letters, marks, digits, ``_`` and ``-`` kept, no others."""
    text = text.lower()
    if text.isascii():
        return "".join(c if c.isalnum() or c in "_-" else "-" if c == " " else "" for c in text)
    return "".join("-" if c == " " else c if c == "-" or _is_kept(c) else "" for c in text)


def _is_kept(character: str) -> bool:
    return unicodedata.category(character).startswith(_KEPT)


def _numbered(slugs: Iterable[str]) -> Iterator[str]:
    """The names as GitHub numbers them now: a number that stands already as another name is left out."""
    seen: dict[str, int] = {}
    for slug in slugs:
        name = slug
        while name in seen:
            seen[slug] += 1
            name = f"{slug}-{seen[slug]}"
        seen[name] = 0
        yield name


def _counted(texts: Iterable[str]) -> Iterator[str]:
    """The names as html-pipeline numbers them, which GitHub once used: by what stood before, and no more."""
    seen: dict[str, int] = {}
    for slug in map(_slug, texts):
        before = seen.get(slug, 0)
        seen[slug] = before + 1
        yield f"{slug}-{before}" if before else slug
