"""How far rows are compared with each other: within a table, a file, or all files of a run."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._rows import DocumentRows, Key, RunPlace, Titled, by_title, group
from littable.rules._titles import Words

# A row that shares a title or a link with very many others is compared with so many of them at most.
_MOST = 50


class EarlierRows(dict[Hashable, list[Titled]]):
    """The rows met so far by what they have in common, and before them those of earlier files."""

    def __init__(self, key: Key, run: RunPlace | None) -> None:
        super().__init__()
        self._key = key
        self._run = run

    def __missing__(self, value: Hashable) -> list[Titled]:
        earlier = self._run.earlier(self._key, value) if self._run else ()
        rows = self[value] = list(islice(earlier, _MOST))
        return rows

    def add(self, row: Titled) -> None:
        """Take in the next row; one that lacks what is to be in common is left out."""
        value = self._key(row)
        if value is not None and len(rows := self[value]) < _MOST:
            rows.append(row)


@dataclass(frozen=True, slots=True)
class Scope:
    """Rows of a document that are compared with each other and, where ``run`` is set, with other files."""

    rows: Sequence[Titled]
    run: RunPlace | None = None

    def all_differ(self, key: Key) -> bool:
        """Whether no row can have anything in common with another, which is told at once."""
        values = [value for row in self.rows if (value := key(row)) is not None]
        return self.run is None and len(set(values)) == len(values)

    def earlier(self, key: Key) -> EarlierRows:
        """The rows before the first of these, by what they may have in common."""
        return EarlierRows(key, self.run)

    def sharing(self, key: Key) -> Iterable[list[Titled]]:
        """Rows that have something in common with one of these, in order."""
        for value, rows in group(self.rows, key).items():
            if self.run is not None:
                earlier = islice(self.run.earlier(key, value), _MOST)
                later = islice(self.run.later(key, value), _MOST)
                rows = [*earlier, *rows, *later]
            yield rows

    def similar_titles(self, threshold: float) -> Callable[[Words], Iterable[Words]]:
        """For a title the others that differ from it by a slip."""
        from littable.rules._slip_search import similar_pairs  # late: only one rule asks

        if self.run is not None:
            rows = self.run.rows
            return lambda words: rows.similar_titles(words, threshold)
        titles = list(group(self.rows, by_title))
        words = [title for title in titles if isinstance(title, tuple)]
        similar: dict[Words, list[Words]] = {}
        for first, second in similar_pairs(words, threshold):
            similar.setdefault(words[first], []).append(words[second])
            similar.setdefault(words[second], []).append(words[first])
        return lambda title: similar.get(title, ())


def tables(document: Document, context: Context) -> list[Scope]:
    """The rows of each table by itself."""
    return [Scope(rows) for rows in _rows(document, context).tables]


def scopes(document: Document, context: Context) -> list[Scope]:
    """The rows that are compared as far as the setting ``duplicates`` asks."""
    if context.settings.duplicates == "table":
        return tables(document, context)
    return [wide_scope(document, context)]


def wide_scope(document: Document, context: Context) -> Scope:
    """The rows of all tables, and those of the other files unless ``duplicates`` asks for one file."""
    whole = context.settings.duplicates != "file"
    return Scope(list(_rows(document, context)), context.run if whole else None)


def _rows(document: Document, context: Context) -> DocumentRows:
    run = context.run
    return context.shared("rows", lambda: run.own(document) if run else DocumentRows(document))
