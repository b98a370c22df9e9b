"""What the links below a heading lead to: the paper, its code, or something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from littable.document.columns import normalise_header
from littable.document.headed.labels import roles_of
from littable.document.inline import Link, LinkKind, find_links, has_link
from littable.document.page import Page
from littable.document.plain import plain
from littable.papers.identifiers import identify, names_paper
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_SHORT_LABEL = 40
_TITLE_WORDS = 4
# Words that may stand between links: "Links: [arXiv](…) | code".
_FEW_LETTERS = 16
_FEW_WORDS = 2
_WORDS = lazy(r"[^\W_]+")
_CODE_WORDS = frozenset(
    """code github repo repository implementation project website homepage demo video slides poster youtube
    dataset data model models weights colab page site web blog talk twitter tweet thread huggingface
    代码 项目 主页 コード スライド 動画 코드""".split()
)
_CODE_HOSTS = (
    "github.com/",
    "gitlab.com/",
    "bitbucket.org/",
    "youtube.com/",
    "youtu.be/",
    "github.io",
    "colab.",
)


def links_in(page: Page, span: Span) -> list[Link]:
    """The links of a text that lead somewhere."""
    text = span.of(page.shown)
    if not has_link(text) and not (page.definitions and "[" in text):
        return []
    found = find_links(page.shown, span.start, span.end, page.definitions)
    return [link for link in found if link.kind is not LinkKind.IMAGE and link.url]


def are_all(page: Page, span: Span, links: Sequence[Link]) -> bool:
    """Whether a text is nothing but links with short labels and what parts them."""
    if not links or any(is_titled(page, link) for link in links):
        return False
    rest: list[str] = []
    position = span.start
    for link in links:
        rest.append(page.shown[position : max(link.span.start, position)])
        position = max(position, link.span.end)
    rest.append(page.shown[position : span.end])
    words = _WORDS.findall(plain(" ".join(rest)))
    most = _FEW_WORDS + any("|" in piece or "/" in piece for piece in rest)
    return len(words) <= most and sum(map(len, words)) <= _FEW_LETTERS


def is_titled(page: Page, link: Link) -> bool:
    """Whether the label of a link could be a paper's title."""
    label = plain(link.text_span.of(page.shown))
    return link.kind is not LinkKind.BARE and "://" not in label and is_wordy(label)


def is_wordy(words: str) -> bool:
    """Whether plain words are as many as a title has."""
    return words.count(" ") + 1 >= _TITLE_WORDS or sum(not c.isascii() and c.isalpha() for c in words) >= 8


def role_of_link(page: Page, link: Link, default: Role = Role.OTHER) -> Role:
    """Whether a link with a short label leads to the paper (LINK), to code or the like (CODE)."""
    label = normalise_header(link.text_span.of(page.shown)) if link.kind is not LinkKind.BARE else ""
    words = set(label.replace("-", " ").split())
    of_code = not words.isdisjoint(_CODE_WORDS) and "paper" not in words
    if identify(link.url) is not None:
        return Role.LINK
    if of_code or any(host in link.url.lower() for host in _CODE_HOSTS):
        return Role.CODE
    if names_paper(link.url):
        return Role.LINK
    roles = roles_of(label) if label else ()
    if Role.LINK in roles or Role.TITLE in roles:
        return Role.LINK
    return Role.CODE if Role.CODE in roles else default


def cells_of(page: Page, links: Iterable[Link], default: Role = Role.OTHER) -> list[tuple[Role, Span]]:
    """One cell for each link, by where it leads; of links one within the other the outer one counts."""
    cells: list[tuple[Role, Span]] = []
    behind = -1
    for link in links:
        if link.span.start >= behind:
            cells.append((role_of_link(page, link, default), link.span))
            behind = link.span.end
    return cells
