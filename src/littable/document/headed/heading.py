"""A heading as a paper's title: without numbering, badges, venue and links beside it."""

from __future__ import annotations

from littable.document.headed.head import Head
from littable.document.headed.labels import label_at, part_of
from littable.document.headed.link_lines import is_titled, links_in, role_of_link
from littable.document.headed.places import DATE, is_place, place
from littable.document.inline import Link, LinkKind
from littable.document.page import Page
from littable.document.plain import plain
from littable.papers.identifiers import names_paper
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_ICONS = r"[\u2190-\u2bff\u3030\ufe0e\ufe0f\u200d\U0001f000-\U0001faff]"
_BEFORE = lazy(
    rf"(?:\s+|{_ICONS}+|:[a-z0-9_+-]{{2,40}}:|<(?:a|span)\s[^<>]*>\s*</(?:a|span)>|<img[^<>]*>|\[[ xX]\]\s"
    r"|#?\(?\d{1,4}(?:\.\d{1,2}){0,2}\s?[.)）、:：]\)?(?=[\s*\[【《“\"A-Z\u4e00-\u9fff])|\(\d{1,3}\)\s|#\d{1,4}\s"
    r"|(?:No|Nr|Paper|论文|第)\s?[.#]?\s?\d{1,3}\s?[篇]?\s?[.:：)、-]\s?"
    r"|\d{1,3}(?:\.\d{1,2}){0,2}\s(?=[\[A-Z\u4e00-\u9fff])"
    r"|(?:19|20)\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?\s?[:：,-]?\s"
    r"|\d{6}\s|[-–—|·•]\s)+"
)
_TAG_BEFORE = lazy(r"(?P<open>[\[【(（])(?P<text>[^\[\]【】()（）]{1,60})[\]】)）](?!\()\s*[:：-]?\s*")
_AUTHOR_BEFORE = lazy(
    r"(?P<names>[A-ZÀ-Þ][\w'’-]{1,30}(?:\set\.?\sal\.?|\s(?:&|and)\s[A-ZÀ-Þ][\w'’-]{1,30})?),?\s*"
    r"[(\[]?(?P<year>(?:19|20)\d\d)[a-z]?[)\]]?\s*(?:[:：.—–]|-(?=\s))\s*(?=\S)"
)
_ID_BEHIND = lazy(r"\s*(?:\{[#.:][^{}\n]*\}|<!--[^<>]*-->|<a\s[^<>]*>\s*</a>)\s*$")
_BRACKET_BEHIND = lazy(r"\s*[\[(（【](?P<text>[^\[\]()（）【】]{2,90})[\])）】]\s*$")
_DASHED_BEHIND = lazy(r"\s*(?:\s[-–—|@·•]\s|,\s)\s*(?P<text>[^\[\]()（）|]{3,60})$")
_TRAILING = lazy(rf"(?:\s|{_ICONS}|:[a-z0-9_+-]{{2,40}}:|[\[(（{{|·•/,—–-]|&nbsp;|&emsp;)+$")
_NOTE_WORDS = lazy(
    r"(?i)\b(?:paper|papers|review|note|notes|summary|read|reading)\b|论文|論文|笔记|メモ|리뷰|논문|翻译|解读|精读|阅读"
)
_QUOTES = {"“": "”", "《": "》", "「": "」", "『": "』", "«": "»", '"': '"', "‘": "’"}


_OPENING = frozenset("*_`").union(_QUOTES)


def read_head(page: Page, span: Span) -> Head:
    """Read the text of a heading, or a line that stands for one."""
    source = page.shown
    text = span.of(source)
    head = Head(span, span, "", part=part_of(text), text=text)
    links = _outer(links_in(page, span))
    atom, own = _title_atom(page, span, links)
    for link in links:
        if link is not own:
            head.cells.append((role_of_link(page, link), link.span))
    inner = own.text_span if own is not None else atom
    if own is not None:
        head.own = (role_of_link(page, own), own.span)
    cut = _trimmed(source, head, inner)
    head.words = plain(cut.of(source))
    if own is not None:
        _read_beside(source, head, own.span)
    if own is None:
        head.title = cut
    elif _is_whole(source, cut, own):
        head.title = own.span if atom == own.span else atom
    else:
        head.title = cut
        head.cells.append((Role.LINK if names_paper(own.url) else Role.OTHER, own.url_span))
    head.leads = any(role is Role.LINK for role, _ in head.cells) or (
        own is not None and names_paper(own.url)
    )
    return head


def _read_beside(source: str, head: Head, title: Span) -> None:
    """What stands before or behind a title that is a link: when and where the paper came out."""
    taken = [span for _, span in head.cells]
    for gap in (Span(head.span.start, title.start), Span(title.end, head.span.end)):
        if not any(gap.start < span.end and span.start < gap.end for span in taken):
            text = gap.of(source)
            bare = text.strip(" \t*_`()[]{}|·•,;:-–—")
            if bare:
                start = gap.start + text.index(bare)
                place(source, head, Span(start, start + len(bare)))


def _outer(links: list[Link]) -> list[Link]:
    found: list[Link] = []
    for link in links:
        if not found or link.span.start >= found[-1].span.end:
            found.append(link)
    return found


def _title_atom(page: Page, span: Span, links: list[Link]) -> tuple[Span, Link | None]:
    """The longest piece in words: a link, or what stands between links."""
    if not links:
        return span, None
    source = page.shown
    best, own, most = span, None, -1
    position = span.start
    for link in (*links, None):
        gap = Span(position, link.span.start if link is not None else span.end)
        size = len(plain(gap.of(source)))
        if size > most:
            best, own, most = gap, None, size
        if link is None:
            break
        size = (
            len(plain(link.text_span.of(source)))
            if link.kind not in (LinkKind.BARE, LinkKind.AUTOLINK)
            else 0
        )
        if size and size * 1.5 > most:
            best, own, most = link.span, link, size
        position = link.span.end
    if own is not None and not names_paper(own.url):
        # "[The paper](…) and [a post about it](…)": the paper is what counts.
        papers = [link for link in links if is_titled(page, link) and names_paper(link.url)]
        if papers:
            return papers[0].span, papers[0]
    return best, own


def _is_whole(source: str, cut: Span, link: Link) -> bool:
    """Whether nothing but emphasis was cut from a link's label, so that the link as it is holds the title."""
    label = link.text_span
    around = source[label.start : cut.start] + source[cut.end : label.end]
    return not around.strip(" \t*_`")


def _trimmed(source: str, head: Head, span: Span) -> Span:
    """The title's own text: what stands around it goes to cells of its own."""
    start, end = _inside(source, span.start, span.end)
    for _ in range(6):
        before = (start, end)
        start, end = _inside(source, start, end)
        start = _without_prefix(source, head, start, end)
        end = _without_suffix(source, head, start, end)
        if (start, end) == before:
            break
    label = label_at(source, start, end)
    if label is not None and Role.TITLE in label.roles and source[label.end : end].strip():
        start = label.end
    start, end = _inside(source, start, end)
    return Span(start, end) if start < end else Span(span.start, span.start)


def _inside(source: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks, emphasis and quotation marks around all of it."""
    while start < end:
        while start < end and source[start] in " \t\r\n\u00a0\u3000":
            start += 1
        while start < end and source[end - 1] in " \t\r\n\u00a0\u3000":
            end -= 1
        if start == end or source[start] not in _OPENING:
            break
        piece = source[start:end]
        mark = next(
            (m for m in ("***", "**", "__", "*", "_", "`") if piece.startswith(m) and piece.endswith(m)), ""
        )
        size = len(mark)
        if (
            mark
            and len(piece) > 2 * size
            and mark not in piece[size:-size]
            and piece[size:-size].strip(mark[0])
        ):
            start, end = start + size, end - size
        elif len(piece) > 2 and _QUOTES.get(piece[0]) == piece[-1] and piece[-1] not in piece[1:-1]:
            start, end = start + 1, end - 1
        else:
            break
    return start, end


def _without_prefix(source: str, head: Head, start: int, end: int) -> int:
    if (noise := _BEFORE.match(source, start, end)) and noise.end() < end:
        if date := DATE.search(source, start, noise.end()):
            head.cells.append((Role.DATE, Span(*date.span())))
        start = noise.end()
    if author := _AUTHOR_BEFORE.match(source, start, end):
        head.cells += [(Role.AUTHORS, Span(*author.span("names"))), (Role.YEAR, Span(*author.span("year")))]
        head.placed = True
        return author.end()
    tag = _TAG_BEFORE.match(source, start, end)
    if tag is None or not source[tag.end() : end].strip(" *_"):
        return start
    text = tag["text"]
    if place(source, head, Span(*tag.span("text"))) or _NOTE_WORDS.search(text):
        return tag.end()
    return start


def _without_suffix(source: str, head: Head, start: int, end: int) -> int:
    if end > start and not source[end - 1].isalnum():
        if (noise := _TRAILING.search(source, start, end)) and noise.start() > start:
            end = noise.start()
        if (anchor := _ID_BEHIND.search(source, start, end)) and anchor.start() > start:
            end = anchor.start()
    patterns = (_DASHED_BEHIND,) if source[end - 1].isalnum() else (_BRACKET_BEHIND, _DASHED_BEHIND)
    for pattern in patterns:
        found = pattern.search(source, max(start, end - 120), end)
        if found is None or found.start() <= start:
            continue
        span = Span(*found.span("text"))
        if pattern is _DASHED_BEHIND and not (is_place(found["text"])):
            continue
        if place(source, head, span):
            return found.start()
    return end
