"""How cmark-gfm recognises the start of each block, as patterns to match at a line's first non-blank.

The names and the order follow the block starts of CommonMark 0.31 §4 and §5 and of cmark-gfm's
``blocks.c`` and ``scanners.re``. Every pattern is linear: repetitions are possessive or cannot overlap.
"""

from __future__ import annotations

import re
from enum import IntEnum

from littable.patterns import lazy

_SPACE = r"[ \t\v\f]"

ATX_HEADING = lazy(r"#{1,6}(?=[ \t\n]|\Z)")
SETEXT_UNDERLINE = lazy(r"(?:=+|-+)[ \t\v\f]*+(?=\n|\Z)")
THEMATIC_BREAK = lazy(r"(?:(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+)(?=\n|\Z)")
CODE_FENCE = lazy(r"(?P<fence>`{3,}+)(?=[^`\n]*+(?:\n|\Z))|(?P<tilde>~{3,}+)")
FOOTNOTE = lazy(r"\[\^[^\]\n\t \x00]++\]:[ \t]*+")
LIST_MARKER = lazy(r"(?:[*+-]|(?P<number>\d{1,9})[.)])(?=[ \t\n]|\Z)")
REFERENCE_DEFINITION = lazy(
    r"\[(?P<label>[^\[\]\n]*[^\[\]\s][^\[\]\n]*)\]:[ \t]*+(?P<url><[^<>\n]*>|[^\s<]\S*)"
    r"""(?:[ \t]++(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*+(?=\r?\n|\Z)"""
)
DELIMITER_ROW = lazy(
    rf"\|?{_SPACE}*+:?-++:?{_SPACE}*+(?:\|{_SPACE}*+:?-++:?{_SPACE}*+)*+\|?{_SPACE}*+(?=\n|\Z)"
)


class Html(IntEnum):
    """The seven kinds of HTML block of CommonMark §4.6; NONE is none of them."""

    NONE = 0
    RAW_TEXT = 1
    COMMENT = 2
    INSTRUCTION = 3
    DECLARATION = 4
    CDATA = 5
    BLOCK_TAG = 6
    ANY_TAG = 7


_BLOCK_TAGS = (
    "address|article|aside|basefont|base|blockquote|body|caption|center|colgroup|col|dd|details|dialog|dir|div"
    "|dl|dt|fieldset|figcaption|figure|footer|form|frameset|frame|h[1-6]|header|head|hr|html|iframe|legend|link"
    "|li|main|menuitem|menu|nav|noframes|ol|optgroup|option|param|p|section|source|summary|table|tbody|td|tfoot"
    "|thead|th|title|track|tr|ul"
)
_ATTRIBUTE = (
    r"[ \t\v\f]++[A-Za-z_:][A-Za-z0-9:._-]*+"
    r"""(?:[ \t\v\f]*+=[ \t\v\f]*+(?:[^ \t\n\v\f"'=<>`\x00]++|'[^'\n]*+'|"[^"\n]*+"))?+"""
)
_HTML_START = lazy(
    r"<(?:(?P<raw>(?:script|pre|textarea|style)(?=[ \t\v\f\n>]|\Z))"
    r"|(?P<comment>!--)|(?P<instruction>\?)|(?P<cdata>!\[CDATA\[)|(?P<declaration>![A-Z])"
    rf"|(?P<block>/?(?:{_BLOCK_TAGS})(?:(?=[ \t\v\f\n]|\Z)|/?>))"
    rf"|(?P<any>(?:[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+[ \t\v\f]*+/?>"
    r"|/[A-Za-z][A-Za-z0-9-]*+[ \t\v\f]*+>)"
    r"[ \t\f]*+(?=\n|\Z)))",
    re.IGNORECASE,
)
_HTML_GROUPS = {
    "raw": Html.RAW_TEXT,
    "comment": Html.COMMENT,
    "instruction": Html.INSTRUCTION,
    "declaration": Html.DECLARATION,
    "cdata": Html.CDATA,
    "block": Html.BLOCK_TAG,
    "any": Html.ANY_TAG,
}
_HTML_ENDS = {
    Html.RAW_TEXT: re.compile(r"</(?:script|pre|textarea|style)>", re.IGNORECASE),
    Html.COMMENT: re.compile("-->"),
    Html.INSTRUCTION: re.compile(r"\?>"),
    Html.DECLARATION: re.compile(">"),
    Html.CDATA: re.compile(r"\]\]>"),
}


def html_start(text: str, position: int, *, in_paragraph: bool) -> Html:
    """The kind of HTML block that begins at ``position``; kind 7 cannot interrupt a paragraph."""
    match = _HTML_START.match(text, position)
    if match is None:
        return Html.NONE
    kind = _HTML_GROUPS[str(match.lastgroup)]
    if kind is Html.DECLARATION and not text[position + 2].isupper():
        return Html.NONE
    return Html.NONE if kind is Html.ANY_TAG and in_paragraph else kind


def html_ends_at_blank(kind: Html) -> bool:
    """Whether a blank line, and nothing else, ends this kind of HTML block."""
    return kind in (Html.BLOCK_TAG, Html.ANY_TAG)


def html_end(kind: Html, text: str, position: int, limit: int) -> int:
    """Where the end mark of an HTML block of kinds 1 to 5 stops between two offsets, or -1."""
    match = _HTML_ENDS[kind].search(text, position, limit)
    return match.end() if match else -1


def html_ends_on_line(kind: Html, text: str, position: int, limit: int) -> bool:
    """Whether the rest of a line, from ``position`` to ``limit``, has the end mark of an HTML block."""
    return not html_ends_at_blank(kind) and html_end(kind, text, position, limit) >= 0


def item_interrupts_paragraph(text: str, marker: re.Match[str], limit: int) -> bool:
    """Whether the item of a ``LIST_MARKER`` match on a line that ends at ``limit`` can interrupt a paragraph.

    An empty item cannot, nor one of a list that begins with another number than 1 (CommonMark §5.2).
    """
    if not text[marker.end() : limit].strip(" \t"):
        return False
    return marker["number"] is None or int(marker["number"]) == 1


def starts_block(text: str, position: int) -> bool:
    """Whether a block other than a paragraph or table starts at ``position``, a first non-blank that is not
    indented as code, when no paragraph is open: what breaks a table and what no lazy line can be.

    Every list marker and every kind of HTML block counts, unlike in a paragraph (GFM §4.10: a table is
    broken by the beginning of another block).
    """
    character = text[position : position + 1]
    if not character or character == "|" or character.isalpha():
        return False
    return (
        character == ">"
        or (character == "<" and html_start(text, position, in_paragraph=False) is not Html.NONE)
        or (character == "[" and FOOTNOTE.match(text, position) is not None)
        or (character == "#" and ATX_HEADING.match(text, position) is not None)
        or (character in "`~" and CODE_FENCE.match(text, position) is not None)
        or (character in "-_*" and THEMATIC_BREAK.match(text, position) is not None)
        or ((character in "*+-" or character.isdigit()) and LIST_MARKER.match(text, position) is not None)
    )
