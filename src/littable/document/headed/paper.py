"""What the statements below a heading say of the paper that it names."""

from __future__ import annotations

from collections.abc import Sequence

from littable.document.dates import is_stand_in, read_date
from littable.document.fields import strip_blanks
from littable.document.headed.gathered import Found, Rank
from littable.document.headed.head import Head
from littable.document.headed.labels import LineLabel
from littable.document.headed.lines import Nature, Statement
from littable.document.headed.link_lines import cells_of, is_titled
from littable.document.headed.mentions import (
    before_links,
    signature,
    without_affiliations,
)
from littable.document.headed.people import is_one_name, names_in
from littable.document.headed.texts import PROSE, Texts
from littable.document.headed.values import is_latin, is_line, is_number, is_title, key, weight
from littable.document.inline import Link
from littable.document.page import Page
from littable.document.plain import plain
from littable.papers.identifiers import identify, names_paper
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_IDENTIFIER = lazy(
    r"(?i:arxiv\s?[:：]\s?)?(?<![\d.])\d{4}\.\d{4,5}(?:v\d{1,2})?(?![\d.])|(?<![\w.])10\.\d{4,9}/[^\s,;，)（）\]]+"
)
_SHORT_ROLES = frozenset({Role.AUTHORS, Role.DATE, Role.YEAR, Role.VENUE})
_SHORT_VALUE = 160
_EARLY = 6
_LITTLE_MORE = 3


def read_found(page: Page, head: Head, statements: Sequence[Statement]) -> Found:
    """The paper that a heading and the statements below it give."""
    return _Reader(page, head).run(statements)


class _Reader(Texts):
    def run(self, statements: Sequence[Statement]) -> Found:
        pending: Statement | None = None
        taken: Statement | None = None
        for statement in statements:
            self.seen += 1
            if statement.nature is Nature.END:
                pending = taken = None
            elif statement.label is not None:
                pending = taken = None
                if statement.part or statement.value.end <= statement.value.start:
                    pending = statement
                else:
                    self._take(statement.label, statement)
            elif pending is not None and (taken is None or _goes_on(pending, taken, statement)):
                assert pending.label is not None
                self._take(pending.label, statement, more=taken is not None)
                taken = statement
            else:
                pending = taken = None
                self._read(statement)
        return self.finish()

    def _take(self, label: LineLabel, statement: Statement, *, more: bool = False) -> None:
        """Take a statement for what a label says that it is."""
        value = statement.value
        text = value.of(self.source)
        role = label.roles[0] if label.roles else _unknown_date(label)
        if not text or is_stand_in(plain(text)):
            return
        if role in _SHORT_ROLES and statement.links:
            value, behind = before_links(self.page, value, statement.links)
            if behind:
                self._take_line(behind)
                text = value.of(self.source)
        if role is Role.TITLE:
            self._take_title(label, statement)
        elif role is Role.AUTHORS:
            if more:
                self.authors = None  # one item for each name: no text that is the list
            elif self.authors is None and statement.nature is not Nature.LINKS:
                if "/" in label.name and " / " in text:  # "Author/Institution: … / …"
                    value = Span(value.start, value.start + text.index(" / "))
                self.authors = without_affiliations(self.source, value)
                self.found.labels.add(Role.AUTHORS)
                self.found.names = max(names_in(self.authors.of(self.source)), 1)
        elif role in (Role.DATE, Role.YEAR):
            if len(text) <= _SHORT_VALUE and read_date(plain(text)) is not None:
                plainly = "updat" not in label.name and "更新" not in label.name
                self.dates.append((plainly, value))
                self.found.labels.add(Role.DATE)
        elif role is Role.VENUE:
            if len(text) <= _SHORT_VALUE:
                self.venues.append(value)
                self.found.labels.add(Role.VENUE)
        elif role is Role.LINK:
            self._take_links(statement)
        elif role is Role.CODE:
            self.links += [
                (Role.CODE if found is not Role.LINK else found, span)
                for found, span in cells_of(self.page, statement.links, Role.CODE)
            ]
        elif role is Role.ABSTRACT:
            self.take_abstract(label, statement, more=more)
        else:
            self._note(statement)

    def _take_title(self, label: LineLabel, statement: Statement) -> None:
        if Role.LINK in label.roles and not is_number(self.found.head.words):
            self._take_links(statement)  # below a name, "Paper: …" is a reference
            return
        self.titles.append((label.name, statement.value))
        self.found.labels.add(Role.TITLE)

    def _take_links(self, statement: Statement) -> None:
        self._see_title(statement.links)
        cells = cells_of(self.page, statement.links, Role.LINK)
        if not cells:
            match = _IDENTIFIER.search(self.source, statement.value.start, statement.value.end)
            if match is None or identify(match.group()) is None:
                return
            cells = [(Role.LINK, Span(*match.span()))]
        self.links += cells
        if any(role is Role.LINK for role, _ in cells):
            self.found.labels.add(Role.LINK)
        scholarly = any(names_paper(link.url) for link in statement.links) or not statement.links
        self.found.linked = self.found.linked or scholarly

    def _see_title(self, links: Sequence[Link]) -> None:
        """See whether a link to the paper has another title than the heading, in the same script."""
        heading = key(self.found.head.words)
        for link in links:
            if not (heading and is_titled(self.page, link) and names_paper(link.url)):
                continue
            words = plain(link.text_span.of(self.source))
            if is_latin(words) and not _are_one(heading, key(words)):
                self.found.refers = True

    def _note(self, statement: Statement) -> None:
        """Something that is said below a label of its own."""
        text = statement.value.of(self.source)
        self.found.texts = True
        self.see_year(statement.value)
        if (
            len(text) <= _SHORT_VALUE
            and len(statement.links) == 1
            and not is_titled(self.page, statement.links[0])
        ):
            self.links += cells_of(self.page, statement.links)
        elif statement.nature is Nature.TEXT:
            self.add_text(Rank.NOTES, statement.value)

    def _read(self, statement: Statement) -> None:
        """Read a statement that no label says anything of."""
        value = statement.value
        text = value.of(self.source)
        if statement.nature is Nature.LINKS:
            self._take_line(statement.links)
        elif statement.nature is Nature.DATE:
            if self.seen <= _EARLY:
                self.dates.append((True, value))
        elif statement.nature is Nature.NAMES:
            if self.authors is None and self.seen <= _EARLY and not self.found.prose:
                self.authors = value
                self.found.names = names_in(text)
        elif statement.nature is Nature.CODE:
            if self.seen == 1 and not self.found.head.words and is_line(text):
                self.original = value
        elif statement.nature is Nature.TEXT:
            self._read_text(statement, text)

    def _take_line(self, links: Sequence[Link]) -> None:
        cells = cells_of(self.page, links)
        self.links += cells
        self.found.linked = self.found.linked or any(
            role is Role.LINK and names_paper(link.url)
            for link in links
            for role, span in cells
            if span == link.span
        )

    def _read_text(self, statement: Statement, text: str) -> None:
        if len(statement.links) == 1 and statement.links[0].span == statement.value and self.seen <= _EARLY:
            self._see_title(statement.links)
        self.see_year(statement.value)
        value = self._unsigned(self._without_links(statement))
        text = value.of(self.source)
        words = plain(text)
        if self.seen <= 2 and self.authors is None and is_one_name(text):
            self.found.lone_name = value
            return
        may_be_title = self.original is None and not self.found.prose and self.seen <= _EARLY
        if may_be_title and is_title(words) and not is_latin(self.found.head.words):
            self.original = value
            return
        self.found.texts = self.found.texts or bool(words)
        self.found.prose = self.found.prose or weight(text) >= PROSE
        self.add_text(Rank.TEXT, value)

    def _unsigned(self, value: Span) -> Span:
        """The text without the names and the year that it begins with."""
        if self.authors is not None or self.seen > _EARLY or self.found.prose:
            return value
        signed = signature(self.source, value)
        if signed is None:
            return value
        self.authors = signed.names
        self.found.names = names_in(signed.names.of(self.source))
        self.dates.append((True, signed.year))
        return signed.rest

    def _without_links(self, statement: Statement) -> Span:
        """The text without the links to the paper that it begins or ends with."""
        value = statement.value
        own = [
            link
            for link in statement.links
            if identify(link.url) is not None and not is_titled(self.page, link)
        ]
        for link in own:
            before = self.source[value.start : link.span.start].strip(" \t\r\n([（-–—:：|,.")
            behind = self.source[link.span.end : value.end].strip(" \t\r\n)]）.|,")
            if before and behind:
                continue
            if not self.found.linked:
                self.links.append((Role.LINK, link.span))
                self.found.linked = True
            cut = Span(value.start, link.span.start) if before else Span(link.span.end, value.end)
            value = strip_blanks(self.source, cut)
        return value


def _unknown_date(label: LineLabel) -> Role | None:
    """The role of a label that no list of names has, and that ends as dates are called: "SubmitDate"."""
    return Role.DATE if label.name.endswith(("date", "日期")) else None


def _are_one(heading: str, title: str) -> bool:
    """Whether a heading and a title are the same, or one of them little more than the other."""
    shorter, longer = sorted((heading, title), key=len)
    return shorter in longer and len(longer) < _LITTLE_MORE * len(shorter)


def _goes_on(pending: Statement, taken: Statement, statement: Statement) -> bool:
    """Whether what follows a label without a value of its own goes on."""
    if statement.containers == taken.containers:
        return pending.part or (bool(taken.containers) and taken.containers != pending.containers)
    return _are_items(pending, taken, statement)


def _are_items(pending: Statement, taken: Statement, statement: Statement) -> bool:
    """Whether two statements are items of one list below a label."""
    depth = len(pending.containers)
    return (
        len(statement.containers) == len(taken.containers) > depth
        and statement.containers[:-1] == taken.containers[:-1]
        and (Role.AUTHORS in pending.roles or Role.LINK in pending.roles)
    )
