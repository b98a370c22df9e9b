"""Header text to column role, and literature tables told from tables that look like them.

The names themselves stand in ``header_names``. Content decides about loose names, and about headers that
say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from littable.document.column_content import Content, HeadedTable, content_of, texts_of
from littable.document.column_content import sample_rows as sample_rows
from littable.document.header_names import AGAINST, OF_BOOKS, OF_TALKS, OF_THINGS, loose_roles, plain_role
from littable.document.inline import find_links
from littable.document.listing import Column, Row
from littable.document.paper_columns import are_cited_titles, are_named_links, read_as_papers
from littable.document.plain import plain
from littable.papers.identifiers import identify, names_paper
from littable.patterns import lazy
from littable.roles import Role

_LONGEST_LINKS = 80
_SURELY = 0.8


_DECORATION = lazy(r"^[\W_]+(?=\w)|(?<=[\w)№.#])[^\w)№.#]+$")


def normalise_header(text: str) -> str:
    """A header in plain lower-case words: no emphasis, emoji, links and decoration."""
    words = plain(text).casefold().strip()
    bare = _DECORATION.sub("", words).strip(" :*_")
    return " ".join((bare or words).replace(" / ", "/").split())


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
        if roles[index] is not None or not (likely := loose_roles(name)):
            continue
        content = content_of(table, sampled, index)
        for role in likely:
            if role in roles and role is not Role.LINK:
                continue
            fits = _fits(role, content, strict=Role.TITLE in roles)
            if not fits and role is Role.TITLE and name not in OF_THINGS:
                fits = are_named_links(texts_of(sampled, index), table.definitions)
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
    contents = [content_of(table, sampled, index) for index in range(len(roles))]
    titles = [index for index, content in enumerate(contents) if content.worded >= 0.6 and content.filled > 1]
    linked = [index for index in titles if contents[index].scholarly >= 0.5] or titles
    if len(linked) != 1:
        return
    roles[linked[0]] = Role.TITLE
    for index, content in enumerate(contents):
        if roles[index] is None:
            roles[index] = _unnamed_role(content)


def _unnamed_role(content: Content) -> Role | None:
    if content.scholarly >= 0.5:
        return Role.LINK
    if content.dated >= 0.8:
        return Role.VENUE if content.named >= 0.5 else Role.DATE
    return Role.CODE if content.linked >= 0.5 else None


def _fits(role: Role, content: Content, *, strict: bool) -> bool:
    if role is Role.TITLE:
        return content.filled == 0 or content.worded >= 0.5
    if role is Role.LINK:
        return content.scholarly >= 0.3 or (content.linked >= 0.5 and strict)
    if role is Role.DATE:
        return content.dated >= 0.5
    return content.filled == 0 or content.linked < 0.5 or content.length > 120


def _find_link(table: HeadedTable, rows: Sequence[Row], roles: list[Role | None]) -> None:
    """A column of any name that leads to papers has the links, where the titles have none."""
    if content_of(table, rows, roles.index(Role.TITLE)).scholarly >= 0.5:
        return
    for index, role in enumerate(roles):
        if role is None:
            content = content_of(table, rows, index)
            if content.scholarly >= 0.5 and content.length < _LONGEST_LINKS:
                roles[index] = Role.LINK
                return


def _find_year(
    table: HeadedTable, rows: Sequence[Row], names: Sequence[str], roles: list[Role | None]
) -> None:
    for index, name in enumerate(names):
        if roles[index] is None and not name and content_of(table, rows, index).dated >= 0.8:
            roles[index] = Role.DATE
            return


def is_literature(table: HeadedTable) -> bool:
    """Whether the rows of a table are papers, by its roles and, where those could be anything, its links."""
    roles = {column.role for column in table.columns}
    if Role.TITLE not in roles:
        return False
    names = [normalise_header(cell.text) for cell in table.header.cells]
    plain_title = any(plain_role(name) is Role.TITLE for name in names)
    if table.names_authors_below_title:
        roles.add(Role.AUTHORS)
    cites = _cites_titles(table, names)
    if cites:
        roles |= {Role.AUTHORS, Role.YEAR}
    about = roles & {Role.YEAR, Role.DATE, Role.AUTHORS, Role.LINK, Role.ABSTRACT, Role.VENUE}
    against = sum(name in AGAINST or not name for name in names)
    talks = any(name in OF_TALKS for name in names)
    if not about and Role.CODE not in roles:
        return False
    evidence = _scholarly_share(table)
    if not any(names):
        return evidence >= _SURELY
    if plain_title and len(about) >= 2 and (not against or (not talks and _is_bibliography(names))):
        dated = bool(roles & {Role.YEAR, Role.DATE, Role.VENUE})
        abstract = any(plain_role(name) is Role.ABSTRACT for name in names)
        if not table.rows or evidence > 0 or Role.AUTHORS in roles:
            return True
        return not talks and (dated or abstract) and (_any_link(table) or _tells_where_published(table))
    wanted = 0.2 if plain_title else 0.3 if len(about) >= 2 else 0.5
    if against > len(names) / 3:
        return False
    if evidence >= wanted:
        return True
    return not against and not talks and (cites or _tells_where_published(table))


def _is_bibliography(names: Sequence[str]) -> bool:
    """Whether the headers name all that a reference consists of, whatever else they name."""
    roles = {plain_role(name) for name in names if name not in OF_BOOKS}
    return {Role.TITLE, Role.AUTHORS, Role.VENUE} <= roles and not roles.isdisjoint((Role.YEAR, Role.DATE))


def _cites_titles(table: HeadedTable, names: Sequence[str]) -> bool:
    """Whether most cells with titles are a title with its citation, as in ``Title (Lee et al., 2025)``."""
    index = next(at for at, column in enumerate(table.columns) if column.role is Role.TITLE)
    if names[index] in OF_THINGS or not names[index]:
        return False
    return are_cited_titles(list(map(plain, texts_of(sample_rows(table), index))))


def _tells_where_published(table: HeadedTable) -> bool:
    """Whether the rows give titles and the places where they were published, though no link."""
    rows, roles = sample_rows(table), [column.role for column in table.columns]
    if Role.VENUE not in roles or any(
        normalise_header(column.header) in OF_TALKS for column in table.columns
    ):
        return False
    titles, venues = (texts_of(rows, roles.index(role)) for role in (Role.TITLE, Role.VENUE))
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
