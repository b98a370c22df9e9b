"""Key-value tables: one table is one paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from littable.document.cells import cell_count
from littable.document.description import Description, Heading, is_paper, may_be_paper
from littable.document.listing import Listing, Row
from littable.document.outline import Block, Kind
from littable.document.page import Page
from littable.document.pairs import Pair, is_title_like, read_pairs
from littable.document.parts import Parts, listing_of
from littable.document.plain import plain
from littable.document.sections import Section
from littable.document.table import Table
from littable.patterns import lazy
from littable.roles import Role
from littable.shapes import Shape
from littable.text import Edit, Span, apply_edits

_SHORT = 40
_YEAR_BEHIND = lazy(r"[\s,，'’(（]*(?P<year>(?:19|20)\d\d)[)）]?\Z")
_OF_METADATA = lazy(
    r"\b(?:information|info|metadata|overview|details|summary|basics?)\b|信息|資訊|档案|概览|概要|基本|情報",
    re.IGNORECASE,
)
_BEFORE_TITLE = lazy(
    r"(?:\d{1,4}(?:\.\d{1,3}){0,3}[.)、:：]\s*|\d{1,3}(?:\.\d{1,3}){1,3}\s+|[(（]\d{1,4}[)）]\s*|#\d{1,4}\s*\|?\s*)?"
    r"(?:(?:paper|article|论文|論文|文献)\s*(?:#?\d{1,4}|[一二三四五六七八九十]{1,3})?\s*[:：]\s*)?",
    re.IGNORECASE,
)


class KeyValueRow(Row):
    """A paper's table, or its heading and its table."""

    __slots__ = ()

    def written(self, markdown: str) -> str:
        """Markdown for a table cell is what its cells need."""
        return markdown

    def keeps_cells(self, edits: Iterable[Edit]) -> bool:
        """Whether every line has as many cells after the edits as before them."""
        by_line: dict[int, list[Edit]] = {}
        source = self.source
        for edit in edits:
            if _has_line_end(edit.text) or _has_line_end(edit.span.of(source)):
                return False
            by_line.setdefault(source.rfind("\n", 0, edit.span.start) + 1, []).append(edit)
        return all(_keeps_count(source, start, found) for start, found in by_line.items())


def _has_line_end(text: str) -> bool:
    return "\n" in text or "\r" in text


def _keeps_count(source: str, start: int, edits: Iterable[Edit]) -> bool:
    end = source.find("\n", start)
    line = source[start : len(source) if end < 0 else end]
    moved = [Edit(Span(edit.span.start - start, edit.span.end - start), edit.text) for edit in edits]
    edited = apply_edits(line, moved)
    return cell_count(line, 0, len(line)) == cell_count(edited, 0, len(edited))


def read_key_value(page: Page) -> list[Listing]:
    """The tables that describe a paper each, as one listing."""
    found = [described for table in page.tables if (described := _read(page, table)) is not None]
    sure = set(filter(is_paper, found))
    shapes = {frozenset(one.names) for one in sure}
    papers = [one for one in found if one in sure or _is_like(page, one, shapes)]
    if not papers:
        return []
    for one in papers:
        one.table.literature = False
    listing = listing_of(page, Shape.KEY_VALUE, list(map(_parts, papers)), KeyValueRow)
    listing.editable = all(one.table.editable for one in papers)
    return [listing]


def _is_like(page: Page, one: Description, shapes: Iterable[frozenset[str]]) -> bool:
    """Whether it may be a paper and is written as one that is, or stands where papers are said to stand."""
    if not may_be_paper(one):
        return False
    names = set(one.names)
    alike = any(len(names & shape) * 4 >= len(names | shape) * 3 for shape in shapes)
    return alike or page.is_chosen(one.span.start)


def _read(page: Page, table: Table) -> Description | None:
    """The table as a description of something with a title, if it is one."""
    pairs = read_pairs(table)
    if len(pairs) < 2 or not page.may_hold_papers(table.span.start):
        return None
    titles = [pair for pair in pairs if pair.role is Role.TITLE]
    if len({pair.name for pair in titles}) < len(titles):
        return None  # several papers in one table
    if titles:
        return Description(table, pairs)
    heading = _title_above(page, table)
    return Description(table, pairs, heading) if heading is not None else None


def _parts(one: Description) -> Parts:
    paper = Parts(one.span)
    titles = sorted(one.of(Role.TITLE), key=lambda pair: not _is_own_title(pair.name))
    abstracts = sorted(one.of(Role.ABSTRACT), key=lambda pair: not pair.sure)
    if one.heading is not None:
        paper.add(Role.TITLE, one.heading.title)
    for pair in (*titles[:1], *abstracts[:1]):
        paper.add(pair.role, pair.value.span)
    for pair in (*titles[1:], *abstracts[1:]):
        paper.add(Role.COMMENT, pair.value.span)
    dated = bool(one.roles & {Role.YEAR, Role.DATE})
    for pair in one.pairs:
        if pair.role is Role.VENUE and not dated:
            for role, span in _venue_and_year(pair):
                paper.add(role, span)
        elif pair.role not in (Role.TITLE, Role.ABSTRACT):
            span = pair.identifier if pair.role is Role.LINK else pair.value.span
            paper.add(pair.role, span)
    return paper


def _venue_and_year(pair: Pair) -> Iterator[tuple[Role, Span]]:
    """A venue with its year behind it is both: ``CVPR 2024``."""
    value = pair.value
    year = _YEAR_BEHIND.search(value.text)
    if year is None:
        yield Role.VENUE, value.span
        return
    if year.start():
        yield Role.VENUE, Span(value.start, value.start + year.start())
    yield Role.YEAR, Span(value.start + year.start("year"), value.start + year.end("year"))


def _is_own_title(name: str) -> bool:
    """Whether a name announces the title in the paper's own words, beside a translated one."""
    return any(word in name for word in ("english", "original", "英文", "英語", "原", "оригинал"))


def _title_above(page: Page, table: Table) -> Heading | None:
    """The title in the heading that the table stands right below, a heading such as "Metadata" aside."""
    section = page.section_at(table.span.start)
    before = [block for block in section.blocks if block.start < table.span.start]
    if section.parent is None or table.block.containers or not all(map(_is_remark, before)):
        return None
    if title := _title_in(page, section):
        return title
    above = section.parent
    is_first = page.section_at(section.start - 1) is above
    return _title_in(page, above) if is_first and all(map(_is_remark, above.blocks)) else None


def _is_remark(block: Block) -> bool:
    """Whether a block may stand between a title and its table: a sentence, a picture, a line."""
    in_list = any(container.kind is Kind.ITEM for container in block.containers)
    return not in_list and block.kind in (Kind.PARAGRAPH, Kind.HTML, Kind.RULE)


def _title_in(page: Page, section: Section) -> Heading | None:
    """The heading of a section, if it reads like a title."""
    if not section.level:
        return None
    before = _BEFORE_TITLE.match(page.source, section.title.start, section.title.end)
    title = Span(before.end() if before else section.title.start, section.title.end)
    words = plain(title.of(page.source))
    if not is_title_like(words) or (len(words) <= _SHORT and _OF_METADATA.search(words)):
        return None
    return Heading(section.start, title)
