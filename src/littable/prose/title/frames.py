"""What people put around a title: a number, a venue, an arXiv identifier, a badge, a note in brackets.

Every function gives a text of the same length with such pieces blanked, so that offsets stay true.
"""

from __future__ import annotations

import re

from littable.patterns import lazy

_SHORTCODE = lazy(r"(?<![\w:]):[a-z0-9_+-]{2,40}:(?![\w:])")
_NUMBER = lazy(
    r"\s*(?:(?:№|#|No\.)\s?\d{1,4}[.):、]?|\d{1,4}(?:\.\d{1,3}){0,2}[.)、]|[(\[]\d{1,4}[)\]][.:]?)\s+(?=\S)"
)
_LABEL = lazy(r"\s*(?:paper |article )?(?:title|paper|name|论文|题目|标题)\s*[:：]\s*(?=\S)", re.IGNORECASE)
_LISTED = lazy(
    r"[\s.,;|–—-]*[(\[]?\s*\b(?:https?://(?:www\.)?arxiv\.org/abs/|arXiv\s*:\s*)"
    r"(?:\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?"
    r"(?:\s*\[[A-Za-z.-]{2,20}\])?(?:\s*(?:UPDATED|CROSS LISTED))?\s*[)\]]?[\s.]*\Z",
    re.IGNORECASE,
)
_BRACKETS = (
    r"\((?P<round>[^()\[\]]{0,80})\)|\[(?P<square>[^()\[\]]{0,80})\]|[（【](?P<wide>[^（）【】]{0,80})[）】]"
)
_BRACKETS_BEFORE = lazy(rf"\s*(?:{_BRACKETS})\s*[:：.,|–—-]?\s*(?=\S)")
_BRACKETS_BEHIND = lazy(rf"[\s.,:;–—-]*(?:{_BRACKETS})(?:[^\w()\[\]（）【】]|_)*\Z")
_GROUP = lazy(rf"(?:{_BRACKETS})")
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’`]\d\d(?!\d)|(?<=[A-Z])\d\d(?!\d)")
_WORD = lazy(r"[^\W\d_]+")
_MOST_WORDS = 8
_MOST_PIECES = 6
_LONGEST_NOTE = 120
_NOTES = frozenset(
    """
    accepted arxiv at award best blog by camera chinese code conf conference cvpr data dataset demo doi early
    en english findings github here highlight homepage hot html iccv iclr icml important in journal link long
    main must neurips new nips notable notes official old openreview oral outstanding page paper papers pdf
    poster ppt preprint project proceedings published ready read recommended release released repo review
    short slides spotlight star survey talk the to top track under unofficial update updated url version video
    website withdrawn workshop zh
    aaai acl acm aistats bmvc coling colm colt corl eacl eccv emnlp hpca icaps icassp icra ieee ijcai ijcv
    ins interspeech iros isca jmlr kdd miccai midl mlsys naacl nature osdi pami pnas ral rss science siggraph
    sigir tacl tip tmi tmlr tog tpami uai uist wacv wsdm www
    """.split()
)


def without_arxiv_frame(text: str) -> str:
    """The text without shortcodes, a number in front and arXiv's identifier behind: they never belong to a
    title, whichever side has them.
    """
    text = _SHORTCODE.sub(_blank, text) if ":" in text else text
    text = _blank_at(_NUMBER.match(text), text)
    tail_from = max(0, len(text) - _LONGEST_NOTE)
    if "arxiv" not in text[tail_from:].lower():
        return text
    return text[:tail_from] + _blank_at(_LISTED.search(text[tail_from:]), text[tail_from:])


def without_notes(text: str) -> str:
    """The text without a label in front and without brackets at either end that hold a venue, a date or a
    word such as "oral" or "code".
    """
    text = _blank_at(_LABEL.match(text), text)
    for _ in range(_MOST_PIECES):
        cleaned = _without_note_before(_without_note_behind(text))
        if cleaned == text:
            break
        text = cleaned
    return text


def without_brackets(text: str) -> str:
    """The text without anything in brackets."""
    return _GROUP.sub(_blank, text)


def bracket_count(text: str) -> int:
    """How many pieces in brackets a text has."""
    return sum(1 for _ in _GROUP.finditer(text))


def _without_note_before(text: str) -> str:
    found = _BRACKETS_BEFORE.match(text)
    return _blank_at(found, text) if found and _is_note(found[found.lastgroup or 0]) else text


def _without_note_behind(text: str) -> str:
    tail_from = max(0, len(text.rstrip()) - _LONGEST_NOTE)
    found = _BRACKETS_BEHIND.search(text[tail_from:])
    if found is None or not _is_note(found[found.lastgroup or 0]):
        return text
    return text[:tail_from] + _blank_at(found, text[tail_from:])


def _is_note(content: str) -> bool:
    words = _WORD.findall(content)
    if len(words) > _MOST_WORDS:
        return False
    return _YEAR.search(content) is not None or all(word.casefold() in _NOTES for word in words)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _blank_at(match: re.Match[str] | None, text: str) -> str:
    return text if match is None else text[: match.start()] + _blank(match) + text[match.end() :]
