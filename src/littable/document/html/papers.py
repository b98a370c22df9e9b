"""A paper in a row that has no header above it: told by what its lines say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from littable.document.dates import month_of, read_date
from littable.document.fields import strip_blanks, unwrap
from littable.document.html.paper import PaperRead
from littable.document.html.seen import SeenLine
from littable.document.html.title import FoundTitle, date_before, find_title
from littable.document.html.words import is_names, role_of
from littable.document.inline import Link, LinkKind
from littable.document.labelled import read_label
from littable.document.page import Page
from littable.document.parts import Parts
from littable.document.plain import plain
from littable.papers.identifiers import names_paper
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_LONG = 140
_SHORT = 24
_FEWEST_BLANKS = 5
_LONGEST_VENUE = 120
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LETTERS = lazy(r"[^\W\d_]{3,}")
_EDGES = " \t\r\n,;:.|/()[]{}-–—·•&"


def read_paper(page: Page, span: Span, cells: Sequence[Sequence[SeenLine]]) -> PaperRead:
    """What the lines of the cells say of a paper, in their order."""
    reader = _Reader(page, PaperRead(Parts(span)))
    reader.take(cells)
    return reader.read


class _Reader:
    def __init__(self, page: Page, read: PaperRead) -> None:
        self.source = page.shown
        self.definitions = page.definitions
        self.read = read
        self.title: FoundTitle | None = None

    def take(self, cells: Sequence[Sequence[SeenLine]]) -> None:
        """Read the lines of the cells."""
        self._choose_title(cells)
        for lines in cells:
            for line in lines:
                self._take_line(line)

    def _choose_title(self, cells: Sequence[Sequence[SeenLine]]) -> None:
        """The first title of the cells; one that is set off in another cell comes before plain words."""
        found = [
            (place, title)
            for place, lines in enumerate(cells)
            if (title := self._first_title(lines)) is not None
        ]
        chosen = next((one for one in found if one[1].sure and one[1].marked), None)
        chosen = chosen or next((one for one in found if one[1].sure), None) or next(iter(found), None)
        if chosen is not None:
            self.read.place, self.title = chosen

    def _first_title(self, lines: Sequence[SeenLine]) -> FoundTitle | None:
        """The first title of a cell; None where several lead to papers, since that is a list."""
        titles = list(self._titles(lines))
        linked = {link.url for title, links in titles if title.sure for link in links}
        if len(linked) > 1:
            return None
        found = [title for title, _ in titles]
        return next((title for title in found if title.sure), None) or next(iter(found), None)

    def _titles(self, lines: Sequence[SeenLine]) -> Iterator[tuple[FoundTitle, Sequence[Link]]]:
        """What may be the title, with the links to papers in it. Behind a sure one, only what has a link."""
        sure = False
        for line in lines:
            leading = [link for link in line.links if names_paper(link.url)]
            if line.folded or line.linking or _says_little(line.words) or (sure and not leading):
                continue
            label = read_label(self.source, line.span.start, line.span.end)
            if label is not None and label.roles == (Role.TITLE,):
                return
            title = find_title(self.source, line.span, line.links) if label is None else None
            if title is not None:
                yield title, [link for link in leading if title.span.contains(link.span)]
                sure = sure or title.sure

    def _take_line(self, line: SeenLine) -> None:
        span, words = line.span, line.words
        if line.folded:
            if len(words) >= _LONG and "@" not in words[:_SHORT]:
                self._take_text(span)
        elif line.linking or not line.wordy:
            self._take_links(line.links)
        elif not self._take_labelled(span, line.links):
            self._take_words(span, words, line.links)

    def _take_labelled(self, span: Span, links: Sequence[Link]) -> bool:
        label = read_label(self.source, span.start, span.end)
        if (
            label is None
            or label.end >= span.end
            or (len(label.roles) > 1 and Role.TITLE not in self.read.roles)
        ):
            return False
        value = Span(label.end, span.end)
        role = label.roles[0]
        if role in (Role.LINK, Role.CODE, Role.COMMENT):
            self._take_links(links, role if role is Role.CODE else None)
        elif role is Role.TITLE and Role.TITLE in self.read.roles:
            return False
        else:
            self._add(role, value)
            if role is Role.TITLE:
                self.read.sure = self.read.marked = True
                self._judge_title([link for link in links if value.contains(link.span)])
        return True

    def _take_words(self, span: Span, words: str, links: Sequence[Link]) -> None:
        if Role.TITLE not in self.read.roles:
            title = self.title
            if title is not None and span.contains(title.span):
                self.read.sure, self.read.marked = title.sure, title.marked
                self.read.cased = _is_cased(plain(title.span.of(self.source)))
                self._add(Role.TITLE, title.span)
                self._judge_title([link for link in links if title.span.contains(link.span)])
                if before := date_before(self.source, title.span):
                    self._take_venue(before)
                for rest in (Span(span.start, title.span.start), Span(title.span.end, span.end)):
                    self._take_rest(rest, [link for link in links if rest.contains(link.span)])
            elif len(words) <= _SHORT and read_date(words) is not None:
                self._take_venue(span)
            else:
                self._take_links(links)
        elif Role.AUTHORS not in self.read.roles and is_names(words, trusted=True):
            self._add(Role.AUTHORS, span)
        elif self._is_text(words):
            self._take_text(span)
        else:
            self._take_rest(span, links)

    def _take_rest(self, span: Span, links: Sequence[Link]) -> None:
        """What stands beside the title, or on a line that is neither names nor a text."""
        self._take_links(links)
        for gap in _gaps(span, links):
            piece = self._trimmed(gap)
            words = plain(piece.of(self.source))
            if sum(map(str.isalnum, words)) < 3 or len(words) > _LONGEST_VENUE:
                continue
            if Role.AUTHORS not in self.read.roles and is_names(words):
                self._add(Role.AUTHORS, piece)
            elif read_date(words) is not None and not self.read.roles & {Role.YEAR, Role.DATE}:
                self._take_venue(piece)

    def _take_venue(self, span: Span) -> None:
        """A year, a date, or a venue with its year."""
        words = plain(span.of(self.source))
        year = _YEAR.search(words)
        if year is not None and words == year[0]:
            self._add(Role.YEAR, span)
            return
        others = [word for word in _LETTERS.findall(words) if month_of(word) is None]
        self._add(Role.VENUE if others else Role.DATE, span)

    def _is_text(self, words: str) -> bool:
        """Whether a line is long for anything but a text, or a sentence behind authors or links."""
        if len(words) >= _LONG:
            return True
        known = self.read.roles & {Role.AUTHORS, Role.LINK}
        sentence = words.endswith((".", "!", "?", "。")) and words.count(" ") >= _FEWEST_BLANKS
        return bool(known) and sentence and read_date(words) is None

    def _take_text(self, span: Span) -> None:
        if Role.ABSTRACT in self.read.roles or Role.TITLE not in self.read.roles:
            return
        inner = unwrap(self.source, span)
        if inner.end > inner.start and not inner.of(self.source).startswith(("@", "```")):
            self._add(Role.ABSTRACT, span)

    def _take_links(self, links: Sequence[Link], role: Role | None = None) -> None:
        for link in links:
            if link.kind is LinkKind.IMAGE or not link.url:
                continue
            found = role or role_of(self.source, link)
            self._add(found, link.span)
            self.read.links_paper |= found is Role.LINK and names_paper(link.url)

    def _judge_title(self, links: Sequence[Link]) -> None:
        urls = [link.url for link in links if link.kind is not LinkKind.IMAGE and link.url]
        self.read.links_paper |= any(map(names_paper, urls))
        self.read.title_links_paper = any(map(names_paper, urls))
        self.read.title_links_elsewhere = bool(urls) and not self.read.title_links_paper

    def _add(self, role: Role, span: Span) -> None:
        span = strip_blanks(self.source, span)
        if span.end > span.start:
            self.read.parts.add(role, span)
            self.read.roles.add(role)

    def _trimmed(self, span: Span) -> Span:
        piece = span.of(self.source)
        start = span.start + len(piece) - len(piece.lstrip(_EDGES))
        return Span(start, max(start, span.start + len(piece.rstrip(_EDGES))))


def _is_cased(words: str) -> bool:
    """Whether the words are written as titles are: most of the long ones with a capital."""
    long = [word for word in words.split() if len(word) > 3]
    return 3 * sum(word[0].isupper() for word in long) >= 2 * len(long)


def _says_little(words: str) -> bool:
    """Whether there is no word, or a number or a date alone."""
    if sum(map(str.isalnum, words)) < 2:
        return True
    return len(words) <= _SHORT and read_date(words) is not None and not any(map(str.islower, words))


def _gaps(span: Span, links: Iterable[Link]) -> Iterable[Span]:
    start = span.start
    for link in links:
        if link.span.start > start:
            yield Span(start, link.span.start)
        start = max(start, link.span.end)
    if span.end > start:
        yield Span(start, span.end)
