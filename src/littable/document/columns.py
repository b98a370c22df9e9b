"""Header text to column role, and literature tables told from tables that look like them.

The names themselves stand in ``header_names``. Content decides about loose names, and about headers that
say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from littable.document.dates import is_stand_in, read_date
from littable.document.header_names import AGAINST, OF_TALKS, OF_THINGS, loose_roles, plain_role
from littable.document.inline import find_links
from littable.document.listing import Column, Row
from littable.document.paper_columns import are_named_links, read_as_papers
from littable.document.plain import plain
from littable.papers.identifiers import identify, names_paper
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_SAMPLE = 40
_LONGEST_LINKS = 80
_SURELY = 0.8


class HeadedTable(Protocol):
    """A table of any shape whose columns have headers."""

    @property
    def header(self) -> Row:
        """The row that names the columns."""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows below it."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, once they have been assigned."""

    @property
    def definitions(self) -> Mapping[str, tuple[str, Span]]:
        """The link references of the document."""

    @property
    def names_authors_below_title(self) -> bool:
        """Whether its title cells hold the authors too."""


_DECORATION = lazy(r"^[\W_]+(?=\w)|(?<=[\w)№.#])[^\w)№.#]+$")


def normalise_header(text: str) -> str:
    """A header in plain lower-case words: no emphasis, emoji, links and decoration."""
    words = plain(text).casefold().strip()
    bare = _DECORATION.sub("", words).strip(" :*_")
    return " ".join((bare or words).replace(" / ", "/").split())


@dataclass(slots=True)
class _Content:
    """What the cells of one column hold, as shares of the non-empty sampled ones."""

    filled: int
    scholarly: float
    linked: float
    dated: float
    worded: float
    named: float
    length: float


def assign_columns(table: HeadedTable, configured: Mapping[str, Role]) -> tuple[Column, ...]:
    """The columns of a table with their roles.

    ``configured`` (header text to role) has the last word; then plain names, then loose names and contents.
    """
    chosen = {normalise_header(header): role for header, role in configured.items()}
    headers = [plain(cell.text) for cell in table.header.cells]
    names = [normalise_header(cell.text) for cell in table.header.cells]
    roles: list[Role | None] = [chosen.get(name) or plain_role(name) for name in names]
    if not any(names):
        _decide_unnamed(table, roles)
    elif None in roles:
        _decide_loose(table, names, roles)
    return tuple(Column(header, role or Role.OTHER) for header, role in zip(headers, roles, strict=True))


def _decide_loose(table: HeadedTable, names: Sequence[str], roles: list[Role | None]) -> None:
    sampled = sample_rows(table)
    for index, name in enumerate(names):
        if roles[index] is not None:
            continue
        content = _content(table, sampled, index)
        for role in loose_roles(name):
            if role in roles and role is not Role.LINK:
                continue
            fits = _fits(role, content, strict=Role.TITLE in roles)
            if not fits and role is Role.TITLE and name not in OF_THINGS:
                fits = are_named_links(_texts(sampled, index), table.definitions)
            if fits:
                roles[index] = role
                break
    if Role.TITLE in roles and Role.LINK not in roles:
        _find_link(table, sampled, roles)
    if Role.TITLE in roles and not {Role.YEAR, Role.DATE} & {role for role in roles if role}:
        _find_year(table, sampled, names, roles)


def _decide_unnamed(table: HeadedTable, roles: list[Role | None]) -> None:
    """What columns without any header hold, where one of them alone can hold titles."""
    sampled = sample_rows(table)
    contents = [_content(table, sampled, index) for index in range(len(roles))]
    titles = [index for index, content in enumerate(contents) if content.worded >= 0.6 and content.filled > 1]
    linked = [index for index in titles if contents[index].scholarly >= 0.5] or titles
    if len(linked) != 1:
        return
    roles[linked[0]] = Role.TITLE
    for index, content in enumerate(contents):
        if roles[index] is None:
            roles[index] = _unnamed_role(content)


def _unnamed_role(content: _Content) -> Role | None:
    if content.scholarly >= 0.5:
        return Role.LINK
    if content.dated >= 0.8:
        return Role.VENUE if content.named >= 0.5 else Role.DATE
    return Role.CODE if content.linked >= 0.5 else None


def _fits(role: Role, content: _Content, *, strict: bool) -> bool:
    if role is Role.TITLE:
        return content.filled == 0 or content.worded >= 0.5
    if role is Role.LINK:
        return content.scholarly >= 0.3 or (content.linked >= 0.5 and strict)
    if role is Role.DATE:
        return content.dated >= 0.5
    return content.filled == 0 or content.linked < 0.5 or content.length > 120


def _find_link(table: HeadedTable, rows: Sequence[Row], roles: list[Role | None]) -> None:
    """A column of any name that leads to papers has the links, where the titles have none."""
    if _content(table, rows, roles.index(Role.TITLE)).scholarly >= 0.5:
        return
    for index, role in enumerate(roles):
        if role is None:
            content = _content(table, rows, index)
            if content.scholarly >= 0.5 and content.length < _LONGEST_LINKS:
                roles[index] = Role.LINK
                return


def _find_year(
    table: HeadedTable, rows: Sequence[Row], names: Sequence[str], roles: list[Role | None]
) -> None:
    for index, name in enumerate(names):
        if roles[index] is None and not name and _content(table, rows, index).dated >= 0.8:
            roles[index] = Role.DATE
            return


def sample_rows(table: HeadedTable) -> Sequence[Row]:
    """Up to 40 rows, evenly spread."""
    rows = table.rows
    if len(rows) <= _SAMPLE:
        return rows
    return [rows[number * len(rows) // _SAMPLE] for number in range(_SAMPLE)]


def _texts(rows: Sequence[Row], index: int) -> list[str]:
    """What the cells of one column say, those that say nothing left out."""
    texts = [row.cells[index].text for row in rows if index < len(row.cells)]
    return [text for text in texts if text and not is_stand_in(text)]


def _content(table: HeadedTable, rows: Sequence[Row], index: int) -> _Content:
    texts = _texts(rows, index)
    count = len(texts) or 1
    urls = [[link.url for link in find_links(text, 0, len(text), table.definitions)] for text in texts]
    words = [plain(text) for text in texts]
    return _Content(
        filled=len(texts),
        scholarly=sum(any(map(names_paper, found)) for found in urls) / count,
        linked=sum(bool(found) for found in urls) / count,
        dated=sum(len(text) <= 24 and read_date(text) is not None for text in words) / count,
        worded=sum(_is_title_like(text) for text in words) / count,
        named=sum(any(map(str.isupper, text)) for text in words) / count,
        length=sum(map(len, words)) / count,
    )


_CITED = lazy(r"[^\W\d_][\w.' -]{0,40}\bet\.? al\b[., ]*(?:[(\[]?\d{4}[a-z]?[)\]]?)?")


def _is_title_like(text: str) -> bool:
    if len(text) < 12 or _CITED.fullmatch(text):
        return False
    return text.count(" ") >= 2 or not text.isascii()


def is_literature(table: HeadedTable) -> bool:
    """Whether the rows of a table are papers, by its roles and, where those could be anything, its links."""
    roles = {column.role for column in table.columns}
    if Role.TITLE not in roles:
        return False
    names = [normalise_header(cell.text) for cell in table.header.cells]
    plain_title = any(plain_role(name) is Role.TITLE for name in names)
    if table.names_authors_below_title:
        roles.add(Role.AUTHORS)
    about = roles & {Role.YEAR, Role.DATE, Role.AUTHORS, Role.LINK, Role.ABSTRACT, Role.VENUE}
    against = sum(name in AGAINST or not name for name in names)
    talks = any(name in OF_TALKS for name in names)
    if not about and Role.CODE not in roles:
        return False
    evidence = _scholarly_share(table)
    if not any(names):
        return evidence >= _SURELY
    if plain_title and len(about) >= 2 and not against:
        dated = bool(roles & {Role.YEAR, Role.DATE, Role.VENUE})
        abstract = any(plain_role(name) is Role.ABSTRACT for name in names)
        if not table.rows or evidence > 0 or Role.AUTHORS in roles:
            return True
        return not talks and (dated or abstract) and (_any_link(table) or _tells_where_published(table))
    wanted = 0.2 if plain_title else 0.3 if len(about) >= 2 else 0.5
    if against > len(names) / 3:
        return False
    return evidence >= wanted or (not against and not talks and _tells_where_published(table))


def _tells_where_published(table: HeadedTable) -> bool:
    """Whether the rows give titles and the places where they were published, though no link."""
    rows, roles = sample_rows(table), [column.role for column in table.columns]
    if Role.VENUE not in roles or any(
        normalise_header(column.header) in OF_TALKS for column in table.columns
    ):
        return False
    titles, venues = (_texts(rows, roles.index(role)) for role in (Role.TITLE, Role.VENUE))
    return read_as_papers(list(map(plain, titles)), list(map(plain, venues)))


def _scholarly_share(table: HeadedTable) -> float:
    """The share of sampled rows, blank ones aside, that link a paper outside an abstract or comment."""
    rows = [row for row in sample_rows(table) if not all(cell.empty for cell in row.cells)]
    return sum(map(_row_is_scholarly, rows, [table] * len(rows))) / (len(rows) or 1)


def _row_is_scholarly(row: Row, table: HeadedTable) -> bool:
    for column, cell in zip(table.columns, row.cells, strict=False):
        if column.role in (Role.ABSTRACT, Role.COMMENT):
            continue
        text = cell.text
        if any(names_paper(link.url) for link in find_links(text, 0, len(text), table.definitions)):
            return True
        if column.role is Role.LINK and identify(text.strip("*_ ")) is not None:
            return True
    return False


def _any_link(table: HeadedTable) -> bool:
    """Whether a sampled row links anything at all (papers beside the list, a publisher's page)."""
    return any(find_links(row.text, 0, len(row.text), table.definitions) for row in sample_rows(table))
