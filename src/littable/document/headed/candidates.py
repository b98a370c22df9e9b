"""Sections that may be papers, with what was read in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from littable.document.columns import normalise_header
from littable.document.headed.claims import Claims
from littable.document.headed.gathered import Found
from littable.document.headed.head import Head
from littable.document.headed.heading import read_head
from littable.document.headed.labels import LineLabel, part_of
from littable.document.headed.lines import Nature, Statement
from littable.document.headed.paper import read_found
from littable.document.headed.people import heads_people
from littable.document.headed.statements import read_statements
from littable.document.outline import Block, Kind
from littable.document.page import Page
from littable.document.sections import Section
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

# So many parts below a heading are looked into.
_MOST_PARTS = 16
_LONGEST_TITLE = 1_000
# With so many blanks a heading is more than the name of a part: "Data and results in the age of small
# models".
_A_TITLE = 6


@dataclass(slots=True, eq=False)
class Candidate:
    """What may be a paper: ``head`` names it, ``found`` is what was read below, ``span`` all of its text.

    ``group`` is the same for those that stand on one level, ``parent`` for those with one heading above.
    """

    group: int
    parent: Section | None
    head: Head
    found: Found
    span: Span


class Contents:
    """What stands below each heading of a page; a heading is looked at once for each one above it."""

    def __init__(self, page: Page, claims: Claims) -> None:
        self.page = page
        self.claims = claims
        self._labels: dict[int, Statement] = {}
        self._statements: dict[int, list[Statement]] = {}

    def label(self, part: Section) -> Statement:
        """The heading as a label of what is below it."""
        found = self._labels.get(part.start)
        if found is None:
            found = self._labels[part.start] = _label(self.page, part)
        return found

    def statements(self, part: Section, cut: int | None) -> list[Statement]:
        """What is said right below the heading, up to an offset."""
        if cut is not None and cut < part.end:
            return read_statements(self.page, _without(part.blocks, cut))
        found = self._statements.get(part.start)
        if found is None:
            found = self._statements[part.start] = read_statements(self.page, part.blocks)
        return found


def candidate_of(contents: Contents, index: int, taken: Sequence[int]) -> Candidate | None:
    """The paper that a section may be; ``taken`` are the starts of sections that are papers already, in the
    order of
    the text. None where the heading can be no title.
    """
    page = contents.page
    section = page.sections[index]
    if section.title.end - section.title.start > _LONGEST_TITLE:
        return None
    head = read_head(page, section.title)
    if Role.TITLE in head.part and Role.LINK not in head.part:
        head.words = ""  # "### Title:" has the title below
    elif (
        not head.words
        or heads_people(section.title.of(page.shown))
        or (head.words.count(" ") < _A_TITLE and _heads_part(head))
    ):
        return None
    parts = _parts(page, index, taken)
    span = Span(section.start, max(part.end for part in parts))
    cut = contents.claims.cut(span)
    statements = list(contents.statements(section, cut))
    for part in parts[1 : _MOST_PARTS + 1]:
        if cut is not None and part.start >= cut:
            break
        statements += _of_part(contents, part, cut)
    end = _end(page, parts, cut, section)
    if sum(statement.roles[:2] == (Role.TITLE,) for statement in statements) > 1:
        return None  # one heading above several papers, each behind a label
    found = read_found(page, head, statements)
    return Candidate(section.level, section.parent, head, found, Span(section.start, end))


def _heads_part(head: Head) -> bool:
    """Whether a heading names a part of a paper: "Paper", and not "[Boxes of Boxes](…) (Paper)"."""
    return bool(head.part) and (not head.leads or bool(part_of(head.words)))


def _parts(page: Page, index: int, taken: Sequence[int]) -> list[Section]:
    """The section and those below it, up to one that is a paper of its own."""
    sections = page.sections
    level = sections[index].level
    at = bisect_left(taken, sections[index].start + 1)
    stop = taken[at] if at < len(taken) else None
    parts = [sections[index]]
    for following in range(index + 1, len(sections)):
        section = sections[following]
        if section.level <= level or (stop is not None and section.start >= stop):
            break
        parts.append(section)
    return parts


def _without(blocks: Sequence[Block], cut: int | None) -> Sequence[Block]:
    """The blocks before an offset, and before the list that it stands in."""
    if cut is None:
        return blocks
    return [
        block
        for block in blocks
        if block.start < cut and all(container.start < cut for container in block.containers)
    ]


def _of_part(contents: Contents, part: Section, cut: int | None) -> list[Statement]:
    """The heading of a part as a label, and what is below it. Who wrote what is said below "Metadata", not
    below
    a heading that may be another paper's.
    """
    label = contents.label(part)
    below = contents.statements(part, cut)
    if not label.roles and _TELLING.search(part.title.of(contents.page.shown)) is None:
        below = [one for one in below if one.nature is Nature.TEXT and set(one.roles) <= {Role.ABSTRACT}]
    return [label, *below]


_TELLING = lazy(
    r"(?i:info|meta|detail|bibliogra|citation|reference|paper|basic|about|link)|[基信情]本?[息報]|정보|메타|论文|論文|논문|基本"
)


def _label(page: Page, part: Section) -> Statement:
    """The heading of a part as a label of what is below it; one that names people is what it says."""
    text = part.title.of(page.shown)
    if heads_people(text):
        return Statement(part.title, Nature.NAMES, ())
    label = LineLabel(normalise_header(text), part_of(text), part.title.end, strong=True)
    return Statement(Span(part.title.end, part.title.end), Nature.TEXT, (), label, part=True)


def _end(page: Page, parts: Sequence[Section], cut: int | None, section: Section) -> int:
    """Where the last thing that is said of the paper ends; a rule or comment behind it is not part of it."""
    end = max(section.title.end, section.start)
    for part in parts:
        if cut is not None and part.start >= cut:
            break
        end = max(end, part.title.end)
        for block in _without(part.blocks, cut):
            if block.kind is not Kind.RULE and not _is_void(page.source, block):
                end = max(end, block.end)
    if cut is not None:
        end = min(end, cut)
    return _without_closing(page.source, section.start, end_of_text(page.source, section.start, end))


def _without_closing(source: str, start: int, end: int) -> int:
    """The end without tags that close what was opened before the paper."""
    closing = _CLOSING.search(source, max(start, end - _TAIL), end) if source[end - 1] == ">" else None
    if closing is None:
        return end
    text = source[start:end].lower()
    opened, closed = (sum(text.count(f"<{mark}{name}") for name in _FOLDS) for mark in ("", "/"))
    return end_of_text(source, start, closing.start()) if closed > opened else end


_FOLDS = ("details", "div", "center")
_TAIL = 200
_CLOSING = lazy(r"(?:\s*</(?:details|div|center)>)+\Z", re.IGNORECASE)


def end_of_text(source: str, start: int, end: int) -> int:
    """The end of a text without blank lines behind it."""
    return start + len(source[start:end].rstrip())


def _is_void(source: str, block: Block) -> bool:
    """Whether a block is a comment, or breaks and anchors without a word."""
    if block.kind is not Kind.HTML:
        return False
    text = source[block.start : block.end]
    return text.lstrip().startswith("<!--") or _VOID.fullmatch(text) is not None


_VOID = lazy(r"(?:\s|<(?:br|hr)\s*/?>|<a\s[^<>]*>\s*</a>)+", re.IGNORECASE)
