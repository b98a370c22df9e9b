"""Markup that spans words is masked, so that the rest can be read word by word.

``mask`` gives a text of the same length, so every offset stays true. Four private code points carry
what was read: a placeholder for an address, nothing at all, a dollar that is money, a superscript.
"""

from __future__ import annotations

import re

from littable.patterns import lazy
from littable.prose.tex import FORMATTING
from littable.prose.urls import PLACEHOLDER_TEXT

LINK = "\ue000"
NOTHING = "\ue001"
MONEY = "\ue002"
RAISED = "\ue003"

_OWN = lazy("[\ue000-\ue003]")
_MARKED = lazy(r"[\\$<&*\[\ue000-\ue003]|unicode\{|URL")
_COMMENT = lazy(r"<!--(?:(?!-->|<!--).)*-->", re.DOTALL)
_MDX_COMMENT = lazy(r"\{/\*(?:(?!\*/\}|\{/\*).)*\*/\}", re.DOTALL)
_TAG = lazy(
    r"<(/?)(br|p|div|li|ul|ol|tr|td|th|h[1-6]|details|summary|hr|blockquote|"
    r"sup|sub|i|b|u|s|em|strong|a|span|code|tt|pre|font|small|big|mark|del|ins|kbd|img|center|"
    r"italic|bold|inline-formula|tex-math|jats:[a-z-]{1,20})(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK = frozenset(
    [
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "details",
        "summary",
        "hr",
        "blockquote",
        "jats:p",
        "jats:title",
    ]
)
_ENTITY = lazy(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNICODE = lazy(r"\\?unicode\{x?([0-9A-Fa-f]{2,6})\}|\\u([0-9A-Fa-f]{4})(?![0-9A-Fa-f])")
_LINK_TARGET = lazy(r"\]\(\s{0,9}<?([^\s()<>]{1,2000})>?(?:\s{1,9}\"[^\"]{0,200}\")?\s{0,9}\)")
_STARS = lazy(r"(?<!\\)\*{1,3}")
_DOLLAR = lazy(r"(?<!\\)\$+")
_WRAPPER = lazy(r"\\(" + "|".join(sorted((name for name in FORMATTING), key=len, reverse=True)) + r")\{")
_RAISING = lazy(r"\\(?:textsuperscript|sp)\{")
_ARGUMENT = lazy(
    r"\\(?:begin|end|textcolor|color|colorbox|hypersetup|vspace|hspace|label|fontsize|setcounter)\*?"
    r"\{[^{}\\]{0,200}\}"
    r"(?:\[[^\]\\{}]{0,80}\])?"
)
_LONE_MINUS = lazy(r"(?<=\s)-(?=\s)")
_PROSE = lazy(r"(?<![\\A-Za-z])[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")
_HEADING = lazy(
    r"[\s*_#>`\ue001]{0,20}"
    r"(?:abstract|summary|zusammenfassung|kurzfassung|résumé|resumen|resumo|riassunto|sommario|"
    r"abstrakt|streszczenie|"
    r"samenvatting|sammanfattning|sammendrag|tiivistelmä|özet|аннотация|реферат|анотація|περίληψη|"
    r"tóm tắt|abstrak|ringkasan|ملخص|چکیده|תקציר|सारांश|บทคัดย่อ|"
    r"摘\s?要|内容摘要|要\s?旨|概\s?要|抄録|アブストラクト|초\s?록|요\s?약)"
    r"[\s*_`\ue001]{0,20}(?:[:：.。—–-][\s*_`\ue001]{0,20}){1,3}",
    re.IGNORECASE,
)
_MOST_HEADINGS = 3
_LISTING = lazy(
    r"\s*(?:[△▽▲▼]\s?(?:Less|More)\s*\Z"
    r"|\(or arXiv:\S{4,30}\s{0,9}\[[\w.-]{1,20}\] for this version\)\s*\Z)"
)
_ADMIN_NOTE = lazy(r"[\s(\[]*arXiv admin note:[^\n]{0,600}\Z", re.IGNORECASE)
_COMMENTS = lazy(
    r"(?:(?<=[.!?)\n])\s*Comments?:[^\n]{0,400}"
    r"|\sComments?:[^\n]{0,80}\b(?:pages?|figures?|tables?|accepted|published|to\sappear|preprint|version)\b"
    r"[^\n]{0,400})\Z",
    re.IGNORECASE,
)
_TAIL = 700
_NOISE = (
    ("Less", _LISTING),
    ("More", _LISTING),
    ("this version)", _LISTING),
    ("admin note", _ADMIN_NOTE),
    ("Comment", _COMMENTS),
)


def mask(text: str) -> str:
    """The text with the markup that spans words taken out, at the same length."""
    return _mask_frame(mask_markup(text))


def mask_markup(text: str) -> str:
    """As ``mask``, for a piece of a text: a heading or a note at the end stays."""
    if not _MARKED.search(text):
        return text
    text = _OWN.sub(" ", text)
    text = PLACEHOLDER_TEXT.sub(lambda match: LINK + NOTHING * (len(match[0]) - 1), text)
    if "{/*" in text:
        text = _MDX_COMMENT.sub(_blank, text)
    if "<" in text:
        text = _TAG.sub(_tag, _COMMENT.sub(_blank, text))
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "unicode{" in text or "\\u" in text:
        text = _UNICODE.sub(_code_point, text)
    if "](" in text:
        text = _LINK_TARGET.sub(lambda match: _link_target(match, text), text)
    if "*" in text:
        text = _mask_emphasis(text)
    if "\\" in text:
        text = _ARGUMENT.sub(_nothing, text)
        text = _RAISING.sub(_raised, text)
        text = _WRAPPER.sub(_wrapper, text)
    if "$" in text:
        text = _mask_dollars(text)
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _nothing(match: re.Match[str]) -> str:
    return NOTHING * len(match[0])


def _raised(match: re.Match[str]) -> str:
    return RAISED + NOTHING * (len(match[0]) - 1)


def _wrapper(match: re.Match[str]) -> str:
    # Braces stand for \href and \url: they keep an address apart from what is before it.
    if match[1] in {"href", "url", "nolinkurl", "path", "footnote", "cite", "citep", "citet"}:
        return "{" + NOTHING * (len(match[0]) - 2) + "{"
    return _nothing(match)


def _tag(match: re.Match[str]) -> str:
    name = match[2].lower()
    if name in _BLOCK:
        return _blank(match)
    return _raised(match) if name == "sup" and not match[1] else _nothing(match)


def _entity(match: re.Match[str]) -> str:
    import html

    character = html.unescape(match[0])
    if len(character) != 1 or _OWN.match(character):
        return match[0]
    return character + (" " if character.isspace() else NOTHING) * (len(match[0]) - 1)


def _code_point(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE004:
        return match[0]
    return chr(code) + NOTHING * (len(match[0]) - 1)


def _link_target(match: re.Match[str], text: str) -> str:
    """Drop where a Markdown link leads, unless its text is nothing but an address."""
    label = text[text.rfind("[", max(0, match.start() - 300), match.start()) + 1 : match.start()]
    if label.startswith(LINK) or "://" in label or re.search(r"[^\w.:/#-]", match[1][:4]):
        return match[0]
    return "]" + " " * (len(match[0]) - 1)


def _mask_emphasis(text: str) -> str:
    """Take out the asterisks that emphasise; one that closes nothing (``A*``) stays."""
    open_at: list[re.Match[str]] = []
    gone: list[tuple[int, int]] = []
    for stars in _STARS.finditer(text):
        before = text[stars.start() - 1] if stars.start() else " "
        after = text[stars.end()] if stars.end() < len(text) else " "
        if open_at and not before.isspace() and len(open_at[-1][0]) == len(stars[0]):
            gone += (open_at.pop().span(), stars.span())
        elif not after.isspace() and (not before.isalnum() or after.isalnum()) and before not in "^{\\":
            open_at.append(stars)
    return _replace_spans(text, sorted(gone), NOTHING)


def _replace_spans(text: str, spans: list[tuple[int, int]], character: str) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += (text[position:start], character * (end - start))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _mask_dollars(text: str) -> str:
    """Tell money from mathematics; in mathematics a minus between blanks is one."""
    pieces: list[str] = []
    position = 0
    opener: re.Match[str] | None = None
    for dollar in _DOLLAR.finditer(text):
        if opener is None:
            opener = dollar
        elif _is_mathematics(text, opener, dollar):
            pieces += (
                text[position : opener.end()],
                _LONE_MINUS.sub("−", text[opener.end() : dollar.start()]),
            )
            position, opener = dollar.start(), None
        else:
            pieces.append(_money(text, position, opener))
            position, opener = opener.end(), dollar
    if opener is not None:
        pieces.append(_money(text, position, opener))
        position = opener.end()
    pieces.append(text[position:])
    return "".join(pieces)


def _money(text: str, position: int, dollar: re.Match[str]) -> str:
    is_money = text[dollar.end() : dollar.end() + 2].lstrip(" ")[:1].isdigit()
    return text[position : dollar.start()] + (MONEY + "$" * (len(dollar[0]) - 1) if is_money else dollar[0])


def _is_mathematics(text: str, opener: re.Match[str], closer: re.Match[str]) -> bool:
    """Whether two dollars enclose mathematics and not prose between two prices."""
    inside = text[opener.end() : min(closer.start(), opener.end() + 400)]
    if not inside[:1].isdigit():
        return True
    if inside[-1:].isspace() or text[closer.end() : closer.end() + 1].isdigit():
        return False
    return "\\" in inside[:40] or not _PROSE.search(inside)


def _mask_frame(text: str) -> str:
    """Take out a leading "Abstract:" and what arXiv's listings put after the text."""
    start = 0
    for _ in range(_MOST_HEADINGS):
        heading = _HEADING.match(text, start)
        if heading is None or heading.end() == len(text):
            break
        start = heading.end()
    if start:
        text = " " * start + text[start:]
    tail_from = max(0, len(text) - _TAIL)
    tail = text[tail_from:]
    for mark, noise in _NOISE:
        if mark in tail:
            tail = _blank_match(noise, tail)
    return text[:tail_from] + tail if tail != text[tail_from:] else text


def _blank_match(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return text[: match.start()] + " " * len(match[0]) + text[match.end() :] if match else text
