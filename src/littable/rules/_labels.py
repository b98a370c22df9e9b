"""What the label of a link says: that it is the paper, or something else."""

from __future__ import annotations

import re

from littable.document.inline import Link, LinkKind
from littable.document.plain import plain
from littable.patterns import lazy

_WORDS = frozenset(
    """link links url urls pdf paper papers abs abstract html arxiv arxiv.org doi page website
    web here view read download source fulltext text full preprint version article open access
    acm ieee springer springerlink nature elsevier sciencedirect wiley openreview neurips nips
    icml iclr cvpr iccv eccv acl aclanthology emnlp pmlr aaai ijcai cvf hf huggingface face
    hugging alphaxiv papers.cool semantic scholar official to the of and or ссылка ссылки
    статья пдф 链接 论文 原文 地址 下载 リンク 論文 enlace enlaces artículo lien 링크 논문""".split()
)
_SPLIT = lazy(r"[\s/|,;()\[\]{}【】（）*_`:：.!<>→↗🔗📄📑📃]+")


def is_label(text: str) -> bool:
    """Whether the text is a mere label for a link to a paper: ``link``, ``[PDF]``, ``论文``."""
    if len(text) > 60:
        return False
    words = [word for word in _SPLIT.split(text.casefold()) if word]
    return bool(words) and all(word in _WORDS for word in words)


def names_nothing_else(link: Link, source: str) -> bool:
    """Whether the link presents itself as the paper: by a mere label, a badge, or its own address."""
    if link.kind in (LinkKind.BARE, LinkKind.AUTOLINK, LinkKind.TEXT):
        return True
    label = link.text_span.of(source).strip()
    if not label or label.startswith(("![", "<img")):
        return True
    words = plain(label)
    return (
        is_label(words)
        or "://" in words
        or re.fullmatch(r"(?:arxiv\s*:?\s*)?[\d.]+(?:v\d+)?", words, re.I) is not None
    )
