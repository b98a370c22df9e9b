"""Tables of two columns that say one thing a line: a name, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from littable.document.columns import normalise_header
from littable.document.dates import is_stand_in, read_date
from littable.document.header_names import loose_roles, plain_role
from littable.document.inline import find_links, has_link
from littable.document.listing import Cell
from littable.document.plain import plain
from littable.document.table import Table, TableRow
from littable.papers.identifiers import identify, names_paper
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

# Nobody describes a paper in more lines, and only a list of papers has more rows.
_MOST_ROWS = 60
_SUMMARY = 24
_TITLE = 12
_ADDRESS_END = lazy(r"[\s(（,，;；]")


@dataclass(slots=True, eq=False)
class Pair:
    """A line: ``name`` is normalised as headers are, ``value`` the cell behind it. ``sure`` tells that the
    name can mean nothing but ``role``.
    """

    name: str
    value: Cell
    role: Role
    sure: bool
    _words: str | None = None
    _linked: bool | None = None
    _identifier: Span | None = None

    @property
    def words(self) -> str:
        """What a reader sees in the value."""
        if self._words is None:
            self._words = plain(self.value.text)
        return self._words

    @property
    def linked(self) -> bool:
        """Whether the value links a paper, or is its identifier."""
        if self._linked is None:
            urls = self._urls()
            if urls:
                self._linked = any(map(names_paper, urls))
            else:
                self._linked = identify(self.identifier.of(self.value.source)) is not None
        return self._linked

    @property
    def identifier(self) -> Span:
        """The value, or of an identifier with a note behind it, ``2403.03218v2 (cs.LG)``, that alone."""
        if self._identifier is None:
            self._identifier = self._find_identifier()
        return self._identifier

    def _find_identifier(self) -> Span:
        cell, text = self.value, self.value.text
        if self._urls() or identify(text) is not None:
            return cell.span
        end = _ADDRESS_END.search(text)
        if end is not None and identify(text[: end.start()]) is not None:
            return Span(cell.start, cell.start + end.start())
        return cell.span

    def _urls(self) -> list[str]:
        cell = self.value
        if not has_link(cell.text):
            return []
        return [link.url for link in find_links(cell.source, cell.start, cell.end)]

    @property
    def titled(self) -> bool:
        """Whether the value reads like a title."""
        return is_title_like(self.words)


def is_title_like(words: str) -> bool:
    """Whether a text has as many words as titles have; one in letters that need no blanks counts as well."""
    return len(words) >= _TITLE and (words.count(" ") >= 2 or not words.isascii())


def read_pairs(table: Table) -> list[Pair]:
    """The lines of a table that say something, each with the role that its name gives it; none if the table
    has another shape. Of names that may mean several things, the value decides.
    """
    if table.width != 2 or not 0 < len(table.rows) <= _MOST_ROWS:
        return []
    header = _pair(table.header)
    pairs = [pair for row in table.rows if (pair := _pair(row)) is not None]
    if header is not None and _says_something(header):
        pairs.insert(0, header)
    _decide_loose(pairs)
    return pairs


def _pair(row: TableRow) -> Pair | None:
    cells = row.cells
    if len(cells) < 2 or cells[0].empty or cells[1].empty or is_stand_in(cells[1].text):
        return None
    name, role = _named(cells[0].text)
    return Pair(name, cells[1], role or Role.OTHER, role is not None)


@lru_cache(maxsize=1024)
def _named(text: str) -> tuple[str, Role | None]:
    """A name as headers are normalised, and what it can only mean."""
    name = normalise_header(text)
    return name, plain_role(name)


def _says_something(pair: Pair) -> bool:
    """Whether the header is a line like the others, and no heading such as ``Field | Value``."""
    match pair.role if pair.sure else _first(loose_roles(pair.name)):
        case Role.TITLE:
            return pair.titled or pair.linked
        case Role.LINK:
            return pair.linked
        case Role.YEAR | Role.DATE:
            return read_date(pair.words) is not None
        case Role.AUTHORS | Role.VENUE | Role.ABSTRACT:
            return " " in pair.words and plain_role(normalise_header(pair.words)) is None
    return False


def _first(roles: Sequence[Role]) -> Role | None:
    return roles[0] if roles else None


def _decide_loose(pairs: Iterable[Pair]) -> None:
    taken = {pair.role for pair in pairs if pair.sure}
    for pair in pairs:
        if not pair.sure:
            pair.role = next(_fitting(pair, taken), Role.OTHER)
            taken.add(pair.role)


def _fitting(pair: Pair, taken: set[Role]) -> Iterator[Role]:
    for role in loose_roles(pair.name):
        if role is Role.ABSTRACT:
            long = len(pair.words) >= _SUMMARY or not pair.words.isascii()
            yield Role.ABSTRACT if long and role not in taken else Role.COMMENT
        elif _fits(role, pair, taken):
            yield role


def _fits(role: Role, pair: Pair, taken: set[Role]) -> bool:
    match role:
        case Role.TITLE:
            return role not in taken and pair.titled
        case Role.LINK:
            return pair.linked
        case Role.AUTHORS | Role.VENUE:
            return role not in taken and not pair.linked
        case Role.DATE:
            return not taken & {Role.DATE, Role.YEAR} and read_date(pair.words) is not None
    return False
