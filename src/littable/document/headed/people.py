"""Whether a line without a label is a list of people's names."""

from __future__ import annotations

import re

from littable.document.plain import plain
from littable.patterns import lazy

_RAISED = lazy(r"<su[bp]>[^<>]{0,80}</su[bp]>|\$?\^\{?[\d,*†‡§a-z]{1,12}\}?\$?|[\d¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§¶∗✉#]+")
_BRACKETS = lazy(r"\([^()]{0,120}\)|（[^（）]{0,120}）")
_SEPARATOR = lazy(r"\s*[,;，；、·•|]\s*(?:(?:and|&|und|et|и|y)\s)?|\s(?:and|&|und|et|и|y)\s")
OTHERS = lazy(
    r"[\s,，、]*(?:\bet\.?\s?al\b\.?|\band (?:\d+ )?others\b|и др\b\.?|等(?:\s?\d+\s?[位人名](?:作者)?|人)?"
    r"|ほか|외\s?\d*\s?명|\.{3}|…)[\s.)]*$",
    re.IGNORECASE,
)
_WORD = r"[A-ZÀ-ÞŁŚŠŽŻĐΑ-ΩА-ЯЁ][^\W\d_]*(?:[.'’\-‐–][^\W\d_]*)*\.?"
_PARTICLE = r"(?:van|von|der|den|de|da|di|del|della|dos|du|la|le|el|al|bin|ibn|ter|ten|zu|y|st\.?)"
_LATIN_NAME = lazy(rf"(?:{_PARTICLE}\s)?{_WORD}(?:\s(?:{_PARTICLE}\s){{0,2}}{_WORD}){{0,5}}")
_INITIALS = lazy(r"(?:[A-ZА-Я]\.?[\s-]?){1,3}")
_CHINESE_NAME = lazy(
    r"[王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧程曹袁邓鄧许許傅沈曾彭吕"
    r"苏蘇卢盧蒋蔡贾丁魏薛叶葉阎余潘杜戴夏钟鍾汪田任姜范方石姚谭廖邹熊金陆陸郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷"
    r"钱汤尹黎易常武乔贺赖龚文][\u4e00-\u9fff]{1,2}"
)
_NO_NAMES = frozenset(
    """
    abstract introduction summary paper code project page website slides video demo dataset github arxiv pdf
    learning network networks model models neural deep language vision conference proceedings journal workshop
    university institute research google microsoft meta openai deepmind nvidia oral spotlight poster best
    award
    neurips nips icml iclr cvpr iccv eccv aaai acl emnlp naacl ijcai kdd www sigir nature science ieee acm
    january february march april may june july august september october november december
    detection segmentation generation retrieval training data the of for in on with from to using via towards
    """.split()
)
_LONGEST = 8_000
_BEGINNING = 160


def names_in(text: str) -> int:
    """How many names a line holds that is nothing but names, written in Markdown; 0 if it is anything else.

    One name alone counts only where "et al." is behind it, which counts as one more.
    """
    if len(text) > _LONGEST or not text or _is_running(text):
        return 0
    words = plain(_RAISED.sub("", text)).strip(" *_.:")
    words = words.removeprefix("by ").removeprefix("By ")
    shortened = OTHERS.sub("", words)
    goes_on = shortened != words
    cited = goes_on and not words.endswith(("..", "…"))
    pieces = [piece.strip(" *_") for piece in _SEPARATOR.split(_BRACKETS.sub("", shortened))]
    pieces = [piece for piece in pieces if piece]
    named = [piece for piece in pieces if _is_name(piece)]
    initials = sum(_INITIALS.fullmatch(piece) is not None for piece in pieces)
    full = sum(" " in piece or not piece.isascii() for piece in named) + initials
    if not named or len(named) + initials < len(pieces) * 0.8:
        return 0
    if full < len(named) * 0.7 and not (cited and len(named) == 1):
        return 0
    return len(named) + goes_on if len(named) > 1 or goes_on else 0


def _is_running(text: str) -> bool:
    """A quick look whether a text is prose: many of its first words begin with small letters."""
    words = text[:_BEGINNING].split()
    return sum(word[0].islower() for word in words) > max(3, len(words) // 3)


def heads_people(text: str) -> bool:
    """Whether a heading is a list of people: "Quick Makers and Slow Users" may as well be a title."""
    return "," in text and names_in(text) > 1


def is_one_name(text: str) -> bool:
    """Whether a line may be the name of one person: two to four words with capitals."""
    words = plain(_RAISED.sub("", text)).strip(" *_.:")
    return 1 <= words.count(" ") <= 3 and _is_name(words)


def _is_name(piece: str) -> bool:
    if _CHINESE_NAME.fullmatch(piece):
        return True
    if len(piece) > 60 or not _LATIN_NAME.fullmatch(piece):
        return False
    return _NO_NAMES.isdisjoint(piece.casefold().split())
