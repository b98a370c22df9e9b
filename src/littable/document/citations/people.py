"""Whether a piece of plain text names people."""

from __future__ import annotations

import re
from functools import lru_cache

from littable.patterns import lazy

ET_AL = lazy(
    r"[\s,，、]*(?:\(?\bet\.?\s{0,2}al\b\.?\)?|\b(?:and|&)\s(?:\d{1,4}\s)?(?:others|more|colleagues)\b\.?|\bи\s(?:др|соавт)\b\.?"
    r"|(?<=[\u4e00-\u9fff\w])\s?等人?|\bほか|\by\s(?:otros|col)\b\.?|\.\.\.|…)[\s.,)]*$",
    re.IGNORECASE,
)
_AND = lazy(r"\s+(?:[aA]nd|AND|&|und|et|y|e|и)\s+")
_LEADING_AND = lazy(r"(?:[aA]nd|AND|&|und|et|y|e|и)\s+")
_ANDS = frozenset("and And AND & und et y e и".split())
_MAY_LEAD = frozenset("aeuyиAEUYИ&")
_MARKS = lazy(r"[*†‡§¶#\d⁎∗✉️✝⋆☆★\u00b9\u00b2\u00b3\u2070-\u2089\[\]{}_^$\\✦♣♠♦♥]+")
_INITIAL = lazy(r"[^\W\d_](?:[.-]{1,2}[^\W\d_]){0,3}\.?")
_DOTTED = lazy(r"[^\W\d_](?:[.-]{1,2}\s?[^\W\d_]){0,3}\.?")
_CAPITALS = lazy(r"[A-ZА-ЯÀ-Þ]{1,2}")
_CJK_NAME = lazy(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?|[\uac00-\ud7a3]{2,4}|[\u30a0-\u30ff]{2,8}")
_PARTICLES = frozenset(
    """
    de del della di da das dos do du van von der den ter ten la le las los el al bin ibn abu und y zu af
    av st st. 't 'd jr jr. sr sr. ii iii iv
    """.split()
)
# Words of titles, places of publication and firms that begin with a capital like names do.
_NO_NAMES = frozenset(
    """
    a an the of for in on with to from by via using towards toward is are be as at into over under without
    between beyond through how what why when do does can not your you we our all learning deep neural
    network networks model models modeling modelling graph graphs image images video videos vision visual
    language languages survey review overview detection recognition segmentation generation generative
    classification prediction estimation optimization attention transformer transformers training
    pre-training pretraining reinforcement adversarial representation representations embedding embeddings
    data dataset datasets benchmark benchmarks analysis method methods approach approaches system systems
    framework frameworks algorithm algorithms theory task tasks text speech audio object objects machine
    intelligence artificial computer computing information knowledge robot robots robotics planning
    reasoning search matching tracking mapping localization reconstruction rendering retrieval translation
    recommendation recommender federated contrastive convolutional recurrent bayesian gaussian variational
    diffusion semantic temporal spatial multimodal multi-modal unsupervised supervised self-supervised
    semi-supervised few-shot zero-shot large small fast efficient robust scalable automatic dynamic
    hierarchical memory agent agents policy policies control causal quantum inference sampling clustering
    regression evaluation evaluating improving understanding exploring rethinking revisiting introducing
    scaling compression quantization pruning distillation tuning fine-tuning alignment safety security
    privacy university institute laboratory lab labs research technology technologies academy school
    college department google microsoft facebook meta deepmind openai nvidia amazon apple alibaba tencent
    baidu huawei bytedance conference journal proceedings workshop symposium transactions letters press
    springer elsevier ieee acm arxiv preprint paper papers code github project page website blog slides
    video demo poster talk link pdf report thesis dissertation tutorial book chapter lecture course notes
    introduction part appendix oral spotlight best award new latest official unofficial learn game games
    human humans question answering natural open world time series point cloud clouds
    """.split()
)
_LONGEST_NAME = 60
_LONGEST_NAMES = 130


@lru_cache(maxsize=4096)
def name_strength(text: str) -> int:
    """How surely a text without commas names one person or two: 0 not, 1 perhaps, 2 as only names are written
    (initials, "et al.").
    """
    if len(text) > _LONGEST_NAMES:
        return 0
    cut = ET_AL.search(text) if may_be_cut(text) else None
    body = text[: cut.start()] if cut else text
    led = _LEADING_AND.match(body.lstrip()) if body.lstrip()[:1] in _MAY_LEAD else None
    body = body.lstrip()[led.end() :] if led else body
    parts = [body] if _ANDS.isdisjoint(body.split()) else _AND.split(body)
    strengths = [_one_name(part, bool(cut)) for part in parts]
    if len(parts) == 2 and not any(strengths) and all(_is_name_word(part.strip()) for part in parts):
        return 1  # "Sitao and Zhao" of "Luan, Sitao and Zhao, Mingde", "Goodfellow and Bengio"
    if not all(strengths):
        return 0
    return 2 if cut or led or max(strengths) == 2 or len(parts) > 1 else 1


_CUTS = ("al", "others", "more", "colleagues", "др", "соавт", "等", "等人", "ほか", "otros", "col")


def may_be_cut(text: str) -> bool:
    """Whether a text may end in "et al.": a cheap answer that is never wrongly no."""
    tail = text[-18:]
    return tail.rstrip(" \t\r\n\u00a0\u3000.,)").lower().endswith(_CUTS) or ".." in tail or "…" in tail


def _one_name(text: str, among: bool = False) -> int:
    letters = text.isascii() and text.replace(" ", "").isalpha()
    text = (text if letters else _MARKS.sub("", text)).strip(" ,;:()'’~")
    if not text or len(text) > _LONGEST_NAME:
        return 0
    if not text.isascii() and _CJK_NAME.fullmatch(text.replace(" ", "")):
        return 1
    if (
        len(text) < 9
        and text[0].isupper()
        and ("." in text or len(text) == 1 or "-" in text)
        and _DOTTED.fullmatch(text)
    ):
        return 2  # initials behind a comma
    words = text.replace(" ", " ").replace(".-", "-").replace(".", ". ").split()
    if len(words) > 6 or (len(words) == 1 and not among):
        return 0
    whole = particles = initials = 0
    for word in words:
        kinds = _kinds_of_word(word)
        whole += kinds[0]
        particles += kinds[1]
        initials += kinds[2]
    if any(len(word) == 2 and _CAPITALS.fullmatch(word) for word in words[1:-1]):
        return 0  # an abbreviation within a title
    if not whole or whole + initials + particles < len(words):
        return 0
    if initials:
        return 2
    return 1 if len(words) <= 5 else 0


@lru_cache(maxsize=4096)
def _kinds_of_word(word: str) -> tuple[bool, bool, bool]:
    """Whether a word may be a name, a particle of one, and initials."""
    particle = _is_particle(word)
    return _is_name_word(word), particle, _is_initial(word) and not particle


def is_single_word(text: str) -> bool:
    """Whether a text is one word, which is a name only among others."""
    return len(text.split()) == 1


def _is_particle(word: str) -> bool:
    return word in _PARTICLES or (len(word) > 1 and word.casefold() in _PARTICLES)


def _is_initial(word: str) -> bool:
    if len(word.replace(".", "").replace("-", "")) > 1 and "." not in word and "-" not in word:
        return _CAPITALS.fullmatch(word) is not None
    return word[0].isupper() and _INITIAL.fullmatch(word) is not None


def _is_name_word(word: str) -> bool:
    if not word or (not word[0].isupper() and not (word[0] in "'’" and len(word) > 2)):
        return False
    if len(word) < 2 or _is_initial(word) or word.casefold() in _NO_NAMES:
        return False
    if word.isupper() and len(word) < 5:
        return False
    return word.isalpha() or all(letter.isalpha() or letter in "-‐‑'’.‘`´" for letter in word)
