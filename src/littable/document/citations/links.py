"""What the links of a citation lead to: the paper, what belongs to it, or anything else."""

from __future__ import annotations

from functools import lru_cache

from littable.document.citations.nodes import Node, is_picture
from littable.document.citations.venues import is_acronym
from littable.document.citations.when import is_date
from littable.document.inline import LinkKind
from littable.document.plain import plain
from littable.papers.identifiers import identify, names_paper
from littable.patterns import lazy
from littable.roles import Role

_PAPER_WORDS = frozenset(
    """
    paper papers pdf arxiv abs abstract doi preprint openreview fulltext article publication link links
    url ref html acl cvf ieee acm springer elsevier sciencedirect biorxiv medrxiv ssrn pmlr neurips nips
    icml iclr cvpr iccv eccv proceedings thesis report ps hal alphaxiv ar5iv semantic scholar nature here
    full text source read download web journal version published official 论文 论文链接 原文 链接 地址
    全文 論文 リンク 논문 링크 статья ссылка текст enlace artículo artigo articulo lien
    """.split()
)
_OTHER_WORDS = frozenset(
    """
    code codes github repo repository git gitlab implementation implementations pytorch tensorflow tf
    keras jax torch theano caffe matlab julia chainer mxnet paddle unofficial project projects page pages
    website site home homepage demo demos online video videos youtube talk talks slides slide poster
    posters presentation blog blogs post dataset datasets data benchmark model models weights checkpoint
    checkpoints hf huggingface hugging face colab notebook notebooks supp supplementary supplement
    supplemental material materials appendix notes note review reviews summary explanation bibtex bib cite
    citation twitter tweet thread x reddit podcast media tutorial website leaderboard docs documentation
    wiki space spaces kaggle app web stars star news tool toolkit software library package api r python
    c++ lightning results medium explained interview audio dagshub 代码 源码 项目 项目主页 主页 解读 知乎
    博客 视频 数据集 数据 笔记 中文解读 模型 コード 実装 スライド 解説 動画 ブログ 코드 발표 код проект
    слайды видео código codigo projeto proyecto
    """.split()
)
_FILLERS = frozenset(
    "the in of at on and for to my this our by with a an via v1 v2 v3 + & | / en eng english ch zh cn".split()
)
_OTHER_HOSTS = (
    *(
        "github.com",
        "github.io",
        "gitlab",
        "bitbucket.org",
        "huggingface.co",
        "hf.co",
        "kaggle.com",
        "colab.",
    ),
    *(
        "youtube.com",
        "youtu.be",
        "bilibili.com",
        "slideslive",
        "videolectures",
        "drive.google",
        "dropbox.com",
    ),
    *(
        "modelscope.cn",
        "twitter.com",
        "x.com",
        "sites.google",
        "vimeo.com",
        "zhihu.com",
        "slideshare",
        "gitee.com",
    ),
)
_WORD = lazy(r"[^\W_]+\+*")
_BADGE = lazy(r"img\.shields\.io/(?:badge/|static/v1\?label=)(?P<text>[^?&)\s]{1,80})")


def label_of(source: str, node: Node) -> str:
    """The words of a link's label; for a badge, those that the picture shows."""
    text = node.inner.of(source)
    if not is_picture(source, node):
        return plain(text)
    badge = _BADGE.search(text)
    alternative = text[text.find("[") + 1 : text.find("]")] if "[" in text else ""
    return f"{alternative} {badge['text'].replace('_', ' ').replace('-', ' ') if badge else ''}".replace(
        "%20", " "
    )


@lru_cache(maxsize=1024)
def label_words(label: str) -> tuple[str, ...]:
    """The words of a label in lower case, without fillers."""
    return tuple([word for word in _WORD.findall(label.casefold()) if word not in _FILLERS])


@lru_cache(maxsize=2048)
def is_generic(label: str) -> bool:
    """Whether a label only says what the link leads to: "paper", "PDF", "CVPR 2020", an address."""
    if "://" in label or label.startswith(("www.", "arXiv:", "arxiv:", "doi:", "DOI:")) or is_date(label):
        return True
    if identify(label) is not None:
        return True
    words = label_words(label)
    return len(words) <= 6 and all(
        word in _PAPER_WORDS or word in _OTHER_WORDS or word.isdigit() or is_acronym(word) for word in words
    )


@lru_cache(maxsize=2048)
def is_mostly_generic(label: str) -> bool:
    """Whether a few words say more of a link's kind than of a title: "Unofficial PyTorch code"."""
    words = label_words(label)
    known = sum(word in _PAPER_WORDS or word in _OTHER_WORDS for word in words)
    if len(label.split()) > 5 and known < len(words):
        return False
    return (
        len(words) <= 4
        and known * 2 >= len(words)
        and (words[-1] in _OTHER_WORDS or words[0] in _OTHER_WORDS)
    )


def link_role(source: str, node: Node, before: str = "") -> Role:
    """LINK for a link that leads to the paper, CODE for what belongs to it, OTHER for the rest.

    ``before`` is the word in front that says what it is ("Code: <…>").
    """
    assert node.link is not None
    url = node.link.url
    label = label_of(source, node)
    bare = node.link.kind in (LinkKind.BARE, LinkKind.AUTOLINK) or "://" in label
    words = label_words(before) if bare or not label.strip() else label_words(label)
    other = sum(word in _OTHER_WORDS for word in words)
    paper = sum(word in _PAPER_WORDS for word in words)
    if other and (not paper or words[-1] in _OTHER_WORDS or words[0] in _OTHER_WORDS):
        return Role.CODE if identify(url) is None or not bare else Role.LINK
    if leads_to_paper(url) or (paper and paper == len(words)):
        return Role.LINK
    if paper and not any(host in url for host in _OTHER_HOSTS):
        return Role.LINK
    return Role.CODE if any(host in url for host in _OTHER_HOSTS) else Role.OTHER


def is_kept_beside(url: str) -> bool:
    """Whether an address is where code, demos, talks and posts are kept."""
    return any(host in url for host in _OTHER_HOSTS)


@lru_cache(maxsize=1024)
def leads_to_paper(url: str) -> int:
    """How surely a paper is at an address: 2 where papers are kept, 1 for a document that may be one."""
    path = url.partition("?")[0].partition("#")[0]
    ending = path.lower().endswith((".pdf", ".ps", ".ps.gz"))
    if names_paper(path[: path.rfind(".")] if ending else url) or (ending and identify(url) is not None):
        return 2
    return 1 if ending and len(path) > 5 else 0


def is_within(url: str) -> bool:
    """Whether a link leads to a place in the same document."""
    return url.startswith("#")
