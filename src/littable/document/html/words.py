"""What a short piece of a paper's text is: a title, names, the label of a link."""

from __future__ import annotations

import re

from littable.document.inline import Link, LinkKind
from littable.document.names import split_names
from littable.document.plain import plain
from littable.papers.identifiers import names_paper
from littable.patterns import lazy
from littable.roles import Role

_OF_PAPER = frozenset(
    """paper papers pdf arxiv doi abs abstract openreview preprint html link url article publication acm ieee
    springer eprint biorxiv acl anthology hal full text version camera ready official
    论文 原文 链接 文章 論文 リンク 논문 статья ссылка artículo""".split()
)
_BESIDE = frozenset(
    """code codes github repo repository project page website web site homepage home demo video videos youtube
    slides slide poster talk blog post dataset datasets data model models weights checkpoint supp
    supplementary supplement supplemental material appendix bibtex bib cite citation tweet twitter x thread
    colab notebook huggingface hf space media press news results images gallery tutorial presentation oral
    short teaser source gitlab docs documentation app more
    代码 项目 主页 视频 数据集 数据 演示 幻灯片 コード 実装 код проект слайды código""".split()
)
_CODE_HOSTS = (
    "github.com",
    "gitlab.com",
    "youtube.com",
    "youtu.be",
    "bilibili.com",
    "github.io",
    "huggingface.co",
)
_WORD = lazy(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_ALT = lazy(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_MARKS = lazy(r"[0-9*∗†‡§¶#^✉♠♣♦♥\u00b9\u00b2\u00b3\u2070-\u2079\\]+")
_NO_NAME = lazy(
    r"\b(?:proceedings|conference|journal|workshop|university|institute|transactions|arxiv|preprint|ieee|acm"
    r"|cvpr|iccv|eccv|neurips|nips|icml|iclr|acl|emnlp|aaai|nature|science|learning|networks?|models?|data"
    r"|oral|spotlight|poster|paper|award|accepted|published|under review|research|lab|laboratory|using|with"
    r"|for|the|via|from|towards?|based)\b",
    re.IGNORECASE,
)
_ET_AL = lazy(r"\bet\.?\s*al\b|等|и др\b|\band others\b", re.IGNORECASE)
_SEVERAL = lazy(rf"[,;，；、\n]|\s(?:and|&|und|и|et|y)\s|{_ET_AL.pattern}", re.IGNORECASE)
_CJK = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PARTICLES = frozenset("de da di la le van von der den del dos bin ibn al el ter ten du and y".split())


def is_title_like(words: str) -> bool:
    """Whether plain words can be a title: three or more, or some that are not Latin."""
    if not 8 <= len(words) <= 400 or is_link_label(words):
        return False
    if len(_CJK.findall(words)) >= 4:
        return True
    return len(words) >= 12 and words.count(" ") >= 2 and any(map(str.islower, words))


def is_link_label(words: str) -> bool:
    """Whether plain words say no more than where a link leads: "PDF", "Project Page"."""
    for found in _WORD.finditer(words):
        word = found[0].casefold()
        if word not in _OF_PAPER and word not in _BESIDE and not word.isdigit():
            return False
    return True


def is_names(words: str, *, trusted: bool = False) -> bool:
    """Whether plain words are a list of persons; ``trusted`` where a single name is enough."""
    text = _MARKS.sub("", words).strip(" .,;:")
    if not text or len(text) > 4_000:
        return False
    if not trusted and _SEVERAL.search(text) is None:
        return False
    names = split_names(text)
    several = len(names) > 1 or _ET_AL.search(text) is not None
    if not names or not (several or trusted):
        return False
    good = [name for name in names if _is_name(name)]
    full = sum(" " in name or "." in name or _CJK.search(name) is not None for name in good)
    if not several:
        return len(good) == 1 and full == 1
    return len(good) >= 0.8 * len(names) and (2 * full >= len(good) or _ET_AL.search(text) is not None)


def _is_name(name: str) -> bool:
    words = name.replace("(", " ").replace(")", " ").split()
    if not 0 < len(words) <= 5 or len(name) > 48 or any(map(str.isdigit, name)) or is_link_label(name):
        return False
    if _NO_NAME.search(name) or any(mark in name for mark in ":?!/=@[]{}"):
        return False
    if _CJK.search(name):
        return len(name) <= 12
    capital = sum(
        word[0].isupper() or word.casefold() in _PARTICLES or not word[0].isalpha() for word in words
    )
    return (
        capital == len(words)
        and words[-1][0].isupper()
        and not (len(words) == 1 and name.isupper() and len(name) > 3)
    )


def label_of(source: str, link: Link) -> str:
    """A link's label in plain words; of a picture, what stands in its place."""
    label = link.text_span.of(source)
    if words := plain(label):
        return words
    alt = _ALT.search(label)
    if alt is not None:
        return (alt[1] or alt[2] or "").strip()
    return label[2 : label.index("]")].strip() if label.startswith("![") and "]" in label else ""


def role_of(source: str, link: Link) -> Role:
    """What a link leads to: the paper, what belongs to it, or something else."""
    if link.kind is LinkKind.IMAGE:
        return Role.OTHER
    words = [word.casefold() for word in _WORD.findall(label_of(source, link))]
    paper, url = names_paper(link.url), link.url.casefold()
    if paper and not (words and all(word in _BESIDE for word in words)):
        return Role.LINK
    if any(host in url for host in _CODE_HOSTS) or any(word in _BESIDE for word in words):
        return Role.CODE
    of_paper = (
        words
        and link.url
        and not url.startswith("#")
        and all(word in _OF_PAPER or word.isdigit() for word in words)
    )
    return Role.LINK if of_paper else Role.OTHER
