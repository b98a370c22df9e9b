"""Header text to column role, and literature tables told from tables that look like them.

The names themselves stand in ``header_names``. Content decides about loose names, and about headers that
say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from littable.document.dates import is_stand_in, read_date
from littable.document.header_names import AGAINST, loose_roles, plain_role
from littable.document.inline import find_links
from littable.document.listing import Column, Row
from littable.document.plain import plain
from littable.document.table import Table
from littable.papers.identifiers import identify, names_paper
from littable.patterns import lazy
from littable.roles import Role

_SAMPLE = 40


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
    length: float


def assign_columns(table: Table, configured: Mapping[str, Role]) -> tuple[Column, ...]:
    """The columns of a table with their roles.

    ``configured`` (header text to role) has the last word; then plain names, then loose names and contents.
    """
    chosen = {normalise_header(header): role for header, role in configured.items()}
    headers = [plain(cell.text) for cell in table.header.cells]
    names = [normalise_header(cell.text) for cell in table.header.cells]
    roles: list[Role | None] = [chosen.get(name) or plain_role(name) for name in names]
    if None in roles:
        _decide_loose(table, names, roles)
    return tuple(Column(header, role or Role.OTHER) for header, role in zip(headers, roles, strict=True))


def _decide_loose(table: Table, names: Sequence[str], roles: list[Role | None]) -> None:
    sampled = sample_rows(table)
    for index, name in enumerate(names):
        if roles[index] is not None:
            continue
        content = _content(table, sampled, index)
        for role in loose_roles(name):
            if role in roles and role is not Role.LINK:
                continue
            if _fits(role, content, strict=Role.TITLE in roles):
                roles[index] = role
                break
    if Role.TITLE in roles and not {Role.YEAR, Role.DATE} & {role for role in roles if role}:
        _find_year(table, sampled, names, roles)


def _fits(role: Role, content: _Content, *, strict: bool) -> bool:
    if role is Role.TITLE:
        return content.filled == 0 or content.worded >= 0.5
    if role is Role.LINK:
        return content.scholarly >= 0.3 or (content.linked >= 0.5 and strict)
    if role is Role.DATE:
        return content.dated >= 0.5
    return content.filled == 0 or content.linked < 0.5 or content.length > 120


def _find_year(table: Table, rows: Sequence[Row], names: Sequence[str], roles: list[Role | None]) -> None:
    for index, name in enumerate(names):
        if roles[index] is None and not name and _content(table, rows, index).dated >= 0.8:
            roles[index] = Role.DATE
            return


def sample_rows(table: Table) -> Sequence[Row]:
    """Up to 40 rows, evenly spread."""
    rows = table.rows
    if len(rows) <= _SAMPLE:
        return rows
    return [rows[number * len(rows) // _SAMPLE] for number in range(_SAMPLE)]


def _content(table: Table, rows: Sequence[Row], index: int) -> _Content:
    texts = [row.cells[index].text for row in rows if index < len(row.cells)]
    texts = [text for text in texts if text and not is_stand_in(text)]
    count = len(texts) or 1
    urls = [[link.url for link in find_links(text, 0, len(text), table.definitions)] for text in texts]
    words = [plain(text) for text in texts]
    return _Content(
        filled=len(texts),
        scholarly=sum(any(map(names_paper, found)) for found in urls) / count,
        linked=sum(bool(found) for found in urls) / count,
        dated=sum(len(text) <= 24 and read_date(text) is not None for text in words) / count,
        worded=sum(_is_title_like(text) for text in words) / count,
        length=sum(map(len, words)) / count,
    )


def _is_title_like(text: str) -> bool:
    return len(text) >= 12 and (text.count(" ") >= 2 or not text.isascii())


def is_literature(table: Table) -> bool:
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
    if not about and Role.CODE not in roles:
        return False
    evidence = _scholarly_share(table)
    if plain_title and len(about) >= 2 and not against:
        dated = bool(roles & {Role.YEAR, Role.DATE, Role.VENUE})
        abstract = any(plain_role(name) is Role.ABSTRACT for name in names)
        if not table.rows or evidence > 0 or Role.AUTHORS in roles:
            return True
        return (dated or abstract) and _any_link(table)
    wanted = 0.2 if plain_title else 0.3 if len(about) >= 2 else 0.5
    return evidence >= wanted and against <= len(names) / 3


def _scholarly_share(table: Table) -> float:
    """The share of sampled rows that link a paper outside an abstract or comment."""
    rows = sample_rows(table)
    return sum(map(_row_is_scholarly, rows, [table] * len(rows))) / (len(rows) or 1)


def _row_is_scholarly(row: Row, table: Table) -> bool:
    for column, cell in zip(table.columns, row.cells, strict=False):
        if column.role in (Role.ABSTRACT, Role.COMMENT):
            continue
        text = cell.text
        if any(names_paper(link.url) for link in find_links(text, 0, len(text), table.definitions)):
            return True
        if column.role is Role.LINK and identify(text.strip("*_ ")) is not None:
            return True
    return False


def _any_link(table: Table) -> bool:
    """Whether a sampled row links anything at all (papers beside the list, a publisher's page)."""
    return any(find_links(row.text, 0, len(row.text), table.definitions) for row in sample_rows(table))
