"""Lines of text as statements: a label with its value, a line of links, names, a date, a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from littable.document.dates import read_date
from littable.document.fields import strip_blanks
from littable.document.headed.labels import LineLabel, bare_label, label_at
from littable.document.headed.link_lines import are_all, links_in
from littable.document.headed.people import names_in
from littable.document.inline import Link
from littable.document.outline import Container
from littable.document.page import Page
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span


class Nature(Enum):
    """What a statement without a label is."""

    TEXT = 1
    LINKS = 2
    NAMES = 3
    DATE = 4
    CODE = 5
    END = 6


@dataclass(slots=True)
class Statement:
    """A label with its value, or a piece without label; ``value`` is where it stands, without marks around
    it.

    ``containers`` are the quotes and items that it stands in. ``part`` tells that the label is a heading or
    a summary, whose text is all that follows.
    """

    value: Span
    nature: Nature
    containers: tuple[Container, ...]
    label: LineLabel | None = None
    links: list[Link] = field(default_factory=list)
    part: bool = False

    @property
    def roles(self) -> tuple[Role, ...]:
        """What a labelled value may be."""
        return self.label.roles if self.label is not None else ()


_SPLIT = lazy(
    r"\s+(?:[|·•∣‖]|—|–)\s+|\s*<br\s*/?>\s*|\s*&nbsp;\s*[|·]?\s*(?:&nbsp;)?\s*",
)
_HARD_BREAK = lazy(r"(?: {2,}|\\|<br\s*/?>)\s*\Z")
_ICON = lazy(r"(?:[\u2190-\u2bff\u3030\ufe0e\ufe0f\u200d\U0001f000-\U0001faff]\s*)+")
_CATEGORIES = lazy(r"[a-z-]{2,8}\.[A-Za-z-]{2,12}(?:[,;\s]+[a-z-]{2,8}(?:\.[A-Za-z-]{2,12})?)*")
_LONGEST_LINE = 1_200
_SHORT = 60
_LONG_TEXT = 80


def statements_of(page: Page, lines: Sequence[Span], containers: tuple[Container, ...]) -> list[Statement]:
    """What the lines of a paragraph say."""
    found: list[Statement] = []
    broken = False
    for line in lines:
        for piece in _pieces(page, line):
            statement = _statement(page, piece, containers)
            previous = found[-1] if found else None
            if previous is not None and _continues(page, previous, statement, broken):
                _join(previous, statement)
            else:
                found.append(statement)
            broken = False
        broken = _HARD_BREAK.search(page.shown, max(line.start, line.end - 8), line.end) is not None
    return found


def _join(previous: Statement, following: Statement) -> None:
    start = previous.value.start if previous.value.end > previous.value.start else following.value.start
    previous.value = Span(start, following.value.end)
    previous.links = [*previous.links, *following.links]
    if previous.nature is Nature.DATE or previous.nature is Nature.LINKS:
        previous.nature = Nature.TEXT


def _continues(page: Page, previous: Statement, following: Statement, broken: bool) -> bool:
    """Whether a line goes on with what the line above it says."""
    if following.label is not None:
        return False
    length = previous.value.end - previous.value.start
    if previous.label is None:
        if previous.nature is Nature.NAMES:
            return (
                not broken
                and page.shown[previous.value.end - 1] in ",，、;"
                and following.nature is Nature.NAMES
            )
        if previous.nature is not Nature.TEXT:
            return False
        if following.nature in (Nature.LINKS, Nature.DATE):
            return False
        return not broken or length > _LONG_TEXT
    if (
        not previous.roles
        or previous.roles[0] in (Role.ABSTRACT, Role.COMMENT)
        or Role.ABSTRACT in previous.roles
    ):
        return following.nature is not Nature.LINKS and not (broken and length > 0 and not previous.roles)
    if Role.AUTHORS in previous.roles:
        return length == 0 or (not broken and following.nature in (Nature.NAMES, Nature.TEXT))
    return length == 0


def _statement(page: Page, span: Span, containers: tuple[Container, ...]) -> Statement:
    source = page.shown
    label = label_at(source, span.start, span.end) or bare_label(source, span.start, span.end)
    value = _value(source, label, span)
    links = links_in(page, value)
    if label is not None and not label.strong and not _is_sound(page, label, value, links):
        label, value = None, span
    nature = _nature(page, value, links, labelled=label is not None)
    return Statement(value, nature, containers, label, links)


def _value(source: str, label: LineLabel | None, span: Span) -> Span:
    """What stands behind a label, or behind an icon that stands for one."""
    if label is None:
        icon = _ICON.match(source, span.start, span.end)
        return Span(icon.end(), span.end) if icon and icon.end() < span.end else span
    value = strip_blanks(source, Span(min(label.end, span.end), span.end))
    if label.open and source.endswith(label.open, value.start, value.end):
        return strip_blanks(source, Span(value.start, value.end - len(label.open)))
    return value


def _is_sound(page: Page, label: LineLabel, value: Span, links: Sequence[Link]) -> bool:
    """Whether a label that nothing sets off has a value of its kind: "Data: the new oil" is none."""
    text = value.of(page.shown)
    if not text:
        return True
    role = label.roles[0]
    if role in (Role.DATE, Role.YEAR):
        return len(text) <= _SHORT and read_date(plain(text)) is not None
    if role in (Role.LINK, Role.CODE):
        return bool(links) or len(text) <= _SHORT
    if role is Role.AUTHORS:
        return len(text) < 4_000
    return True


def _nature(page: Page, span: Span, links: Sequence[Link], *, labelled: bool) -> Nature:
    source = page.shown
    if links and are_all(page, span, links):
        return Nature.LINKS
    if labelled:
        return Nature.TEXT  # the label says more than its value can
    if span.end - span.start <= _SHORT:
        words = plain(span.of(source))
        if words.count(" ") <= 5 and not words.endswith((".", "。")) and read_date(words) is not None:
            return Nature.DATE
    return Nature.NAMES if names_in(span.of(source)) else Nature.TEXT


def _pieces(page: Page, line: Span) -> list[Span]:
    """A line as the statements that stand beside each other on it: ``**Date:** … | **DOI:** …``."""
    source = page.shown
    whole = [strip_blanks(source, line)]
    if line.end - line.start > _LONGEST_LINE or not _SPLIT.search(source, line.start, line.end):
        return whole
    links = links_in(page, line)
    pieces: list[Span] = []
    start = line.start
    for mark in _SPLIT.finditer(source, line.start, line.end):
        if not any(link.span.start < mark.end() and mark.start() < link.span.end for link in links):
            pieces.append(strip_blanks(source, Span(start, mark.start())))
            start = mark.end()
    pieces.append(strip_blanks(source, Span(start, line.end)))
    pieces = [piece for piece in pieces if piece.end > piece.start]
    return pieces if len(pieces) > 1 and _stand_alone(page, pieces) else whole


def _stand_alone(page: Page, pieces: Sequence[Span]) -> bool:
    """Whether each piece but the first says what it is; the first one may be names or a label with its
    value.
    """
    for index, piece in enumerate(pieces):
        statement = _statement(page, piece, ())
        known = statement.label is not None or statement.nature in (Nature.LINKS, Nature.DATE)
        names = index == 0 and statement.nature is Nature.NAMES
        if not (known or names or is_tag(statement.value.of(page.shown))):
            return False
    return True


def is_tag(text: str) -> bool:
    """Whether a piece of a line is a code span, a short name in capitals or emphasised, such as a venue's."""
    if len(text) > _SHORT:
        return False
    words = plain(text).strip("🏷️ ")
    if _CATEGORIES.fullmatch(words):
        return True
    return (text.startswith("`") and text.endswith("`")) or (
        0 < len(words) <= 30 and words.count(" ") <= 3 and words[0].isupper()
    )
