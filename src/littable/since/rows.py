"""Which rows are new or say something else than they did, wherever they stand and however they are padded.

A row says what its filled cells say, each under its header; where its columns stand, blanks, and row numbers
are no part of it. A column that was added, taken away or given another header changes no row in which the
other cells are as they were and the new cell is empty or holds what the old one held.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias

from littable.document.columns import normalise_header
from littable.document.inline import LinkKind, find_links
from littable.document.listing import Row
from littable.document.model import Document
from littable.document.table import Table
from littable.roles import Role

# The header of cells behind the last column: a text cannot hold it, since GitHub replaces the character.
_BEYOND = "\0"
# How many rows with the same rarest cell are looked at before a row counts as changed.
_MOST = 32

Pairs: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(slots=True, eq=False)
class Layout:
    """The columns of a table: ``names`` are the headers in plain lower-case words, ``headers`` how often each
    stands there, ``numbers`` the columns that number the rows.
    """

    table: Table
    names: tuple[str, ...]
    headers: Mapping[str, int]
    numbers: frozenset[int]

    @classmethod
    def of(cls, table: Table) -> Layout:
        """The columns of ``table``."""
        names = tuple([normalise_header(cell.text) for cell in table.header.cells])
        headers = Counter(names)
        headers[_BEYOND] = -len(names)  # the narrower the table, the more lies beyond it
        return cls(table, names, headers, frozenset(table.having(Role.NUMBER)))


class Said:
    """What one row says. ``taken`` is set where another text's row is this one."""

    __slots__ = ("_pairs", "layout", "row", "taken")

    def __init__(self, layout: Layout, row: Row) -> None:
        self.layout = layout
        self.row = row
        self.taken = False
        self._pairs: Pairs | None = None

    @property
    def written(self) -> Hashable:
        """What is equal only for rows that say the same, and for most of them; None where it is not known."""
        return None if self.layout.table.definitions else (self.layout.names, self.row.text)

    @property
    def pairs(self) -> Pairs:
        """What is equal just for rows that say the same: the filled cells, each with its header, sorted."""
        if self._pairs is None:
            self._pairs = tuple(sorted(_pairs(self.layout, self.row)))
        return self._pairs


def rows_of(document: Document) -> list[Said]:
    """All rows of all tables, in order."""
    layouts = map(Layout.of, document.tables)
    return [Said(layout, row) for layout in layouts for row in layout.table.rows]


def _pairs(layout: Layout, row: Row) -> Iterator[tuple[str, str]]:
    table, names = layout.table, layout.names
    for at, cell in enumerate(row.cells):
        text = " ".join(cell.text.split())
        if not text or (at in layout.numbers and _is_number(text)):
            continue
        if table.definitions and "[" in text:
            text = "\0".join([text, *_defined_urls(table, text)])
        yield names[at] if at < len(names) else _BEYOND, text


def _is_number(text: str) -> bool:
    """Whether it is a row's number, which changes with every row put before it."""
    return text.strip("#№.:()[]*_ ").isdigit()


def _defined_urls(table: Table, text: str) -> list[str]:
    """Where the reference links of a cell lead, which may change while the cell does not."""
    links = find_links(text, 0, len(text), table.definitions)
    return [link.url for link in links if link.kind is LinkKind.REFERENCE]


def pair_rows(old: Sequence[Said], new: Sequence[Said]) -> list[Said]:
    """Set ``taken`` on the rows that stand in both texts, each beside one of the other; the new ones left."""
    # As written first: most rows are, and need not be taken apart.
    left = _pair_equal(old, new, attrgetter("written"))
    left = _pair_equal(_free(old), left, attrgetter("pairs"))
    if left:
        holding = _by_text(_free(old))
        for said in left:
            _pair_but_for_columns(said, holding)
    return _free(left)


def _free(rows: Iterable[Said]) -> list[Said]:
    return [said for said in rows if not said.taken]


def _pair_equal(old: Iterable[Said], new: Iterable[Said], key: Callable[[Said], Hashable]) -> list[Said]:
    """Pair the rows with the same key, unless it is None; the new ones left."""
    same: dict[Hashable, list[Said]] = defaultdict(list)
    for said in old:
        same[key(said)].append(said)
    same[None] = []
    left = []
    for said in new:
        if equal := same.get(key(said)):
            said.taken = equal.pop().taken = True
        else:
            left.append(said)
    return left


def _by_text(rows: Iterable[Said]) -> dict[str, list[Said]]:
    """The rows that hold each cell text."""
    holding: dict[str, list[Said]] = defaultdict(list)
    for said in rows:
        for text in {text for _, text in said.pairs}:
            holding[text].append(said)
    return holding


def _pair_but_for_columns(said: Said, holding: Mapping[str, list[Said]]) -> None:
    """Find a row that says the same but for columns that one of the tables lacks.

    It must hold every text of this one, so only those with the rarest of them are looked at: that with the
    identifier or the title, as a rule.
    """
    candidates = min((holding.get(text, []) for _, text in said.pairs), key=len, default=[])
    while candidates and candidates[-1].taken:
        candidates.pop()
    for other in reversed(candidates[-_MOST:]):
        if not other.taken and _agree(other, said):
            other.taken = said.taken = True
            return


def _agree(old: Said, new: Said) -> bool:
    """Whether two rows say the same but for columns; under the same headers they would have been equal."""
    if old.layout.headers == new.layout.headers:
        return False
    before, now = Counter(old.pairs), Counter(new.pairs)
    gone, added = before - now, now - before
    if not (_lacks(new, old, gone) and _lacks(old, new, added)):
        return False
    return Counter(text for _, text in added.elements()) <= Counter(text for _, text in gone.elements())


def _lacks(said: Said, other: Said, pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether the table of ``said`` has no place for any of the cells of ``other``: fewer such columns."""
    own, others = said.layout.headers, other.layout.headers
    return all(own.get(header, 0) < others.get(header, 0) for header, _ in pairs)
